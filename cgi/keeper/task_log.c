#include "task_log.h"

#include "log/tile.h"

struct shown {
    int64_t size;
    struct buf note;
};

static void take_checkpoint(void *context, const struct store_checkpoint *checkpoint)
{
    struct shown *shown = context;

    shown->size = checkpoint->size;
    buf_adds(&shown->note, checkpoint->note);
}

enum task_outcome task_checkpoint(const struct task_context *context, struct buf *reply,
                                  struct wire_reader *fields)
{
    struct shown shown = {.note = BUF_INIT};
    bool found, ok;

    if (!wire_done(fields))
        return TASK_NOT_A_MESSAGE;
    ok = store_checkpoint(context->store, true, &found, take_checkpoint, &shown);
    if (ok)
        wire_put_text(reply, buf_str(&shown.note));
    buf_release(&shown.note);
    return ok ? TASK_DONE : TASK_STORE_FAILED;
}

static void add_tile(struct store *store, const struct tile *tile, struct buf *bytes)
{
    struct merkle_hash entries[TREE_TILE];
    const struct merkle_hash *hashes;

    if (tile->entries) {
        size_t first = (size_t)tile->index * TREE_TILE;

        if (store_log_entries(store, (int64_t)first, tile->width, entries) == tile->width)
            tile_add_bundle(entries, tile->width, bytes);
    } else if ((hashes = store_tile(store, tile->level, (int64_t)tile->index, tile->width))) {
        for (unsigned i = 0; i < tile->width; i++)
            buf_add(bytes, hashes[i].bytes, MERKLE_HASH);
    }
}

enum task_outcome task_tile(const struct task_context *context, struct buf *reply,
                            struct wire_reader *fields)
{
    struct shown shown = {.note = BUF_INIT};
    struct buf bytes = BUF_INIT;
    struct tile tile = {.entries = wire_take_number(fields, 1)};
    bool found, ok;

    tile.level = (unsigned)wire_take_number(fields, 1);
    tile.index = wire_take_number(fields, 8);
    tile.width = (unsigned)wire_take_number(fields, 2);
    if (!wire_done(fields) || tile.width > TREE_TILE)
        return TASK_NOT_A_MESSAGE;
    ok = store_checkpoint(context->store, true, &found, take_checkpoint, &shown);
    if (ok && tile_is_in(&tile, (uint64_t)shown.size))
        add_tile(context->store, &tile, &bytes);
    if (ok)
        wire_put_text(reply, buf_str(&bytes));
    buf_release(&bytes);
    buf_release(&shown.note);
    return ok ? TASK_DONE : TASK_STORE_FAILED;
}
