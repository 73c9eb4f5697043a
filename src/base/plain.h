/* Plain text for a terminal or a file.  U+FFFD replaces bytes that are not UTF-8, and characters
 * that control a terminal or change the direction of the text around them. */
#ifndef TEADE_PLAIN_H
#define TEADE_PLAIN_H

#include <stdint.h>

#include "buf.h"

/* Whether it is shown as itself; tabs and line feeds are. */
bool plain_shows(int32_t character);

/* Adds a text; tabs and line feeds are kept. */
void plain_add(struct buf *out, struct str text);

/* The same on one line, spaces for line feeds: a line of the text's own could pass for one of
 * ours. */
void plain_add_line(struct buf *out, struct str text);

#endif
