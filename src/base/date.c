#include "date.h"

#include <string.h>

static int digits(const char *text, size_t count)
{
    int value = 0;

    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

bool date_parse(struct str text, struct date *date)
{
    int year, month, day;

    if (text.len != 10 || text.data[4] != '-' || text.data[7] != '-')
        return false;
    year = digits(text.data, 4);
    month = digits(text.data + 5, 2);
    day = digits(text.data + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return false;
    memcpy(date->iso, text.data, 10);
    date->iso[10] = '\0';
    return true;
}

int date_year(struct date date)
{
    return digits(date.iso, 4);
}

int date_month(struct date date)
{
    return digits(date.iso + 5, 2);
}

int date_day(struct date date)
{
    return digits(date.iso + 8, 2);
}

/* Years begin in March, so that the day that leap years have more is the last one. */
long date_number(struct date date)
{
    long month = date_month(date), year = date_year(date) - (month < 3);

    month += month < 3 ? 9 : -3;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 +
           date_day(date) - 1;
}

bool revision_id_parse(struct str id, struct date *day, int *number)
{
    struct str tail;

    *number = 0;
    if (id.len <= 10)
        return date_parse(id, day);
    tail = (struct str){id.data + 11, id.len - 11};
    if (id.data[10] != '.' || tail.len < 1 || tail.len > 3 || tail.data[0] == '0')
        return false;
    *number = digits(tail.data, tail.len);
    return *number > 0 && date_parse((struct str){id.data, 10}, day);
}
