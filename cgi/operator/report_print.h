/* What is counted over all visitors, on stdout. */
#ifndef TEADE_REPORT_PRINT_H
#define TEADE_REPORT_PRINT_H

#include "report.h"
#include "store/store.h"

/* How much there is; days only, for an instant would be one visitor's. */
bool records_stats(struct store *store, bool json);

/* What the words of an option say; false for words that say nothing. */
bool records_week_of(const char *day, void *week); /* YYYY-MM-DD; an int64_t of week.h */
bool records_by(const char *names, void *by);      /* between commas; added to an unsigned */

/* *sound false: a record was damaged and is not counted. */
bool records_report(struct store *store, const struct report_filter *filter, int64_t now, bool json,
                    bool *sound);

#endif
