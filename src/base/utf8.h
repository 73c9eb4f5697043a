/* UTF-8 as of RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF. */
#ifndef TEADE_UTF8_H
#define TEADE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/* Takes one character off the front of a non-empty text.  Returns its code
 * point, or -1 and takes one byte where the bytes are not UTF-8. */
int32_t utf8_next(struct str *text);

/* The offset of the first byte that is not UTF-8, or text.len. */
size_t utf8_invalid(struct str text);

/* Whether it is one of the 66 code points that Unicode keeps from ever being a character. */
bool utf8_is_noncharacter(int32_t character);
/* The offset of the first of them, or text.len. */
size_t utf8_noncharacter(struct str text);

/* Columns a terminal gives the character: 2 for East Asian wide ones, 0 for combining marks. */
int utf8_columns(int32_t character);

/* Whether the character is written without spaces between words in Chinese and
 * Japanese text: ideographs, kana, full-width forms and CJK punctuation. */
bool utf8_is_wide(int32_t character);

/* Whether it turns the text around it: what is read then differs from what is stored. */
bool utf8_is_bidi_control(int32_t character);

void utf8_add(struct buf *out, int32_t character);

#endif
