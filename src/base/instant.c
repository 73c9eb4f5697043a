#include "instant.h"

#include <string.h>
#include <time.h>

static const char format[] = "%Y-%m-%dT%H:%M:%SZ";

void instant_write(int64_t instant, char text[INSTANT_SIZE])
{
    time_t when = instant < 0 ? 0 : (time_t)(instant > INSTANT_MAX ? INSTANT_MAX : instant);
    struct tm utc;

    gmtime_r(&when, &utc);
    strftime(text, INSTANT_SIZE, format, &utc);
}

bool instant_read(const char *text, int64_t *instant)
{
    struct tm utc = {0};
    const char *end = strptime(text, format, &utc);
    char again[INSTANT_SIZE];

    if (!end || *end)
        return false;
    *instant = (int64_t)timegm(&utc);
    if (!instant_is_valid(*instant))
        return false;
    instant_write(*instant, again); /* timegm() turns 30 February into another day */
    return strcmp(again, text) == 0;
}

static int days_of(int year, int month)
{
    struct tm day = {.tm_year = year, .tm_mon = month + 1, .tm_mday = 0};
    time_t last = timegm(&day);

    gmtime_r(&last, &day);
    return day.tm_mday;
}

int64_t instant_months_later(int64_t instant, int months)
{
    time_t when = (time_t)instant;
    struct tm parts;
    int64_t later;
    int days;

    gmtime_r(&when, &parts);
    parts.tm_year += (parts.tm_mon + months) / 12;
    parts.tm_mon = (parts.tm_mon + months) % 12;
    days = days_of(parts.tm_year, parts.tm_mon);
    if (parts.tm_mday > days) {
        parts.tm_mday = days;
        parts.tm_hour = 23;
        parts.tm_min = parts.tm_sec = 59;
    }
    later = (int64_t)timegm(&parts);
    return later < INSTANT_MAX ? later : INSTANT_MAX;
}

/* What is months later never falls as the instant rises, but months differ in length: hence the
 * search. */
int64_t instant_months_ago(int64_t now, int months)
{
    int64_t before = now - (int64_t)(months + 1) * 31 * 24 * 60 * 60, since = now;

    while (since - before > 1) {
        int64_t middle = before + (since - before) / 2;

        if (instant_months_later(middle, months) > now)
            since = middle;
        else
            before = middle;
    }
    return since;
}
