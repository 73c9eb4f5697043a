/* CommonMark 0.30 through libcmark: the only room that includes it.
 *
 * A leaf is a block that holds words directly (a paragraph or a heading).  A
 * directive is an HTML comment on a line of its own, <!-- key: value -->; it speaks
 * to Teade and never reaches a page. */
#ifndef TEADE_MARKDOWN_H
#define TEADE_MARKDOWN_H

#include "base/finding.h"

#define MARKDOWN_DEPTH 100 /* blocks within blocks */

struct cmark_node; /* a block of a tree */

struct markdown {
    struct cmark_node *tree;
    struct str text;    /* looked at, not owned */
    const char **lines; /* the start of each line of the text, and of the one behind the last */
    size_t line_count;
};

/* Parses a text, which must outlive the result. */
void markdown_parse(struct markdown *markdown, struct str text);
void markdown_release(struct markdown *markdown);

struct markdown_event {
    enum {
        MARKDOWN_LEAF,
        MARKDOWN_DIRECTIVE,
        MARKDOWN_RAW_HTML,
        MARKDOWN_INDENTED_CODE,
        MARKDOWN_TOO_DEEP, /* what is in the block is passed over */
    } kind;
    struct cmark_node *node;
    struct cmark_node *item; /* the innermost list item around it, or NULL */
    size_t offset;           /* of the block in the text */
    struct str key, value;   /* MARKDOWN_DIRECTIVE; the value is "" in <!-- skip --> */
    const char *path; /* where it stands, such as "list2.item1.paragraph1"; until the next event */
};

/* Walks the tree in document order; each leaf, directive and block at fault is an event.  `take`
 * may change a leaf's words (markdown_set_words), not its blocks. */
void markdown_walk(const struct markdown *markdown,
                   void (*take)(void *context, const struct markdown_event *event), void *context);

/* A leaf's words as CommonMark, on their own: parsed alone they give the same HTML.
 * Soft line breaks are spaces, a hard break is a backslash and a newline, reference
 * links are inline links.  The source's own spelling where it stands alone, else
 * cmark's.  false where neither does. */
bool markdown_words(const struct markdown *markdown, struct cmark_node *leaf, struct buf *out);

/* Replaces a leaf's words.  `words` is parsed as inline content only: it can never
 * open or close a block. */
void markdown_set_words(struct cmark_node *leaf, const char *words);

/* What a page would not show, or should not, among a leaf's words: raw HTML, and links
 * by other schemes than http, https, mailto and tel.  false after findings at `place`. */
bool markdown_check(struct cmark_node *leaf, struct place place, struct findings *findings);

/* What a leaf's links and images lead to, such as "the link https://…", sorted. */
struct markdown_targets {
    char **target;
    size_t count;
};
void markdown_targets(struct cmark_node *leaf, struct markdown_targets *targets);
void markdown_targets_release(struct markdown_targets *targets);
/* The first that `others` has not, or NULL. */
const char *markdown_targets_beyond(const struct markdown_targets *targets,
                                    const struct markdown_targets *others);

/* Whether an item holds nothing but paragraphs and directives: it is all in its words. */
bool markdown_is_plain(struct cmark_node *item);

/* The words of an item's own leaves without markup, separated by spaces; nested lists
 * are not the item's own. */
void markdown_plain(struct cmark_node *item, struct buf *out);

/* Takes directives and raw HTML blocks out of the tree; call it before rendering. */
void markdown_strip(struct markdown *markdown);

/* The tree as HTML (raw HTML and unsafe links are dropped) or as CommonMark. */
void markdown_html(const struct markdown *markdown, struct buf *out);
void markdown_commonmark(const struct markdown *markdown, struct buf *out);

/* Escapes text so that CommonMark shows it as it is, on one line. */
void markdown_text(struct buf *out, struct str text);

#endif
