/* Edit scripts: shortest where it matters, sound always. */
#include "../fixtures/test.h"

#include "../fixtures/random_markdown.h"
#include "redline/diff.h"
#include "redline/intern.h"

/* Letters in common, and the script as text: what is in a only in [], in b only in (). */
static void tell(const char *a, const char *b, struct buf *out)
{
    uint32_t x[64], y[64];
    size_t a_len = strlen(a), b_len = strlen(b), i = 0, j = 0;
    struct diff diff;

    for (size_t k = 0; k < a_len; k++)
        x[k] = (unsigned char)a[k];
    for (size_t k = 0; k < b_len; k++)
        y[k] = (unsigned char)b[k];
    diff_make(&diff, x, a_len, y, b_len);
    for (size_t r = 0; r <= diff.count; r++) {
        struct diff_run run = r < diff.count ? diff.runs[r] : (struct diff_run){a_len, b_len, 0};

        if (i < run.a_at)
            buf_addf(out, "[%.*s]", (int)(run.a_at - i), a + i);
        if (j < run.b_at)
            buf_addf(out, "(%.*s)", (int)(run.b_at - j), b + j);
        buf_add(out, a + run.a_at, run.len);
        i = run.a_at + run.len;
        j = run.b_at + run.len;
    }
    diff_release(&diff);
}

static void scripts(void **state)
{
    static const struct {
        const char *a, *b, *script;
    } rows[] = {
        {"", "", ""},
        {"abc", "abc", "abc"},
        {"abc", "", "[abc]"},
        {"", "abc", "(abc)"},
        {"abc", "xyz", "[abc](xyz)"},
        {"abc", "axc", "a[b](x)c"},
        {"abcd", "acd", "a[b]cd"},
        {"acd", "abcd", "a(b)cd"},
        {"abcdef", "xabcdefy", "(x)abcdef(y)"},
        {"aaaa", "aa", "aa[aa]"},
        {"ab", "ba", "[a]b(a)"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf script = BUF_INIT;

        tell(rows[i].a, rows[i].b, &script);
        wrong += differs(rows[i].a, buf_str(&script), rows[i].script);
        buf_release(&script);
    }
    assert_int_equal(wrong, 0);
}

static size_t longest(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
    size_t table[41][41] = {{0}};

    for (size_t i = 1; i <= a_len; i++)
        for (size_t j = 1; j <= b_len; j++) {
            size_t best = table[i - 1][j] > table[i][j - 1] ? table[i - 1][j] : table[i][j - 1];

            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : best;
        }
    return table[a_len][b_len];
}

/* Every run is one, they rise, and none is forgotten; returns how much they hold. */
static size_t sound(const struct diff *diff, const uint32_t *a, size_t a_len, const uint32_t *b,
                    size_t b_len)
{
    size_t total = 0, i = 0, j = 0;

    for (size_t r = 0; r < diff->count; r++) {
        struct diff_run run = diff->runs[r];

        assert_true(run.len > 0 && run.a_at >= i && run.b_at >= j);
        assert_true(r == 0 || run.a_at > i || run.b_at > j);
        assert_true(run.a_at + run.len <= a_len && run.b_at + run.len <= b_len);
        assert_memory_equal(a + run.a_at, b + run.b_at, run.len * sizeof *a);
        i = run.a_at + run.len;
        j = run.b_at + run.len;
        total += run.len;
    }
    return total;
}

static void random_pairs(void **state)
{
    struct random_markdown random = {.state = 1};

    (void)state;
    for (int n = 0; n < 20000; n++) {
        uint32_t a[40], b[40];
        size_t a_len = random_below(&random, 41), b_len = random_below(&random, 41);
        uint64_t letters = 1 + random_below(&random, 6);
        struct diff diff;

        for (size_t i = 0; i < a_len; i++)
            a[i] = (uint32_t)random_below(&random, letters);
        for (size_t i = 0; i < b_len; i++)
            b[i] = (uint32_t)random_below(&random, letters);
        diff_make(&diff, a, a_len, b, b_len);
        assert_int_equal(sound(&diff, a, a_len, b, b_len), longest(a, a_len, b, b_len));
        diff_release(&diff);
    }
}

/* Past the bound it is not the shortest any more, but a script all the same, and soon there. */
static void unlike(void **state)
{
    enum { LEN = 100000 };
    struct random_markdown random = {.state = 2};
    uint32_t *a = mem_alloc(LEN * sizeof *a), *b = mem_alloc(LEN * sizeof *b);
    struct diff diff;

    (void)state;
    for (size_t i = 0; i < LEN; i++) {
        a[i] = (uint32_t)random_below(&random, 1000);
        b[i] = (uint32_t)random_below(&random, 1000);
    }
    diff_make(&diff, a, LEN, b, LEN);
    assert_true(sound(&diff, a, LEN, b, LEN) > LEN / 100);
    diff_release(&diff);
    memcpy(b, a, LEN * sizeof *b);
    b[LEN / 2] = 1000;
    diff_make(&diff, a, LEN, b, LEN);
    assert_int_equal(sound(&diff, a, LEN, b, LEN), LEN - 1);
    diff_release(&diff);
    free(a);
    free(b);
}

static void interned(void **state)
{
    struct intern names = INTERN_INIT;

    (void)state;
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 5000; i++) {
            char text[16];

            snprintf(text, sizeof text, "%x", i * 7919);
            assert_int_equal(intern(&names, str_of(text)), i);
        }
    assert_int_equal(intern(&names, str_of("")), 5000);
    intern_release(&names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts),
        cmocka_unit_test(random_pairs),
        cmocka_unit_test(unlike),
        cmocka_unit_test(interned),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
