#include "anchor.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/utf8.h"

/* A Latin letter without its accents; the voicing marks of kana are none. */
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

void anchor_of(struct str words, struct buf *out)
{
    bool between = false;

    while (words.len) {
        int32_t c = without_accent(utf8_next(&words));

        if (c >= 0x300 && c <= 0x36f) /* an accent by itself */
            continue;
        if (c < 0 || !is_letter(c)) {
            between = out->len > 0;
            continue;
        }
        if (between)
            buf_addc(out, '-');
        between = false;
        utf8_add(out, c < 0x80 ? tolower(c) : u_tolower(c));
    }
}

bool anchor_is_taken(const char *id)
{
    static const char *const whole[] = {"main", "choices", "choices-title", "notice"};
    static const char *const beginnings[] = {"about-", "label-"};

    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (strcmp(whole[i], id) == 0)
            return true;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(beginnings[i], id, strlen(beginnings[i])) == 0)
            return true;
    return false;
}
