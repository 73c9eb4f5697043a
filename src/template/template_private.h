/* What the files of this module share: tags, pieces of messages and the parsed form. */
#ifndef TEADE_TEMPLATE_PRIVATE_H
#define TEADE_TEMPLATE_PRIVATE_H

#include "template.h"

#define TEMPLATE_DEPTH 100 /* sections within sections; and with partials, when rendering */

struct delimiters {
    struct str open, close;
};

struct phases {
    struct delimiters now, later; /* later.open is empty: there is no later rendering */
};

struct tag {
    char sigil;      /* one of # ^ / > ! = & {, or 0: a variable */
    char end;        /* its counterpart before the closing delimiter: } or =, or 0 */
    struct str text; /* with the delimiters */
    struct str name; /* between them, trimmed: a name, a comment, two delimiters */
};

/* A message is words and tags in turn. */
struct piece {
    enum piece_kind { PIECE_WORDS, PIECE_VARIABLE, PIECE_LATER_VARIABLE, PIECE_OTHER_TAG } kind;
    struct str text; /* as written */
    struct str name; /* of a variable */
};

struct template_message {
    char *msgid;
    char *note;           /* or NULL */
    struct phases phases; /* as they were where it stands */
};

enum node_kind {
    NODE_TEXT,
    NODE_VARIABLE,
    NODE_RAW, /* an unescaped variable */
    NODE_SECTION,
    NODE_INVERTED,
    NODE_MESSAGE,
    NODE_PARTIAL,
};

/* A section's children follow it; the next one after it and them is at `end`. */
struct template_node {
    enum node_kind kind;
    struct str text;         /* the name; NODE_TEXT: the words */
    size_t offset;           /* of the tag in the source */
    size_t end;              /* index into the nodes */
    struct str indent;       /* NODE_PARTIAL alone on its line; data NULL: it is not */
    struct template_message *message; /* owned; NULL but for NODE_MESSAGE */
};

struct template
{
    const struct source *source;
    struct template_node *nodes;
    size_t count;
};

struct phases template_phases(const struct template_tags *tags);

/* Reads the tag the text begins with; false: it begins with none, or the tag is
 * not closed (then text and name are not set). */
bool template_tag_read(struct str text, const struct delimiters *delimiters, struct tag *tag);
bool template_is_name(struct str name);

/* Takes one piece off the front of a message; false at its end. */
bool template_piece_next(struct str *message, const struct phases *phases, struct piece *piece);
bool template_message_has(struct str message, const struct phases *phases,
                          const struct piece *variable);

/* The context stack: the innermost value first. */
struct frame {
    const json_t *value;
    const struct frame *up; /* or NULL */
};

/* The value of a name, or NULL: the part before the first dot is looked for in
 * the whole stack, the others in what it means. */
const json_t *template_look_up(struct str name, const struct frame *top);
/* A remedy, to be freed: "the names here are a, b, c", those of the innermost object. */
char *template_names(const struct frame *top);
bool template_is_true(const json_t *value); /* NULL is not */

#define TEMPLATE_NUMBER_SIZE 32 /* bytes of the longest number, and to spare */
/* The value in text; a list or an object has none.  `number` is room for it. */
struct str template_value_text(const json_t *value, char number[TEMPLATE_NUMBER_SIZE]);

#endif
