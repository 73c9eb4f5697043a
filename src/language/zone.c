/* The C library reads the machine's zone files; which one it takes is set for the length of a call.
 * Between two changes of the clocks local time is UTC and a number of seconds; the changes are
 * found by looking every hour. */
#include "zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"

enum { HOUR = 60 * 60, DAY = 24 * HOUR };

static const char folder[] = "/usr/share/zoneinfo", utc[] = "UTC";

/* A name, and no path out of the folder; "right/" counts leap seconds, "localtime" and "posixrules"
 * are another zone on each machine. */
static bool is_name(const char *zone)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-_/";
    static const char *const others[] = {"localtime", "posixrules", "Factory"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(zone, others[i]) == 0)
            return false;
    return *zone && *zone != '/' && !zone[strspn(zone, letters)] &&
           strncmp(zone, "right/", 6) != 0 && strncmp(zone, "posix/", 6) != 0;
}

bool zone_rules(const char *zone, struct buf *out)
{
    const char *other = getenv("TZDIR");
    char *path = mem_printf("%s/%s", other ? other : folder, zone);
    bool ok = file_read(path, out) && strncmp(out->data, "TZif", 4) == 0;

    free(path);
    return ok;
}

bool zone_known(const char *zone)
{
    struct buf rules = BUF_INIT;
    bool known = strcmp(zone, utc) == 0 || (is_name(zone) && zone_rules(zone, &rules));

    buf_release(&rules);
    return known;
}

/* Has local time be that of a zone; returns what to come back to. */
static char *enter(const char *zone)
{
    const char *before = getenv("TZ");
    char *kept = before ? mem_dups(before) : NULL;
    char *name = mem_printf(":%s", zone);

    setenv("TZ", strcmp(zone, utc) == 0 ? "UTC0" : name, 1);
    tzset();
    free(name);
    return kept;
}

static void leave(char *kept)
{
    if (kept)
        setenv("TZ", kept, 1);
    else
        unsetenv("TZ");
    tzset();
    free(kept);
}

/* Seconds east of UTC. */
static long offset_at(time_t instant)
{
    struct tm local;

    localtime_r(&instant, &local);
    return local.tm_gmtoff;
}

/* The first instant with another offset, where those of the two differ. */
static time_t change_between(time_t before, time_t after)
{
    long offset = offset_at(before);

    while (after - before > 1) {
        time_t middle = before + (after - before) / 2;

        if (offset_at(middle) == offset)
            before = middle;
        else
            after = middle;
    }
    return after;
}

/* The first instant at which local time is a midnight, given in UTC seconds, or later. */
static time_t first_at(time_t midnight)
{
    time_t from = midnight - DAY - HOUR; /* no place is so far east */

    for (;;) {
        long offset = offset_at(from);
        time_t end = from + HOUR, first = midnight - offset > from ? midnight - offset : from;

        if (offset_at(end) != offset)
            end = change_between(from, end);
        if (first < end)
            return first;
        from = end;
    }
}

int64_t zone_day_start(const char *zone, struct date day)
{
    struct tm parts = {.tm_year = date_year(day) - 1900,
                       .tm_mon = date_month(day) - 1,
                       .tm_mday = date_day(day)};
    time_t midnight = timegm(&parts), first;
    char *kept = enter(zone);

    first = first_at(midnight);
    leave(kept);
    return (int64_t)first;
}

struct date zone_today(const char *zone)
{
    char *kept = enter(zone);
    time_t now = time(NULL);
    struct date today = {""};
    struct tm parts;
    char text[32];

    localtime_r(&now, &parts);
    leave(kept);
    snprintf(text, sizeof text, "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1,
             parts.tm_mday);
    date_parse(str_of(text), &today);
    return today;
}
