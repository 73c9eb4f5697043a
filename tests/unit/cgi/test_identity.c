#include "../fixtures/test.h"

#include <sodium.h>

#include "record/identity.h"

#define ZEROS "00000000000000000000000000000000"
#define KEY_A ZEROS "00000000000000000000000000000001"
#define KEY_B ZEROS "00000000000000000000000000000002"

enum { DAY = 86400, TODAY = 20000 };
static const int64_t now = (int64_t)TODAY * DAY + 12345;

static struct identity_keys keys_of(const char *text)
{
    struct identity_keys keys;
    struct buf why = BUF_INIT;

    if (!identity_keys_parse(&keys, str_of(text), &why))
        fail_msg("%s", why.data);
    return keys;
}

#define HTTPS "https://kuukivi.example"

static enum identity_cookie read_lasting(struct identity *identity, struct str value,
                                         const struct identity_keys *keys, int64_t at)
{
    return identity_read(identity, HTTPS, str_of("__Host-teade"), value, keys, at);
}

static void parses_keys(void **state)
{
    static const struct {
        const char *text;
        size_t count;
        const char *why;
    } rows[] = {
        {"1 " KEY_A "\n", 1, ""},
        {"1 " KEY_A, 1, ""},
        {"1 " KEY_A "\n2 " KEY_B "\n", 2, ""},
        {"7 " KEY_A "\n999999 " KEY_B "\n", 2, ""},
        {"1 " KEY_A " cookies-only\n2 " KEY_B "\n", 2, ""},
        {"1 " KEY_A " cookies-only\n2 " KEY_A " cookies-only\n3 " KEY_B, 3, ""},
        {"1 " KEY_A " cookies-only\n", 0, "the last key"},
        {"1 " KEY_A "\n2 " KEY_B " cookies-only", 0, "the last key"},
        {"1 " KEY_A " retired\n2 " KEY_B, 0, "line 1: is not a number"},
        {"1 " KEY_A " cookies-only \n2 " KEY_B, 0, "line 1: is not a number"},
        {"1 " KEY_A "  cookies-only\n2 " KEY_B, 0, "line 1: is not a number"},
        {"1 " KEY_A " Cookies-only\n2 " KEY_B, 0, "line 1: is not a number"},
        {"1 cookies-only\n2 " KEY_B, 0, "line 1: is not a number"},
        {"", 0, "contains no key"},
        {"\n", 0, "line 1: is not a number"},
        {"1 " KEY_A "\n\n2 " KEY_B "\n", 0, "line 2: is not a number"},
        {"1 " KEY_A "\n\n", 0, "line 2: is not a number"},
        {"1 " KEY_A "\r\n", 0, "line 1: is not a number"},
        {"1  " KEY_A, 0, "line 1: is not a number"},
        {" 1 " KEY_A, 0, "line 1: is not a number"},
        {"1 " KEY_A " ", 0, "line 1: is not a number"},
        {"1 " KEY_A "0", 0, "line 1: is not a number"},
        {"1 " ZEROS, 0, "line 1: is not a number"},
        {"1 " ZEROS "0000000000000000000000000000000g", 0, "line 1: is not a number"},
        {"1 " ZEROS "0000000000000000000000000000000A", 0, "line 1: is not a number"},
        {"1", 0, "line 1: is not a number"},
        {KEY_A, 0, "line 1: is not a number"},
        {"0 " KEY_A, 0, "line 1: is not a number"},
        {"-1 " KEY_A, 0, "line 1: is not a number"},
        {"1000000 " KEY_A, 0, "line 1: is not a number"},
        {"4294967297 " KEY_A, 0, "line 1: is not a number"},
        {"1 " KEY_A "\n1 " KEY_B, 0, "line 2: key 1 after key 1; the numbers must increase"},
        {"2 " KEY_A "\n1 " KEY_B, 0, "line 2: key 1 after key 2; the numbers must increase"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf why = BUF_INIT;
        struct identity_keys keys;
        bool fine = identity_keys_parse(&keys, str_of(rows[i].text), &why);

        if (fine != (rows[i].count > 0) || keys.count != rows[i].count ||
            strncmp(why.data, rows[i].why, strlen(rows[i].why)) != 0 || (fine && why.len))
            fail_msg("row %zu: %s", i, why.data);
        assert_null(strstr(why.data, ZEROS)); /* a key is told to nobody */
        assert_true(fine || sodium_is_zero((const uint8_t *)&keys, sizeof keys));
        buf_release(&why);
    }
}

static void bounds_the_keys(void **state)
{
    struct buf text = BUF_INIT, why = BUF_INIT;
    struct identity_keys keys;

    (void)state;
    for (int i = 1; i <= IDENTITY_KEYS_MAX; i++)
        buf_addf(&text, "%d " KEY_A "\n", i);
    assert_true(identity_keys_parse(&keys, buf_str(&text), &why));
    assert_int_equal(keys.count, IDENTITY_KEYS_MAX);
    buf_adds(&text, "17 " KEY_A "\n");
    assert_false(identity_keys_parse(&keys, buf_str(&text), &why));
    assert_string_equal(why.data, "line 17: more than 16 keys");
    buf_release(&text);
    buf_release(&why);
}

static void round_trip(void **state)
{
    struct identity_keys keys = keys_of("3 " KEY_A "\n5 " KEY_B "\n");
    struct identity made, read;
    char value[IDENTITY_COOKIE_MAX + 1];

    (void)state;
    identity_make(&made, &keys, now);
    assert_int_equal(made.key_id, 5);
    assert_int_equal(made.issued, (int64_t)TODAY * DAY);
    identity_write(&made, IDENTITY_NAME_LASTING, &keys, value);
    assert_int_equal(strspn(value, "0123456789abcdef.v"), strlen(value));
    assert_int_equal(strncmp(value, "v1.5.20000.", 11), 0);
    assert_int_equal(read_lasting(&read, str_of(value), &keys, now), IDENTITY_VALID);
    assert_int_equal(read.key_id, made.key_id);
    assert_int_equal(read.issued, made.issued);
    assert_memory_equal(read.bits, made.bits, IDENTITY_BITS);
    identity_make(&read, &keys, now);
    assert_memory_not_equal(read.bits, made.bits, IDENTITY_BITS);
}

/* The layout is for good: cookies live for 400 days.  The tag was computed with Python's
 * hmac: HMAC(key, b"teade-cookie-v1\0" + value up to its last dot); the visitor:
 * HMAC(key, b"teade-visitor-v1\0" + bits). */
static void known_answer(void **state)
{
    struct identity_keys keys = keys_of("3 " KEY_A "\n");
    struct identity identity = {3, {0}, (int64_t)TODAY * DAY};
    char value[IDENTITY_COOKIE_MAX + 1], hex[2 * ACT_VISITOR + 1];
    uint8_t visitor[ACT_VISITOR];

    (void)state;
    for (uint8_t i = 0; i < IDENTITY_BITS; i++)
        identity.bits[i] = i;
    identity_write(&identity, IDENTITY_NAME_LASTING, &keys, value);
    assert_string_equal(value, "v1.3.20000.000102030405060708090a0b0c0d0e0f."
                               "9b85ca28adb325118c77245b54b2a0a24a11fd46a802bbb446b5c59b39efb286");
    identity_visitor(&identity, &keys, visitor);
    assert_string_equal(sodium_bin2hex(hex, sizeof hex, visitor, sizeof visitor),
                        "6719adb15789fc64df044c453235b6e330fcbf9f239529c79e816679fdb5976f");
}

static void believes_no_changed_character(void **state)
{
    struct identity_keys keys = keys_of("3 " KEY_A "\n5 " KEY_B "\n");
    static const struct identity nobody;
    char value[IDENTITY_COOKIE_MAX + 1];
    struct identity identity;

    (void)state;
    identity_make(&identity, &keys, now);
    identity_write(&identity, IDENTITY_NAME_LASTING, &keys, value);
    for (size_t i = 0; value[i]; i++) {
        const char kept = value[i];

        for (int c = 0; c < 256; c++) {
            value[i] = (char)c;
            if (value[i] == kept)
                continue;
            assert_int_not_equal(
                read_lasting(&identity,
                              (struct str){value, strlen(value) > i ? strlen(value) : i + 1}, &keys,
                              now),
                IDENTITY_VALID);
            assert_memory_equal(identity.bits, nobody.bits, IDENTITY_BITS);
        }
        value[i] = kept;
    }
    assert_int_equal(read_lasting(&identity, str_of(value), &keys, now), IDENTITY_VALID);
}

static void believes_no_other_length(void **state)
{
    struct identity_keys keys = keys_of("3 " KEY_A "\n");
    char value[IDENTITY_COOKIE_MAX + 1], large[9000];
    struct identity identity;
    size_t len;

    (void)state;
    identity_make(&identity, &keys, now);
    identity_write(&identity, IDENTITY_NAME_LASTING, &keys, value);
    len = strlen(value);
    memset(large, 'a', sizeof large);
    memcpy(large, value, len);
    for (size_t i = 0; i < sizeof large; i++)
        assert_int_equal(read_lasting(&identity, (struct str){large, i}, &keys, now),
                         i == len ? IDENTITY_VALID : IDENTITY_FORGED);
    assert_int_equal(read_lasting(&identity, (struct str){NULL, 0}, &keys, now), IDENTITY_FORGED);
}

static void judges_by_key(void **state)
{
    static const struct {
        const char *keys;
        enum identity_cookie found;
    } rows[] = {
        {"3 " KEY_A "\n", IDENTITY_VALID},
        {"3 " KEY_A "\n4 " KEY_B "\n", IDENTITY_VALID}, /* an old one */
        {"1 " KEY_B "\n3 " KEY_A "\n", IDENTITY_VALID},
        {"3 " KEY_B "\n", IDENTITY_FORGED},
        {"4 " KEY_A "\n", IDENTITY_STALE},
    };
    struct identity_keys keys = keys_of("3 " KEY_A "\n");
    struct identity identity;
    char value[IDENTITY_COOKIE_MAX + 1];

    (void)state;
    identity_make(&identity, &keys, now);
    identity_write(&identity, IDENTITY_NAME_LASTING, &keys, value);
    for (size_t i = 0; i < COUNT(rows); i++) {
        keys = keys_of(rows[i].keys);
        assert_int_equal(read_lasting(&identity, str_of(value), &keys, now), rows[i].found);
    }
}

static void judges_by_age(void **state)
{
    static const struct {
        int64_t later; /* seconds after the first second of TODAY */
        enum identity_cookie found;
    } rows[] = {
        {0, IDENTITY_VALID},
        {DAY, IDENTITY_VALID},
        {(int64_t)400 * DAY, IDENTITY_VALID},
        {(int64_t)401 * DAY - 1,
         IDENTITY_VALID}, /* made at the end of the day, the browser keeps it so long */
        {(int64_t)401 * DAY, IDENTITY_STALE},
        {(int64_t)4000 * DAY, IDENTITY_STALE},
        {-1, IDENTITY_VALID}, /* the clock was set back */
        {-(int64_t)TODAY * DAY, IDENTITY_VALID},
    };
    struct identity_keys keys = keys_of("3 " KEY_A "\n");
    struct identity identity;
    char value[IDENTITY_COOKIE_MAX + 1];

    (void)state;
    identity_make(&identity, &keys, now);
    identity_write(&identity, IDENTITY_NAME_LASTING, &keys, value);
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(
            read_lasting(&identity, str_of(value), &keys, (int64_t)TODAY * DAY + rows[i].later),
            rows[i].found);
}

static void renewing_keeps_the_visitor(void **state)
{
    struct identity_keys keys = keys_of("3 " KEY_A "\n");
    uint8_t before[ACT_VISITOR], after[ACT_VISITOR];
    char value[IDENTITY_COOKIE_MAX + 1];
    struct identity identity;
    int64_t later = now + (int64_t)300 * DAY;

    (void)state;
    identity_make(&identity, &keys, now);
    identity_visitor(&identity, &keys, before);
    keys = keys_of("3 " KEY_A "\n4 " KEY_B "\n");
    identity_renew(&identity, later);
    identity_write(&identity, IDENTITY_NAME_LASTING, &keys, value);
    assert_int_equal(strncmp(value, "v1.3.20300.", 11), 0);
    later += (int64_t)300 * DAY;
    assert_int_equal(read_lasting(&identity, str_of(value), &keys, later), IDENTITY_VALID);
    identity_visitor(&identity, &keys, after);
    assert_memory_equal(before, after, ACT_VISITOR);
}

/* A cookie is believed under its own name alone, and one that waits for a day, by a key that still
 * begins visitors. */
static void judges_by_name(void **state)
{
    static const struct {
        enum identity_name written;
        const char *name, *keys;
        int64_t later; /* days */
        enum identity_cookie found;
    } rows[] = {
        {IDENTITY_NAME_LASTING, "__Host-teade", "3 " KEY_A, 0, IDENTITY_VALID},
        {IDENTITY_NAME_LASTING, "__Host-teade_new_0123abcd", "3 " KEY_A, 0, IDENTITY_FORGED},
        {IDENTITY_NAME_LASTING, "__Host-teade_new_00000000", "3 " KEY_A, 0, IDENTITY_FORGED},
        {IDENTITY_NAME_LASTING, "teade", "3 " KEY_A, 0, IDENTITY_FORGED},
        {IDENTITY_NAME_LASTING, "__Host-teade", "3 " KEY_A " cookies-only\n4 " KEY_B, 2,
         IDENTITY_VALID},
        {IDENTITY_NAME_NEW, "__Host-teade_new_0123abcd", "3 " KEY_A, 0, IDENTITY_VALID},
        {IDENTITY_NAME_NEW, "__Host-teade_new_0123abcd", "3 " KEY_A "\n4 " KEY_B, 0,
         IDENTITY_VALID},
        {IDENTITY_NAME_NEW, "__Host-teade_new_0123abce", "3 " KEY_A, 0, IDENTITY_FORGED},
        {IDENTITY_NAME_NEW, "__Host-teade_new_", "3 " KEY_A, 0, IDENTITY_FORGED},
        {IDENTITY_NAME_NEW, "__Host-teade", "3 " KEY_A, 0, IDENTITY_FORGED},
        {IDENTITY_NAME_NEW, "teade_new_0123abcd", "3 " KEY_A, 0, IDENTITY_FORGED},
        {IDENTITY_NAME_NEW, "other", "3 " KEY_A, 0, IDENTITY_FORGED},
        {IDENTITY_NAME_NEW, "__Host-teade_new_0123abcd", "3 " KEY_A, 1, IDENTITY_VALID},
        {IDENTITY_NAME_NEW, "__Host-teade_new_0123abcd", "3 " KEY_A, 2, IDENTITY_STALE},
        {IDENTITY_NAME_NEW, "__Host-teade_new_0123abcd", "3 " KEY_A " cookies-only\n4 " KEY_B, 0,
         IDENTITY_STALE},
        {IDENTITY_NAME_NEW, "__Host-teade_new_0123abcd", "4 " KEY_A, 0, IDENTITY_STALE},
    };
    const struct identity made = {3, {0x01, 0x23, 0xab, 0xcd, 0xef}, (int64_t)TODAY * DAY};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct identity_keys before = keys_of("3 " KEY_A), keys = keys_of(rows[i].keys);
        char value[IDENTITY_COOKIE_MAX + 1];
        struct identity identity;

        identity_write(&made, rows[i].written, &before, value);
        if (identity_read(&identity, HTTPS, str_of(rows[i].name), str_of(value), &keys,
                          now + rows[i].later * DAY) != rows[i].found)
            fail_msg("row %zu", i);
        assert_true(sodium_is_zero((const uint8_t *)&identity, sizeof identity) ==
                    (rows[i].found != IDENTITY_VALID));
    }
}

/* Neither value shows in another, and each depends on what it should. */
static void derivations_differ(void **state)
{
    struct identity_keys keys = keys_of("3 " KEY_A "\n5 " KEY_B "\n");
    struct identity identity;
    char value[IDENTITY_COOKIE_MAX + 1], hex[2 * ACT_VISITOR + 1];
    uint8_t visitor[ACT_VISITOR], other[ACT_VISITOR];

    (void)state;
    identity_make(&identity, &keys, now);
    identity_write(&identity, IDENTITY_NAME_LASTING, &keys, value);
    identity_visitor(&identity, &keys, visitor);
    assert_null(strstr(value, sodium_bin2hex(hex, sizeof hex, visitor, sizeof visitor)));
    assert_memory_not_equal(visitor, identity.bits, IDENTITY_BITS);
    identity.key_id = 3;
    identity_visitor(&identity, &keys, other);
    assert_memory_not_equal(visitor, other, ACT_VISITOR);
    identity.key_id = 5;
    identity.bits[0] ^= 1;
    identity_visitor(&identity, &keys, other);
    assert_memory_not_equal(visitor, other, ACT_VISITOR);
}

/* Computed with another tool. */
static void handles(void **state)
{
    uint8_t visitor[ACT_VISITOR], handle[IDENTITY_HANDLE];
    char hex[2 * IDENTITY_HANDLE + 1];

    (void)state;
    for (size_t i = 0; i < sizeof visitor; i++)
        visitor[i] = (uint8_t)i;
    identity_handle(visitor, handle);
    assert_string_equal(sodium_bin2hex(hex, sizeof hex, handle, sizeof handle),
                        "96d8a4092e2cfc40498aae39579b2845559df692701418bcdd850d528a8d642c");
}

static void sets_cookies(void **state)
{
    static const struct {
        const char *base_url, *name, *header;
    } rows[] = {
        {"https://kuukivi.example", "__Host-teade",
         "__Host-teade=x; Path=/; Max-Age=34560000; HttpOnly; Secure; SameSite=Lax"},
        {"http://127.0.0.1:8080", "teade",
         "teade=x; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax"},
        {"http://localhost", "teade", "teade=x; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax"},
        {"http://localhost", "teade_seen_cookies",
         "teade_seen_cookies=x; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax"},
        {"http://localhost", "teade_new_0123abcd",
         "teade_new_0123abcd=x; Path=/; Max-Age=300; HttpOnly; SameSite=Lax"},
        {"https://kuukivi.example", "__Host-teade_new_0123abcd",
         "__Host-teade_new_0123abcd=x; Path=/; Max-Age=300; HttpOnly; Secure; SameSite=Lax"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf header = BUF_INIT;

        identity_set_cookie(rows[i].base_url, str_of(rows[i].name), "x", &header);
        assert_string_equal(header.data, rows[i].header);
        buf_release(&header);
    }
}

static void names_cookies(void **state)
{
    static const struct {
        const char *base_url, *name;
        enum identity_name is;
    } rows[] = {
        {"https://kuukivi.example", "__Host-teade", IDENTITY_NAME_LASTING},
        {"https://kuukivi.example", "__Host-teade_new_0123abcd", IDENTITY_NAME_NEW},
        {"https://kuukivi.example", "teade", IDENTITY_NAME_OTHER},
        {"https://kuukivi.example", "teade_new_0123abcd", IDENTITY_NAME_OTHER},
        {"https://kuukivi.example", "__host-teade", IDENTITY_NAME_OTHER},
        {"http://127.0.0.1:8080", "teade", IDENTITY_NAME_LASTING},
        {"http://127.0.0.1:8080", "teade_new_0123abcd", IDENTITY_NAME_NEW},
        {"http://127.0.0.1:8080", "teade_new_0123abc", IDENTITY_NAME_OTHER},
        {"http://127.0.0.1:8080", "teade_new_0123abcde", IDENTITY_NAME_OTHER},
        {"http://127.0.0.1:8080", "teade_new_0123ABCD", IDENTITY_NAME_OTHER},
        {"http://127.0.0.1:8080", "teade_new_0123\xff\xff\xff\xff", IDENTITY_NAME_OTHER},
        {"http://127.0.0.1:8080", "teade_old_0123abcd", IDENTITY_NAME_OTHER},
        {"http://127.0.0.1:8080", "teade_seen_cookies", IDENTITY_NAME_OTHER},
        {"http://127.0.0.1:8080", "teade_new_", IDENTITY_NAME_OTHER},
        {"http://127.0.0.1:8080", "", IDENTITY_NAME_OTHER},
    };
    const struct identity identity = {.bits = {0x01, 0x23, 0xab, 0xcd, 0xef}};
    struct buf name = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (identity_name_of(rows[i].base_url, str_of(rows[i].name)) != rows[i].is)
            fail_msg("%s", rows[i].name);
    identity_new_name("http://127.0.0.1:8080", &identity, &name);
    assert_string_equal(name.data, "teade_new_0123abcd");
    buf_release(&name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_keys),
        cmocka_unit_test(bounds_the_keys),
        cmocka_unit_test(round_trip),
        cmocka_unit_test(known_answer),
        cmocka_unit_test(believes_no_changed_character),
        cmocka_unit_test(believes_no_other_length),
        cmocka_unit_test(judges_by_key),
        cmocka_unit_test(judges_by_age),
        cmocka_unit_test(judges_by_name),
        cmocka_unit_test(renewing_keeps_the_visitor),
        cmocka_unit_test(derivations_differ),
        cmocka_unit_test(handles),
        cmocka_unit_test(sets_cookies),
        cmocka_unit_test(names_cookies),
    };

    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
