#include "format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* One field of a CLDR date pattern: a run of the same letter (UTS #35). */
static void add_field(const struct manifest_language *language, char letter, size_t len,
                      const struct tm *day, struct buf *out)
{
    if (letter == 'y')
        buf_addf(out, "%d", day->tm_year + 1900);
    else if (letter == 'd')
        buf_addf(out, "%0*d", (int)len, day->tm_mday);
    else if (letter == 'M' && len > 2)
        buf_adds(out, language->months[day->tm_mon]);
    else if (letter == 'M' || letter == 'L')
        buf_addf(out, "%0*d", (int)len, day->tm_mon + 1);
    else if (letter == 'H')
        buf_addf(out, "%0*d", (int)len, day->tm_hour);
    else if (letter == 'm')
        buf_addf(out, "%0*d", (int)len, day->tm_min);
}

static void add_pattern(const struct manifest_language *language, const char *pattern,
                        const struct tm *day, struct buf *out)
{
    bool quoted = false;

    for (const char *p = pattern; *p;) {
        size_t len = 1;

        if (*p == '\'') {
            quoted = !quoted;
        } else if (!quoted && strchr("yMdLHm", *p)) {
            len = strspn(p, (char[]){*p, '\0'});
            add_field(language, *p, len, day, out);
        } else {
            buf_addc(out, *p);
        }
        p += len;
    }
}

static void add_time(const struct manifest_language *language, const struct tm *time,
                     struct buf *out)
{
    add_pattern(language, language->time_pattern, time, out);
    buf_adds(out, " UTC");
}

void format_time(const struct manifest_language *language, int64_t time, struct buf *out)
{
    time_t instant = (time_t)time;
    struct tm parts;

    gmtime_r(&instant, &parts);
    add_time(language, &parts, out);
}

/* Parses YYYY-MM-DD or YYYY-MM-DDTHH:MM and whatever follows; false: it is neither. */
static bool parse_parts(const char *text, struct tm *parts)
{
    int got = sscanf(text, "%4d-%2d-%2dT%2d:%2d", &parts->tm_year, &parts->tm_mon, &parts->tm_mday,
                     &parts->tm_hour, &parts->tm_min);

    parts->tm_year -= 1900;
    parts->tm_mon--;
    return got >= 3 && parts->tm_mon >= 0 && parts->tm_mon < 12;
}

void format_instant(const struct manifest_language *language, const char *utc, struct buf *out)
{
    struct tm parts = {0};

    if (parse_parts(utc, &parts))
        add_time(language, &parts, out);
}

void format_day(const struct manifest_language *language, const char *day, struct buf *out)
{
    struct tm parts = {0};

    if (parse_parts(day, &parts))
        add_pattern(language, language->date_pattern, &parts, out);
}

void format_version(const struct manifest_language *language, const char *revision, struct buf *out)
{
    const char *number = strchr(revision, '.');

    format_day(language, revision, out);
    if (number)
        buf_addf(out, " (%ld)", strtol(number + 1, NULL, 10) + 1);
}

const char *format_language(const struct manifest *manifest,
                            const struct manifest_language *language, const char *tag)
{
    for (size_t i = 0; i < manifest->language_count; i++)
        if (strcmp(manifest->languages[i].tag, tag) == 0)
            return language->names[i];
    return tag;
}
