#include "checkpoint.h"

#include <inttypes.h>
#include <string.h>

#include "base/validate.h"
#include "base64.h"

static bool read_size(struct str digits, uint64_t *size)
{
    if (!validate_is_of(digits, "0123456789") || (digits.len > 1 && digits.data[0] == '0'))
        return false;
    *size = 0;
    for (size_t i = 0; i < digits.len; i++) {
        uint64_t digit = (uint64_t)(digits.data[i] - '0');

        if (*size > (MERKLE_SIZE_MAX - digit) / 10)
            return false;
        *size = *size * 10 + digit;
    }
    return true;
}

static bool has_empty_line(struct str text)
{
    return text.data[0] == '\n' || memmem(text.data, text.len, "\n\n", 2);
}

bool checkpoint_parse(struct str text, struct checkpoint *checkpoint)
{
    struct str size, root;
    size_t len;

    return note_is_text(text) && !has_empty_line(text) &&
           validate_cut(&text, '\n', &checkpoint->origin) && validate_cut(&text, '\n', &size) &&
           validate_cut(&text, '\n', &root) && (checkpoint->extensions = text).data &&
           read_size(size, &checkpoint->size) &&
           base64_read(root, checkpoint->root.bytes, MERKLE_HASH, &len) && len == MERKLE_HASH;
}

static bool write_text(const struct checkpoint *checkpoint, struct buf *out)
{
    struct buf text = BUF_INIT;
    struct checkpoint read;
    bool is_one;

    buf_addstr(&text, checkpoint->origin);
    buf_addf(&text, "\n%" PRIu64 "\n", checkpoint->size);
    base64_add(&text, checkpoint->root.bytes, MERKLE_HASH);
    buf_addc(&text, '\n');
    buf_addstr(&text, checkpoint->extensions);
    is_one = checkpoint_parse(buf_str(&text), &read) && str_equal(read.origin, checkpoint->origin);
    if (is_one)
        buf_addstr(out, buf_str(&text));
    buf_release(&text);
    return is_one;
}

bool checkpoint_sign(const struct checkpoint *checkpoint, const struct note_signer *signer,
                     struct buf *out)
{
    struct buf text = BUF_INIT;
    bool is_one = write_text(checkpoint, &text) && note_sign(buf_str(&text), signer, out);

    buf_release(&text);
    return is_one;
}

enum note_result checkpoint_open(struct str note, const struct note_key *keys, size_t count,
                                 struct checkpoint *checkpoint)
{
    const struct note_key *by;
    struct checkpoint read;
    struct str text;
    enum note_result result = note_verify(note, keys, count, &text, &by);

    if (result != NOTE_VALID)
        return result;
    if (!checkpoint_parse(text, &read) || !str_is(read.origin, by->name))
        return NOTE_MALFORMED;
    *checkpoint = read;
    return NOTE_VALID;
}
