#include "erased.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/validate.h"
#include "database/database_name.h"

enum { HEX = 2 * CANONICAL_ENTRY };

static const char *const words[ERASED_KINDS] = {"erasure ", "retention ", "withdrawal ",
                                                "objection "};

_Static_assert((int)ERASED_ERASURE == (int)CLOSING_ERASURE &&
                   (int)ERASED_RETENTION == (int)CLOSING_RETENTION,
               "a reason is a kind");

void erased_line(struct buf *lines, enum erased_kind kind, const uint8_t hash[CANONICAL_ENTRY])
{
    char hex[HEX + 1];

    buf_addf(lines, "%s%s\n", words[kind], sodium_bin2hex(hex, sizeof hex, hash, CANONICAL_ENTRY));
}

static char *path_of(const char *database)
{
    return mem_printf("%s.erased", database_file(database));
}

bool erased_note(const char *database, struct str lines)
{
    char *path = path_of(database);
    bool ok = file_append(path, lines);

    free(path);
    return ok;
}

static int compare(const void *a, const void *b)
{
    const struct erased_entry *left = a, *right = b;
    int order = memcmp(left->hash, right->hash, CANONICAL_ENTRY);

    return order ? order : (left->kind > right->kind) - (left->kind < right->kind);
}

/* A line that was cut off is followed by the next one, if any was added: then both are one long
 * line, whose end is whole. */
static bool read_line(struct str line, struct erased_entry *entry)
{
    const char *hash = line.data + line.len - HEX;

    for (int kind = 0; kind < ERASED_KINDS; kind++) {
        size_t word = strlen(words[kind]);

        entry->kind = (enum erased_kind)kind;
        if (line.len >= HEX + word && memcmp(hash - word, words[kind], word) == 0)
            return validate_hex((struct str){hash, HEX}, entry->hash, CANONICAL_ENTRY);
    }
    return false;
}

bool erased_add(struct erased *erased, struct str lines)
{
    const char *end;

    while (lines.len && (end = memchr(lines.data, '\n', lines.len))) {
        size_t len = (size_t)(end - lines.data);

        erased->entries = mem_grow(erased->entries, erased->count, sizeof *erased->entries);
        if (!read_line((struct str){lines.data, len}, &erased->entries[erased->count++]))
            return false;
        lines.data = end + 1;
        lines.len -= len + 1;
    }
    erased->is_cut |= lines.len > 0;
    if (erased->count)
        qsort(erased->entries, erased->count, sizeof *erased->entries, compare);
    return true;
}

bool erased_read(struct erased *erased, const char *database, struct buf *why)
{
    char *path = path_of(database);
    struct buf text = BUF_INIT;
    struct stat status;
    bool ok;

    *erased = (struct erased){0};
    erased->is_there = lstat(path, &status) == 0;
    ok = erased->is_there ? S_ISREG(status.st_mode) && file_read(path, &text) : errno == ENOENT;
    if (erased->is_there && !S_ISREG(status.st_mode))
        buf_addf(why, "%s: is not a regular file", path);
    else if (!ok)
        buf_addf(why, "%s: cannot be read: %s", path, strerror(errno));
    else if (!(ok = erased_add(erased, buf_str(&text))))
        buf_addf(why, "%s: is not a list of deletions and withdrawals", path);
    buf_release(&text);
    free(path);
    return ok;
}

bool erased_has(const struct erased *erased, enum erased_kind kind,
                const uint8_t hash[CANONICAL_ENTRY])
{
    struct erased_entry wanted = {.kind = kind};

    memcpy(wanted.hash, hash, CANONICAL_ENTRY);
    return erased->count &&
           bsearch(&wanted, erased->entries, erased->count, sizeof wanted, compare);
}

enum closing_reason erased_why(const struct erased *erased, const uint8_t hash[CANONICAL_ENTRY])
{
    return erased_has(erased, ERASED_ERASURE, hash)     ? CLOSING_ERASURE
           : erased_has(erased, ERASED_RETENTION, hash) ? CLOSING_RETENTION
                                                        : CLOSING_REASONS;
}

void erased_release(struct erased *erased)
{
    free(erased->entries);
    *erased = (struct erased){0};
}
