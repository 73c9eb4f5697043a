#include "plain.h"

#include "utf8.h"

bool plain_shows(int32_t character)
{
    return (character >= ' ' || character == '\t' || character == '\n') &&
           !(character >= 0x7f && character < 0xa0) && !utf8_is_bidi_control(character) &&
           !utf8_is_noncharacter(character);
}

void plain_add(struct buf *out, struct str text)
{
    while (text.len) {
        const char *start = text.data;
        int32_t character = utf8_next(&text);

        if (plain_shows(character))
            buf_add(out, start, (size_t)(text.data - start));
        else
            utf8_add(out, 0xfffd);
    }
}

void plain_add_line(struct buf *out, struct str text)
{
    size_t from = out->len;

    plain_add(out, text);
    for (size_t i = from; i < out->len; i++)
        if (out->data[i] == '\n')
            out->data[i] = ' ';
}
