/* Checkpoints, C2SP tlog-checkpoint: what a log says about itself at one size.
 *
 * The text of the note is a line each: the origin, the size in decimal, the root in base64; then
 * any extension lines.  None is empty. */
#ifndef TEADE_CHECKPOINT_H
#define TEADE_CHECKPOINT_H

#include "merkle.h"
#include "note.h"

struct checkpoint {
    struct str origin; /* the log's name: example.com/choices/log */
    uint64_t size;     /* leaves, at most MERKLE_SIZE_MAX */
    struct merkle_hash root;
    struct str extensions; /* whole lines, or nothing */
};

/* A look into the text.  false: not in the one spelling that checkpoint_sign() writes. */
bool checkpoint_parse(struct str text, struct checkpoint *checkpoint);

/* Adds the signed note.  false, and nothing is added: its texts are not lines, or its size is too
 * large. */
bool checkpoint_sign(const struct checkpoint *checkpoint, const struct note_signer *signer,
                     struct buf *out);

/* A look into the note.  A log speaks by the keys that bear its name: one whose key says
 * something about another origin is NOTE_MALFORMED, like what is no checkpoint.  Nothing is set
 * unless the result is NOTE_VALID. */
enum note_result checkpoint_open(struct str note, const struct note_key *keys, size_t count,
                                 struct checkpoint *checkpoint);

#endif
