#include "visible.h"

#include <assert.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/mem.h"
#include "base/utf8.h"

/* Whether a joiner behind the character changes what is shown: in Arabic and Indic scripts, and
 * in pictures made of several. */
static bool takes_joiner(int32_t c)
{
    int32_t joining = u_getIntPropertyValue(c, UCHAR_JOINING_TYPE);

    return joining == U_JT_DUAL_JOINING || joining == U_JT_LEFT_JOINING ||
           u_getCombiningClass(c) == 9 /* virama */ ||
           (c > 0x2000 && u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC));
}

static bool is_ignored(int32_t c, int32_t before)
{
    enum { NON_JOINER = 0x200c, JOINER = 0x200d };

    if (c < 0xad || !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
        return false;
    if (c == NON_JOINER || c == JOINER)
        return !takes_joiner(before);
    return !utf8_is_bidi_control(c);
}

static int32_t shown_as(int32_t c, bool exact)
{
    if (c == 0x2010 || c == 0x2011)
        return '-';
    if (exact ? u_charType(c) == U_SPACE_SEPARATOR : u_isUWhiteSpace(c))
        return ' ';
    return c;
}

static void add_character(struct visible *visible, int32_t c, size_t at)
{
    size_t from = visible->text.len;

    utf8_add(&visible->text, c);
    for (; from < visible->text.len; from++)
        visible->at[from] = at;
}

void visible_make(struct visible *visible, struct str text, bool exact)
{
    struct str rest = text;
    int32_t before = 0;

    *visible = (struct visible){BUF_INIT, mem_alloc((text.len + 1) * sizeof *visible->at)};
    while (rest.len) {
        size_t at = text.len - rest.len;
        int32_t c = utf8_next(&rest);

        if (c >= 0 && is_ignored(c, before))
            continue;
        c = shown_as(c < 0 ? 0xfffd : c, exact);
        if (c == ' ' && before == ' ' && !exact)
            continue;
        add_character(visible, c, visible->text.len ? at : 0);
        before = c;
    }
    visible->at[visible->text.len] = text.len;
}

void visible_release(struct visible *visible)
{
    buf_release(&visible->text);
    free(visible->at);
    *visible = (struct visible){BUF_INIT, NULL};
}

/* Below U+0300 every character is composed, and nothing there combines. */
static bool is_composed(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] >= 0xcc)
            return false;
    return true;
}

void visible_compose(struct str text, struct buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    int32_t len = 0, room = (int32_t)text.len, composed_len;
    UChar *units, *composed;
    char *bytes;

    if (is_composed(text)) {
        buf_addstr(out, text);
        return;
    }
    /* No character has more units than bytes, nor more than three times as many of either once
     * it is composed (Unicode annex 15). */
    units = mem_alloc((text.len + 1) * sizeof *units);
    composed = mem_alloc((3 * text.len + 1) * sizeof *composed);
    bytes = mem_alloc(9 * text.len + 1);
    u_strFromUTF8(units, room + 1, &len, text.data, room, &status);
    composed_len = unorm2_normalize(nfc, units, len, composed, 3 * room + 1, &status);
    u_strToUTF8(bytes, 9 * room + 1, &len, composed, composed_len, &status);
    assert(U_SUCCESS(status));
    buf_add(out, bytes, (size_t)len);
    free(units);
    free(composed);
    free(bytes);
}
