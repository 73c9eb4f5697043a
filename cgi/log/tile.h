/* The log's public face, C2SP tlog-tiles: what a path below its prefix names, and the bytes of a
 * bundle of entries.
 *
 *   tile/LEVEL/INDEX[.p/WIDTH]     hashes, tree.h
 *   tile/entries/INDEX[.p/WIDTH]   the entries themselves, each behind its length in two bytes
 *
 * LEVEL is 0 to 63.  INDEX is in groups of three digits, all but the last behind an x: 1234067
 * is x001/x234/067.  WIDTH, 1 to 255, is there where the tile is not full. */
#ifndef TEADE_TILE_H
#define TEADE_TILE_H

#include <stdint.h>

#include "base/buf.h"
#include "tree.h"

struct tile {
    bool entries;   /* a bundle; its level is 0 */
    unsigned level; /* 0 to 63 */
    uint64_t index; /* below 2^55 */
    unsigned width; /* 1 to 256 */
};

/* false: not a path in its one canonical spelling. */
bool tile_parse(struct str path, struct tile *tile);

/* Whether a log of this size has it: now, or while it was smaller. */
bool tile_is_in(const struct tile *tile, uint64_t size);

void tile_add_bundle(const struct merkle_hash *entries, size_t count, struct buf *out);

#endif
