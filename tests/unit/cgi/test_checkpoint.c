#include "../fixtures/test.h"

#include <sodium.h>

#include "log/checkpoint.h"

#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
/* The example of C2SP tlog-checkpoint. */
#define EXAMPLE "example.com/behind-the-sofa\n20852163\n" ROOT "\n"

static void parses(void **state)
{
    static const struct {
        const char *text;
        bool is_one;
        const char *origin;
        uint64_t size;
        const char *extensions;
    } rows[] = {
        {EXAMPLE, true, "example.com/behind-the-sofa", 20852163, ""},
        {"a\n0\n" ROOT "\n", true, "a", 0, ""},
        {"with space + plus\n1\n" ROOT "\n", true, "with space + plus", 1, ""},
        {"õ\n1\n" ROOT "\nmore\nand — more\n", true, "õ", 1, "more\nand — more\n"},
        {"a\n9223372036854775807\n" ROOT "\n", true, "a", INT64_MAX, ""},
        {"a\n9223372036854775808\n" ROOT "\n", false, "", 0, ""},
        {"a\n18446744073709551616\n" ROOT "\n", false, "", 0, ""},
        {"a\n18446744073709551617\n" ROOT "\n", false, "", 0, ""},
        {"a\n99999999999999999999999999999999999999999\n" ROOT "\n", false, "", 0, ""},
        {"a\n00\n" ROOT "\n", false, "", 0, ""},
        {"a\n01\n" ROOT "\n", false, "", 0, ""},
        {"a\n+1\n" ROOT "\n", false, "", 0, ""},
        {"a\n-1\n" ROOT "\n", false, "", 0, ""},
        {"a\n1 \n" ROOT "\n", false, "", 0, ""},
        {"a\n 1\n" ROOT "\n", false, "", 0, ""},
        {"a\n0x1\n" ROOT "\n", false, "", 0, ""},
        {"a\n\n" ROOT "\n", false, "", 0, ""},
        {"\n1\n" ROOT "\n", false, "", 0, ""},
        {"a\n1\n" ROOT, false, "", 0, ""},
        {"a\n1\n" ROOT " \n", false, "", 0, ""},
        {"a\n1\n" ROOT "\n\n", false, "", 0, ""},
        {"a\n1\n" ROOT "\nmore", false, "", 0, ""},
        {"a\n1\n" ROOT "\nmore\n\nmore\n", false, "", 0, ""},
        {"a\n1\n" ROOT "\nmo\tre\n", false, "", 0, ""},
        {"a\r\n1\r\n" ROOT "\r\n", false, "", 0, ""},
        {"a\xff\n1\n" ROOT "\n", false, "", 0, ""},
        {"a\n1\n", false, "", 0, ""},
        {"a\n", false, "", 0, ""},
        {"\n", false, "", 0, ""},
        {"", false, "", 0, ""},
        {"a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n", false, "", 0, ""},
        {"a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", false, "", 0, ""},
        {"a\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n", false, "", 0, ""},
        {"a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3jΕxq2I=\n", false, "", 0, ""},
        {"a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n", false, "", 0, ""},
        {"a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2IA\n", false, "", 0, ""},
    };
    struct note_signer signer;

    (void)state;
    assert_true(note_signer_init(&signer, str_of("a"), (const uint8_t[NOTE_SEED]){7}));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = BUF_INIT;
        struct checkpoint checkpoint;
        bool is_one = checkpoint_parse(str_of(rows[i].text), &checkpoint);

        if (is_one != rows[i].is_one)
            fail_msg("row %zu: %s", i, rows[i].text);
        if (is_one) {
            assert_true(str_is(checkpoint.origin, rows[i].origin));
            assert_true(checkpoint.size == rows[i].size);
            assert_int_equal(checkpoint.root.bytes[0], 0x0a);
            assert_int_equal(checkpoint.root.bytes[31], 0x62);
            assert_true(str_is(checkpoint.extensions, rows[i].extensions));
            assert_true(checkpoint_sign(&checkpoint, &signer, &out));
            assert_memory_equal(out.data, rows[i].text, strlen(rows[i].text));
        }
        buf_release(&out);
    }
}

static void writes_only_what_it_would_read(void **state)
{
    static const struct {
        const char *origin;
        uint64_t size;
        const char *extensions;
        bool is_one;
    } rows[] = {
        {"a", 1, "", true},
        {"a", MERKLE_SIZE_MAX, "b\nc\n", true},
        {"a", MERKLE_SIZE_MAX + 1, "", false},
        {"", 1, "", false},
        {"a\n7\n" ROOT "\nb", 1, "", false},
        {"a\n", 1, "", false},
        {"a\tb", 1, "", false},
        {"a", 1, "b", false},
        {"a", 1, "\n", false},
        {"a", 1, "b\n\nc\n", false},
    };
    struct note_signer signer;

    (void)state;
    assert_true(note_signer_init(&signer, str_of("a"), (const uint8_t[NOTE_SEED]){7}));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct checkpoint checkpoint = {
            str_of(rows[i].origin), rows[i].size, {{0}}, str_of(rows[i].extensions)};
        struct buf out = BUF_INIT;

        if (checkpoint_sign(&checkpoint, &signer, &out) != rows[i].is_one ||
            !out.len == rows[i].is_one)
            fail_msg("row %zu: %s", i, out.data);
        buf_release(&out);
    }
}

static void opens(void **state)
{
    static const struct {
        const char *origin;
        const char *name;
        enum note_result result;
    } rows[] = {
        {"example.com/log", "example.com/log", NOTE_VALID},
        {"example.com/log", "example.com/log2", NOTE_MALFORMED}, /* not that log's word */
        {"example.com/log2", "example.com/log", NOTE_MALFORMED},
        {"example.com/log", "stranger", NOTE_UNKNOWN},
    };
    struct note_signer signer;
    struct note_key keys[2];

    (void)state;
    for (size_t i = 0; i < COUNT(keys); i++) {
        assert_true(note_signer_init(&signer, str_of(i ? "example.com/log2" : "example.com/log"),
                                     (const uint8_t[NOTE_SEED]){7}));
        keys[i] = signer.key;
    }
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct checkpoint wanted = {str_of(rows[i].origin), 5, {{1, 2}}, str_of("x\n")}, read;
        struct buf out = BUF_INIT;

        assert_true(note_signer_init(&signer, str_of(rows[i].name), (const uint8_t[NOTE_SEED]){7}));
        assert_true(checkpoint_sign(&wanted, &signer, &out));
        assert_int_equal(checkpoint_open(buf_str(&out), keys, 2, &read), rows[i].result);
        if (rows[i].result == NOTE_VALID) {
            assert_true(str_equal(read.origin, wanted.origin) && read.size == 5 &&
                        merkle_equal(&read.root, &wanted.root) &&
                        str_equal(read.extensions, wanted.extensions));
            out.data[strlen(rows[i].origin) + 1] = '6';
            assert_int_equal(checkpoint_open(buf_str(&out), keys, 2, &read), NOTE_FORGED);
        }
        buf_release(&out);
    }
}

static void a_signed_note_is_not_enough(void **state)
{
    struct note_signer signer;
    struct checkpoint checkpoint;
    struct buf out = BUF_INIT;

    (void)state;
    assert_true(note_signer_init(&signer, str_of("a"), (const uint8_t[NOTE_SEED]){7}));
    assert_true(note_sign(str_of("a\n01\n" ROOT "\n"), &signer, &out));
    assert_int_equal(checkpoint_open(buf_str(&out), &signer.key, 1, &checkpoint), NOTE_MALFORMED);
    buf_reset(&out);
    checkpoint = (struct checkpoint){str_of("a\nb"), 1, {{0}}, str_of("")};
    assert_false(checkpoint_sign(&checkpoint, &signer, &out));
    assert_int_equal(out.len, 0);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses),
        cmocka_unit_test(writes_only_what_it_would_read),
        cmocka_unit_test(opens),
        cmocka_unit_test(a_signed_note_is_not_enough),
    };

    return cmocka_run_group_tests_name("checkpoint", tests, NULL, NULL);
}
