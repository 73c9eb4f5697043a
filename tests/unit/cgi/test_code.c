/* Withdrawal codes: as they are written, as people type them, and whose they are.  The codes were
 * computed by another program, from what code.h says. */
#include "../fixtures/test.h"

#include <sodium.h>

#include "record/code.h"

static const struct identity_keys keys = {
    .keys = {{.id = 1, .key = {[31] = 1}}, {.id = 5, .key = {[31] = 2}}},
    .count = 2,
};

/* 32 bytes that begin with `first` and go on by `step`: a salt, an entry. */
struct run {
    uint8_t first, step;
};

static void fill(struct run run, uint8_t bytes[CANONICAL_ENTRY])
{
    for (size_t i = 0; i < CANONICAL_ENTRY; i++)
        bytes[i] = (uint8_t)(run.first + i * run.step);
}

static void known_codes(void **state)
{
    static const struct {
        uint64_t index;
        struct run salt, entry;
        size_t keys; /* how many there were when it was made */
        const char *text;
    } rows[] = {
        {0, {0, 0}, {0, 0}, 1, "00000-00FBA-111FE-YJ2CE"},
        {0, {0, 0}, {0, 0}, 2, "00000-009A9-EER0Z-A8E60"},
        {0, {0, 1}, {0, 0}, 2, "00000-00CFQ-39R78-FVVZ6"},
        {1, {7, 3}, {0, 1}, 2, "00000-00N8R-PR68T-DT98M"},
        {123456789, {255, 0}, {0, 1}, 1, "01TVS-MAJPX-QVXGT-ZDH9C"},
        {(UINT64_C(1) << CODE_INDEX_BITS) - 1, {1, 1}, {255, 0}, 2, "ZZZZZ-ZZH46-CREGK-YNV9D"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct identity_keys then = keys;
        uint8_t salt[CANONICAL_SALT], entry[CANONICAL_ENTRY];
        char text[CODE_TEXT + 1];
        struct code code;

        then.count = rows[i].keys;
        fill(rows[i].salt, salt);
        fill(rows[i].entry, entry);
        code_make(&code, &then, rows[i].index, salt, entry);
        code_write(&code, text);
        assert_string_equal(text, rows[i].text);
        assert_true(code_read(&code, str_of(text)));
        assert_int_equal(code.index, rows[i].index);
        assert_true(code_fits(&code, &keys, salt, entry)); /* an older key's goes on */
        then.count = 1;
        assert_int_equal(code_fits(&code, &then, salt, entry), rows[i].keys == 1);
        then = keys;
        then.keys[0].cookies_only = true; /* unless that was stolen */
        assert_int_equal(code_fits(&code, &then, salt, entry), rows[i].keys == 2);
    }
}

static void fits_no_other(void **state)
{
    uint8_t salt[CANONICAL_SALT], entry[CANONICAL_ENTRY];
    struct code code;

    (void)state;
    fill((struct run){9, 5}, salt);
    fill((struct run){0, 1}, entry);
    code_make(&code, &keys, 1, salt, entry);
    for (size_t bit = 0; bit < 8 * CODE_TAG; bit++) {
        struct code wrong = code;

        wrong.tag[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(code_fits(&wrong, &keys, salt, entry));
    }
    for (size_t bit = 0; bit < 8 * CANONICAL_SALT; bit++) {
        salt[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(code_fits(&code, &keys, salt, entry));
        salt[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    entry[31] ^= 1;
    assert_false(code_fits(&code, &keys, salt, entry));
}

static void as_typed(void **state)
{
    static const struct {
        const char *typed, *meant; /* NULL: no code */
    } rows[] = {
        {"01TVSMAKCKQJVN1NCW30", "01TVS-MAKCK-QJVN1-NCW30"},
        {"01tvs-makck-qjvn1-ncw30", "01TVS-MAKCK-QJVN1-NCW30"},
        {" O1TVS MAKCK--QJVNI nCW3o ", "01TVS-MAKCK-QJVN1-NCW30"},
        {"0l-tVs\xc2\xa0MAKCK\xe2\x80\x93QJVNL\xe2\x88\x92NCW30", "01TVS-MAKCK-QJVN1-NCW30"},
        /* full-width: 01tvs - MAKCK ideographic space QJVNI long vowel mark NCW30 */
        {"\xef\xbc\x90\xef\xbc\x91\xef\xbd\x94\xef\xbd\x96\xef\xbd\x93\xef\xbc\x8d"
         "MAKCK\xe3\x80\x80QJVN\xef\xbc\xa9\xe3\x83\xbcNCW30",
         "01TVS-MAKCK-QJVN1-NCW30"},
        {"", NULL},
        {"-", NULL},
        {"01TVS-MAKCK-QJVN1-NCW3", NULL},
        {"01TVS-MAKCK-QJVN1-NCW300", NULL},
        {"01TVS-MAKCK-QJVN1-NCW3U", NULL},
        {"01TVS-MAKCK-QJVN1-NCW3.", NULL},
        {"01TVS_MAKCK_QJVN1_NCW30", NULL},
        {"01TVS-MAKCK-QJVN1-NCW3\xc3\x95", NULL},
        {"01TVS-MAKCK-QJVN1-NCW3\xff", NULL},
        {"01TVS-MAKCK-QJVN1-NCW30\xff", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[CODE_TEXT + 1];
        struct code code;

        if (code_read(&code, str_of(rows[i].typed)) != !!rows[i].meant)
            fail_msg("%s", rows[i].typed);
        if (!rows[i].meant)
            continue;
        code_write(&code, text);
        assert_string_equal(text, rows[i].meant);
    }
    assert_false(code_read(&(struct code){0}, (struct str){"01TVS-MAKCK-QJVN1-NCW3\0", 23}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_codes),
        cmocka_unit_test(fits_no_other),
        cmocka_unit_test(as_typed),
    };

    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
