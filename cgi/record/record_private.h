/* What writing and reading of records share.  Nobody else includes this. */
#ifndef TEADE_RECORD_PRIVATE_H
#define TEADE_RECORD_PRIVATE_H

#include "record.h"

#define RECORD_METHOD "web form"
#define RECORD_FIRST_VERSION "teade-record-v1"

/* What can be said on which basis, and what DPV calls the state after it. */
struct record_state {
    const char *basis;
    enum answer answer;
    const char *name;
};

/* NULL: there is none of this name on the basis. */
const struct record_state *record_state_named(struct str basis, struct str name);

#endif
