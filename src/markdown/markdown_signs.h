/* Signs that CommonMark takes for words, and that are more than a pair of brackets:
 * spaces that it does not know beside them, headings without a space, rules of tables, backticks
 * by themselves, and addresses that are no links. */
#ifndef TEADE_MARKDOWN_SIGNS_H
#define TEADE_MARKDOWN_SIGNS_H

#include "markdown_spelling.h"

struct sign_kind {
    /* The first behind the piece; it becomes where that is. */
    bool (*find)(const struct spelling *spelling, struct piece *piece);
    const char *text, *remedy;
};
enum { SIGN_KINDS = 5 };
extern const struct sign_kind sign_kinds[SIGN_KINDS];

#endif
