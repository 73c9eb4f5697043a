#include "tile.h"

#include <string.h>

#include "base/validate.h"

enum { LEVEL_MAX = 63 };

#define INDEX_MAX (MERKLE_SIZE_MAX / TREE_TILE)

/* Without leading zeros. */
static bool read_number(struct str digits, uint32_t most, unsigned *number)
{
    uint32_t value;

    if (!validate_number(digits, most, &value) || value > most ||
        (digits.len > 1 && *digits.data == '0'))
        return false;
    *number = value;
    return true;
}

static bool add_group(struct str digits, uint64_t *index)
{
    uint32_t group;

    if (digits.len != 3 || !validate_number(digits, 999, &group) ||
        *index > (INDEX_MAX - group) / 1000)
        return false;
    *index = *index * 1000 + group;
    return true;
}

/* The groups behind an x, of which the first is not zero; then the piece that holds the last. */
static bool read_groups(struct str *rest, uint64_t *index, struct str *last)
{
    *index = 0;
    while (validate_cut(rest, '/', last)) {
        if (!last->len || last->data[0] != 'x')
            return true;
        if (!add_group((struct str){last->data + 1, last->len - 1}, index) || !*index)
            return false;
    }
    return false;
}

static bool read_width(struct str *last, struct str *rest, unsigned *width)
{
    struct str digits;

    *width = TREE_TILE;
    if (last->len < 2 || memcmp(last->data + last->len - 2, ".p", 2) != 0)
        return true;
    last->len -= 2;
    return validate_cut(rest, '/', &digits) && read_number(digits, TREE_TILE - 1, width) && *width;
}

bool tile_parse(struct str path, struct tile *tile)
{
    struct str word, kind, last;

    if (!validate_cut(&path, '/', &word) || !str_is(word, "tile") ||
        !validate_cut(&path, '/', &kind))
        return false;
    tile->entries = str_is(kind, "entries");
    tile->level = 0;
    return (tile->entries || read_number(kind, LEVEL_MAX, &tile->level)) &&
           read_groups(&path, &tile->index, &last) && read_width(&last, &path, &tile->width) &&
           add_group(last, &tile->index) && !path.data;
}

/* How many hashes of the level there are from the tile's first on. */
static uint64_t hashes_from(const struct tile *tile, uint64_t size)
{
    uint64_t hashes = tile->level < TREE_LEVELS ? size >> 8 * tile->level : 0;

    return tile->index <= hashes / TREE_TILE ? hashes - tile->index * TREE_TILE : 0;
}

bool tile_is_in(const struct tile *tile, uint64_t size)
{
    return tile->width <= hashes_from(tile, size);
}

void tile_add_bundle(const struct merkle_hash *entries, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        buf_add(out, (const uint8_t[]){0, MERKLE_HASH}, 2);
        buf_add(out, entries[i].bytes, MERKLE_HASH);
    }
}
