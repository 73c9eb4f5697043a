/* Days, versions and instants in a language's own way. */
#include "../fixtures/test.h"

#include "web/view.h"

static const char *in_english[] = {"English", "Estonian", "Japanese"},
                  *in_estonian[] = {"inglise", "eesti", "jaapani"};
static const struct manifest_language languages[] = {
    {.tag = "en",
     .names = in_english,
     .date_pattern = "d MMMM y",
     .time_pattern = "d MMMM y 'at' HH:mm",
     .months = {[6] = "July", [8] = "September", [11] = "December"}},
    {.tag = "et",
     .names = in_estonian,
     .date_pattern = "d. MMMM y",
     .time_pattern = "d. MMMM y, 'kell' HH:mm",
     .months = {[6] = "juuli", [8] = "september", [11] = "detsember"}},
    {.tag = "ja",
     .date_pattern = "y\xe5\xb9\xb4M\xe6\x9c\x88"
                     "d\xe6\x97\xa5",
     .time_pattern = "y\xe5\xb9\xb4M\xe6\x9c\x88"
                     "d\xe6\x97\xa5 H:mm",
     .months = {[6] = "7", [8] = "9", [11] = "12"}},
};

typedef void view(const struct exchange *exchange, const char *text, struct buf *out);

static void dates(void **state)
{
    static const struct {
        view *view;
        int language;
        const char *text, *shown;
    } rows[] = {
        {view_day, 0, "2026-07-01", "1 July 2026"},
        {view_day, 1, "2026-12-31", "31. detsember 2026"},
        {view_version, 0, "2026-09-03", "3 September 2026"},
        {view_version, 0, "2026-09-03.1", "3 September 2026 (2)"},
        {view_version, 1, "2026-09-03.2", "3. september 2026 (3)"},
        {view_version, 2, "2026-09-03.1",
         "2026\xe5\xb9\xb4"
         "9\xe6\x9c\x88"
         "3\xe6\x97\xa5 (2)"},
        {view_version, 0, "2026-09-03.999", "3 September 2026 (1000)"},
        {view_instant, 0, "2026-09-03T07:08:09Z", "3 September 2026 at 07:08 UTC"},
        {view_instant, 1, "2026-09-03T07:08:09Z", "3. september 2026, kell 07:08 UTC"},
        {view_instant, 2, "2026-09-03T07:08:09Z",
         "2026\xe5\xb9\xb4"
         "9\xe6\x9c\x88"
         "3\xe6\x97\xa5 7:08 UTC"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct exchange exchange = {.language = &languages[rows[i].language]};
        struct buf out = BUF_INIT;

        rows[i].view(&exchange, rows[i].text, &out);
        assert_string_equal(out.data, rows[i].shown);
        buf_release(&out);
    }
}

static void language_names(void **state)
{
    static struct bundle bundle = {.manifest = {.languages = (struct manifest_language *)languages,
                                                .language_count = COUNT(languages)}};
    struct endpoint endpoint = {.bundle = &bundle};
    struct exchange exchange = {.endpoint = &endpoint};

    (void)state;
    exchange.language = &languages[0];
    assert_string_equal(view_language(&exchange, "et"), "Estonian");
    exchange.language = &languages[1];
    assert_string_equal(view_language(&exchange, "et"), "eesti");
    assert_string_equal(view_language(&exchange, "fr"), "fr");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),
        cmocka_unit_test(language_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
