/* CommonMark 0.30 through libcmark, with the tables of GitHub Flavored Markdown: the only module
 * that includes it.
 *
 * A leaf is a block that holds words directly (a paragraph, a heading, a cell of a table).  A
 * directive is an HTML comment on a line of its own, <!-- key: value -->; it speaks
 * to Teade and never reaches a page.
 *
 * Two things are not as in stock cmark: stars beside East Asian letters and punctuation are
 * emphasis where they are meant so, and a line break between scripts that write no spaces
 * is none (east_asian.h). */
#ifndef TEADE_MARKDOWN_H
#define TEADE_MARKDOWN_H

#include "base/characters.h"

#define MARKDOWN_DEPTH 100 /* blocks within blocks */

struct cmark_node; /* a block of a tree */

struct markdown {
    struct cmark_node *tree;
    struct str text;    /* looked at, not owned */
    const char **lines; /* the start of each line of the text, and of the one behind the last */
    size_t line_count;
    struct cmark_node **headings; /* all, in order */
    size_t heading_count;
    struct cmark_node **tables; /* the same */
    size_t table_count;
};

/* Parses a text, which ends in a NUL behind its length and must outlive the result. */
void markdown_parse(struct markdown *markdown, struct str text);
void markdown_release(struct markdown *markdown);

struct markdown_event {
    enum {
        MARKDOWN_LEAF,
        MARKDOWN_DIRECTIVE,
        MARKDOWN_RAW_HTML,
        MARKDOWN_COMMENTED_WORDS, /* words on the line of a comment */
        MARKDOWN_INDENTED_CODE,
        MARKDOWN_TOO_DEEP, /* what is in the block is passed over */
        MARKDOWN_LONG_ROW, /* of a table that has fewer columns; its last cells are not shown */
    } kind;
    struct cmark_node *node;
    struct cmark_node *item; /* the innermost list item around it, or NULL */
    size_t offset;           /* of the block in the text */
    struct str key, value;   /* MARKDOWN_DIRECTIVE; the value is "" in <!-- skip --> */
    const char *path;        /* where it stands below the last heading that has an id, such as
                                "rights.list2.item1.paragraph1"; until the next event */
};

/* Walks the tree in document order; each leaf, directive and block at fault is an event.  `take`
 * may change a leaf's words (markdown_set_words), not the blocks. */
void markdown_walk(const struct markdown *markdown,
                   void (*take)(void *context, const struct markdown_event *event), void *context);

/* A leaf's words as CommonMark, on their own: parsed alone they give the same HTML.
 * Soft line breaks are spaces, a hard break is a backslash and a newline, reference
 * links are inline links; a cell's pipes are no more than characters.  The source's own spelling
 * where it stands alone, else cmark's.  false where neither does. */
bool markdown_words(const struct markdown *markdown, struct cmark_node *leaf, struct buf *out);

/* Replaces a leaf's words.  `words` is UTF-8 and parsed as inline content only: it can never
 * open or close a block.  A cell is one line: breaks in it become spaces.  `stars_are_meant`: runs
 * of stars that CommonMark would show as they are, as in "**Õigus.**Järgmine", are emphasis. */
void markdown_set_words(struct cmark_node *leaf, const char *words, bool stars_are_meant);

/* The offset in the text of the byte of a leaf's words (markdown_words) at `offset`; of the leaf,
 * where the source spells these words otherwise. */
size_t markdown_place(const struct markdown *markdown, struct cmark_node *leaf, const char *words,
                      size_t offset);

/* Whether words contain no character that CommonMark could interpret as markup. */
bool markdown_is_plain_text(struct str words);

/* Calls `take` for each reference of a text, such as &#x202E;, to a character that a text had
 * better not hold, where the tree made of it holds that.  What is only unseen is seen where it is
 * spelled so. */
void markdown_check_references(struct cmark_node *tree, struct str text,
                               void (*take)(void *context, const struct character_fault *fault,
                                            int32_t character, size_t offset),
                               void *context);

/* Calls `lead` for what each link among a leaf's words leads to; what it returns takes its place
 * and is freed, unless it is NULL. */
void markdown_links(struct cmark_node *leaf, char *(*lead)(void *context, const char *url),
                    void *context);

/* Whether words by themselves would be anything but one paragraph.  A date or an ordinal at their
 * beginning, such as "22. novembril", is no list where words cannot be one. */
bool markdown_opens_block(const char *words);

/* Whether an item contains only paragraphs and directives. */
bool markdown_is_plain(struct cmark_node *item);

/* The block behind a directive and others after it, or NULL. */
struct cmark_node *markdown_next_block(struct cmark_node *directive);
/* Whether a leaf is a block, or inside it. */
bool markdown_is_within(struct cmark_node *leaf, struct cmark_node *block);

/* A leaf's words without markup. */
void markdown_plain_leaf(struct cmark_node *leaf, struct buf *out);
/* The words of an item's own leaves without markup, separated by spaces; nested lists
 * are not the item's own. */
void markdown_plain(struct cmark_node *item, struct buf *out);

/* Takes a block out of the tree. */
void markdown_remove(struct cmark_node *block);

/* The id that a heading's tag gets; looked at, not owned, and NULL by itself. */
bool markdown_is_heading(struct cmark_node *leaf);
void markdown_set_id(struct cmark_node *heading, const char *id);
const char *markdown_id(struct cmark_node *heading);

/* Tables */

bool markdown_is_cell(struct cmark_node *leaf);
bool markdown_in_one_table(struct cmark_node *leaf, struct cmark_node *other);
/* Whether a block ends a table by standing right below it, and rows of it follow. */
bool markdown_cuts_table(const struct markdown *markdown, struct cmark_node *block);
/* Whether a leaf looks as if a table was meant, and where in the text. */
bool markdown_looks_like_table(const struct markdown *markdown, struct cmark_node *leaf,
                               size_t *offset);

/* What only HTML shows; CommonMark must have been rendered before.  Trusted HTML around a
 * leaf's words; <wbr> between the phrases of Japanese ones. */
void markdown_wrap(struct cmark_node *leaf, const char *before, const char *after);
void markdown_break_phrases(struct cmark_node *leaf);

/* The tree as HTML (raw HTML and unsafe links are dropped) or as CommonMark; soft breaks are
 * spaces. */
void markdown_html(const struct markdown *markdown, struct buf *out);
void markdown_commonmark(const struct markdown *markdown, struct buf *out);
void markdown_leaf_text(struct cmark_node *leaf, struct buf *out); /* one leaf as CommonMark */

/* Whether two trees have the same HTML, ids excepted. */
bool markdown_same(const struct markdown *a, const struct markdown *b);
bool markdown_same_leaf(struct cmark_node *a, struct cmark_node *b);
/* Whether a list has other numbers or signs than its counterpart; the marks of the first items of
 * the first such pair, "1." or "-", are added to `before` and `after`. */
bool markdown_lists_differ(const struct markdown *a, const struct markdown *b, struct buf *before,
                           struct buf *after);

/* Escapes text so that CommonMark shows it as it is, on one line. */
void markdown_text(struct buf *out, struct str text);

#endif
