/* Text that shows as what it is, on a terminal or in a file: U+FFFD stands for what would steer a
 * terminal, turn the text around it, or is not UTF-8. */
#ifndef TEADE_PLAIN_H
#define TEADE_PLAIN_H

#include <stdint.h>

#include "buf.h"

/* Whether it is shown as itself; tabs and line feeds are. */
bool plain_shows(int32_t character);

/* Adds a text; tabs and line feeds stay. */
void plain_add(struct buf *out, struct str text);

/* The same on one line, spaces for line feeds: a line of the text's own could pass for one of
 * ours. */
void plain_add_line(struct buf *out, struct str text);

#endif
