#include "utf8.h"

#include <string.h>

int32_t utf8_next(struct str *text)
{
    static const struct {
        unsigned char mask, lead;
        int more;
        int32_t least;
    } forms[] = {{0x80, 0x00, 0, 0},
                 {0xe0, 0xc0, 1, 0x80},
                 {0xf0, 0xe0, 2, 0x800},
                 {0xf8, 0xf0, 3, 0x10000}};
    const unsigned char *p = (const unsigned char *)text->data;

    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        int32_t c;
        int i;

        if ((p[0] & forms[f].mask) != forms[f].lead)
            continue;
        c = p[0] & (unsigned char)~forms[f].mask;
        for (i = 1; i <= forms[f].more && (size_t)i < text->len && (p[i] & 0xc0) == 0x80; i++)
            c = c << 6 | (p[i] & 0x3f);
        if (i <= forms[f].more || c < forms[f].least || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
            break;
        text->data += i;
        text->len -= (size_t)i;
        return c;
    }
    text->data++;
    text->len--;
    return -1;
}

/* Most text is ASCII: eight bytes at a time. */
static struct str skip_ascii(struct str text)
{
    uint64_t bytes;

    while (text.len >= sizeof bytes) {
        memcpy(&bytes, text.data, sizeof bytes);
        if (bytes & 0x8080808080808080)
            break;
        text = (struct str){text.data + sizeof bytes, text.len - sizeof bytes};
    }
    while (text.len && !(text.data[0] & 0x80))
        text = (struct str){text.data + 1, text.len - 1};
    return text;
}

size_t utf8_invalid(struct str text)
{
    for (struct str rest = skip_ascii(text); rest.len; rest = skip_ascii(rest)) {
        const char *here = rest.data;

        if (utf8_next(&rest) < 0)
            return (size_t)(here - text.data);
    }
    return text.len;
}

bool utf8_is_noncharacter(int32_t character)
{
    return (character >= 0xfdd0 && character <= 0xfdef) || (character & 0xfffe) == 0xfffe;
}

size_t utf8_noncharacter(struct str text)
{
    for (struct str rest = skip_ascii(text); rest.len; rest = skip_ascii(rest)) {
        const char *here = rest.data;
        int32_t character = utf8_next(&rest);

        if (character >= 0 && utf8_is_noncharacter(character))
            return (size_t)(here - text.data);
    }
    return text.len;
}

struct range {
    int32_t first, last;
};

static bool in_ranges(int32_t c, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

bool utf8_is_wide(int32_t character)
{
    static const struct range wide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},  {0x3041, 0x33ff},
                                        {0x3400, 0x4dbf},   {0x4e00, 0x9fff},  {0xa000, 0xa4cf},
                                        {0xac00, 0xd7a3},   {0xf900, 0xfaff},  {0xfe30, 0xfe6f},
                                        {0xff00, 0xff60},   {0xffe0, 0xffe6},  {0x1f300, 0x1f64f},
                                        {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

    return in_ranges(character, wide, sizeof wide / sizeof *wide);
}

bool utf8_is_bidi_control(int32_t character)
{
    return (character >= 0x202a && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069);
}

int utf8_columns(int32_t character)
{
    static const struct range none[] = {{0x0300, 0x036f}, {0x200b, 0x200f}, {0x202a, 0x202e},
                                        {0x2060, 0x2064}, {0x3099, 0x309a}, {0xfe00, 0xfe0f},
                                        {0xfeff, 0xfeff}};

    if (in_ranges(character, none, sizeof none / sizeof *none))
        return 0;
    return utf8_is_wide(character) ? 2 : 1;
}

void utf8_add(struct buf *out, int32_t c)
{
    if (c < 0x80) {
        buf_addc(out, (char)c);
        return;
    }
    if (c < 0x800) {
        buf_addc(out, (char)(0xc0 | c >> 6));
    } else {
        if (c < 0x10000) {
            buf_addc(out, (char)(0xe0 | c >> 12));
        } else {
            buf_addc(out, (char)(0xf0 | c >> 18));
            buf_addc(out, (char)(0x80 | (c >> 12 & 0x3f)));
        }
        buf_addc(out, (char)(0x80 | (c >> 6 & 0x3f)));
    }
    buf_addc(out, (char)(0x80 | (c & 0x3f)));
}
