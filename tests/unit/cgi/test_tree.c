/* The tree over stored tiles says what the leaves themselves say, and reads little. */
#include "../fixtures/test.h"

#include "../fixtures/log_fixture.h"

enum { LARGEST = 70000 };

/* The root by pairing neighbours, level after level; `nodes` is used up. */
static struct merkle_hash root_of(struct merkle_hash *nodes, size_t count)
{
    for (; count > 1; count = (count + 1) / 2)
        for (size_t i = 0; i < (count + 1) / 2; i++)
            if (2 * i + 1 < count)
                merkle_node(&nodes[2 * i], &nodes[2 * i + 1], &nodes[i]);
            else
                nodes[i] = nodes[2 * i];
    return nodes[0];
}

static struct merkle_hash naive_root(const struct log *log, size_t size)
{
    struct merkle_hash *nodes = mem_alloc(size * sizeof *nodes), root;

    for (size_t i = 0; i < size; i++)
        merkle_leaf(log->hashes[0][i].bytes, MERKLE_HASH, &nodes[i]);
    root = root_of(nodes, size);
    free(nodes);
    return root;
}

static void proves_at(struct log *log, uint64_t size, struct merkle_hash *root)
{
    struct merkle_source source = tree_source(log->tree);
    struct merkle_hash leaf, old_root;
    struct merkle_proof proof;

    assert_true(merkle_root(source, size, root));
    for (unsigned i = 0; i < 5; i++) {
        uint64_t index = i ? randombytes_uniform((uint32_t)size) : size - 1;

        merkle_leaf(log->hashes[0][index].bytes, MERKLE_HASH, &leaf);
        assert_true(merkle_prove_inclusion(source, index, size, &proof));
        assert_true(merkle_verify_inclusion(&leaf, index, size, &proof, root));
        if (index) { /* older trees are still there */
            struct merkle_hash wanted = naive_root(log, index);

            assert_true(merkle_root(source, index, &old_root));
            assert_memory_equal(&old_root, &wanted, sizeof wanted);
        }
    }
}

/* In steps of any length, within and across tiles; older trees are still to be had. */
static void grows(void **state)
{
    static const uint64_t marks[] = {1, 2, 255, 256, 257, 511, 512, 513, 65535, 65536, 65537};
    struct log log;
    uint64_t size = 0;
    size_t mark = 0;

    (void)state;
    log_init(&log);
    while (size < LARGEST) {
        struct merkle_hash root, wanted;
        uint64_t step = 1 + randombytes_uniform(size < 2000 ? 400 : 12000);

        size = size + step < LARGEST ? size + step : LARGEST;
        if (mark < COUNT(marks) && size >= marks[mark])
            size = marks[mark++];
        assert_true(log_grow(&log, size));
        wanted = naive_root(&log, size);
        proves_at(&log, size, &root);
        assert_memory_equal(&root, &wanted, sizeof root);
    }
    assert_int_equal(log.counts[1], LARGEST / 256);
    assert_int_equal(log.counts[2], 1);
    assert_int_equal(log.counts[3], 0);
    for (unsigned i = 0; i < 20; i++) {
        struct merkle_hash root, wanted;

        size = 1 + randombytes_uniform(LARGEST);
        wanted = naive_root(&log, size);
        proves_at(&log, size, &root);
        assert_memory_equal(&root, &wanted, sizeof root);
    }
    log_release(&log);
}

struct comparison {
    const struct log *log;
    unsigned level;
    uint64_t index;
};

static bool is_stored(void *context, unsigned level, uint64_t index, const struct merkle_hash *hash)
{
    struct comparison *comparison = context;

    comparison->level = level;
    comparison->index = index;
    return index < comparison->log->counts[level] &&
           merkle_equal(hash, &comparison->log->hashes[level][index]);
}

/* Whatever is altered among entries and stored hashes, comparing from 0 on finds where. */
static void compares(void **state)
{
    static const struct {
        unsigned level;
        uint64_t index;
        unsigned found_level;
        uint64_t found_index;
    } rows[] = {{0, 0, 1, 0},     {0, 511, 1, 1},   {0, 65535, 1, 255}, {1, 0, 1, 0},
                {1, 255, 1, 255}, {1, 256, 1, 256}, {2, 0, 2, 0},       {0, 66000, 1, 257}};
    struct comparison comparison;
    struct log log;

    (void)state;
    log_init(&log);
    comparison.log = &log;
    assert_true(log_grow(&log, LARGEST));
    assert_true(tree_grow(log.tree, 0, LARGEST, is_stored, &comparison));
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint8_t *byte = &log.hashes[rows[i].level][rows[i].index].bytes[i];

        *byte ^= 1;
        tree_forget(log.tree);
        assert_false(tree_grow(log.tree, 0, LARGEST, is_stored, &comparison));
        assert_int_equal(comparison.level, rows[i].found_level);
        assert_int_equal(comparison.index, rows[i].found_index);
        *byte ^= 1;
    }
    log_release(&log);
}

/* Entries that were taken back and became others. */
static void forgets(void **state)
{
    struct log log;
    struct merkle_hash before, root, wanted;

    (void)state;
    log_init(&log);
    assert_true(log_grow(&log, 300));
    assert_true(merkle_root(tree_source(log.tree), 300, &before));
    log.hashes[0][299].bytes[0] ^= 1;
    tree_forget(log.tree);
    assert_true(merkle_root(tree_source(log.tree), 300, &root));
    wanted = naive_root(&log, 300);
    assert_memory_equal(&root, &wanted, sizeof root);
    assert_memory_not_equal(&root, &before, sizeof root);
    log_release(&log);
}

static void misses(void **state)
{
    struct merkle_source source;
    struct merkle_proof proof;
    struct merkle_hash root;
    struct log log;

    (void)state;
    log_init(&log);
    source = tree_source(log.tree);
    assert_true(log_grow(&log, 1000));
    assert_false(merkle_root(source, 1001, &root));
    assert_false(merkle_root(source, MERKLE_SIZE_MAX, &root));
    assert_false(merkle_prove_inclusion(source, 0, 1001, &proof));
    assert_false(tree_grow(log.tree, 1000, 1024, log_store, &log));
    assert_null(tree_tile(log.tree, 0, 3, 233));
    assert_non_null(tree_tile(log.tree, 0, 3, 232));
    assert_null(tree_tile(log.tree, 0, UINT64_MAX, 1));
    assert_null(tree_tile(log.tree, 0, MERKLE_SIZE_MAX / 256 + 1, 1));
    assert_null(tree_tile(log.tree, 1, 0, 4));
    assert_null(tree_tile(log.tree, 2, 0, 1));
    assert_null(tree_tile(log.tree, TREE_LEVELS, 0, 1));
    log_release(&log);
}

/* The public tiles: leaf hashes at level 0, what is stored above. */
static void shows_tiles(void **state)
{
    const struct merkle_hash *tile;
    struct merkle_hash leaf;
    struct log log;

    (void)state;
    log_init(&log);
    assert_true(log_grow(&log, 1000));
    tile = tree_tile(log.tree, 0, 3, 232);
    for (size_t i = 0; i < 232; i++) {
        merkle_leaf(log.hashes[0][768 + i].bytes, MERKLE_HASH, &leaf);
        assert_memory_equal(&tile[i], &leaf, sizeof leaf);
    }
    tile = tree_tile(log.tree, 1, 0, 3);
    assert_memory_equal(tile, log.hashes[1], 3 * sizeof leaf);
    log_release(&log);
}

/* A million equal entries, of which nothing is there but one hash for each level. */
struct uniform {
    struct merkle_hash stored[TREE_LEVELS];
    size_t reads;
};

static size_t uniform_read(void *context, unsigned level, uint64_t first, size_t count,
                           struct merkle_hash *hashes)
{
    struct uniform *uniform = context;
    uint64_t there = UINT64_C(1000000) >> 8 * level;

    uniform->reads++;
    count = there <= first ? 0 : count < there - first ? count : there - first;
    for (size_t i = 0; i < count; i++)
        hashes[i] = uniform->stored[level];
    return count;
}

static void reads_little(void **state)
{
    struct tree *tree = mem_alloc(sizeof *tree);
    struct uniform uniform = {0};
    struct merkle_hash leaf, node, root;
    struct merkle_proof proof;

    (void)state;
    merkle_leaf(uniform.stored[0].bytes, MERKLE_HASH, &leaf);
    node = leaf;
    for (unsigned level = 1; level <= 16; level++) {
        merkle_node(&node, &node, &node);
        if (level % 8 == 0)
            uniform.stored[level / 8] = node;
    }
    tree_init(tree, (struct tree_store){uniform_read, &uniform});
    assert_true(merkle_root(tree_source(tree), 1000000, &root));
    assert_int_equal(uniform.reads, 3);
    for (unsigned i = 0; i < 100; i++) {
        uint64_t index = randombytes_uniform(1000000);

        uniform.reads = 0;
        if (i % 2)
            tree_forget(tree);
        assert_true(merkle_prove_inclusion(tree_source(tree), index, 1000000, &proof));
        assert_true(uniform.reads <= (i % 2 ? 5 : 2));
        assert_true(merkle_verify_inclusion(&leaf, index, 1000000, &proof, &root));
    }
    free(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows),  cmocka_unit_test(compares),    cmocka_unit_test(forgets),
        cmocka_unit_test(misses), cmocka_unit_test(shows_tiles), cmocka_unit_test(reads_little),
    };

    return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
