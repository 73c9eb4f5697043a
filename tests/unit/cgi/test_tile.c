#include "../fixtures/test.h"

#include "../fixtures/tile_path.h"

static void paths(void **state)
{
    static const struct {
        const char *path;
        struct tile tile;
    } rows[] = {
        {"tile/0/000", {false, 0, 0, 256}},
        {"tile/0/000.p/1", {false, 0, 0, 1}},
        {"tile/0/001.p/255", {false, 0, 1, 255}},
        {"tile/63/999", {false, 63, 999, 256}},
        {"tile/0/x001/000", {false, 0, 1000, 256}},
        {"tile/2/x001/x234/067", {false, 2, 1234067, 256}}, /* the specification's example */
        {"tile/2/x001/x234/067.p/8", {false, 2, 1234067, 8}},
        {"tile/2/x001/x000/000.p/10", {false, 2, 1000000, 10}},
        {"tile/entries/000", {true, 0, 0, 256}},
        {"tile/entries/x273/012.p/112", {true, 0, 273012, 112}},
        {"tile/0/x036/x028/x797/x018/x963/967", {false, 0, (UINT64_C(1) << 55) - 1, 256}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = BUF_INIT;
        struct tile tile;

        tile_path(&rows[i].tile, &out);
        assert_string_equal(out.data, rows[i].path);
        assert_true(tile_parse(str_of(rows[i].path), &tile));
        assert_true(tile.entries == rows[i].tile.entries && tile.level == rows[i].tile.level &&
                    tile.index == rows[i].tile.index && tile.width == rows[i].tile.width);
        buf_release(&out);
    }
}

static void other_paths(void **state)
{
    static const char *const rows[] = {
        "",
        "/",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/0/000/",
        "tile//000",
        "tiles/0/000",
        "Tile/0/000",
        "tile/entry/000",
        "tile/64/000",
        "tile/00/000",
        "tile/01/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/x0/000",
        "tile/4294967296/000",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/00a",
        "tile/0/ 00",
        "tile/0/x000",
        "tile/0/x001",
        "tile/0/x001/",
        "tile/0/x001/x000",
        "tile/0/x000/001",
        "tile/0/x000/x001/001",
        "tile/0/x01/001",
        "tile/0/x0001/001",
        "tile/0/X001/001",
        "tile/0/001/001",
        "tile/0/x001/001/001",
        "tile/0/xx01/001",
        "tile/0/x/001",
        "tile/0/x036/x028/x797/x018/x963/968",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/x001/x000/x000/x000/x000/x000/x000/000",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/1/",
        "tile/0/000.p/1/2",
        "tile/0/000.p/x1",
        "tile/0/000.p/4294967297",
        "tile/0/.p/1",
        "tile/0/x001.p/1",
        "tile/0/x001.p/001",
        "tile/0/000.q/1",
        "tile/0/000p/1",
        "tile/0/000.P/1",
        "tile/0/000.p/1\n",
        "tile/0/000?",
        "tile/0/../000",
        "tile/entries/0/000",
        "tile/data/000",
    };
    struct tile tile;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (tile_parse(str_of(rows[i]), &tile))
            fail_msg("%s", rows[i]);
    assert_false(tile_parse((struct str){"tile/0/000\0", 11}, &tile));
    assert_false(tile_parse((struct str){NULL, 0}, &tile));
}

/* The specification's tree of 70,000, and the edges of others. */
static void which_there_are(void **state)
{
    static const struct {
        uint64_t size;
        const char *path;
        bool is_in;
    } rows[] = {
        {70000, "tile/0/272", true},
        {70000, "tile/0/273", false},
        {70000, "tile/0/273.p/112", true},
        {70000, "tile/0/273.p/111", true}, /* a smaller log had it */
        {70000, "tile/0/273.p/113", false},
        {70000, "tile/0/274.p/1", false},
        {70000, "tile/1/000", true},
        {70000, "tile/1/001.p/17", true},
        {70000, "tile/1/001.p/18", false},
        {70000, "tile/2/000.p/1", true},
        {70000, "tile/2/000.p/2", false},
        {70000, "tile/3/000.p/1", false},
        {70000, "tile/8/000.p/1", false},
        {70000, "tile/63/000.p/1", false},
        {70000, "tile/entries/272", true},
        {70000, "tile/entries/273.p/112", true},
        {70000, "tile/entries/273.p/113", false},
        {0, "tile/0/000.p/1", false},
        {0, "tile/entries/000.p/1", false},
        {1, "tile/0/000.p/1", true},
        {255, "tile/0/000", false},
        {256, "tile/0/000", true},
        {256, "tile/1/000.p/1", true},
        {256, "tile/0/001.p/1", false},
        {MERKLE_SIZE_MAX, "tile/0/x036/x028/x797/x018/x963/967.p/255", true},
        {MERKLE_SIZE_MAX, "tile/0/x036/x028/x797/x018/x963/967", false},
        {MERKLE_SIZE_MAX, "tile/7/000.p/127", true},
        {MERKLE_SIZE_MAX, "tile/7/000.p/128", false},
        {MERKLE_SIZE_MAX, "tile/7/x036/x028/x797/x018/x963/967", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct tile tile;

        assert_true(tile_parse(str_of(rows[i].path), &tile));
        if (tile_is_in(&tile, rows[i].size) != rows[i].is_in)
            fail_msg("%s in %llu", rows[i].path, (unsigned long long)rows[i].size);
    }
}

static void widest(void **state)
{
    static const struct {
        unsigned level;
        uint64_t index;
        unsigned width; /* 0: none */
    } rows[] = {{0, 0, 256}, {0, 272, 256}, {0, 273, 112}, {0, 274, 0}, {1, 0, 256}, {1, 1, 17},
                {1, 2, 0},   {2, 0, 1},     {2, 1, 0},     {3, 0, 0},   {8, 0, 0},   {63, 0, 0}};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct tile tile = {false, rows[i].level, rows[i].index, rows[i].width};

        assert_true(!tile.width || tile_is_in(&tile, 70000));
        tile.width++;
        assert_true(tile.width > TREE_TILE || !tile_is_in(&tile, 70000));
    }
}

static void bundles(void **state)
{
    static const struct merkle_hash entries[2] = {{{1, 2}}, {{3}}};
    struct buf out = BUF_INIT;

    (void)state;
    tile_add_bundle(entries, 2, &out);
    assert_int_equal(out.len, 68);
    assert_memory_equal(out.data, "\0\x20\1\2", 4);
    assert_memory_equal(out.data + 34, "\0\x20\3\0", 4);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths),  cmocka_unit_test(other_paths), cmocka_unit_test(which_there_are),
        cmocka_unit_test(widest), cmocka_unit_test(bundles),
    };

    return cmocka_run_group_tests_name("tile", tests, NULL, NULL);
}
