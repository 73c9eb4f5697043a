#include "words.h"

#include <assert.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/ucasemap.h>
#include <unicode/utext.h>

#include "base/mem.h"

struct words {
    UBreakIterator *breaks;
    UText *text;
    UCaseMap *cases;
};

struct words *words_new(const char *language)
{
    struct words *words = mem_alloc(sizeof *words);
    UErrorCode status = U_ZERO_ERROR;

    words->breaks = ubrk_open(UBRK_WORD, language, NULL, 0, &status);
    words->cases = ucasemap_open("", U_FOLD_CASE_DEFAULT, &status);
    assert(U_SUCCESS(status));
    return words;
}

void words_free(struct words *words)
{
    ubrk_close(words->breaks);
    ucasemap_close(words->cases);
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

static bool is_ascii(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

static void fold_ascii(struct str word, struct buf *out)
{
    for (size_t i = 0; i < word.len; i++)
        buf_addc(out, word.data[i] >= 'A' && word.data[i] <= 'Z' ? (char)(word.data[i] | 0x20)
                                                                  : word.data[i]);
}

void words_fold(const struct words *words, struct str word, struct buf *out)
{
    char folded[256];
    UErrorCode status = U_ZERO_ERROR;
    int32_t len;

    if (is_ascii(word)) {
        fold_ascii(word, out);
        return;
    }
    len = ucasemap_utf8FoldCase(words->cases, folded, sizeof folded, word.data, (int32_t)word.len,
                                &status);
    if (status == U_BUFFER_OVERFLOW_ERROR)
        buf_addstr(out, word);
    else
        buf_add(out, folded, (size_t)len);
}
