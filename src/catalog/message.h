/* The one walk that cuts a revision into messages: its title, what each recipient
 * gets, and one message per paragraph, heading, list-item paragraph and cell of a table. */
#ifndef TEADE_MESSAGE_H
#define TEADE_MESSAGE_H

#include "content/revision.h"
#include "markdown/markdown.h"
#include "markdown/markdown_shown.h"

struct message {
    char *msgid;
    struct markdown_shown shown; /* what the msgid shows; without a leaf it is not CommonMark */
    const char *words;           /* the current words: the msgid or its translation (borrowed) */
    char *context;               /* msgctxt, from <!-- context: … --> before the block, or NULL */
    char *note; /* for translators, from <!-- note: … --> before the block, or NULL */
    char *path; /* path of the block, such as "title" or "rights.list1.item2.paragraph1" */
    struct place place;
    struct cmark_node *leaf; /* the block in the tree, or NULL: front matter */
    bool skipped;            /* <!-- skip --> precedes it: it is not translated */
    bool links_may_differ;   /* <!-- links: may-differ --> precedes it: links to other sites */
    bool untranslated;       /* by the last translate(): its words are still the msgid */
    bool faulty;             /* by the last translate(): its translation has errors */
};

/* The list item that states a purpose. */
struct purpose_mark {
    const struct purpose *purpose;
    struct cmark_node *item;
};

/* What data-protection law requires a policy to state.  <!-- states: TOPIC --> precedes the block
 * that states it. */
enum topic {
    TOPIC_RECIPIENTS,
    TOPIC_TRANSFERS,
    TOPIC_RETENTION,
    TOPIC_RIGHTS,
    TOPIC_WITHDRAWAL,
    TOPIC_COMPLAINT,
    TOPIC_CHILDREN,
};
extern const char *const topic_names[]; /* NULL-terminated, by enum value */

/* A heading's id, as pages have it. */
struct anchor {
    char *id;
    bool chosen; /* by <!-- id: … -->, not made of the words */
    struct place place;
    struct cmark_node *heading;
};

struct article {
    const struct revision *revision;
    struct markdown markdown; /* without directives */
    enum severity severity;   /* of what would not be shown, or not as it was meant */
    bool changed;             /* its leaves are not those of the source any more */
    struct message *messages;
    size_t message_count;
    struct purpose_mark *marks; /* in the order of the text */
    size_t mark_count;
    unsigned topics;        /* that the text states: bits, 1 << enum topic */
    struct anchor *anchors; /* in the order of the text */
    size_t anchor_count;
};

/* Parses and cuts.  Findings: what cannot be shown or translated, a directive that is unknown or
 * applies to no block, a purpose that the text states twice or never, an id given twice.  For a
 * revision read by revision_read_file(), what cannot be shown or translated is a warning and is
 * kept.  false after errors.  Release it in either case. */
bool article_cut(struct article *article, const struct revision *revision,
                 struct findings *findings);

/* The place in the source of the byte at `offset` of a message's msgid. */
struct place message_place(const struct article *article, const struct message *message,
                           size_t offset);
void article_release(struct article *article);

#endif
