#include "words.h"

#include <assert.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/mem.h"

struct words {
    UBreakIterator *breaks;
    UText *text;
};

struct words *words_new(const char *language)
{
    struct words *words = mem_alloc(sizeof *words);
    UErrorCode status = U_ZERO_ERROR;

    words->breaks = ubrk_open(UBRK_WORD, language, NULL, 0, &status);
    assert(U_SUCCESS(status));
    return words;
}

void words_free(struct words *words)
{
    ubrk_close(words->breaks);
    if (words->text)
        utext_close(words->text);
    free(words);
}

void words_split(struct words *words, struct str text,
                 void (*take)(void *context, struct str part, bool is_word), void *context)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t from = 0;

    words->text = utext_openUTF8(words->text, text.data, (int64_t)text.len, &status);
    ubrk_setUText(words->breaks, words->text, &status);
    assert(U_SUCCESS(status));
    for (int32_t at; (at = ubrk_next(words->breaks)) != UBRK_DONE; from = (size_t)at)
        take(context, (struct str){text.data + from, (size_t)at - from},
             ubrk_getRuleStatus(words->breaks) >= UBRK_WORD_NONE_LIMIT);
}
