#include "instant.h"

#include <string.h>
#include <time.h>

#include "date.h"

void instant_write(int64_t instant, char text[INSTANT_SIZE])
{
    time_t when = instant < 0 ? 0 : (time_t)(instant > INSTANT_MAX ? INSTANT_MAX : instant);
    struct tm utc;

    gmtime_r(&when, &utc);
    strftime(text, INSTANT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* Two digits below a limit. */
static bool read_pair(const char *digits, int limit, int *value)
{
    if (digits[0] < '0' || digits[0] > '9' || digits[1] < '0' || digits[1] > '9')
        return false;
    *value = 10 * (digits[0] - '0') + digits[1] - '0';
    return *value < limit;
}

bool instant_read(struct str text, int64_t *instant)
{
    const struct date epoch = {"1970-01-01"};
    struct date day;
    int hour, minute, second;

    if (text.len != INSTANT_SIZE - 1 || text.data[10] != 'T' || text.data[13] != ':' ||
        text.data[16] != ':' || text.data[19] != 'Z' ||
        !date_parse((struct str){text.data, 10}, &day) || strcmp(day.iso, epoch.iso) < 0 ||
        !read_pair(text.data + 11, 24, &hour) || !read_pair(text.data + 14, 60, &minute) ||
        !read_pair(text.data + 17, 60, &second))
        return false;
    *instant = (int64_t)(date_number(day) - date_number(epoch)) * 24 * 60 * 60 + hour * 60 * 60 +
               minute * 60 + second;
    return true;
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
