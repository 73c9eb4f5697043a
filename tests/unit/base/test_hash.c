/* The vectors of FIPS 180-4 (NIST's "SHA256 examples"). */
#include "../fixtures/test.h"

#include "base/hash.h"

static void vectors(void **state)
{
    static const struct {
        const char *text, *hex;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    char hex[HASH_HEX + 1], *million = mem_alloc(1000000);

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        hash_hex(str_of(rows[i].text), hex);
        assert_string_equal(hex, rows[i].hex);
    }
    memset(million, 'a', 1000000);
    hash_hex((struct str){million, 1000000}, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(vectors)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
