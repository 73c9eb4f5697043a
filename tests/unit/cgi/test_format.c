/* Days, versions and instants in a language's own way. */
#include "../fixtures/test.h"

#include "web/format.h"

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

typedef void format(const struct manifest_language *language, const char *text, struct buf *out);

static void dates(void **state)
{
    static const struct {
        format *format;
        int language;
        const char *text, *shown;
    } rows[] = {
        {format_day, 0, "2026-07-01", "1 July 2026"},
        {format_day, 1, "2026-12-31", "31. detsember 2026"},
        {format_version, 0, "2026-09-03", "3 September 2026"},
        {format_version, 0, "2026-09-03.1", "3 September 2026 (2)"},
        {format_version, 1, "2026-09-03.2", "3. september 2026 (3)"},
        {format_version, 2, "2026-09-03.1",
         "2026\xe5\xb9\xb4"
         "9\xe6\x9c\x88"
         "3\xe6\x97\xa5 (2)"},
        {format_version, 0, "2026-09-03.999", "3 September 2026 (1000)"},
        {format_instant, 0, "2026-09-03T07:08:09Z", "3 September 2026 at 07:08 UTC"},
        {format_instant, 1, "2026-09-03T07:08:09Z", "3. september 2026, kell 07:08 UTC"},
        {format_instant, 2, "2026-09-03T07:08:09Z",
         "2026\xe5\xb9\xb4"
         "9\xe6\x9c\x88"
         "3\xe6\x97\xa5 7:08 UTC"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = BUF_INIT;

        rows[i].format(&languages[rows[i].language], rows[i].text, &out);
        assert_string_equal(out.data, rows[i].shown);
        buf_release(&out);
    }
}

static void language_names(void **state)
{
    const struct manifest manifest = {.languages = (struct manifest_language *)languages,
                                      .language_count = COUNT(languages)};

    (void)state;
    assert_string_equal(format_language(&manifest, &languages[0], "et"), "Estonian");
    assert_string_equal(format_language(&manifest, &languages[1], "et"), "eesti");
    assert_string_equal(format_language(&manifest, &languages[1], "fr"), "fr");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),
        cmocka_unit_test(language_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
