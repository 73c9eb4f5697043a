#include "../fixtures/test.h"

#include "http/language_range.h"

static const char *const real[] = {"et", "ja", "en", NULL};
static const char *const regional[] = {"pt", "pt-BR", "zh-Hant", "en-GB", NULL};

static void chooses(void **state)
{
    static const struct {
        const char *header;
        const char *const *tags;
        size_t fallback, best;
    } rows[] = {
        {"", real, 0, 0},
        {"", real, 2, 2},
        {"ja", real, 0, 1},
        {"fr, et;q=0.9, ja;q=0.2", real, 2, 0},
        {"fr, ja;q=0.2, et;q=0.9", real, 2, 0},
        {"et;q=0.9, ja;q=0.901", real, 2, 1},
        {"ja, et", real, 2, 1},
        {"et, ja", real, 2, 0},
        {"ja, et, ja", real, 2, 1},
        {"ja;q=0.5, et;q=0.5", real, 2, 1},
        {"fr, de", real, 1, 1},
        /* truncation */
        {"et-EE", real, 2, 0},
        {"ja-Jpan-JP-x-private", real, 2, 1},
        {"et-a", real, 2, 0},
        {"ett", real, 2, 2},
        {"e", real, 2, 2},
        {"pt-BR", regional, 3, 1},
        {"pt-BR-x-lord", regional, 3, 1},
        {"pt-PT", regional, 3, 0},
        {"pt", regional, 3, 0},
        {"en", regional, 0, 0}, /* a lookup never goes on to variants */
        {"zh-Hant-TW", regional, 0, 2},
        {"zh-Hans", regional, 0, 0},
        /* letters of either case */
        {"ET", real, 2, 0},
        {"Ja-jP;Q=0.5", real, 2, 1},
        {"PT-br", regional, 3, 1},
        {"zh-hANT", regional, 0, 2},
        /* the star */
        {"*", real, 0, 0},
        {"*;q=0.1", real, 2, 2},
        {"fr, *;q=0.1", real, 1, 1},
        {"ja;q=0.3, *;q=0.1", real, 0, 1},
        {"*, ja", real, 0, 1},
        {"ja;q=0.1, *;q=0.5", real, 1, 0}, /* everything else is liked better */
        {"*;q=0.5, *;q=0.7, ja;q=0.6", real, 0, 0},
        {"*;q=0", real, 1, 1},
        {"et;q=0, *;q=0", real, 0, 0},
        {"en, *;q=0", real, 0, 2},
        {"en-GB, *;q=0", real, 0, 2},
        {"fr, *;q=0", real, 1, 1},
        /* refusals */
        {"et;q=0", real, 0, 1},
        {"et;q=0", real, 2, 2},
        {"et;q=0.000, ja;q=0.", real, 0, 2},
        {"et;q=0, *", real, 0, 1},
        {"et;q=0, ja;q=0, en;q=0", real, 1, 1},
        {"et;q=0, et-EE", real, 2, 2},
        {"et-EE;q=0", real, 0, 0},
        {"en;q=0", regional, 3, 0},
        {"en;q=0, en-GB;q=0.1", regional, 0, 3},
        {"et;q=0, et", real, 2, 0},
        /* weights */
        {"et;q=1, ja;q=1.0", real, 2, 0},
        {"et;q=0.999, ja;q=1.000", real, 2, 1},
        {"et ; q=0.2 , ja\t;\tq=0.3", real, 2, 1},
        {"et;q=0.001", real, 2, 0},
        /* malformed elements are not there */
        {"et;q=1.001, ja;q=0.1", real, 2, 1},
        {"et;q=2, ja;q=0.1", real, 2, 1},
        {"et;q=0.1234, ja;q=0.1", real, 2, 1},
        {"et;q=, ja;q=0.1", real, 2, 1},
        {"et;q=.5, ja;q=0.1", real, 2, 1},
        {"et;q=-1, ja;q=0.1", real, 2, 1},
        {"et;q=0,5, ja;q=0.1", real, 1, 1},
        {"et;q =1, ja;q=0.1", real, 2, 1},
        {"et;q=1;q=1, ja;q=0.1", real, 2, 1},
        {"et;level=1, ja;q=0.1", real, 2, 1},
        {"et;, ja;q=0.1", real, 2, 1},
        {"et_EE, ja;q=0.1", real, 2, 1},
        {"et-, ja;q=0.1", real, 2, 1},
        {"-et, ja;q=0.1", real, 2, 1},
        {"et--EE, ja;q=0.1", real, 2, 1},
        {"et-123456789, ja;q=0.1", real, 2, 1},
        {"et ja, ja;q=0.1", real, 2, 1},
        {"*-EE, et-*, ja;q=0.1", real, 2, 1},
        {"**, 12, \xc3\xb5, ja;q=0.1", real, 2, 1},
        {"*;q=x, ja;q=0.1", real, 2, 1},
        {",,, ,ja,", real, 2, 1},
        {";q=1, ja;q=0.1", real, 2, 1},
        {";;;,===", real, 2, 2},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t count = 0, best;

        while (rows[i].tags[count])
            count++;
        best = accept_language(str_of(rows[i].header), rows[i].tags, count, rows[i].fallback);
        if (best != rows[i].best)
            fail_msg("\"%s\": %s instead of %s", rows[i].header, rows[i].tags[best],
                     rows[i].tags[rows[i].best]);
    }
}

static void absent_is_fallback(void **state)
{
    (void)state;
    assert_int_equal(accept_language((struct str){NULL, 0}, real, 3, 1), 1);
}

static void takes_a_thousand_elements(void **state)
{
    struct buf header = BUF_INIT;

    (void)state;
    for (int i = 0; i < 999; i++)
        buf_addf(&header, "fr-x%d;q=0.9, ", i);
    buf_adds(&header, "ja;q=0.001");
    assert_int_equal(accept_language(buf_str(&header), real, 3, 0), 1);
    buf_release(&header);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chooses),
        cmocka_unit_test(absent_is_fallback),
        cmocka_unit_test(takes_a_thousand_elements),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
