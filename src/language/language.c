#include "language.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uldnames.h>
#include <unicode/ulistformatter.h>
#include <unicode/uloc.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#include "base/mem.h"
#include "language_private.h"

void language_add_utf16(struct buf *out, const UChar *text, int32_t len)
{
    char bytes[LANGUAGE_NAME_MAX * 3 + 1];
    int32_t size = 0;
    UErrorCode status = U_ZERO_ERROR;

    u_strToUTF8(bytes, sizeof bytes, &size, text, len, &status);
    assert(U_SUCCESS(status));
    buf_add(out, bytes, (size_t)size);
}

/* Plain "en" means the United States to CLDR; readers of an international site are
 * better served by world English, whose dates read 22 November 2026.  Days are those of
 * the Gregorian calendar in Latin digits everywhere: revision ids, pages and the endpoint
 * must agree. */
struct locale language_locale(const char *tag)
{
    struct locale locale;

    snprintf(locale.id, sizeof locale.id, "%s@calendar=gregorian;numbers=latn",
             strcmp(tag, "en") == 0 ? "en-001" : tag);
    return locale;
}

/* Extensions would change calendars and digits behind our back. */
static bool has_extension(const char *tag)
{
    size_t since = 0;

    for (; *tag; tag++) {
        if (*tag == '-' && since == 1)
            return true;
        since = *tag == '-' ? 0 : since + 1;
    }
    return false;
}

/* The language of a tag in the one spelling that is accepted, for tags become paths: EN and et-ee
 * are misspelled. */
static bool read_tag(const char *tag, char base[ULOC_FULLNAME_CAPACITY])
{
    char id[ULOC_FULLNAME_CAPACITY], again[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    int32_t taken = 0;

    uloc_forLanguageTag(tag, id, sizeof id, &taken, &status);
    if (U_FAILURE(status) || (size_t)taken != strlen(tag) || !taken || has_extension(tag))
        return false;
    uloc_toLanguageTag(id, again, sizeof again, true, &status);
    uloc_getLanguage(id, base, ULOC_FULLNAME_CAPACITY, &status);
    return U_SUCCESS(status) && strcmp(again, tag) == 0;
}

static bool has_data(const char *base)
{
    for (int32_t i = 0; i < uloc_countAvailable(); i++)
        if (strcmp(uloc_getAvailable(i), base) == 0)
            return true;
    return false;
}

const char *language_problem(const char *tag)
{
    char base[ULOC_FULLNAME_CAPACITY];

    if (!read_tag(tag, base) || !*uloc_getISO3Language(base))
        return "is not a language";
    return has_data(base) ? NULL : "is a language whose dates and names ICU does not know";
}

bool language_known(const char *tag)
{
    return !language_problem(tag);
}

char *language_spelling(const char *tag)
{
    char id[ULOC_FULLNAME_CAPACITY], spelled[ULOC_FULLNAME_CAPACITY], *plain = mem_dups(tag);
    UErrorCode status = U_ZERO_ERROR;
    int32_t taken = 0;

    for (char *at = plain; (at = strchr(at, '_'));)
        *at = '-';
    uloc_forLanguageTag(plain, id, sizeof id, &taken, &status);
    if (U_SUCCESS(status) && (size_t)taken == strlen(plain))
        uloc_toLanguageTag(id, spelled, sizeof spelled, true, &status);
    else
        *spelled = '\0';
    free(plain);
    return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING && language_known(spelled)
               ? mem_dups(spelled)
               : NULL;
}

static void display_name(const char *tag, const char *of_tag, UDisplayContext capitalization,
                         struct buf *out)
{
    UDisplayContext contexts[] = {UDISPCTX_STANDARD_NAMES, capitalization};
    UErrorCode status = U_ZERO_ERROR;
    UChar name[LANGUAGE_NAME_MAX];
    ULocaleDisplayNames *names = uldn_openForContext(language_locale(tag).id, contexts, 2, &status);
    int32_t len = uldn_localeDisplayName(names, of_tag, name, LANGUAGE_NAME_MAX, &status);

    if (U_SUCCESS(status))
        language_add_utf16(out, name, len);
    else
        buf_adds(out, of_tag);
    uldn_close(names);
}

void language_name(const char *tag, const char *of_tag, struct buf *out)
{
    display_name(tag, of_tag, UDISPCTX_CAPITALIZATION_FOR_MIDDLE_OF_SENTENCE, out);
}

void language_own_name(const char *tag, struct buf *out)
{
    display_name(tag, tag, UDISPCTX_CAPITALIZATION_FOR_BEGINNING_OF_SENTENCE, out);
}

void language_country(const char *tag, const char *country, struct buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar name[LANGUAGE_NAME_MAX];
    ULocaleDisplayNames *names = uldn_open(language_locale(tag).id, ULDN_STANDARD_NAMES, &status);
    int32_t len = uldn_regionDisplayName(names, country, name, LANGUAGE_NAME_MAX, &status);

    if (U_SUCCESS(status))
        language_add_utf16(out, name, len);
    else
        buf_adds(out, country);
    uldn_close(names);
}

void language_separator(const char *tag, bool last, struct buf *out)
{
    static const UChar *const names[] = {u"0", u"1", u"2"};
    UErrorCode status = U_ZERO_ERROR;
    UListFormatter *format =
        ulistfmt_openForType(language_locale(tag).id, ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_NARROW, &status);
    UChar list[LANGUAGE_NAME_MAX];
    int32_t len = ulistfmt_format(format, names, NULL, 3, list, LANGUAGE_NAME_MAX, &status);
    const UChar *from = u_memchr(list, *names[last ? 1 : 0], len) + 1;

    assert(U_SUCCESS(status));
    language_add_utf16(out, from, (int32_t)(u_memchr(list, *names[last ? 2 : 1], len) - from));
    ulistfmt_close(format);
}

bool country_known(const char *code)
{
    for (const char *const *known = uloc_getISOCountries(); *known; known++)
        if (strcmp(*known, code) == 0)
            return true;
    return false;
}

bool language_breaks_phrases(const char *tag)
{
    return strncmp(tag, "ja", 2) == 0 && (!tag[2] || tag[2] == '-');
}

bool language_right_to_left(const char *tag)
{
    return uloc_isRightToLeft(tag);
}

/* Plurals */

/* Of whole numbers, by trying them: the rules repeat after a hundred, and Cornish after a hundred
 * thousand.  CLDR has one more form for fractions in Polish, Czech and others. */
enum { NUMBERS = 301 };

static unsigned long number_at(int i)
{
    return (unsigned long)(i <= 200 ? i : (i - 200) * 1000);
}

/* From 0: zero, one, two, few, many or other; the third letter tells them apart. */
static unsigned form_of(const UPluralRules *rules, unsigned long number)
{
    static const char letters[] = "reownh";
    UErrorCode status = U_ZERO_ERROR;
    UChar form[16];
    int32_t len = uplrules_select(rules, (double)number, form, sizeof form / sizeof *form, &status);
    const char *letter = len >= 3 ? strchr(letters, (char)form[2]) : NULL;

    assert(U_SUCCESS(status) && letter);
    return (unsigned)(letter - letters);
}

/* A bit for each form that the language has. */
static unsigned usual_forms(const UPluralRules *rules)
{
    unsigned forms = 0;

    for (int i = 0; i < NUMBERS; i++)
        forms |= 1U << form_of(rules, number_at(i));
    return forms;
}

static UPluralRules *open_plurals(const char *tag)
{
    UErrorCode status = U_ZERO_ERROR;
    UPluralRules *rules = uplrules_open(tag, &status);

    assert(U_SUCCESS(status));
    return rules;
}

struct plural_forms language_plural_forms(const char *tag)
{
    UPluralRules *rules = open_plurals(tag);
    unsigned usual = usual_forms(rules);
    struct plural_forms forms = {
        __builtin_popcount(usual | 1U << form_of(rules, 1000000)), __builtin_popcount(usual)};

    uplrules_close(rules);
    return forms;
}

bool language_counts_by(const char *tag, int count, int (*form)(unsigned long n))
{
    UPluralRules *rules = open_plurals(tag);
    unsigned usual = usual_forms(rules);
    bool same = __builtin_popcount(usual) == count;

    for (int i = 0; same && i < NUMBERS; i++) {
        unsigned before = usual & ((1U << form_of(rules, number_at(i))) - 1);

        same = form(number_at(i)) == __builtin_popcount(before);
    }
    uplrules_close(rules);
    return same;
}
