#include "pack.h"

#include <assert.h>
#include <brotli/encode.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"

enum {
    GZIP_WINDOW = 15 + 16, /* 32 KiB, gzip wrapper */
    GZIP_MEMORY = 9,
    BROTLI_QUALITY = 9, /* the highest that still packs a page in about a millisecond */
};

void pack_gzip(struct str content, struct buf *out)
{
    z_stream stream = {0};
    unsigned char *packed;
    uLong bound;
    int status;

    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        mem_die(content.len);
    bound = deflateBound(&stream, content.len);
    packed = mem_alloc(bound);
    stream.next_in = (unsigned char *)content.data;
    stream.avail_in = (uInt)content.len;
    stream.next_out = packed;
    stream.avail_out = (uInt)bound;
    status = deflate(&stream, Z_FINISH);
    assert(status == Z_STREAM_END);
    buf_add(out, packed, stream.total_out);
    deflateEnd(&stream);
    free(packed);
}

/* A window no larger than the content keeps the encoder's memory small. */
static int window_bits(size_t len)
{
    int bits = BROTLI_MIN_WINDOW_BITS;

    while (bits < BROTLI_DEFAULT_WINDOW && ((size_t)1 << bits) < len)
        bits++;
    return bits;
}

void pack_brotli(struct str content, struct buf *out)
{
    size_t size = BrotliEncoderMaxCompressedSize(content.len);
    unsigned char *packed = mem_alloc(size);

    if (!BrotliEncoderCompress(BROTLI_QUALITY, window_bits(content.len), BROTLI_MODE_TEXT,
                               content.len, (const unsigned char *)content.data, &size, packed))
        mem_die(size);
    buf_add(out, packed, size);
    free(packed);
}

bool pack_is_worth_it(const char *path)
{
    static const char *const endings[] = {".html", ".css",    ".svg", ".xml",
                                          ".json", ".jsonld", ".txt"};
    const char *ending = strrchr(path, '.');

    for (size_t i = 0; ending && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(ending, endings[i]) == 0)
            return true;
    return false;
}
