/* Calendar days and revision ids as text: they sort and compare without arithmetic. */
#ifndef TEADE_DATE_H
#define TEADE_DATE_H

#include "buf.h"

/* A day of the proleptic Gregorian calendar; strcmp() orders days. */
struct date {
    char iso[11]; /* YYYY-MM-DD, or "" for none */
};

/* Reads YYYY-MM-DD; false unless it is a day that exists. */
bool date_parse(struct str text, struct date *date);

int date_year(struct date date);
int date_month(struct date date); /* 1 to 12 */
int date_day(struct date date);   /* 1 to 31 */

/* Days since 0000-03-01, for differences. */
long date_number(struct date date);

/* Whether a revision id is YYYY-MM-DD or YYYY-MM-DD.N with N from 1 to 999. */
bool revision_id_parse(struct str id, struct date *day, int *number);

#endif
