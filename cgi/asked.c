/* The form of a text is its end, and each question is an item of a list (templates/text.md):
 *
 *   - LABEL (`PURPOSE.RECIPIENT`)\
 *     Recipient: NAME (COUNTRY). Data: DATA\
 *     …
 *
 * Whoever wrote the article can have written the like of it; the last one is the form's. */
#include "asked.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *find_last(struct str text, struct str words)
{
    const char *last = NULL, *found = text.data;
    const char *end = text.data + text.len;

    while ((found = memmem(found, (size_t)(end - found), words.data, words.len)))
        last = found++;
    return last;
}

/* CommonMark's backslashes before what would be its signs. */
static void add_plain(struct buf *out, const char *from, const char *end)
{
    for (; from < end; from++) {
        if (*from == '\\' && from + 1 < end && ispunct((unsigned char)from[1]))
            from++;
        buf_addc(out, *from);
    }
}

/* Where the item's words begin, or NULL. */
static const char *begin_of(struct str text, const char *id)
{
    const char *line = memrchr(text.data, '\n', (size_t)(id - text.data));

    line = line ? line + 1 : text.data;
    return id - line > 2 && memcmp(line, "- ", 2) == 0 ? line + 2 : NULL;
}

bool asked_of(struct str text, const char *question, struct buf *out)
{
    char *mark = mem_printf(" (`%s`)\\\n  ", question);
    size_t len = strlen(mark);
    const char *id = text.len ? find_last(text, str_of(mark)) : NULL;
    const char *label = id ? begin_of(text, id) : NULL, *end = NULL;

    if (label)
        end = memmem(id + len, text.len - (size_t)(id + len - text.data), "\\\n", 2);
    if (end) {
        add_plain(out, label, id);
        buf_addc(out, '\n');
        add_plain(out, id + len, end);
    }
    free(mark);
    return end;
}
