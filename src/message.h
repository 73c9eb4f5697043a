/* The one walk that cuts a revision into messages: its title, what each recipient
 * gets, and one message per paragraph, heading and list-item paragraph of the text. */
#ifndef TEADE_MESSAGE_H
#define TEADE_MESSAGE_H

#include "markdown.h"
#include "revision.h"

struct message {
    char *msgid;
    const char *words; /* what stands there now: the msgid, or its translation (borrowed) */
    char *context;     /* msgctxt, from <!-- context: … --> before the block, or NULL */
    char *note;        /* for translators, from <!-- note: … --> before the block, or NULL */
    char *path;        /* where it stands, such as "title" or "list1.item2.paragraph1" */
    struct place place;
    struct cmark_node *leaf; /* the block in the tree, or NULL: front matter */
};

/* The list item that states a purpose. */
struct purpose_mark {
    const struct purpose *purpose;
    struct cmark_node *item;
};

struct article {
    const struct revision *revision;
    struct markdown markdown;
    struct message *messages;
    size_t message_count;
    struct purpose_mark *marks; /* in the order of the text */
    size_t mark_count;
};

/* Parses and cuts.  false after findings: what cannot be shown or translated, a directive
 * that is unknown or speaks of nothing, a purpose that the text states twice or never.  Release it
 * either way. */
bool article_cut(struct article *article, const struct revision *revision,
                 struct findings *findings);
void article_release(struct article *article);

#endif
