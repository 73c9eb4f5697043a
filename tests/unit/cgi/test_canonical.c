/* The writer of canonical bytes, against jansson: the same values, the same bytes. */
#include "../fixtures/test.h"

#include <jansson.h>

#include "record/canonical.h"

static uint64_t seed = 1;

static uint32_t below(uint32_t limit)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % limit;
}

/* Control characters, what JSON escapes, what it does not, and letters of one to four bytes. */
static void add_random_text(struct buf *text)
{
    static const char *const pieces[] = {"\"",
                                         "\\",
                                         "/",
                                         "\x7f",
                                         "a",
                                         "\xc3\xb5",
                                         "\xe6\x97\xa5",
                                         "\xe2\x80\xa8",
                                         "\xf0\x9f\x98\x80"};

    for (uint32_t i = below(12); i > 0; i--)
        if (below(3))
            buf_adds(text, pieces[below(COUNT(pieces))]);
        else
            buf_addc(text, (char)(1 + below(0x7e)));
}

static void texts_are_escaped_alike(void **state)
{
    enum { TEXTS = 20000 };

    (void)state;
    for (int i = 0; i < TEXTS; i++) {
        struct buf text = BUF_INIT, ours = BUF_INIT;
        json_t *json;
        char *theirs;

        add_random_text(&text);
        json = json_pack("{s:s, s:[s, s]}", "a", text.data, "b", text.data, "");
        theirs = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
        buf_addc(&ours, '{');
        canonical_text(&ours, "a", text.data);
        canonical_name(&ours, "b");
        buf_addc(&ours, '[');
        canonical_next(&ours);
        canonical_string(&ours, buf_str(&text));
        canonical_next(&ours);
        canonical_string(&ours, str_of(""));
        buf_adds(&ours, "]}");
        assert_string_equal(ours.data, theirs);
        json_decref(json);
        free(theirs);
        buf_release(&text);
        buf_release(&ours);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_escaped_alike),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
