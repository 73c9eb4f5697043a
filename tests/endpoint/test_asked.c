/* What a text asked is found in its own words. */
#include "../test.h"

#include "asked.h"

#define ITEM                                                                                      \
    "- Offers \\(of others\\), 1\\. (`offers.randur`)\\\n  Recipient: R\\\\ndur \\[SIA\\] (LV). " \
    "Data: e\\-mail\\\n"
#define REST "  Basis: consent\\\n  Yes / No\n"
#define WORDS "Offers (of others), 1.\nRecipient: R\\ndur [SIA] (LV). Data: e-mail"

static void words_are_found(void **state)
{
    static const struct {
        const char *text, *question, *words; /* NULL: there are none */
    } rows[] = {
        {"# Policy\n\n" ITEM REST, "offers.randur", WORDS},
        {ITEM REST, "offers.randur", WORDS},
        {ITEM REST, "offers.meteor", NULL},
        {ITEM REST, "offers", NULL},
        {ITEM REST, "randur", NULL},
        /* What the article says in the form's way is not the form. */
        {"- Mine (`offers.randur`)\\\n  Recipient: me\\\n\n" ITEM REST, "offers.randur", WORDS},
        {"Said of (`offers.randur`)\\\n  Recipient: me\\\n", "offers.randur", NULL},
        {"- Offers (`offers.randur`)\n- Other", "offers.randur", NULL},
        {"- Offers (`offers.randur`)\\\n  Recipient: R", "offers.randur", NULL},
        {"-  (`offers.randur`)\\\n  Recipient: R\\\n", "offers.randur", NULL},
        {" (`offers.randur`)\\\n  Recipient: R\\\n", "offers.randur", NULL},
        {"", "offers.randur", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = BUF_INIT;

        if (asked_of(str_of(rows[i].text), rows[i].question, &out) != !!rows[i].words ||
            strcmp(out.data, rows[i].words ? rows[i].words : "") != 0)
            fail_msg("row %zu: %s", i, out.data);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_found)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
