/* The amendment to CommonMark's flanking rules that the Chinese and Japanese communities
 * agreed on, put in front of a stock parser: where a run of stars should count as
 * flanking, an entity is put between it and the letter that keeps it from doing so. */
#include "east_asian.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

#include "base/mem.h"
#include "base/utf8.h"

/* A private character; no text is expected to hold it. */
static const char mark_entity[] = "&#xE000;", mark_character[] = "\xee\x80\x80";

static bool is_east_asian(int32_t c)
{
    int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);

    if (c < 0x1100)
        return false;
    return u_getIntPropertyValue(c, UCHAR_SCRIPT) == USCRIPT_HANGUL ||
           ((width == U_EA_WIDE || width == U_EA_FULLWIDTH || width == U_EA_HALFWIDTH) &&
            !u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION));
}

/* Takes one character off the end of a text that is not empty. */
static int32_t take_last(struct str *text)
{
    size_t start = text->len;
    struct str last;

    while (start > 0 && ((unsigned char)text->data[--start] & 0xc0) == 0x80)
        ;
    last = (struct str){text->data + start, text->len - start};
    text->len = start;
    return utf8_next(&last);
}

static int32_t last_character(struct str text)
{
    return text.len ? take_last(&text) : -1;
}

static int32_t first_character(struct str text)
{
    return text.len ? utf8_next(&text) : -1;
}

static bool writes_no_spaces(int32_t c)
{
    return is_east_asian(c) && u_getIntPropertyValue(c, UCHAR_SCRIPT) != USCRIPT_HANGUL;
}

/* Punctuation and signs that are as wide as the text that they stand in, such as “ — … and ①, and
 * what chooses a variant of the character before it: they are looked through. */
static bool is_as_its_text(int32_t c)
{
    return u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH) == U_EA_AMBIGUOUS && !u_isalpha(c);
}

/* Which scripts a text begins or ends with. */
enum spacing { SPACES_UNKNOWN, SPACES, NO_SPACES };

static enum spacing spacing_of(struct str text, int32_t (*take)(struct str *text))
{
    enum spacing spacing = text.len ? SPACES_UNKNOWN : SPACES;

    while (text.len && spacing == SPACES_UNKNOWN) {
        int32_t c = take(&text);

        if (!is_as_its_text(c))
            spacing = writes_no_spaces(c) ? NO_SPACES : SPACES;
    }
    return spacing;
}

bool east_asian_joins(struct str before, struct str after)
{
    enum spacing left = spacing_of(before, take_last), right = spacing_of(after, utf8_next);

    return left != SPACES && right != SPACES && (left == NO_SPACES || right == NO_SPACES);
}

bool east_asian_may_join(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] > 0xe0) /* the first byte of U+1000 and up */
            return true;
    return false;
}

static bool is_space(int32_t c)
{
    return c < 0 || c == ' ' || (c >= '\t' && c <= '\r') || u_charType(c) == U_SPACE_SEPARATOR;
}

/* ASCII symbols are punctuation to CommonMark as well. */
static bool is_punctuation(int32_t c)
{
    return u_ispunct(c) || (c < 0x80 && c > ' ' && !u_isalnum(c));
}

/* Whether the side of a run where `outer` stands wants help, `inner` being on the other. */
static bool wants_mark(int32_t outer, int32_t inner, enum emphasis_help help)
{
    if (is_space(inner) || !is_punctuation(inner) || is_space(outer) || is_punctuation(outer))
        return false;
    return help == EMPHASIS_ANY || is_east_asian(outer) || is_east_asian(inner);
}

/* The mark as some text of its own may spell it: the character, or any of its entities. */
static bool spells_mark(struct str text)
{
    const char *end = text.data + text.len;

    if (memmem(text.data, text.len, mark_character, sizeof mark_character - 1))
        return true;
    for (const char *at = text.data; (at = memmem(at, (size_t)(end - at), "&#", 2));) {
        char digits[16] = "";
        bool hexadecimal;

        at += 2;
        hexadecimal = at < end && (*at | 0x20) == 'x';
        at += hexadecimal;
        memcpy(digits, at,
               (size_t)(end - at) < sizeof digits ? (size_t)(end - at) : sizeof digits - 1);
        if (strtoul(digits, NULL, hexadecimal ? 16 : 10) == 0xe000)
            return true;
    }
    return false;
}

static void add_mark(struct buf *out, const char **done, const char *at)
{
    buf_add(out, *done, (size_t)(at - *done));
    buf_adds(out, mark_entity);
    *done = at;
}

size_t emphasis_mark(struct str text, enum emphasis_help help, struct buf *out)
{
    const char *end = text.data + text.len, *done = text.data, *star = done;
    size_t marks = 0;

    while ((star = memchr(star, '*', (size_t)(end - star)))) {
        const char *behind = star;
        int32_t before, after;

        while (behind < end && *behind == '*')
            behind++;
        before = last_character((struct str){text.data, (size_t)(star - text.data)});
        after = first_character((struct str){behind, (size_t)(end - behind)});
        if (wants_mark(before, after, help)) {
            add_mark(out, &done, star);
            marks++;
        }
        if (wants_mark(after, before, help)) {
            add_mark(out, &done, behind);
            marks++;
        }
        star = behind;
    }
    if (!marks || spells_mark(text))
        return 0;
    buf_add(out, done, (size_t)(end - done));
    return marks;
}

size_t emphasis_mark_len(struct str text)
{
    size_t len = sizeof mark_entity - 1;

    return text.len >= len && memcmp(text.data, mark_entity, len) == 0 ? len : 0;
}

void emphasis_unmark(struct str text, struct buf *out)
{
    for (const char *end = text.data + text.len; text.data < end;) {
        struct str rest = {text.data, (size_t)(end - text.data)};

        if (rest.len >= 3 && memcmp(rest.data, mark_character, 3) == 0)
            text.data += 3;
        else if (emphasis_mark_len(rest))
            text.data += emphasis_mark_len(rest);
        else
            buf_addc(out, *text.data++);
    }
}

static bool has_script(int32_t c, int script)
{
    return u_getIntPropertyValue(c, UCHAR_SCRIPT) == script;
}

/* A prefix such as 本 and ご by itself: what it belongs to comes behind it. */
static bool is_prefix(struct str phrase)
{
    static const char *const prefixes[] = {"本", "当", "各", "ご", "お"};

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (str_is(phrase, prefixes[i]))
            return true;
    return false;
}

/* A form of する, which makes a verb of the noun before it. */
static bool begins_with_suru(struct str rest)
{
    static const char *const forms[] = {"する", "した", "して", "しな", "しま", "され"};

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (rest.len >= strlen(forms[i]) && memcmp(rest.data, forms[i], strlen(forms[i])) == 0)
            return true;
    return false;
}

/* ICU splits compounds such as 個人情報 between ideographs, prefixes and する from their nouns;
 * readers do not.  Where there is a space a line breaks anyway. */
static bool is_phrase_end(struct str text, size_t start, size_t at)
{
    struct str phrase = {text.data + start, at - start}, rest = {text.data + at, text.len - at};
    int32_t before = last_character(phrase), after = first_character(rest);

    if (at == text.len)
        return true;
    if (is_space(before) || is_prefix(phrase))
        return false;
    if (begins_with_suru(rest))
        return has_script(before, USCRIPT_HIRAGANA);
    return !has_script(before, USCRIPT_HAN) || !has_script(after, USCRIPT_HAN);
}

void east_asian_phrases(struct str text, void (*take)(void *context, struct str phrase),
                        void *context)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *utf8 = utext_openUTF8(NULL, text.data, (int64_t)text.len, &status);
    UBreakIterator *breaks = ubrk_open(UBRK_LINE, "ja-u-lw-phrase", NULL, 0, &status);
    size_t start = 0;

    ubrk_setUText(breaks, utf8, &status);
    assert(U_SUCCESS(status));
    for (int32_t at; (at = ubrk_next(breaks)) != UBRK_DONE;)
        if (is_phrase_end(text, start, (size_t)at)) {
            take(context, (struct str){text.data + start, (size_t)at - start});
            start = (size_t)at;
        }
    ubrk_close(breaks);
    utext_close(utf8);
}
