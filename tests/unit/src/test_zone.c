/* Where days begin, by the rules that the machine has.  Those since 2023 are here because libraries
 * that bring rules of their own lack them. */
#include "../fixtures/test.h"

#include <stdlib.h>

#include "language/zone.h"

static struct date day(const char *iso)
{
    struct date date = {""};

    assert_true(date_parse(str_of(iso), &date));
    return date;
}

static void known(void **state)
{
    static const struct {
        const char *zone;
        bool fine;
    } rows[] = {
        {"UTC", true},
        {"Europe/Tallinn", true},
        {"Asia/Tokyo", true},
        {"America/Sao_Paulo", true},
        {"America/Ciudad_Juarez", true},
        {"America/Argentina/Buenos_Aires", true},
        {"Etc/GMT+12", true},
        {"", false},
        {"/", false},
        {"Europe", false},
        {"Europe/", false},
        {"Europe/Tartu", false},
        {"europe/tallinn", false},
        {"Europe/Tallinn ", false},
        {":Europe/Tallinn", false},
        {"/usr/share/zoneinfo/Europe/Tallinn", false},
        {"Tallinn", false},
        {"EET-2EEST", false},
        {"GMT+3", false},
        {"+03:00", false},
        {"localtime", false},
        {"right/UTC", false},
        {"zone.tab", false},
        {"leapseconds", false},
        {"../etc/passwd", false},
        {"Euroopa/Tallinn", false},
        {"東京", false},
    };
    char *longest = mem_alloc(1001);

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (zone_known(rows[i].zone) != rows[i].fine)
            fail_msg("zone \"%s\"", rows[i].zone);
    memset(longest, 'x', 1000);
    assert_false(zone_known(longest));
    free(longest);
}

/* The instants are those of `date -d 'TZ="ZONE" DAY 00:00' +%s`, or of the first minute after it that
 * there is; of the second part, those of Python's zoneinfo. */
static void day_starts(void **state)
{
    static const struct {
        const char *zone, *day;
        int64_t start;
    } rows[] = {
        {"UTC", "2026-11-22", 1795305600},
        {"UTC", "1970-01-01", 0},
        {"UTC", "1969-12-31", -86400},
        {"Asia/Tokyo", "2026-11-22", 1795305600 - 9 * 3600},
        {"Europe/Tallinn", "2026-11-22", 1795305600 - 2 * 3600},
        {"Europe/Tallinn", "2026-07-01", 1782864000 - 3 * 3600},
        {"Europe/Tallinn", "2026-03-29", 1774742400 - 2 * 3600}, /* clocks change at 3 h */
        {"Europe/Tallinn", "2026-10-25", 1792886400 - 3 * 3600},
        {"Asia/Kathmandu", "2026-11-22", 1795305600 - (5 * 60 + 45) * 60},
        {"America/Sao_Paulo", "2018-11-04", 1541300400}, /* 00:00 to 00:59 were skipped */
        {"America/Sao_Paulo", "2018-11-05", 1541383200},
        {"Asia/Beirut", "2026-03-29", 1774742400 - 2 * 3600},    /* skipped as well */
        {"Pacific/Apia", "2011-12-30", 1325239200},              /* the whole day was */
        {"America/Havana", "2026-11-01", 1793491200 + 4 * 3600}, /* 00:00 comes twice */
        {"Atlantic/Azores", "2026-10-25", 1792886400},

        {"Asia/Almaty", "2024-02-29", 1709143200},
        {"Asia/Almaty", "2024-03-02", 1709319600},
        {"Asia/Almaty", "2030-01-01", 1893438000},
        {"America/Asuncion", "2025-03-23", 1742698800},
        {"America/Asuncion", "2026-06-15", 1781492400},
        {"America/Nuuk", "2025-03-30", 1743296400},
        {"America/Nuuk", "2027-02-01", 1801447200},
        {"America/Nuuk", "2026-03-29", 1774746000},
        {"America/Scoresbysund", "2027-01-15", 1799978400},
        {"America/Ciudad_Juarez", "2026-03-08", 1772953200},
        {"America/Coyhaique", "2026-07-01", 1782874800},
        {"Asia/Beirut", "2028-03-26", 1837634400},
        {"Africa/Cairo", "2026-04-24", 1776981600},
        {"Africa/Cairo", "2026-10-29", 1793221200},
        {"America/Santiago", "2026-09-06", 1788667200},
        {"America/Santiago", "2026-04-05", 1775361600},
        {"America/Asuncion", "2023-03-26", 1679803200},
        {"America/St_Johns", "2009-11-01", 1257042600},
        {"America/Havana", "2027-11-07", 1825560000},
        {"Asia/Gaza", "2025-04-12", 1744408800},
        {"Antarctica/Troll", "2027-03-28", 1806192000},
        {"Australia/Lord_Howe", "2027-04-04", 1806757200},
        {"Pacific/Apia", "2011-12-31", 1325239200},
        {"Pacific/Kwajalein", "1993-08-21", 745934400},
        {"Europe/Tallinn", "2060-07-01", 2855854800},
        {"Europe/Tallinn", "2060-01-01", 2840133600},
        {"Europe/Kyiv", "2026-03-29", 1774735200},
        {"Etc/GMT-14", "2026-11-22", 1795255200},
        {"Africa/Casablanca", "2026-02-15", 1771110000},
        {"Asia/Pyongyang", "2018-05-05", 1525446000},
        {"America/Caracas", "2016-05-01", 1462077000},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t start = zone_day_start(rows[i].zone, day(rows[i].day));

        if (start == rows[i].start)
            continue;
        print_error("%s %s: %lld, not %lld\n", rows[i].zone, rows[i].day, (long long)start,
                    (long long)rows[i].start);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void today(void **state)
{
    struct date west, east;

    (void)state;
    do { /* not across a midnight */
        west = zone_today("Etc/GMT+12");
        east = zone_today("Pacific/Kiritimati"); /* UTC+14 */
    } while (strcmp(west.iso, zone_today("Etc/GMT+12").iso) != 0);
    assert_true(zone_day_start("UTC", east) - zone_day_start("UTC", west) >= 86400);
    assert_true(zone_day_start("UTC", east) - zone_day_start("UTC", west) <= 2 * 86400);
}

/* The machine's file decides, also beyond its last change; and neither its locale nor its own zone. */
static void rules_of_the_machine(void **state)
{
    /* RFC 8536: one type, named by four bytes, is what a file has at least. */
    static const char header[44] = {'T', 'Z', 'i', 'f', '2', [39] = 1, [43] = 4};
    static const char type[10] = {0, 0, 0x38, 0x40, 0, 0, 'A', 'B', 'C'}, footer[] = "\nABC-4\n";
    struct buf file = BUF_INIT;
    char *folder = folder_new(), *path = mem_printf("%s/Europe/Tartu", folder);

    (void)state;
    buf_add(&file, header, sizeof header), buf_add(&file, type, sizeof type);
    buf_add(&file, header, sizeof header), buf_add(&file, type, sizeof type);
    buf_adds(&file, footer);
    assert_true(file_create(path, buf_str(&file)));
    setenv("TZDIR", folder, 1);
    setenv("TZ", "Asia/Tokyo", 1);
    assert_true(zone_known("Europe/Tartu"));
    assert_true(zone_known("UTC"));
    assert_false(zone_known("Europe/Tallinn"));
    assert_int_equal(zone_day_start("Europe/Tartu", day("2026-11-22")), 1795305600 - 4 * 3600);
    assert_int_equal(zone_day_start("UTC", day("2026-11-22")), 1795305600);
    assert_string_equal(getenv("TZ"), "Asia/Tokyo");
    unsetenv("TZDIR");
    unsetenv("TZ");
    buf_release(&file);
    free(path);
    folder_free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known),
        cmocka_unit_test(day_starts),
        cmocka_unit_test(today),
        cmocka_unit_test(rules_of_the_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
