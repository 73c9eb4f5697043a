/* What a visitor said, told to a report without a store between. */
#ifndef TEADE_REPORT_FIXTURE_H
#define TEADE_REPORT_FIXTURE_H

#include "store_fixture.h"

#include "report.h"
#include "week.h"

enum { WEEKS = 3 }; /* that are over; the one after them is not */

#define DAY INT64_C(86400)
#define MONDAY (NOON + DAY / 2) /* NOON is a Sunday's */

struct said {
    int visitor, offer, question, week;
    enum answer answer;
};

/* A consent is withdrawn, an objection taken back. */
static inline enum report_said column_of(const struct said *said)
{
    bool back = said->answer == ANSWER_WITHDRAWN && said->question == QUESTIONS - 1;

    return back ? REPORT_TAKEN_BACK : (enum report_said)said->answer;
}

static inline void tell(struct report *report, const struct said *said)
{
    struct record_view view = {.seconds = MONDAY + said->week * 7 * DAY};

    view.act = act_on(ACT_ANSWERS, said->visitor, false, said->offer);
    view.basis[0] = asked[said->question].basis;
    say(&view.act, asked[said->question].id, said->answer);
    report_take(report, said->visitor, &view);
}

static inline struct report *report_empty(void)
{
    return report_new(MONDAY + WEEKS * 7 * DAY);
}

#endif
