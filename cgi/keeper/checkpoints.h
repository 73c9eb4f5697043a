/* The checkpoints of the log: the keeper signs one for the public at most once in an interval, one
 * for a receipt whenever the record is newer than the last, and one for the anchor while the log
 * grows.
 */
#ifndef TEADE_CHECKPOINTS_H
#define TEADE_CHECKPOINTS_H

#include "keys.h"
#include "log/note.h"
#include "store/store.h"
#include "store/store_log.h"

struct checkpoints_options {
    const char *keys;   /* the folder with log.key */
    const char *anchor; /* its file */
    int64_t interval;   /* seconds between two checkpoints for the public */
};

struct checkpoints {
    const struct checkpoints_options *options;
    struct store *store;
    uint8_t seed[KEYS_SEED];
    struct note_signer signer; /* speaks for the origin */
    bool has_signer;           /* the site is known */
    bool introduced;           /* the database has the signer's key */
    int64_t public_size;       /* entries of the newest checkpoint for the public */
    int64_t public_at; /* milliseconds of a clock that never turns back: when the next is due */
    int64_t anchored;  /* entries the anchor knows of */
    int64_t anchor_at; /* milliseconds, when it moves next */
};

/* Reads the key, and compares a database that was just opened with its anchor and its own tree.
 * false with the reason in `why`: it is not to be written to. */
bool checkpoints_begin(struct checkpoints *checkpoints, const struct checkpoints_options *options,
                       struct store *store, struct buf *why);

/* The site speaks under its address: ORIGIN is HOST/choices/log. */
void checkpoints_speak_for(struct checkpoints *checkpoints, const char *base_url);

/* Milliseconds until the next checkpoint is due; -1: none is. */
int checkpoints_due(const struct checkpoints *checkpoints);

/* Signs what is due; `now` is UTC seconds.  Not in a transaction. */
void checkpoints_do(struct checkpoints *checkpoints, int64_t now);

/* The newest signed checkpoint that the entry at a place is in, made where there is none; in a
 * transaction. Adds the note. */
bool checkpoints_cover(struct checkpoints *checkpoints, int64_t place, int64_t now, int64_t *size,
                       struct buf *note);

/* Moves the anchor to the end, and forgets the key. */
void checkpoints_end(struct checkpoints *checkpoints, int64_t now);

#endif
