/* A copy of the database and what happened to the database since, so that a copy which takes its
 * place does not bring back who was erased meanwhile. */
#ifndef TEADE_STORE_REAPPLY_H
#define TEADE_STORE_REAPPLY_H

#include "erased.h"
#include "store.h"

/* What a database knows that its copy does not. */
struct store_since {
    /* Its log goes on where the copy's ends, and was read to the end: all that was closed since is
     * known.  Else the two are no copies of each other, or not of one another's past. */
    bool follows;
    bool related;             /* they have entries in common, or the copy has none */
    int64_t entries, records; /* that the copy lacks; records: those that are open */
    int64_t from, until;      /* of these records, UTC seconds */
    struct store_closed {
        int64_t place;
        enum closing_reason reason;
    } * closed; /* entries of the copy that the database closed, their places rising */
    size_t closed_count;
};

/* `fault` is told what is wrong with the database's own closings; they are heeded all the same,
 * for the sake of who may have been erased.  false, with the reason in store_why(live or copy): not
 * all of it could be read, and `since` has the rest.  Release it either way. */
bool store_compare(struct store *live, struct store *copy, struct store_since *since,
                   void (*fault)(void *context, const char *what), void *context);
void store_since_release(struct store_since *since);

/* Closes in the copy what was closed since, and all that it has besides of a visitor who was
 * erased: by the database (`since` may be NULL), or by what is noted outside of it.  A hash
 * decides, never a place alone: after a copy took the database's place once, the same place has had
 * two entries.  One transaction; *closed counts the records. Provisions stay, and lose the visitors
 * that go. */
bool store_replay(struct store *copy, const struct store_since *since, const struct erased *erased,
                  int64_t now, int64_t *closed);

#endif
