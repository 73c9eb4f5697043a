#include "receipt_proof.h"

#include <inttypes.h>
#include <string.h>

#include "log/base64.h"

static const char version[] = "c2sp.org/tlog-proof@v1";

void receipt_proof_write(const struct receipt_proof *proof, struct buf *out)
{
    buf_addf(out, "%s\nindex %" PRIu64 "\n", version, proof->index);
    for (size_t i = 0; i < proof->path.count; i++) {
        base64_add(out, proof->path.hashes[i].bytes, MERKLE_HASH);
        buf_addc(out, '\n');
    }
    buf_addc(out, '\n');
    buf_addstr(out, proof->note);
}

static bool cut_line(struct str *text, struct str *line)
{
    const char *end = text->len ? memchr(text->data, '\n', text->len) : NULL;

    if (!end)
        return false;
    *line = (struct str){text->data, (size_t)(end - text->data)};
    text->data = end + 1;
    text->len -= line->len + 1;
    return true;
}

/* Of 0 only the one-digit spelling; nothing above MERKLE_SIZE_MAX. */
static bool read_index(struct str line, uint64_t *index)
{
    static const char word[] = "index ";
    size_t at = sizeof word - 1;

    if (line.len <= at || memcmp(line.data, word, at) != 0 ||
        (line.data[at] == '0' && line.len > at + 1))
        return false;
    for (*index = 0; at < line.len; at++) {
        unsigned digit = (unsigned char)line.data[at] - (unsigned)'0';

        if (digit > 9 || *index > (MERKLE_SIZE_MAX - digit) / 10)
            return false;
        *index = *index * 10 + digit;
    }
    return true;
}

static bool read_hash(struct str line, struct merkle_proof *path)
{
    size_t len;

    return path->count < MERKLE_PROOF_MAX &&
           base64_read(line, path->hashes[path->count++].bytes, MERKLE_HASH, &len) &&
           len == MERKLE_HASH;
}

bool receipt_proof_parse(struct str text, struct receipt_proof *proof)
{
    struct str line;

    *proof = (struct receipt_proof){0};
    if (!cut_line(&text, &line) || !str_is(line, version) || !cut_line(&text, &line) ||
        !read_index(line, &proof->index))
        return false;
    while (cut_line(&text, &line)) {
        if (!line.len) {
            proof->note = text;
            return text.len > 0;
        }
        if (!read_hash(line, &proof->path))
            return false;
    }
    return false;
}
