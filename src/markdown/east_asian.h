/* What text without spaces between its words needs beyond CommonMark: joined lines,
 * emphasis beside brackets and full stops, places where a heading may break. */
#ifndef TEADE_EAST_ASIAN_H
#define TEADE_EAST_ASIAN_H

#include "base/buf.h"

/* Whether a line break between two pieces of text is to be removed: the characters around it belong
 * to scripts that write no spaces. (Korean does.) Quotation marks, dashes and the like count as
 * characters of the text next to them, even if only on one side. */
bool east_asian_joins(struct str before, struct str after);
/* Whether that can be anywhere in a text; quick. */
bool east_asian_may_join(struct str text);

/* Which runs of stars are helped. */
enum emphasis_help {
    EMPHASIS_EAST_ASIAN, /* as in "です**「強調」**です" */
    EMPHASIS_ANY /* also as in "**Õigus.**Järgmine": for words that are known to be meant so */
};

/* CommonMark leaves a run of stars as it is where a letter stands outside and punctuation
 * inside it.  Copies Markdown to `out` with a mark between such a run and the letter: an
 * entity, whose first and last byte are punctuation.  Returns how many marks there are; 0 as
 * well for a text that spells the mark itself.  emphasis_unmark() takes them away from
 * whatever was parsed. */
size_t emphasis_mark(struct str text, enum emphasis_help help, struct buf *out);
/* The length of a mark that marked text begins with, or 0. */
size_t emphasis_mark_len(struct str text);
/* Copies a literal without marks, whether they are entities or characters. */
void emphasis_unmark(struct str text, struct buf *out);

/* Calls `take` for each phrase of a Japanese text; a line should break only between them. */
void east_asian_phrases(struct str text, void (*take)(void *context, struct str phrase),
                        void *context);

#endif
