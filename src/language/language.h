/* What differs between languages and places, from ICU and CLDR: names of languages and
 * countries, dates, writing direction.  The only module that knows ICU's
 * locale data; nothing here depends on the machine's own locales. */
#ifndef TEADE_LANGUAGE_H
#define TEADE_LANGUAGE_H

#include "base/date.h"

/* Whether ICU has data for a BCP 47 tag such as et, ja or pt-BR. */
bool language_known(const char *tag);
/* Why a tag cannot be used, to follow it in a finding; NULL: it is known. */
const char *language_problem(const char *tag);
/* How a tag such as FR or pt_br is spelled, to be freed; NULL: it is no language's. */
char *language_spelling(const char *tag);

/* Text for readers of `tag`, added to `out`. */
void language_name(const char *tag, const char *of_tag, struct buf *out); /* "Estonian" */
void language_own_name(const char *tag, struct buf *out); /* "Eesti", as a heading has it */
void language_country(const char *tag, const char *country, struct buf *out); /* ISO 3166 alpha-2 */
void language_date(const char *tag, struct date date, struct buf *out);       /* 22 November 2026 */

/* The separator between two names in a list, or before its last: ", ", "、" or " und ". */
void language_separator(const char *tag, bool last, struct buf *out);

/* Whether a code is one of ISO 3166-1 alpha-2 that ICU knows. */
bool country_known(const char *code);

bool language_right_to_left(const char *tag);
/* Whether headings break between phrases (east_asian_phrases): Japanese. */
bool language_breaks_phrases(const char *tag);

/* CLDR's patterns of the long date, and of that with hours (0 to 23) and minutes, and the names
 * of the twelve months in the form that they need, for the endpoint, which has no ICU. */
void language_date_pattern(const char *tag, struct buf *out);
void language_time_pattern(const char *tag, struct buf *out);
void language_month(const char *tag, int month /* 1 to 12 */, struct buf *out);

/* How many plural forms a language has by CLDR for whole numbers, which are all that gettext
 * counts; `usual` without the one that only round millions of French and its sisters have. */
struct plural_forms {
    int count, usual;
};
struct plural_forms language_plural_forms(const char *tag);

/* Whether a function from a number to a form, from 0, is that of a language: as many forms, in the
 * order zero, one, two, few, many, other, for the usual numbers. */
bool language_counts_by(const char *tag, int count, int (*form)(unsigned long n));

#endif
