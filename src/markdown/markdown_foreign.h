/* Markup of other dialects of Markdown, and of other languages, which CommonMark shows literally:
 * footnotes, strike-through, task boxes, attributes, alerts and the like.  Also text that looks
 * like a link and is not one, and bare addresses. */
#ifndef TEADE_MARKDOWN_FOREIGN_H
#define TEADE_MARKDOWN_FOREIGN_H

#include "markdown_spelling.h"

enum { FOREIGN_KINDS = 96 };
struct foreign_kinds {
    bool has[FOREIGN_KINDS];
};

/* Which kinds of such markup there are. */
void foreign_find(struct spelling *spelling, struct foreign_kinds *kinds);
/* Makes all that looks like a link known. */
void foreign_know_links(struct foreign_kinds *kinds);
/* Warns of all that is not of a kind known already; NULL: none is.
 *
 * For both, what was found is no longer live. */
void foreign_check(struct spelling *spelling, const struct foreign_kinds *known,
                   struct findings *findings);

#endif
