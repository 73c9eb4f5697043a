/* A tile that is read is at once hashed up to its top.  When the log has grown since, only what
 * is new of it is read and hashed. */
#include "tree.h"

#include <assert.h>

enum { TILE_HEIGHT = 8 };

void tree_init(struct tree *tree, struct tree_store store)
{
    tree->store = store;
    tree_forget(tree);
}

void tree_forget(struct tree *tree)
{
    tree->used = 0;
    for (unsigned level = 0; level < TREE_LEVELS; level++)
        for (unsigned kept = 0; kept < TREE_KEPT; kept++)
            tree->tiles[level][kept].width = tree->tiles[level][kept].used = 0;
}

/* Where in a tile's nodes those of a height above its hashes begin. */
static size_t nodes_at(unsigned height)
{
    const size_t all = 2 * TREE_TILE;

    return all - (all >> height);
}

static void hash_up(struct tree_tile *tile, size_t old)
{
    for (unsigned height = 1; height <= TILE_HEIGHT; height++) {
        const struct merkle_hash *below = tile->nodes + nodes_at(height - 1);
        struct merkle_hash *nodes = tile->nodes + nodes_at(height);

        for (size_t i = old >> height; i < tile->width >> height; i++)
            merkle_node(&below[2 * i], &below[2 * i + 1], &nodes[i]);
    }
}

static void read_on(struct tree *tree, unsigned level, struct tree_tile *tile)
{
    size_t old = tile->width, wanted = TREE_TILE - old;
    size_t got = tree->store.read(tree->store.context, level, tile->index * TREE_TILE + old, wanted,
                                  tile->nodes + old);

    assert(got <= wanted);
    tile->width += got;
    for (size_t i = old; level == 0 && i < tile->width; i++)
        merkle_leaf(tile->nodes[i].bytes, MERKLE_HASH, &tile->nodes[i]);
    hash_up(tile, old);
}

/* The tile if it is remembered, else the place of the one that was not used for longest. */
static struct tree_tile *place_of(struct tree *tree, unsigned level, uint64_t index)
{
    struct tree_tile *tiles = tree->tiles[level], *oldest = tiles;

    for (unsigned i = 0; i < TREE_KEPT; i++) {
        if (tiles[i].width && tiles[i].index == index)
            return &tiles[i];
        if (tiles[i].used < oldest->used)
            oldest = &tiles[i];
    }
    oldest->index = index;
    oldest->width = 0;
    return oldest;
}

/* NULL: it is not as wide as that. */
static const struct tree_tile *tile_of(struct tree *tree, unsigned level, uint64_t index,
                                       size_t width)
{
    struct tree_tile *tile;

    if (level >= TREE_LEVELS || index > MERKLE_SIZE_MAX / TREE_TILE)
        return NULL;
    tile = place_of(tree, level, index);
    if (tile->width < width)
        read_on(tree, level, tile);
    tile->used = ++tree->used;
    return tile->width < width ? NULL : tile;
}

static bool node(void *context, unsigned level, uint64_t index, struct merkle_hash *hash)
{
    unsigned height = level % TILE_HEIGHT;
    size_t at = index % (TREE_TILE >> height);
    const struct tree_tile *tile =
        tile_of(context, level / TILE_HEIGHT, index / (TREE_TILE >> height), (at + 1) << height);

    if (tile)
        *hash = tile->nodes[nodes_at(height) + at];
    return tile;
}

struct merkle_source tree_source(struct tree *tree)
{
    return (struct merkle_source){node, tree};
}

const struct merkle_hash *tree_tile(struct tree *tree, unsigned level, uint64_t index, size_t width)
{
    const struct tree_tile *tile = tile_of(tree, level, index, width);

    return tile ? tile->nodes : NULL;
}

bool tree_grow(struct tree *tree, uint64_t from, uint64_t to, tree_visit *visit, void *context)
{
    for (uint64_t full = from / TREE_TILE; full < to / TREE_TILE; full++) {
        uint64_t index = full;
        unsigned level = 0;
        bool ends_tile;

        do {
            const struct tree_tile *tile = tile_of(tree, level, index, TREE_TILE);

            if (!tile || !visit(context, ++level, index, &tile->nodes[nodes_at(TILE_HEIGHT)]))
                return false;
            ends_tile = index % TREE_TILE == TREE_TILE - 1;
            index /= TREE_TILE;
        } while (ends_tile);
    }
    return true;
}
