/* A handle is not in the database: it is made from each visitor's key until one fits.  A million
 * visitors take a second or two, and the operator asks seldom; a column would be one more thing
 * to wipe when records are deleted. */
#include "subject.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/validate.h"
#include "record/disclosure.h"
#include "say.h"

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

/* What the argument is, by its length: false, neither. */
struct asked {
    bool by_record;
    uint8_t handle[IDENTITY_HANDLE], record[ACT_RECORD_ID];
};

static bool read_id(const char *id, struct asked *asked)
{
    asked->by_record = validate_hex(str_of(id), asked->record, sizeof asked->record);
    return asked->by_record || validate_hex(str_of(id), asked->handle, sizeof asked->handle);
}

/* *found false: nothing is left.  false: the database could not be read. */
static bool find(const struct asked *asked, struct store *store, struct subject *subject,
                 bool *found)
{
    *subject = (struct subject){.is_known = false};
    if (asked->by_record)
        return find_by_number(subject, store, asked->record, found);
    memcpy(subject->handle, asked->handle, sizeof subject->handle);
    return find_by_handle(subject, store, found);
}

struct store *subject_database(const struct options *options)
{
    struct buf why = BUF_INIT;
    struct store *store = store_open(options->database, STORE_READ, &why);

    if (!store)
        say_reason(EX_NOINPUT, &why);
    buf_release(&why);
    return store;
}

struct store *subject_open(const struct options *options, bool known, struct subject *subject,
                           int *status)
{
    const char *id = options->line.arguments[0];
    struct asked asked;
    struct store *store;
    bool found;

    if (!read_id(id, &asked)) {
        *status = options_misuse(
            options, "\"%s\" is neither a record ID (32 lower-case hex digits) nor a handle (64)",
            id);
        return NULL;
    }
    *status = EX_NOINPUT;
    if (!(store = subject_database(options)))
        return NULL;
    if (!find(&asked, store, subject, &found))
        *status = say_failure(EX_IOERR, "%s", store_why(store));
    else if (!found)
        *status = say_failure(EXIT_FAILURE,
                              "%s: no %s has this ID; check its digits: what was deleted or has "
                              "expired cannot be found",
                              id, asked.by_record ? "record or disclosure" : "visitor");
    else if (known && !subject->is_known)
        *status = say_failure(EXIT_FAILURE,
                              "%s: the visitor's records were deleted; see "
                              "`teade-records dossier`",
                              id);
    else
        return store;
    store_close(store);
    return NULL;
}

int subject_close(struct store *store, bool read, bool sound)
{
    int status = EX_OK;

    if (!read)
        status = say_failure(EX_IOERR, "%s", store_why(store));
    else if (!sound)
        status = say_failure(EXIT_FAILURE, "a record or a disclosure is damaged; see "
                                           "`teade-records verify`");
    store_close(store);
    return status;
}
