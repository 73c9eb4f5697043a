/* 1970-01-01 was a Thursday: three days after the Monday of week 0, whose every seventh day
 * after it is the Thursday of another week. */
#include "week.h"

#include <stdio.h>

#include "base/instant.h"
#include "record/record.h"

enum { DAY = 86400, WEEKS_BEFORE = 110000 /* 1970, and more: keeps a dividend above 0 */ };

static const struct date first = {"1970-01-01"};

int64_t week_at(int64_t seconds)
{
    return (seconds / DAY + 3) / 7;
}

int64_t week_of_day(struct date day)
{
    return (date_number(day) - date_number(first) + 3 + 7 * WEEKS_BEFORE) / 7 - WEEKS_BEFORE;
}

void week_name(int64_t week, char name[WEEK_NAME])
{
    char time[INSTANT_SIZE];
    struct date thursday, new_year;

    instant_write(7 * week * DAY, time);
    date_parse((struct str){time, 10}, &thursday);
    new_year = thursday;
    snprintf(new_year.iso + 4, sizeof new_year.iso - 4, "-01-01");
    snprintf(name, WEEK_NAME, "%.4s-W%02u", time,
             ((unsigned)(date_number(thursday) - date_number(new_year)) / 7 + 1) % 100);
}
