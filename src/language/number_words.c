#include "number_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "jobs/thread_own.h"
#include "language.h"

enum {
    WORDS = 400,       /* UTF-16 units of a number that is spelled out */
    RULES_KEPT = 12,   /* languages */
    LANGUAGE_TAG = 63, /* characters; a longer one is opened each time */
};

/* Words */

static bool is_word_character(int32_t c)
{
    return c > 0 && (u_isalpha(c) || u_charType(c) == U_NON_SPACING_MARK);
}

/* Takes the next word off a text; what it begins with comes in lower case. */
static bool next_word(struct str *text, struct buf *word)
{
    buf_reset(word);
    while (text->len) {
        int32_t c = utf8_next(text);

        if (is_word_character(c))
            utf8_add(word, u_tolower(c));
        else if (word->len && c != 0xad) /* ICU hyphenates German */
            return true;
    }
    return word->len > 0;
}

static size_t characters(struct str text)
{
    size_t count = 0;

    for (; text.len; count++)
        utf8_next(&text);
    return count;
}

/* The part of a word that its ending does not change: short ones have none. */
static struct str stem_of(struct str word)
{
    size_t count = characters(word), keep = count > 5 ? count - 2 : count > 4 ? count - 1 : count;
    struct str rest = word;

    while (keep--)
        utf8_next(&rest);
    return (struct str){word.data, word.len - rest.len};
}

static bool begins(struct str text, struct str beginning)
{
    return text.len >= beginning.len && memcmp(text.data, beginning.data, beginning.len) == 0;
}

/* Whether a text has a word with the stem of another; short words must be the same. */
static bool has_word(struct str text, struct str wanted)
{
    struct str stem = stem_of(wanted);
    struct buf word = BUF_INIT;
    bool found = false;

    while (!found && next_word(&text, &word))
        found = characters(wanted) > 3 ? begins(buf_str(&word), stem)
                                       : str_is(buf_str(&word), wanted.data);
    buf_release(&word);
    return found;
}

/* Whether it has all words of a number that is spelled out. */
static bool has_words(struct str text, struct str spelled)
{
    struct buf word = BUF_INIT;
    bool has = next_word(&spelled, &word); /* some rules spell with digits */

    for (bool more = has; has && more; more = next_word(&spelled, &word))
        has = has_word(text, buf_str(&word)) || ((unsigned char)*word.data >= 0xe0 &&
                                                 memmem(text.data, text.len, word.data, word.len));
    buf_release(&word);
    return has;
}

/* Estonian and Finnish count in the genitive most of the time, which ICU does not spell. */
static const struct genitives {
    const char *language, *units[11], *teen, *ten, *hundred;
} genitives[] = {
    {"et",
     {"", "ühe", "kahe", "kolme", "nelja", "viie", "kuue", "seitsme", "kaheksa", "üheksa", "kümne"},
     "teist",
     "kümne",
     "saja"},
    {"fi",
     {"", "yhden", "kahden", "kolmen", "neljän", "viiden", "kuuden", "seitsemän", "kahdeksan",
      "yhdeksän", "kymmenen"},
     "toista",
     "kymmenen",
     "sadan"},
};

static void add_genitive(const struct genitives *words, long number, struct buf *out)
{
    if (number >= 100)
        buf_addf(out, "%s%s ", number >= 200 ? words->units[number / 100] : "", words->hundred);
    number %= 100;
    if (number > 10 && number < 20) {
        buf_addf(out, "%s%s", words->units[number - 10], words->teen);
        return;
    }
    if (number >= 20)
        buf_addf(out, "%s%s ", words->units[number / 10], words->ten);
    buf_adds(out, words->units[number >= 20 ? number % 10 : number]);
}

static bool has_genitive(long number, struct str text, const char *language)
{
    struct buf spelled = BUF_INIT;

    for (size_t i = 0; i < sizeof genitives / sizeof *genitives; i++)
        if (strncmp(language, genitives[i].language, 2) == 0 && number > 0 && number < 1000)
            add_genitive(&genitives[i], number, &spelled);
    buf_addc(&spelled, ' ');
    if (has_words(text, str_trim(buf_str(&spelled)))) {
        buf_release(&spelled);
        return true;
    }
    buf_release(&spelled);
    return false;
}

/* How many times, where that is not two words. */
static const struct multiplicative {
    const char *language, *word;
    long number;
} multiplicatives[] = {
    {"en", "once", 1},       {"en", "twice", 2},   {"en", "thrice", 3},  {"cs", "dvakrát", 2},
    {"fi", "kahdesti", 2},   {"hu", "kétszer", 2}, {"lt", "dukart", 2},  {"lv", "divreiz", 2},
    {"pl", "dwukrotnie", 2}, {"ru", "дважды", 2},  {"sk", "dvakrát", 2}, {"uk", "двічі", 2},
};

static bool has_multiplicative(long number, struct str text, const char *language)
{
    for (size_t i = 0; i < sizeof multiplicatives / sizeof *multiplicatives; i++)
        if (multiplicatives[i].number == number &&
            strncmp(language, multiplicatives[i].language, 2) == 0 &&
            has_word(text, str_of(multiplicatives[i].word)))
            return true;
    return false;
}

/* ICU's rules */

/* Whether the text has the number by one of a language's rules. */
static bool try_rule(UNumberFormat *format, const UChar *rule, int32_t rule_len, long number,
                     struct str text)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar words[WORDS];
    char spelled[3 * WORDS];
    int32_t len;

    unum_setTextAttribute(format, UNUM_DEFAULT_RULESET, rule, rule_len, &status);
    len = unum_formatInt64(format, number, words, WORDS, NULL, &status);
    u_strToUTF8(spelled, sizeof spelled, NULL, words, len, &status);
    return U_SUCCESS(status) && has_words(text, str_of(spelled));
}

static UNumberFormat *open_rules(const char *language)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *format = unum_open(UNUM_SPELLOUT, NULL, 0, language, NULL, &status);

    if (U_SUCCESS(status))
        return format;
    unum_close(format);
    return NULL;
}

/* The rules that a thread used last. */
struct number_rules {
    struct {
        char language[LANGUAGE_TAG + 1];
        UNumberFormat *format;
    } kept[RULES_KEPT];
    size_t next; /* to be replaced */
};

static void free_rules(void *rules)
{
    for (size_t i = 0; i < RULES_KEPT; i++)
        unum_close(((struct number_rules *)rules)->kept[i].format);
    free(rules);
}

static struct thread_own own = {.size = sizeof(struct number_rules), .release = free_rules};

/* A language's rules, or NULL.  Opening them takes ICU as long as a paragraph takes us: the last
 * ones used stay open. */
static UNumberFormat *rules_of(const char *language)
{
    struct number_rules *rules = thread_own(&own);
    size_t i = 0;

    while (i < RULES_KEPT && strcmp(rules->kept[i].language, language) != 0)
        i++;
    if (i == RULES_KEPT) {
        i = rules->next++ % RULES_KEPT;
        unum_close(rules->kept[i].format);
        snprintf(rules->kept[i].language, sizeof rules->kept[i].language, "%s", language);
        rules->kept[i].format = open_rules(language);
    }
    return rules->kept[i].format;
}

static bool has_spelled(long number, struct str text, const char *language)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *format = rules_of(language);
    UChar rules[4000];
    int32_t len;
    bool has = false;

    if (!format)
        return false;
    len = unum_getTextAttribute(format, UNUM_PUBLIC_RULESETS, rules, 4000, &status);
    for (int32_t start = 0, end; !has && U_SUCCESS(status) && start < len; start = end + 1) {
        for (end = start; end < len && rules[end] != ';'; end++)
            ;
        has = try_rule(format, rules + start, end - start, number, text);
    }
    return has;
}

/* Months */

static bool is_lower(struct str word)
{
    return word.len && u_islower(utf8_next(&word));
}

/* Whether a text names a month, whole with any ending or cut short.  In a language that writes
 * months with a capital letter a small one is another word: "may". */
static bool has_month(struct str text, struct str month)
{
    struct buf name = BUF_INIT, word = BUF_INIT;
    struct str rest = month;
    bool found = false;

    next_word(&rest, &name);
    while (!found && text.len) {
        struct str here;

        while (text.len) { /* to the next word */
            struct str next = text;

            if (is_word_character(utf8_next(&next)))
                break;
            text = next;
        }
        here = text;
        if (!next_word(&text, &word) || (is_lower(here) && !is_lower(month)))
            continue;
        found = begins(buf_str(&word), stem_of(buf_str(&name))) ||
                (characters(buf_str(&word)) > 2 && begins(buf_str(&name), buf_str(&word)));
    }
    buf_release(&name);
    buf_release(&word);
    return found;
}

static bool has_in(long number, struct str text, const char *language)
{
    struct buf month = BUF_INIT;
    bool has = false;

    if (number >= 1 && number <= 12) {
        language_month(language, (int)number, &month);
        has = !strpbrk(month.data, "0123456789") && has_month(text, buf_str(&month));
        buf_release(&month);
    }
    return has || has_genitive(number, text, language) ||
           has_multiplicative(number, text, language) || has_spelled(number, text, language);
}

bool number_is_in_words(long number, struct str text, const char *language)
{
    static const char *const usual[] = {"en", "et", "ja", "de", "fr", "es", "ru", "fi", "zh"};

    if (language)
        return has_in(number, text, language);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (has_in(number, text, usual[i]))
            return true;
    return false;
}

bool number_words_known(const char *language)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormat *format = language ? rules_of(language) : NULL;
    const char *locale = format ? unum_getLocaleByType(format, ULOC_ACTUAL_LOCALE, &status) : "";

    return format && U_SUCCESS(status) && locale && strncmp(locale, language, 2) == 0;
}
