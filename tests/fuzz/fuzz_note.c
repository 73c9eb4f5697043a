/* A stranger's note, checkpoint, key or path of a tile, which is one only if we would write it
 * so; and a note of our own over a stranger's text, which with one byte changed is nobody's. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "../unit/fixtures/tile_path.h"
#include "log/checkpoint.h"

static struct note_signer our_signer(void)
{
    uint8_t seed[NOTE_SEED];
    struct note_signer signer;

    memset(seed, 'a', sizeof seed);
    assert(note_signer_init(&signer, str_of("example.com/log"), seed));
    return signer;
}

static void check_same(struct buf *written, struct str text)
{
    assert(str_equal(buf_str(written), text));
    buf_release(written);
}

static void check_parsers(struct str text, const struct note_signer *signer)
{
    struct buf out = BUF_INIT;
    struct checkpoint checkpoint;
    struct note_key key;
    struct tile tile;

    if (note_key_parse(&key, text)) {
        note_key_add(&key, &out);
        check_same(&out, text);
    }
    if (checkpoint_parse(text, &checkpoint)) {
        assert(checkpoint_sign(&checkpoint, signer, &out));
        assert(out.len > text.len && memcmp(out.data, text.data, text.len) == 0);
        buf_release(&out);
    }
    if (tile_parse(text, &tile)) {
        assert(tile.level < 64 && tile.width >= 1 && tile.width <= TREE_TILE);
        tile_path(&tile, &out);
        check_same(&out, text);
    }
}

/* What is valid has our own signature of its text in it. */
static void check_note(struct str note, const struct note_signer *signer)
{
    struct buf ours = BUF_INIT;
    struct checkpoint checkpoint;
    const struct note_key *by;
    struct str text, line;

    if (note_verify(note, &signer->key, 1, &text, &by) == NOTE_VALID) {
        assert(by == &signer->key && note_is_text(text));
        assert(note_sign(text, signer, &ours));
        line = (struct str){ours.data + text.len + 1, ours.len - text.len - 1};
        assert(memmem(note.data, note.len, line.data, line.len));
        buf_release(&ours);
    } else {
        assert(!text.data && !text.len && !by);
        assert(checkpoint_open(note, &signer->key, 1, &checkpoint) != NOTE_VALID);
    }
}

/* The first two bytes say which byte of the note is changed, and how. */
static void check_change(const uint8_t *bytes, struct str text, const struct note_signer *signer)
{
    struct buf note = BUF_INIT;
    const struct note_key *by;
    struct str read;

    if (note_sign(text, signer, &note)) {
        assert(note_verify(buf_str(&note), &signer->key, 1, &read, &by) == NOTE_VALID);
        assert(str_equal(read, text));
        note.data[bytes[0] % note.len] ^= (char)bytes[1];
        assert((note_verify(buf_str(&note), &signer->key, 1, &read, &by) == NOTE_VALID) ==
               !bytes[1]);
    }
    buf_release(&note);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct note_signer signer = our_signer();
    struct str text = {(const char *)bytes, size};

    check_parsers(text, &signer);
    check_note(text, &signer);
    if (size > 2)
        check_change(bytes, (struct str){text.data + 2, size - 2}, &signer);
    return 0;
}
