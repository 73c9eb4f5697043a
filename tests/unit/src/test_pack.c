/* What is packed comes out again, the same bytes each time. */
#include "../fixtures/test.h"

#include <brotli/decode.h>
#include <zlib.h>

#include "publish/pack.h"

static void gunzip(struct str packed, struct buf *out)
{
    z_stream stream = {.next_in = (unsigned char *)packed.data, .avail_in = (uInt)packed.len};
    unsigned char block[4096];
    int status;

    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK); /* with the gzip wrapper */
    do {
        stream.next_out = block;
        stream.avail_out = sizeof block;
        status = inflate(&stream, Z_NO_FLUSH);
        assert_true(status == Z_OK || status == Z_STREAM_END);
        buf_add(out, block, sizeof block - stream.avail_out);
    } while (status != Z_STREAM_END);
    assert_int_equal(stream.avail_in, 0);
    inflateEnd(&stream);
}

static void unbrotli(struct str packed, struct buf *out)
{
    size_t size = 1 << 20;
    unsigned char *unpacked = mem_alloc(size);

    assert_int_equal(
        BrotliDecoderDecompress(packed.len, (const unsigned char *)packed.data, &size, unpacked),
        BROTLI_DECODER_RESULT_SUCCESS);
    buf_add(out, unpacked, size);
    free(unpacked);
}

static void try(struct str content)
{
    static const struct {
        void (*pack)(struct str content, struct buf *out);
        void (*unpack)(struct str packed, struct buf *out);
    } kinds[] = {{pack_gzip, gunzip}, {pack_brotli, unbrotli}};

    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct buf packed = BUF_INIT, again = BUF_INIT, unpacked = BUF_INIT;

        kinds[i].pack(content, &packed);
        kinds[i].pack(content, &again);
        kinds[i].unpack(buf_str(&packed), &unpacked);
        assert_true(str_equal(buf_str(&packed), buf_str(&again)));
        assert_true(str_equal(buf_str(&unpacked), content));
        buf_release(&packed);
        buf_release(&again);
        buf_release(&unpacked);
    }
}

static void round_trip(void **state)
{
    static const char *const texts[] = {"", "x", "<p>同意</p>\n"};
    struct buf noise = BUF_INIT, page = BUF_INIT;
    uint32_t number = 1;

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        try(str_of(texts[i]));
    for (size_t i = 0; i < 70000; i++) { /* cannot be packed, and is longer than a window */
        number = number * 1664525 + 1013904223;
        buf_addc(&noise, (char)(number >> 24));
    }
    for (size_t i = 0; i < 10000; i++)
        buf_addf(&page, "<li>%zu</li>\n", i % 97);
    try(buf_str(&noise));
    try(buf_str(&page));
    buf_release(&noise);
    buf_release(&page);
}

/* RFC 1952: no time, no name. */
static void clock_free(void **state)
{
    struct buf packed = BUF_INIT;

    (void)state;
    pack_gzip(str_of("x"), &packed);
    assert_memory_equal(packed.data, "\x1f\x8b\x08\0\0\0\0\0", 8);
    buf_release(&packed);
}

static void worth_it(void **state)
{
    static const struct {
        const char *path;
        bool worth;
    } rows[] = {
        {"et/index.html", true},
        {"a.css", true},
        {"a.0123.svg", true},
        {"feed.xml", true},
        {"notice.json", true},
        {"robots.txt", true},
        {"a.png", false},
        {"a.html.gz", false},
        {"a", false},
        {"", false},
        {"html", false},
        {"a.html/b", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (pack_is_worth_it(rows[i].path) != rows[i].worth)
            fail_msg("%s", rows[i].path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip),
        cmocka_unit_test(clock_free),
        cmocka_unit_test(worth_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
