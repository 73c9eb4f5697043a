#include "heading_id.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/utf8.h"
#include "language/visible.h"

/* A Latin letter without its accents; the voicing marks of kana are not accents. */
static int32_t without_accent(int32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar parts[8];
    int32_t count;

    if (c < 0x80)
        return c;
    count = unorm2_getDecomposition(unorm2_getNFDInstance(&status), c, parts, 8, &status);
    assert(U_SUCCESS(status));
    return count > 1 && parts[1] >= 0x300 && parts[1] <= 0x36f ? parts[0] : c;
}

/* Letters with the marks that some scripts write vowels with, and digits. */
static bool is_letter(int32_t c)
{
    if (c < 0x80)
        return isalnum(c);
    return u_isalnum(c) || u_hasBinaryProperty(c, UCHAR_ALPHABETIC);
}

/* A mark that belongs to the letter before it, as vowels do in many scripts. */
static bool is_mark(int32_t c)
{
    return u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_COMBINING_SPACING_MARK;
}

/* An accent by itself, or what only says how letters join. */
static bool is_passed_over(int32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || c == 0x200c || c == 0x200d || c == 0xad || c == 0x2060;
}

static void add_words(struct str words, struct buf *out)
{
    bool between = true;

    while (words.len) {
        int32_t c = without_accent(utf8_next(&words));
        bool belongs = c >= 0 && (is_letter(c) || (!between && is_mark(c)));

        if (is_passed_over(c))
            continue;
        if (belongs && between && out->len)
            buf_addc(out, '-');
        if (belongs)
            utf8_add(out, c < 0x80 ? tolower(c) : u_tolower(c));
        between = !belongs;
    }
}

void heading_id_of(struct str words, struct buf *out)
{
    struct buf composed = BUF_INIT;

    if (utf8_invalid(words) < words.len) /* a reference to no character, refused elsewhere */
        return;
    visible_compose(words, &composed);
    add_words(buf_str(&composed), out);
    buf_release(&composed);
}

bool heading_id_is_taken(const char *id)
{
    static const char *const whole[] = {"main", "choices", "choices-title", "notice",
                                        "translators-notes"};
    static const char *const beginnings[] = {"about-", "label-"};

    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (strcmp(whole[i], id) == 0)
            return true;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(beginnings[i], id, strlen(beginnings[i])) == 0)
            return true;
    return false;
}
