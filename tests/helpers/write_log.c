/* write_log FOLDER SIZE writes a log of SIZE entries as its URL space looks, and prints the
 * public key: what tests/helpers/follow_log.pl follows. */
#include <stdio.h>
#include <sysexits.h>

#include "../unit/fixtures/log_fixture.h"
#include "../unit/fixtures/tile_path.h"
#include "base/file.h"
#include "log/checkpoint.h"

static bool write_file(const char *folder, const char *name, struct str content)
{
    char *path = mem_printf("%s/%s", folder, name);
    bool is_written = file_create(path, content);

    free(path);
    return is_written;
}

static bool write_tile(const char *folder, const struct log *log, const struct tile *tile)
{
    struct buf path = BUF_INIT, bytes = BUF_INIT;
    bool is_written;

    if (tile->entries) {
        tile_add_bundle(log->hashes[0] + tile->index * TREE_TILE, tile->width, &bytes);
    } else {
        const struct merkle_hash *hashes =
            tree_tile(log->tree, tile->level, tile->index, tile->width);

        assert(hashes);
        buf_add(&bytes, hashes, tile->width * sizeof *hashes);
    }
    tile_path(tile, &path);
    is_written = write_file(folder, path.data, buf_str(&bytes));
    buf_release(&path);
    buf_release(&bytes);
    return is_written;
}

/* All tiles of a level, `hashes` long: the last as wide as it is. */
static bool write_level(const char *folder, const struct log *log, bool entries, unsigned level,
                        uint64_t hashes)
{
    for (uint64_t i = 0; i * TREE_TILE < hashes; i++) {
        uint64_t left = hashes - i * TREE_TILE;
        struct tile tile = {entries, level, i, left < TREE_TILE ? (unsigned)left : TREE_TILE};

        if (!write_tile(folder, log, &tile))
            return false;
    }
    return true;
}

static bool write_tiles(const char *folder, const struct log *log)
{
    bool ok = write_level(folder, log, true, 0, log->counts[0]);

    for (unsigned level = 0; ok && level < TREE_LEVELS; level++)
        ok = write_level(folder, log, false, level, log->counts[0] >> 8 * level);
    return ok;
}

static bool write_checkpoint(const char *folder, const struct log *log)
{
    struct checkpoint checkpoint = {.origin = str_of("example.com/log"), .size = log->counts[0]};
    struct note_signer signer;
    struct buf note = BUF_INIT, key = BUF_INIT;
    bool is_written = note_signer_init(&signer, checkpoint.origin, (const uint8_t[NOTE_SEED]){1}) &&
                      merkle_root(tree_source(log->tree), checkpoint.size, &checkpoint.root) &&
                      checkpoint_sign(&checkpoint, &signer, &note) &&
                      write_file(folder, "checkpoint", buf_str(&note));

    note_key_add(&signer.key, &key);
    puts(key.data);
    buf_release(&note);
    buf_release(&key);
    return is_written;
}

int main(int argc, char **argv)
{
    struct log log;
    bool is_written;

    if (argc != 3)
        return EX_USAGE;
    log_init(&log);
    is_written = log_grow(&log, strtoull(argv[2], NULL, 10)) && write_tiles(argv[1], &log) &&
                 write_checkpoint(argv[1], &log);
    if (!is_written)
        perror(argv[1]);
    log_release(&log);
    return is_written ? EXIT_SUCCESS : EX_CANTCREAT;
}
