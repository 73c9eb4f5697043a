#include "erased.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "db.h"
#include "lex.h"

enum { HEX = 2 * CANONICAL_ENTRY };

void erased_line(struct buf *lines, const uint8_t hash[CANONICAL_ENTRY])
{
    char hex[HEX + 1];

    buf_addf(lines, "%s\n", sodium_bin2hex(hex, sizeof hex, hash, CANONICAL_ENTRY));
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
    return memcmp(a, b, CANONICAL_ENTRY);
}

/* A line that was cut off is followed by the next one, if any was added: then both are one long
 * line, whose end is whole. */
static bool read_lines(struct erased *erased, struct str text)
{
    const char *end;

    while (text.len && (end = memchr(text.data, '\n', text.len))) {
        size_t len = (size_t)(end - text.data);

        if (len < HEX)
            return false;
        erased->hashes = mem_grow(erased->hashes, erased->count, sizeof *erased->hashes);
        if (!lex_hex((struct str){end - HEX, HEX}, erased->hashes[erased->count++],
                     CANONICAL_ENTRY))
            return false;
        text.data = end + 1;
        text.len -= len + 1;
    }
    if (erased->count)
        qsort(erased->hashes, erased->count, sizeof *erased->hashes, compare);
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

bool erased_has(const struct erased *erased, const uint8_t hash[CANONICAL_ENTRY])
{
    return erased->count &&
           bsearch(hash, erased->hashes, erased->count, sizeof *erased->hashes, compare);
}

void erased_release(struct erased *erased)
{
    free(erased->hashes);
    *erased = (struct erased){0};
}
