#include "erased.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/validate.h"
#include "db.h"

enum { HEX = 2 * CANONICAL_ENTRY };

void erased_line(struct buf *lines, enum closing_reason reason, const uint8_t hash[CANONICAL_ENTRY])
{
    char hex[HEX + 1];

    buf_addf(lines, "%s %s\n", closing_reasons[reason],
             sodium_bin2hex(hex, sizeof hex, hash, CANONICAL_ENTRY));
}

static char *path_of(const char *database)
{
    return mem_printf("%s.erased", db_file(database));
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

    return order ? order : (left->reason > right->reason) - (left->reason < right->reason);
}

/* A line that was cut off is followed by the next one, if any was added: then both are one long
 * line, whose end is whole. */
static bool read_line(struct str line, struct erased_entry *entry)
{
    static const char erasure[] = "erasure ";
    const size_t word = sizeof erasure - 1;
    const char *hash = line.data + line.len - HEX;

    if (line.len < HEX)
        return false;
    entry->reason = line.len >= HEX + word && memcmp(hash - word, erasure, word) == 0
                        ? CLOSING_ERASURE
                        : CLOSING_RETENTION;
    return lex_hex((struct str){hash, HEX}, entry->hash, CANONICAL_ENTRY);
}

static bool read_lines(struct erased *erased, struct str text)
{
    const char *end;

    while (text.len && (end = memchr(text.data, '\n', text.len))) {
        size_t len = (size_t)(end - text.data);

        erased->entries = mem_grow(erased->entries, erased->count, sizeof *erased->entries);
        if (!read_line((struct str){text.data, len}, &erased->entries[erased->count++]))
            return false;
        text.data = end + 1;
        text.len -= len + 1;
    }
    if (erased->count)
        qsort(erased->entries, erased->count, sizeof *erased->entries, compare);
    return true;
}

bool erased_read(struct erased *erased, const char *database, struct buf *why)
{
    char *path = path_of(database);
    struct buf text = BUF_INIT;
    bool ok;

    *erased = (struct erased){0};
    erased->is_there = file_read(path, &text);
    ok = erased->is_there || errno == ENOENT;
    if (!ok)
        buf_addf(why, "%s: cannot be read: %s", path, strerror(errno));
    else if (!(ok = read_lines(erased, buf_str(&text))))
        buf_addf(why, "%s: is not a list of entries that were closed", path);
    buf_release(&text);
    free(path);
    return ok;
}

enum closing_reason erased_why(const struct erased *erased, const uint8_t hash[CANONICAL_ENTRY])
{
    enum closing_reason reason = CLOSING_ERASURE;

    for (; reason < CLOSING_REASONS; reason++) {
        struct erased_entry wanted = {.reason = reason};

        memcpy(wanted.hash, hash, CANONICAL_ENTRY);
        if (erased->count &&
            bsearch(&wanted, erased->entries, erased->count, sizeof wanted, compare))
            break;
    }
    return reason;
}

void erased_release(struct erased *erased)
{
    free(erased->entries);
    *erased = (struct erased){0};
}
