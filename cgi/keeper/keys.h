/* The folder of keys, which the operator makes once and backs up apart from the database.
 *
 * visitor.key signs cookies: lines "ID HEX64" or "ID HEX64 cookies-only", identity.h.  log.key
 * signs the checkpoints of the log: a line of 64 hex digits, an Ed25519 seed. */
#ifndef TEADE_KEYS_H
#define TEADE_KEYS_H

#include <stdint.h>

#include "base/buf.h"

enum { KEYS_SEED = 32 };

/* A file of the folder, and how its line is written around random digits. */
struct keys_file {
    const char *name;
    int (*write)(char *line, size_t size, const char *hex);
};
extern const struct keys_file keys_files[]; /* ends with one without a name */

/* Makes FOLDER (0700) where it is not there, and in it a file (0600) from the system's
 * randomness.  A key that is there is never touched: *made is false then.
 * false with the reason in `why`. */
bool keys_make(const char *folder, const struct keys_file *file, bool *made, struct buf *why);

/* Why a key's file cannot be read, by errno, and what to do. */
void keys_say_unread(const char *path, struct buf *why);

/* Reads a file of the folder, which its owner alone may read; wipe and release the text either way.
 * false with the reason in `why`, which holds nothing of a key. */
bool keys_read(const char *folder, const char *name, struct buf *text, struct buf *why);

/* Reads log.key in the same way. */
bool keys_read_log(const char *folder, uint8_t seed[KEYS_SEED], struct buf *why);

#endif
