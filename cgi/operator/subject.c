/* A handle is not in the database: it is made from each visitor's key until one fits.  A million
 * visitors take a second or two, and the operator asks seldom; a column would be one more thing
 * that an erasure leaves traces of. */
#include "subject.h"

#include <string.h>

#include "base/validate.h"
#include "record/disclosure.h"

bool subject_is_handle(const char *id)
{
    uint8_t handle[IDENTITY_HANDLE];

    return lex_hex(str_of(id), handle, sizeof handle);
}

bool subject_is_number(const char *id)
{
    uint8_t number[ACT_RECORD_ID];

    return lex_hex(str_of(id), number, sizeof number);
}

static bool is_other(void *context, const uint8_t visitor[ACT_VISITOR])
{
    struct subject *subject = context;
    uint8_t handle[IDENTITY_HANDLE];

    identity_handle(visitor, handle);
    subject->is_known = memcmp(handle, subject->handle, sizeof handle) == 0;
    if (subject->is_known)
        memcpy(subject->visitor, visitor, sizeof subject->visitor);
    return !subject->is_known;
}

/* What is left of a visitor who is gone: provisions that name the handle, or the number. */
struct trail {
    struct subject *subject;
    const uint8_t *number; /* or NULL: the handle */
    bool found;
};

static void follow(void *context, const struct store_provision *row)
{
    const struct provision *provision = row->view;
    struct trail *trail = context;

    if (!provision || trail->found)
        return;
    if (!trail->number)
        trail->found =
            memcmp(provision->handle, trail->subject->handle, sizeof provision->handle) == 0;
    else
        trail->found = memcmp(provision->id, trail->number, sizeof provision->id) == 0 ||
                       (provision->ground == GROUND_CONSENT &&
                        memcmp(provision->consent.record, trail->number, ACT_RECORD_ID) == 0);
    if (trail->found)
        memcpy(trail->subject->handle, provision->handle, sizeof provision->handle);
}

static bool find_by_handle(struct subject *subject, struct store *store, bool *found)
{
    struct trail trail = {.subject = subject};

    if (!store_visitors(store, is_other, subject))
        return false;
    *found = subject->is_known;
    if (*found)
        return true;
    if (!store_provisions(store, follow, &trail))
        return false;
    *found = trail.found;
    return true;
}

static bool find_by_number(struct subject *subject, struct store *store,
                           const uint8_t number[ACT_RECORD_ID], bool *found)
{
    struct trail trail = {.subject = subject, .number = number};

    if (!store_visitor_of(store, number, found, subject->visitor))
        return false;
    if (*found) {
        subject->is_known = subject->by_record = true;
        memcpy(subject->record, number, sizeof subject->record);
        identity_handle(subject->visitor, subject->handle);
        return true;
    }
    if (!store_provisions(store, follow, &trail))
        return false;
    return !trail.found || find_by_handle(subject, store, found);
}

bool subject_find(struct subject *subject, struct store *store, const char *id, bool *found)
{
    uint8_t number[ACT_RECORD_ID];

    *subject = (struct subject){.is_known = false};
    if (lex_hex(str_of(id), number, sizeof number))
        return find_by_number(subject, store, number, found);
    *found = false;
    return !lex_hex(str_of(id), subject->handle, sizeof subject->handle) ||
           find_by_handle(subject, store, found);
}
