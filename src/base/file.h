/* Files and directories.  Failure is false with errno set; nothing is reported here. */
#ifndef TEADE_FILE_H
#define TEADE_FILE_H

#include "buf.h"

/* The whole file, added to `out`. */
bool file_read(const char *path, struct buf *out);

/* Writes a new file, making the directories above it; an existing one is an error (EEXIST). */
bool file_create(const char *path, struct str content);

/* Makes the new name `to`, with the directories above it, another one of the file `from`. */
bool file_link(const char *from, const char *to);

/* Replaces a file: written to a temporary file in the same directory, flushed to disk, renamed over
 * it. */
bool file_replace(const char *path, struct str content);

/* Gives a file another name in its folder, for good when it returns; a file of that name is
 * replaced. */
bool file_rename(const char *from, const char *to);

/* Appends to a file and flushes it to disk.  A missing file is created, readable only by its
 * owner. */
bool file_append(const char *path, struct str content);

/* Flushes the names in the folder of a file to disk. */
bool file_flush_folder(const char *path);

bool file_exists(const char *path);
bool directory_make(const char *path);   /* with its parents; existing is fine */
bool directory_remove(const char *path); /* with its content; absent is fine */

bool directory_is_empty(const char *path); /* false also where it cannot be read */

/* The names in a directory in byte order, without those that begin with a dot;
 * frees the names when done: names_release. */
struct names {
    char **name;
    size_t count;
};
bool directory_list(const char *path, struct names *names);
void names_release(struct names *names);

#endif
