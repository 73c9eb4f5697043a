#include "../fixtures/test.h"

#include <sodium.h>

#include "log/base64.h"
#include "log/note.h"

/* The example of C2SP signed-note, and the keys and the note of Go's golang.org/x/mod,
 * sumdb/note/note_test.go. */
#define EXAMPLE_KEY "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define EXAMPLE_TEXT "This is an example message.\n"
#define EXAMPLE_SIGNATURE                                                        \
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg" \
    "1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
#define PETER_KEY "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define PETER_SEED "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz" /* behind its type */
#define ENOCH_KEY "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
#define TEXT                                                     \
    "If you think cryptography is the answer to your problem,\n" \
    "then you don't know what your problem is.\n"
#define PETER_BASE64 \
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
#define ENOCH_BASE64 \
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ="
#define PETER "— PeterNeumann " PETER_BASE64 "\n"
#define ENOCH "— EnochRoot " ENOCH_BASE64 "\n"
/* Enoch's with one letter changed. */
#define ENOCH_WRONG                                                                              \
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWL" \
    "ox33WWd1RvMd+QQ=\n"

static struct note_key key_of(const char *text)
{
    struct note_key key;

    assert_true(note_key_parse(&key, str_of(text)));
    return key;
}

static struct note_signer peter(void)
{
    struct note_signer signer;
    uint8_t bytes[1 + NOTE_SEED];
    size_t len;

    assert_true(base64_read(str_of(PETER_SEED), bytes, sizeof bytes, &len));
    assert_true(note_signer_init(&signer, str_of("PeterNeumann"), bytes + 1));
    return signer;
}

static void verifies(void **state)
{
    static const char *const keys_of[] = {EXAMPLE_KEY, PETER_KEY, ENOCH_KEY};
    enum { EXAMPLE_ONLY = 1, PETER_ONLY = 2, ENOCH_ONLY = 4 };
    static const struct {
        const char *note;
        unsigned keys;
        enum note_result result;
        const char *text;
        const char *by;
    } rows[] = {
        {EXAMPLE_TEXT "\n" EXAMPLE_SIGNATURE, 7, NOTE_VALID, EXAMPLE_TEXT, "example.com/foo"},
        {TEXT "\n" PETER ENOCH, PETER_ONLY, NOTE_VALID, TEXT, "PeterNeumann"},
        {TEXT "\n" PETER ENOCH, ENOCH_ONLY, NOTE_VALID, TEXT, "EnochRoot"},
        {TEXT "\n" PETER ENOCH, 7, NOTE_VALID, TEXT, "PeterNeumann"},
        {TEXT "\n" ENOCH PETER, 7, NOTE_VALID, TEXT, "EnochRoot"},
        {TEXT "\n" PETER PETER, 7, NOTE_VALID, TEXT, "PeterNeumann"},
        {TEXT "\n" PETER ENOCH, EXAMPLE_ONLY, NOTE_UNKNOWN, NULL, NULL},
        {TEXT "\n" PETER ENOCH, 0, NOTE_UNKNOWN, NULL, NULL},
        /* a wrong one counts only from a known key */
        {TEXT "\n" PETER ENOCH_WRONG, PETER_ONLY, NOTE_VALID, TEXT, "PeterNeumann"},
        {TEXT "\n" PETER ENOCH_WRONG, 7, NOTE_FORGED, NULL, NULL},
        {TEXT "\n" ENOCH_WRONG PETER, 7, NOTE_FORGED, NULL, NULL},
        {"x" TEXT "\n" PETER, 7, NOTE_FORGED, NULL, NULL},
        {TEXT "\n\n" PETER, 7, NOTE_FORGED, NULL, NULL},
        {"\n\n" PETER, 7, NOTE_FORGED, NULL, NULL},
        {TEXT "\n— PeterNeumann x08gowA=\n", 7, NOTE_FORGED, NULL, NULL},
        /* the name is Peter's and the id is not, or the other way round */
        {TEXT "\n— PeterNeumann " ENOCH_BASE64 "\n", 7, NOTE_UNKNOWN, NULL, NULL},
        {TEXT "\n— CarmenSandiego " PETER_BASE64 "\n", 7, NOTE_UNKNOWN, NULL, NULL},
        {TEXT "\n— PeterNeuman " PETER_BASE64 "\n", 7, NOTE_UNKNOWN, NULL, NULL},
        {TEXT "\n— õ " PETER_BASE64 "\n", 7, NOTE_UNKNOWN, NULL, NULL},
        {TEXT "\n— õ AAAAAAA=\n" PETER, 7, NOTE_VALID, TEXT, "PeterNeumann"},
        /* not a note at all */
        {"", 7, NOTE_MALFORMED, NULL, NULL},
        {"\n", 7, NOTE_MALFORMED, NULL, NULL},
        {"\n\n", 7, NOTE_MALFORMED, NULL, NULL},
        {"\n\n\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT, 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n", 7, NOTE_MALFORMED, NULL, NULL},
        {PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {"\n" PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n" PETER "\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— PeterNeumann " PETER_BASE64, 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— PeterNeumann " PETER_BASE64 " \n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— PeterNeumann  " PETER_BASE64 "\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— PeterNeumann\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— PeterNeumann \n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— PeterNeumann x08gow==\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— Peter+Neumann " PETER_BASE64 "\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— Peter\u00a0Neumann " PETER_BASE64 "\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n—  " PETER_BASE64 "\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— Bad Name " PETER_BASE64 "\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n- PeterNeumann " PETER_BASE64 "\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n—PeterNeumann " PETER_BASE64 "\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n " PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n" PETER "Unexpected line.\n", 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\nUnexpected line.\n" PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— õ AAAAAAA\n" PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— õ AAAAAAB=\n" PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\n— õ AAAA-AA=\n" PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {TEXT "\r\n\r\n" PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {"\t" TEXT "\n" PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {"\x01" TEXT "\n" PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {"\xff" TEXT "\n" PETER, 7, NOTE_MALFORMED, NULL, NULL},
        {"\xed\xa0\x80" TEXT "\n" PETER, 7, NOTE_MALFORMED, NULL, NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct note_key keys[COUNT(keys_of)];
        const struct note_key *by;
        struct str text;
        size_t count = 0;

        for (size_t k = 0; k < COUNT(keys_of); k++)
            if (rows[i].keys & 1U << k)
                keys[count++] = key_of(keys_of[k]);
        if (note_verify(str_of(rows[i].note), keys, count, &text, &by) != rows[i].result)
            fail_msg("row %zu: %s", i, rows[i].note);
        assert_true(rows[i].text ? str_is(text, rows[i].text) : !text.data && !text.len);
        assert_true(rows[i].by ? strcmp(by->name, rows[i].by) == 0 : !by);
    }
}

static void bounds_signatures(void **state)
{
    struct note_key key = key_of(PETER_KEY);
    const struct note_key *by;
    struct buf note = BUF_INIT;
    struct str text;

    (void)state;
    buf_adds(&note, TEXT "\n");
    for (int i = 0; i < NOTE_SIGNATURES_MAX; i++)
        buf_adds(&note, PETER);
    assert_int_equal(note_verify(buf_str(&note), &key, 1, &text, &by), NOTE_VALID);
    buf_adds(&note, PETER);
    assert_int_equal(note_verify(buf_str(&note), &key, 1, &text, &by), NOTE_MALFORMED);
    for (size_t more = 0; more < 2; more++) { /* one that is long, and one that is too long */
        char *zeros = mem_alloc(NOTE_SIGNATURE_MAX + more);

        buf_reset(&note);
        buf_adds(&note, TEXT "\n" PETER "— long ");
        base64_add(&note, zeros, NOTE_SIGNATURE_MAX + more);
        buf_addc(&note, '\n');
        assert_int_equal(note_verify(buf_str(&note), &key, 1, &text, &by),
                         more ? NOTE_MALFORMED : NOTE_VALID);
        free(zeros);
    }
    buf_release(&note);
}

static void nul_is_a_control_character(void **state)
{
    static const char note[] = "a\0b\n\n" PETER,
                      name[] = "x\n\n— Peter\0Neumann " PETER_BASE64 "\n";
    struct note_key key = key_of(PETER_KEY);
    const struct note_key *by;
    struct str text;

    (void)state;
    assert_int_equal(note_verify((struct str){note, sizeof note - 1}, &key, 1, &text, &by),
                     NOTE_MALFORMED);
    assert_int_equal(note_verify((struct str){name, sizeof name - 1}, &key, 1, &text, &by),
                     NOTE_MALFORMED);
}

/* No byte of text or signature can be another one. */
static void each_byte_counts(void **state)
{
    char note[] = TEXT "\n" PETER;
    struct note_key key = key_of(PETER_KEY);
    const struct note_key *by;
    struct str text;

    (void)state;
    for (size_t i = 0; i < sizeof note - 1; i++)
        for (int bit = 0; bit < 8; bit++) {
            note[i] ^= (char)(1 << bit);
            assert_int_not_equal(
                note_verify((struct str){note, sizeof note - 1}, &key, 1, &text, &by), NOTE_VALID);
            note[i] ^= (char)(1 << bit);
        }
    for (size_t len = 0; len < sizeof note - 1; len++)
        assert_int_not_equal(note_verify((struct str){note, len}, &key, 1, &text, &by), NOTE_VALID);
}

static void keys(void **state)
{
    static const char *const good[] = {EXAMPLE_KEY, PETER_KEY, ENOCH_KEY};
    static const char *const bad[] = {
        "",
        "+",
        "++",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a3+",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "EnochRoot+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        /* too long a key, and an unknown type, with the ids that would be right */
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    };
    struct note_key key;

    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        size_t len = strlen(good[i]);
        char *text = mem_dup(good[i], len);
        struct buf out = BUF_INIT;

        key = key_of(good[i]);
        note_key_add(&key, &out);
        assert_string_equal(out.data, good[i]);
        for (size_t from = 0; from < len; from++)
            for (size_t to = from; to <= len; to++)
                assert_true(note_key_parse(&key, (struct str){text + from, to - from}) ==
                            (!from && to == len));
        for (size_t at = 0; at < len; at++) {
            text[at]++;
            assert_false(note_key_parse(&key, str_of(text)));
            text[at]--;
        }
        buf_release(&out);
        free(text);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(note_key_parse(&key, str_of(bad[i])));
}

static void names(void **state)
{
    static const struct {
        const char *name;
        bool is_one;
    } rows[] = {{"a", true},
                {"example.com/choices/log", true},
                {"õun", true},
                {"同意", true},
                {"—", true},
                {"", false},
                {"a+b", false},
                {"a b", false},
                {" ", false},
                {"a\n", false},
                {"a\tb", false},
                {"a\xc2\x85"
                 "b",
                 false},
                {"a\u00a0b", false},
                {"a\u1680b", false},
                {"a\u2000b", false},
                {"a\u200ab", false},
                {"a\u200bb", true}, /* not White_Space */
                {"a\u2028b", false},
                {"a\u2029b", false},
                {"a\u202fb", false},
                {"a\u205fb", false},
                {"a\u3000b", false},
                {"a\x1f", false},
                {"a\xc3", false}};
    static const uint8_t seed[NOTE_SEED];
    char longest[NOTE_NAME_MAX + 2];
    struct note_signer signer;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (note_signer_init(&signer, str_of(rows[i].name), seed) != rows[i].is_one)
            fail_msg("'%s'", rows[i].name);
    memset(longest, 'a', sizeof longest);
    assert_true(note_signer_init(&signer, (struct str){longest, NOTE_NAME_MAX}, seed));
    assert_false(note_signer_init(&signer, (struct str){longest, NOTE_NAME_MAX + 1}, seed));
}

/* Adds another signature to a note. */
static void add_signature(const struct note_signer *signer, const char *text, struct buf *note)
{
    struct buf other = BUF_INIT;

    assert_true(note_sign(str_of(text), signer, &other));
    buf_adds(note, other.data + strlen(text) + 1);
    buf_release(&other);
}

static void signs(void **state)
{
    static const char *const no_texts[] = {"", "a", "a\n\x01\n", "a\r\n", "\xff\n", "a\n "};
    struct note_signer signers[2] = {peter(), peter()};
    struct note_key both[2];
    const struct note_key *by;
    struct buf out = BUF_INIT;
    struct str text;

    (void)state;
    assert_true(note_sign(str_of(TEXT), &signers[0], &out));
    assert_string_equal(out.data, TEXT "\n" PETER);
    for (size_t i = 0; i < COUNT(no_texts); i++) {
        buf_reset(&out);
        assert_false(note_sign(str_of(no_texts[i]), &signers[0], &out));
        assert_int_equal(out.len, 0);
    }
    assert_true(note_signer_init(&signers[1], str_of("õ"), (const uint8_t[NOTE_SEED]){1}));
    assert_false(note_signer_init(&signers[1], str_of("a b"), (const uint8_t[NOTE_SEED]){1}));
    both[0] = signers[1].key;
    both[1] = signers[0].key;
    for (size_t count = 1; count <= 2; count++) { /* texts with empty lines, at any place */
        buf_reset(&out);
        assert_true(note_sign(str_of("\n\na\n\nb\n\n\n"), &signers[0], &out));
        if (count == 2)
            add_signature(&signers[1], "\n\na\n\nb\n\n\n", &out);
        assert_int_equal(note_verify(buf_str(&out), both, 2, &text, &by), NOTE_VALID);
        assert_true(str_is(text, "\n\na\n\nb\n\n\n"));
        assert_ptr_equal(by, &both[1]);
        assert_int_equal(note_verify(buf_str(&out), both, 1, &text, &by),
                         count == 2 ? NOTE_VALID : NOTE_UNKNOWN);
    }
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verifies),
        cmocka_unit_test(bounds_signatures),
        cmocka_unit_test(nul_is_a_control_character),
        cmocka_unit_test(each_byte_counts),
        cmocka_unit_test(keys),
        cmocka_unit_test(names),
        cmocka_unit_test(signs),
    };

    return cmocka_run_group_tests_name("note", tests, NULL, NULL);
}
