/* Long dates.  Opening a format takes ICU as long as a page takes us, and formatting a date as long
 * as a paragraph; a site has few languages, and the same few days on all its pages.  So each thread
 * keeps the formats and the days it used last. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>

#include "base/mem.h"
#include "jobs/thread_own.h"
#include "language.h"
#include "language_private.h"

enum {
    LANGUAGES_KEPT = 12,
    DAYS_KEPT = 256, /* of each; by their number, so that those of eight months are all kept */
};

struct day {
    struct date date; /* "": none */
    struct buf text;
};

struct long_date {
    char tag[ULOC_FULLNAME_CAPACITY]; /* a longer one is opened each time */
    UDateFormat *format;
    struct day days[DAYS_KEPT];
};

static UDateFormat *open_format(const char *tag)
{
    static const UChar utc[] = {'U', 'T', 'C', 0};
    UErrorCode status = U_ZERO_ERROR;
    UDateFormat *format =
        udat_open(UDAT_NONE, UDAT_LONG, language_locale(tag).id, utc, -1, NULL, 0, &status);

    assert(U_SUCCESS(status));
    return format;
}

/* A thread's own. */
struct long_dates {
    struct long_date kept[LANGUAGES_KEPT];
    size_t next; /* to be replaced */
};

static void close_long_date(struct long_date *kept)
{
    for (size_t i = 0; i < DAYS_KEPT; i++)
        buf_release(&kept->days[i].text);
    udat_close(kept->format);
}

static void free_long_dates(void *dates)
{
    for (size_t i = 0; i < LANGUAGES_KEPT; i++)
        close_long_date(&((struct long_dates *)dates)->kept[i]);
    free(dates);
}

static struct thread_own own = {.size = sizeof(struct long_dates), .release = free_long_dates};

static struct long_date *long_date(const char *tag)
{
    struct long_dates *dates = thread_own(&own);
    size_t i = 0;

    while (i < LANGUAGES_KEPT && strcmp(dates->kept[i].tag, tag) != 0)
        i++;
    if (i == LANGUAGES_KEPT) {
        i = dates->next++ % LANGUAGES_KEPT;
        close_long_date(&dates->kept[i]);
        dates->kept[i] = (struct long_date){.format = open_format(tag)};
        snprintf(dates->kept[i].tag, sizeof dates->kept[i].tag, "%s", tag);
    }
    return &dates->kept[i];
}

/* Noon avoids every question about where a day begins; formats are in UTC. */
static UDate utc_noon(struct date date)
{
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar = ucal_open(u"UTC", -1, "en", UCAL_GREGORIAN, &status);
    UDate instant;

    ucal_clear(calendar);
    ucal_setDateTime(calendar, date_year(date), date_month(date) - 1, date_day(date), 12, 0, 0,
                     &status);
    instant = ucal_getMillis(calendar, &status);
    assert(U_SUCCESS(status));
    ucal_close(calendar);
    return instant;
}

static void format_day(UDateFormat *format, struct date date, struct buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[LANGUAGE_NAME_MAX];
    int32_t len = udat_format(format, utc_noon(date), text, LANGUAGE_NAME_MAX, NULL, &status);

    assert(U_SUCCESS(status));
    language_add_utf16(out, text, len);
}

void language_date(const char *tag, struct date date, struct buf *out)
{
    struct long_date *kept = long_date(tag);
    struct day *day = &kept->days[(size_t)date_number(date) % DAYS_KEPT];

    if (strcmp(day->date.iso, date.iso) != 0) {
        buf_release(&day->text);
        buf_init(&day->text);
        format_day(kept->format, date, &day->text);
        day->date = date;
    }
    buf_addstr(out, buf_str(&day->text));
}

void language_date_pattern(const char *tag, struct buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[LANGUAGE_NAME_MAX];
    int32_t len = udat_toPattern(long_date(tag)->format, false, text, LANGUAGE_NAME_MAX, &status);

    assert(U_SUCCESS(status));
    language_add_utf16(out, text, len);
}

void language_time_pattern(const char *tag, struct buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UDateTimePatternGenerator *generator = udatpg_open(language_locale(tag).id, &status);
    UChar text[LANGUAGE_NAME_MAX];
    int32_t len =
        udatpg_getBestPattern(generator, u"yMMMMdHHmm", -1, text, LANGUAGE_NAME_MAX, &status);

    assert(U_SUCCESS(status));
    language_add_utf16(out, text, len);
    udatpg_close(generator);
}

void language_month(const char *tag, int month, struct buf *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[LANGUAGE_NAME_MAX];
    int32_t len = udat_getSymbols(long_date(tag)->format, UDAT_MONTHS, month - 1, text,
                                  LANGUAGE_NAME_MAX, &status);

    assert(U_SUCCESS(status));
    language_add_utf16(out, text, len);
}
