/* A disk that loses power: what a program wrote into one directory, with what was flushed.
 *
 * While disk_watch() is on, the program's own calls of write(), fsync(), rename() and the like,
 * those of its libraries too, are recorded (syscalls.c).  Afterwards disk_replay() goes through
 * them again, and disk_cut() writes what a machine can find whose power failed at that moment. */
#ifndef TEADE_DISK_H
#define TEADE_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which flushes do what they promise. */
enum disk_flushes { DISK_HONEST, DISK_IGNORES_WAL, DISK_IGNORES_ALL };

/* Forgets everything and records what happens in `folder`, which is empty. */
void disk_watch(const char *folder);
void disk_unwatch(void);

/* How many calls were recorded. */
size_t disk_calls(void);

/* Goes on to the state after the first `calls` calls; never back. */
void disk_begin(enum disk_flushes flushes);
void disk_replay(size_t calls);

/* Writes the files as they can be found now to `folder`, which is empty.  What was not flushed is
 * there, or not, or in part, sector by sector, as `random` has it; of names that were made, removed
 * or changed since the directory was flushed, the first few are. */
void disk_cut(const char *folder, uint64_t *random);

/* The next number below `limit`. */
uint64_t disk_random(uint64_t *random, uint64_t limit);

/* For syscalls.c. */
enum disk_call { DISK_CREATE, DISK_WRITE, DISK_TRUNCATE, DISK_FLUSH, DISK_RENAME, DISK_UNLINK };
void disk_record(enum disk_call call, const char *name, const char *other, int64_t offset,
                 const void *bytes, size_t len);
/* The name of a path or descriptor in the folder that is watched, "." for the folder itself, or
 * NULL. */
const char *disk_name(const char *path);
const char *disk_name_of(int descriptor);

#endif
