/* What the files share that cut an article into messages: message.c walks, message_heading.c gives
 * headings their ids, message_comment.c reads comments. */
#ifndef TEADE_MESSAGE_PRIVATE_H
#define TEADE_MESSAGE_PRIVATE_H

#include <jansson.h>

#include "message.h"

/* The walk in progress: comments wait for the block that they are about. */
struct cut {
    struct article *article;
    struct findings *findings;
    struct waiting {
        struct str text; /* empty: none waits */
        struct place place;
    } note, context, id;
    json_t *ids; /* of headings so far; each with the last number that went behind it */
    struct cmark_node *skipped; /* the block that <!-- skip --> spoke of last */
    struct differing {
        struct cmark_node *block; /* that <!-- links: may-differ --> spoke of last, or NULL */
        struct place place;
        bool has_links;
    } differing;
    struct cmark_node **directives; /* to be taken out of the tree */
    size_t directive_count;
};

struct place cut_place(const struct cut *cut, const struct markdown_event *event);

/* The text that waited, or NULL; the caller frees it. */
char *cut_take(struct waiting *waiting);

void cut_heading(struct cut *cut, const struct markdown_event *event);

void cut_comment(struct cut *cut, const struct markdown_event *event);
/* Errors for comments that no block followed, and for purposes that no comment named. */
void cut_comments_end(const struct cut *cut);

#endif
