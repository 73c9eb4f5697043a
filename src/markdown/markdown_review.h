/* What a page would show otherwise than its editor meant, though it is sound CommonMark: numbers
 * that change, lines that run together, markup of other dialects, headings without an order.
 * All of it is a warning: somebody may have meant it so. */
#ifndef TEADE_MARKDOWN_REVIEW_H
#define TEADE_MARKDOWN_REVIEW_H

#include "markdown.h"

struct review {
    struct place text;    /* where the Markdown begins */
    const char *title;    /* that the page shows as its first heading, or NULL: there is no page */
    const char *language; /* that it is written in, or NULL: not known */
};

/* A whole text, whose directives are still in it. */
void markdown_review(const struct markdown *markdown, const struct review *review,
                     struct findings *findings);

/* The words of one leaf that take the place of others, such as a translation: what the others have
 * as well is passed over, and so are spoiled links where the others have links (translation.h). */
void markdown_review_words(struct cmark_node *leaf, const char *words, const char *others,
                           const struct place_map *map, struct findings *findings);

/* Words that are no Markdown, such as a title, and may have been meant as that. */
void markdown_review_plain(const char *words, struct place place, struct findings *findings);

#endif
