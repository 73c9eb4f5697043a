/* Tables of two texts: which belong together, and their columns.  Rows are blocks, and the pairing
 * of blocks knows no tables; here a table gets one partner at most, its head goes with that one's,
 * and rows that begin alike are the same row. */
#ifndef TEADE_COLUMNS_H
#define TEADE_COLUMNS_H

#include "pairing.h"

/* A table's columns, those of both texts in one. */
struct columns {
    struct column {
        size_t old, new; /* from 0, or OUTLINE_NONE */
    } * column;
    size_t count;
    bool differ; /* there are some in one text alone */
};

/* Changes the pairs of rows, and returns the columns of all containers by their id (nesting.h);
 * what is no table has none. */
struct columns *columns_make(struct pairing *pairing);
void columns_free(struct columns *columns, size_t count);

/* The words of a row's cells, without what ends them; to be freed. */
struct passage *side_cells(const struct side *side, size_t row, size_t *count);

#endif
