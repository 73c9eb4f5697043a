/* What is offered to visitors at an instant: the text in force and those announced; a
 * text that was just superseded is still taken for a while. */
#ifndef TEADE_OFFER_H
#define TEADE_OFFER_H

#include <stdint.h>

#include "base/manifest.h"
#include "record/act.h"

enum {
    OFFER_GRACE = 24 * 60 * 60
}; /* seconds that a text is still accepted that is offered no more */

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

/* Whether what was said, under the same revision, an older or a newer one, holds under a revision:
 * none in between asked for the purpose again.  A retracted one asked nobody who had answered
 * before it; but whoever answered it, answered what it asked.  A no and a withdrawal count for all
 * older ones: consent ends the moment somebody says so. */
bool offer_still_holds(const struct manifest_document *document,
                       const struct manifest_revision *revision, const struct standing *said);

/* The first revision, until the one given, that asks again for what was said under an older one;
 * NULL where none does. */
const struct manifest_revision *offer_asked_again(const struct manifest_document *document,
                                                 const struct manifest_revision *revision,
                                                 const struct standing *said);

/* What a visitor's standings, as store_standing() orders them, say to a question under a revision:
 * the newest that holds there; else, with *holds false, the newest said on an older one; NULL where
 * there is none. */
const struct standing *offer_said(const struct manifest_document *document,
                                  const struct manifest_revision *revision, const char *question,
                                  const struct standing *standings, size_t count, bool *holds);

/* Whether a standing is the first of its question. */
bool offer_is_newest_said(const struct standing *standings, size_t index);

/* Whether a revision of this id is newer than another; an unknown one is not. */
bool offer_is_newer(const struct manifest_document *document, const char *id,
                    const struct manifest_revision *than);

/* When an answer given at an instant expires: as many calendar months later, in UTC, as the site
 * says, on the last day of a month that is too short. */
int64_t offer_expires(const struct manifest *manifest, int64_t given);

/* Whether what stands has: a yes or a no; an objection or a withdrawal never does. */
bool offer_has_expired(const struct manifest *manifest, int64_t now,
                       const struct standing *standing);

/* Whether the time of a yes or a no is ahead of the clock, of which one is wrong: nobody knows how
 * old it is, so that it is not valid either. */
bool offer_is_ahead(int64_t now, const struct standing *standing);

const struct manifest_text *offer_text(const struct manifest_revision *revision,
                                       const char *language);

enum offer {
    OFFER_CURRENT, /* in force, announced, or superseded or retracted within the grace */
    OFFER_ENDED,   /* offered no more: nothing can be answered, but it can be said to be seen */
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
