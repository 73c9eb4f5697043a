/* What is offered to visitors at an instant: the text in force and those announced.  Answers to a
 * text that was just superseded are still accepted for a while. */
#ifndef TEADE_OFFER_H
#define TEADE_OFFER_H

#include <stdint.h>

#include "base/manifest.h"
#include "record/act.h"

enum {
    OFFER_GRACE = 24 * 60 * 60
}; /* seconds in which answers to a text that is no longer offered are still accepted */

const struct manifest_document *offer_document(const struct manifest *manifest, const char *id);

/* A revision by its id, or NULL. */
const struct manifest_revision *offer_revision(const struct manifest_document *document,
                                               const char *id);

/* The revision in force, or NULL before the first. */
const struct manifest_revision *offer_in_force(const struct manifest_document *document,
                                               int64_t now);

/* Whether a revision is to come into force, and is not retracted by now. */
bool offer_is_announced(const struct manifest_revision *revision, int64_t now);

/* The newest that is not retracted: in force, or announced to be. */
const struct manifest_revision *offer_newest(const struct manifest_document *document, int64_t now);

/* Whether an answer given under the same revision, an older or a newer one is valid under a revision:
 * no revision in between asked for the purpose again.  A retracted revision asks nothing of those who
 * answered before it, but an answer to it is an answer to what it asked.  A no and a withdrawal apply
 * to all older revisions: consent ends at the moment of the withdrawal. */
bool offer_still_holds(const struct manifest_document *document,
                       const struct manifest_revision *revision, const struct standing *said);

/* The first revision, up to the one given, that asks again for an answer given under an older one;
 * NULL where none does. */
const struct manifest_revision *offer_asked_again(const struct manifest_document *document,
                                                 const struct manifest_revision *revision,
                                                 const struct standing *said);

/* A visitor's answer to a question under a revision, of their standings as store_standing() orders
 * them: the newest that is valid there; else, with *holds false, the newest given on an older one;
 * NULL where there is none. */
const struct standing *offer_said(const struct manifest_document *document,
                                  const struct manifest_revision *revision, const char *question,
                                  const struct standing *standings, size_t count, bool *holds);

/* Whether a standing is the first of its question. */
bool offer_is_newest_said(const struct standing *standings, size_t index);

/* Whether a revision of this id is newer than another; an unknown one is not. */
bool offer_is_newer(const struct manifest_document *document, const char *id,
                    const struct manifest_revision *than);

/* When an answer given at an instant expires: as many calendar months later, in UTC, as the site
 * has set, on the last day of a month that is too short. */
int64_t offer_expires(const struct manifest *manifest, int64_t given);

/* Whether a current answer has expired: a yes or a no can; an objection or a withdrawal never does. */
bool offer_has_expired(const struct manifest *manifest, int64_t now,
                       const struct standing *standing);

/* Whether the time of a yes or a no is ahead of the clock.  One of the two is wrong and its age is
 * unknown, so it is not valid. */
bool offer_is_ahead(int64_t now, const struct standing *standing);

const struct manifest_text *offer_text(const struct manifest_revision *revision,
                                       const char *language);

enum offer {
    OFFER_CURRENT, /* in force, announced, or superseded or retracted within the grace */
    OFFER_ENDED,   /* no longer offered: it cannot be answered, but its notice can be acknowledged */
    OFFER_CHANGED, /* not the words offered under that revision */
    OFFER_UNKNOWN  /* no such document, revision or language */
};

/* Finds the text that a form names. */
enum offer offer_find(const struct manifest *manifest, int64_t now, const char *document,
                      const char *revision, const char *language, const char *digest,
                      const struct manifest_revision **found_revision,
                      const struct manifest_text **found_text);

/* Whether any revision of a document ("": of any) asks a question of this id. */
bool offer_asks(const struct manifest *manifest, const char *document, const char *id);

/* A question of a revision by its id, or NULL; `index` is its place. */
const struct manifest_question *offer_question(const struct manifest_revision *revision,
                                               const char *id, size_t *index);

#endif
