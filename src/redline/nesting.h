/* The lists and quotes of one text that contain the blocks of both. */
#ifndef TEADE_NESTING_H
#define TEADE_NESTING_H

#include "pairing.h"

/* A list, an item or a quote. */
struct nesting_container {
    const struct outline_container *container;
    size_t id;     /* the new text's, then the old one's that are not among them */
    bool numbered; /* an item of an ordered list */
};

struct nesting_path { /* from the outermost on */
    struct nesting_container *node;
    size_t depth;
};

/* Determines for each block in turn which containers it is in. */
struct nesting {
    const struct outline *old, *new;
    const struct side *old_side, *new_side;
    size_t *continued; /* per old container: the new one that goes on from it, or OUTLINE_NONE */
    size_t *from;      /* per new container: the old one of its last pair, or OUTLINE_NONE */
    struct nesting_path here; /* of the last block */
    size_t entered; /* of the new text's containers, these first ones are open or closed */
};

void nesting_make(struct nesting *places, const struct pairing *pairing);
void nesting_release(struct nesting *places);

/* `new` is OUTLINE_NONE for a block that only the old text has.  Free `node`. */
void nesting_find(const struct nesting *places, size_t old, size_t new, struct nesting_path *path);

/* Whether the two blocks of a pair are in different lists, items or quotes. */
bool nesting_differs(const struct nesting *places, size_t old, size_t new);

/* Whether a pair that comes next stands in an item that goes on from another item than it stood
 * in: one was cut in two there, or two were made one. */
bool nesting_was_parted(const struct nesting *places, size_t old, size_t new);

/* Goes on to a block that was found; `path` stays the caller's, until the next one. */
void nesting_enter(struct nesting *places, size_t old, size_t new, const struct nesting_path *path);

/* How many containers two paths have in common. */
size_t nesting_shared(const struct nesting_path *a, const struct nesting_path *b);

#endif
