/* Roots and proofs: against RFC 6962's own recursion over leaves in memory, and against the
 * vectors of transparency-dev/merkle, where they are in $TEST_DATA. */
#include "../fixtures/test.h"

#include <jansson.h>
#include <sodium.h>

#include "log/base64.h"
#include "log/merkle.h"

/* The specification, word for word: MTH(D[begin:end]). */
static struct merkle_hash mth(const struct merkle_hash *leaves, uint64_t count)
{
    struct merkle_hash hash, right;
    uint64_t k = 1;

    if (count == 1)
        return leaves[0];
    while (2 * k < count)
        k *= 2;
    hash = mth(leaves, k);
    right = mth(leaves + k, count - k);
    merkle_node(&hash, &right, &hash);
    return hash;
}

static void add_hash(struct merkle_proof *proof, struct merkle_hash hash)
{
    proof->hashes[proof->count++] = hash;
}

/* PATH(m, D[n]) */
static void path(uint64_t m, const struct merkle_hash *leaves, uint64_t n,
                 struct merkle_proof *proof)
{
    uint64_t k = 1;

    if (n == 1)
        return;
    while (2 * k < n)
        k *= 2;
    if (m < k) {
        path(m, leaves, k, proof);
        add_hash(proof, mth(leaves + k, n - k));
    } else {
        path(m - k, leaves + k, n - k, proof);
        add_hash(proof, mth(leaves, k));
    }
}

enum { LEAVES = 300, THOROUGH = 66 };

/* Every perfect subtree of LEAVES leaves, and what was asked for last. */
struct forest {
    struct merkle_hash nodes[9][LEAVES];
    uint64_t size; /* of the tree in question: nothing behind it may be asked for */
    size_t asked;
};

static void forest_init(struct forest *forest)
{
    for (size_t i = 0; i < LEAVES; i++)
        merkle_leaf(&i, sizeof i, &forest->nodes[0][i]);
    for (size_t level = 1; level < 9; level++)
        for (size_t i = 0; i < (size_t)LEAVES >> level; i++)
            merkle_node(&forest->nodes[level - 1][2 * i], &forest->nodes[level - 1][2 * i + 1],
                        &forest->nodes[level][i]);
    forest->asked = 0;
}

static bool forest_node(void *context, unsigned level, uint64_t index, struct merkle_hash *hash)
{
    struct forest *forest = context;

    assert_true((index + 1) << level <= forest->size);
    *hash = forest->nodes[level][index];
    forest->asked++;
    return true;
}

static struct merkle_source source_of(struct forest *forest, uint64_t size)
{
    forest->size = size;
    return (struct merkle_source){forest_node, forest};
}

static void equal_proofs(const struct merkle_proof *a, const struct merkle_proof *b)
{
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->hashes, b->hashes, a->count * sizeof *a->hashes);
}

/* What is proved. */
struct claim {
    uint64_t index, size;
    struct merkle_hash leaf, root;
};

static bool verify(const struct claim *claim, const struct merkle_proof *proof)
{
    return merkle_verify_inclusion(&claim->leaf, claim->index, claim->size, proof, &claim->root);
}

static void flip(struct merkle_hash *hash)
{
    hash->bytes[randombytes_uniform(MERKLE_HASH)] ^= (uint8_t)(1 << randombytes_uniform(8));
}

static void put_in(struct merkle_proof *proof, size_t at, struct merkle_hash hash)
{
    memmove(&proof->hashes[at + 1], &proof->hashes[at], (proof->count - at) * sizeof hash);
    proof->hashes[at] = hash;
    proof->count++;
}

static void take_out(struct merkle_proof *proof, size_t at)
{
    proof->count--;
    memmove(&proof->hashes[at], &proof->hashes[at + 1],
            (proof->count - at) * sizeof *proof->hashes);
}

static void refuses_other_proofs(const struct claim *claim, const struct merkle_proof *proof)
{
    for (size_t i = 0; i <= proof->count; i++) {
        struct merkle_proof wrong = *proof;

        put_in(&wrong, i, i ? proof->hashes[i - 1] : claim->root);
        assert_false(verify(claim, &wrong));
        if (i == proof->count)
            break;
        wrong = *proof;
        flip(&wrong.hashes[i]);
        assert_false(verify(claim, &wrong));
        wrong = *proof;
        take_out(&wrong, i);
        assert_false(verify(claim, &wrong));
        if (!i)
            continue;
        wrong = *proof;
        wrong.hashes[i] = proof->hashes[i - 1];
        wrong.hashes[i - 1] = proof->hashes[i];
        assert_false(verify(claim, &wrong));
    }
}

static void refuses_other_claims(const struct claim *claim, const struct merkle_proof *proof)
{
    struct claim wrong = *claim;

    flip(&wrong.leaf);
    assert_false(verify(&wrong, proof));
    wrong = *claim;
    flip(&wrong.root);
    assert_false(verify(&wrong, proof));
    wrong = *claim;
    wrong.index ^= UINT64_C(1) << randombytes_uniform(63);
    assert_false(verify(&wrong, proof));
    wrong.index = claim->size;
    assert_false(verify(&wrong, proof));
}

static void try_inclusion(struct forest *forest, uint64_t index, uint64_t size,
                          const struct merkle_hash *root)
{
    struct claim claim = {index, size, forest->nodes[0][index], *root};
    struct merkle_proof proof, wanted = {0};

    forest->asked = 0;
    assert_true(merkle_prove_inclusion(source_of(forest, size), index, size, &proof));
    assert_true(forest->asked <= 2 * 9);
    assert_true(verify(&claim, &proof));
    if (size > THOROUGH)
        return;
    path(index, forest->nodes[0], size, &wanted);
    equal_proofs(&proof, &wanted);
    refuses_other_proofs(&claim, &proof);
    refuses_other_claims(&claim, &proof);
}

static void proves(void **state)
{
    struct forest *forest = mem_alloc(sizeof *forest);
    struct merkle_hash root;

    (void)state;
    forest_init(forest);
    for (uint64_t size = 0; size <= LEAVES; size++) {
        assert_true(merkle_root(source_of(forest, size), size, &root));
        if (size) {
            struct merkle_hash wanted = mth(forest->nodes[0], size);

            assert_memory_equal(&root, &wanted, sizeof wanted);
        }
        for (uint64_t i = 0; i < size; i++)
            try_inclusion(forest, i, size, &root);
    }
    free(forest);
}

/* Every bit of every hash. */
static void each_bit_counts(void **state)
{
    struct forest *forest = mem_alloc(sizeof *forest);
    struct claim claim = {.index = 5, .size = 11};
    struct merkle_proof proof;

    (void)state;
    forest_init(forest);
    claim.leaf = forest->nodes[0][5];
    claim.root = mth(forest->nodes[0], 11);
    assert_true(merkle_prove_inclusion(source_of(forest, 11), 5, 11, &proof));
    assert_int_equal(proof.count, 4);
    for (size_t bit = 0; bit < 8 * MERKLE_HASH * proof.count; bit++) {
        uint8_t *byte = &proof.hashes[bit / 256].bytes[bit % 256 / 8];

        *byte ^= (uint8_t)(1 << bit % 8);
        assert_false(verify(&claim, &proof));
        *byte ^= (uint8_t)(1 << bit % 8);
    }
    assert_true(verify(&claim, &proof));
    free(forest);
}

/* A tree of equal leaves: one hash for each level, and any size is at hand. */
static bool uniform_node(void *context, unsigned level, uint64_t index, struct merkle_hash *hash)
{
    const struct merkle_hash *levels = context;

    assert_true(level < 63 && index < MERKLE_SIZE_MAX >> level);
    *hash = levels[level];
    return true;
}

static void proves_in_the_largest(void **state)
{
    struct merkle_hash levels[63], root;
    struct merkle_source source = {uniform_node, levels};
    struct merkle_proof proof;

    (void)state;
    merkle_leaf("", 0, &levels[0]);
    for (size_t i = 1; i < COUNT(levels); i++)
        merkle_node(&levels[i - 1], &levels[i - 1], &levels[i]);
    for (unsigned i = 0; i < 500; i++) {
        uint64_t size, index;

        randombytes_buf(&size, sizeof size);
        randombytes_buf(&index, sizeof index);
        size = i ? (size & MERKLE_SIZE_MAX) >> randombytes_uniform(62) : MERKLE_SIZE_MAX;
        size += !size;
        index = i > 1 ? index % size : size - 1;
        assert_true(merkle_root(source, size, &root));
        assert_true(merkle_prove_inclusion(source, index, size, &proof));
        assert_true(merkle_verify_inclusion(&levels[0], index, size, &proof, &root));
        proof.count--;
        assert_true(proof.count >= MERKLE_PROOF_MAX ||
                    !merkle_verify_inclusion(&levels[0], index, size, &proof, &root));
    }
}

static bool fails(void *context, unsigned level, uint64_t index, struct merkle_hash *hash)
{
    (void)context, (void)level, (void)index, (void)hash;
    return false;
}

static void knows_its_edges(void **state)
{
    static const uint64_t too_large = UINT64_C(1) << 63;
    struct merkle_hash none, one, two, other;
    struct merkle_source broken = {fails, NULL};
    struct merkle_proof proof = {0}, longer = {.count = 1}, huge = {.count = SIZE_MAX};
    static const uint8_t empty[] = {0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14,
                                    0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
                                    0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c,
                                    0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55};

    (void)state;
    assert_true(merkle_root(broken, 0, &none));
    assert_memory_equal(none.bytes, empty, sizeof empty);
    merkle_leaf("a", 1, &one);
    merkle_leaf("b", 1, &two);
    longer.hashes[0] = one;

    assert_true(merkle_verify_inclusion(&one, 0, 1, &proof, &one));
    assert_false(merkle_verify_inclusion(&one, 0, 1, &proof, &two));
    assert_false(merkle_verify_inclusion(&one, 0, 1, &longer, &one));
    assert_false(merkle_verify_inclusion(&one, 0, 0, &proof, &one));
    assert_false(merkle_verify_inclusion(&one, 1, 1, &proof, &one));
    assert_false(merkle_verify_inclusion(&one, UINT64_MAX, 0, &proof, &one));
    assert_false(merkle_verify_inclusion(&one, 0, too_large, &proof, &one));
    assert_false(merkle_verify_inclusion(&one, 0, 1, &huge, &one));

    assert_false(merkle_root(broken, 1, &other));
    assert_false(merkle_root(broken, too_large, &other));
    assert_false(merkle_prove_inclusion(broken, 0, 0, &proof));
    assert_false(merkle_prove_inclusion(broken, 1, 1, &proof));
    assert_true(merkle_prove_inclusion(broken, 0, 1, &proof));
    assert_false(merkle_prove_inclusion(broken, 0, 2, &proof));
    assert_false(merkle_prove_inclusion(broken, 0, too_large, &proof));
}

/* The roots of the first entries of RFC 6962's reference implementation: these eight are in
 * transparency-dev/merkle (testonly/constants.go) and in every other tree of the kind. */
static void known_roots(void **state)
{
    static const char *const entries[] = {
        "",
        "\x00",
        "\x10",
        "\x20\x21",
        "\x30\x31",
        "\x40\x41\x42\x43",
        "\x50\x51\x52\x53\x54\x55\x56\x57",
        "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
    static const size_t lengths[] = {0, 1, 1, 2, 2, 4, 8, 16};
    static const char *const roots[] = {
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    struct merkle_hash leaves[COUNT(entries)], root;
    char hex[2 * MERKLE_HASH + 1];

    (void)state;
    for (size_t i = 0; i < COUNT(entries); i++) {
        merkle_leaf(entries[i], lengths[i], &leaves[i]);
        root = mth(leaves, i + 1);
        sodium_bin2hex(hex, sizeof hex, root.bytes, MERKLE_HASH);
        assert_string_equal(hex, roots[i]);
    }
}

/* One vector; false where a hash of it is no hash, which nothing accepts. */
static bool read_hash(const json_t *value, struct merkle_hash *hash)
{
    const char *text = json_string_value(value);
    size_t len;

    return text && base64_read(str_of(text), hash->bytes, MERKLE_HASH, &len) && len == MERKLE_HASH;
}

/* Jansson's integers end below some of these numbers. */
static uint64_t read_number(const json_t *value)
{
    double number = json_real_value(value);

    return number < 9e18 ? (uint64_t)number : UINT64_MAX;
}

static bool accepts(const json_t *vector)
{
    const json_t *hashes = json_object_get(vector, "proof"), *value;
    struct claim claim;
    struct merkle_proof proof = {0};
    size_t i;

    claim.index = read_number(json_object_get(vector, "leafIdx"));
    claim.size = read_number(json_object_get(vector, "treeSize"));
    if (!read_hash(json_object_get(vector, "leafHash"), &claim.leaf) ||
        !read_hash(json_object_get(vector, "root"), &claim.root))
        return false;
    json_array_foreach(hashes, i, value)
    {
        if (proof.count == MERKLE_PROOF_MAX || !read_hash(value, &proof.hashes[proof.count++]))
            return false;
    }
    return verify(&claim, &proof);
}

struct tally {
    size_t tried, valid, wrong;
};

static void try_vectors(const char *folder, struct tally *tally)
{
    struct names names;

    if (!directory_list(folder, &names))
        return;
    for (size_t i = 0; i < names.count; i++) {
        char *file = mem_printf("%s/%s", folder, names.name[i]);
        json_t *vector = json_load_file(file, JSON_DECODE_INT_AS_REAL, NULL);

        if (vector) {
            bool is_valid = json_is_false(json_object_get(vector, "wantErr"));

            if (accepts(vector) != is_valid) {
                print_error("%s\n", file);
                tally->wrong++;
            }
            tally->valid += is_valid;
            tally->tried++;
        } else {
            try_vectors(file, tally);
        }
        json_decref(vector);
        free(file);
    }
    names_release(&names);
}

static void vectors(void **state)
{
    char *folder = test_data("merkle/inclusion");
    struct tally tally = {0};

    (void)state;
    try_vectors(folder, &tally);
    print_message("# %zu vectors, %zu of them valid\n", tally.tried, tally.valid);
    free(folder);
    assert_int_equal(tally.wrong, 0);
    assert_true(tally.valid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proves),
        cmocka_unit_test(each_bit_counts),
        cmocka_unit_test(proves_in_the_largest),
        cmocka_unit_test(knows_its_edges),
        cmocka_unit_test(known_roots),
        cmocka_unit_test(vectors),
    };

    return cmocka_run_group_tests_name("merkle", tests, NULL, NULL);
}
