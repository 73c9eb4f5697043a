/* What is wrong with the address of a link. */
#include "../fixtures/test.h"

#include "catalog/address.h"

static void faults(void **state)
{
    static const struct {
        const char *url, *text; /* NULL: nothing */
    } rows[] = {
        {"https://example.com", NULL},
        {"HTTP://EXAMPLE.COM:8080/a?b#c", NULL},
        {"https://example.com./", NULL},
        {"https://intranet/", NULL},
        {"https://user@example.com/", NULL},
        {"https://õigus.ee/ä b", NULL},
        {"https://例え.テスト/", NULL},
        {"https://_dmarc.example.com", NULL},
        {"https://[2001:db8::1]:8080/", NULL},
        {"//example.com/a", NULL},
        {"/a", NULL},
        {"#a", NULL},
        {"?a:b", NULL},
        {"a/b:c", NULL},
        {"mailto:a.b+c@example.com", NULL},
        {"mailto:a@example.com,b@example.org?subject=Andmed", NULL},
        {"MAILTO:A@EXAMPLE.COM", NULL},
        {"tel:+372-600 00.00", NULL},
        {"tel:112", NULL},
        {"tel:+1%20800;ext=5", NULL},
        {"", "has no address"},
        {"  ", "has no address"},
        {"https:", "has no host"},
        {"http:/example.com", "has no host"},
        {"https:example.com", "has no host"},
        {"http://", "has no host"},
        {"https:///a", "has no host"},
        {"https://?a", "has no host"},
        {"https://:80/", "has no host"},
        {"//", "has no host"},
        {"https://exa mple.com", "has a host that cannot exist"},
        {"https://example..com", "has a host that cannot exist"},
        {"https://.example.com", "has a host that cannot exist"},
        {"https://-example.com", "has a host that cannot exist"},
        {"https://example.com,", "has a host that cannot exist"},
        {"https://example.com）", "has a host that cannot exist"},
        {"https://*.example.com/", "has a host that cannot exist"},
        {"https://example.com:port/", "has a host that cannot exist"},
        {"https://https://example.com", "has a host that cannot exist"},
        {"https://http//example.com", "has a host that cannot exist"},
        {"https://[example.com]/", "has a host that cannot exist"},
        {"https://example。com/", "has a host that cannot exist"},
        {"mailto:", "has no mailbox"},
        {"mailto:?subject=a", "has no mailbox"},
        {"mailto:a", "is not the address of a mailbox"},
        {"mailto:@example.com", "is not the address of a mailbox"},
        {"mailto:a@", "is not the address of a mailbox"},
        {"mailto:a@example", "is not the address of a mailbox"},
        {"mailto:a@b@example.com", "is not the address of a mailbox"},
        {"mailto:a b@example.com", "is not the address of a mailbox"},
        {"mailto: a@example.com", "is not the address of a mailbox"},
        {"mailto:a@example.com,", "is not the address of a mailbox"},
        {"mailto:a@example.com;b@example.com", "is not the address of a mailbox"},
        {"mailto://a@example.com", "is not the address of a mailbox"},
        {"tel:", "is not a telephone number"},
        {"tel:us", "is not a telephone number"},
        {"tel:+", "is not a telephone number"},
        {"tel:600 0000 (office)", "is not a telephone number"},
        {"ftp://example.com", "is not safe"},
        {"htps://example.com", "is not safe"},
        {"javascript:a", "is not safe"},
        {"data:text/plain,a", "is not safe"},
        {"localhost:8080", "is not safe"},
        {":a", "is not safe"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct address_fault *fault = address_fault(rows[i].url);

        wrong += differs(rows[i].url, str_of(fault ? fault->text : ""),
                         rows[i].text ? rows[i].text : "");
        if (fault)
            assert_true(*fault->remedy);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(faults)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
