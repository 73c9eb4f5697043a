#include "log_anchor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/number.h"
#include "checkpoint.h"
#include "signers.h"

bool anchor_write(const char *file, const char *note)
{
    return file_replace(file, str_of(note)) && file_flush_folder(file);
}

static bool compare(const struct checkpoint *anchor, const char *file, struct store *store,
                    struct buf *why)
{
    struct merkle_hash root;
    int64_t size;

    if (!store_log_size(store, &size)) {
        buf_adds(why, store_why(store));
        return false;
    }
    if ((int64_t)anchor->size > size) {
        buf_addf(why,
                 "the database was rolled back, or its end is lost: it has %s where %s knows of %lld",
                 number_of(size, "entry", "entries").text, file, (long long)anchor->size);
        return false;
    }
    if (anchor->size == 0)
        return true;
    if (!store_root(store, (int64_t)anchor->size, &root)) {
        buf_adds(why, store_why(store));
        return false;
    }
    if (merkle_equal(&root, &anchor->root))
        return true;
    buf_addf(why, "the database does not begin with the %s that %s was made of",
             number_of((long long)anchor->size, "entry", "entries").text, file);
    return false;
}

/* The note's text, whoever signed it. */
static bool read_text(struct str note, struct checkpoint *anchor)
{
    const char *end = note.len ? memmem(note.data, note.len, "\n\n", 2) : NULL;

    return end && checkpoint_parse((struct str){note.data, (size_t)(end - note.data) + 1}, anchor);
}

static bool is_signed(struct str note, const char *file, struct store *store, struct buf *why)
{
    struct checkpoint anchor;
    struct signers signers;
    bool ok = signers_read(&signers, store);

    if (!ok)
        buf_adds(why, store_why(store));
    else if (checkpoint_open(note, signers.keys, signers.count, &anchor) != NOTE_VALID) {
        buf_addf(why, "%s: is not signed by a key that the database knows", file);
        ok = false;
    }
    signers_release(&signers);
    return ok;
}

/* What it says is compared first: a database that lost its end may have lost the key as well. */
static bool judge(struct str note, const char *file, struct store *store, struct buf *why)
{
    struct checkpoint anchor;

    if (!read_text(note, &anchor)) {
        buf_addf(why, "%s: is not a head of the log", file);
        return false;
    }
    return compare(&anchor, file, store, why) && is_signed(note, file, store, why);
}

/* A head that was kept in a mail has the mail's ends of lines, and more or fewer of them behind it;
 * none of them is signed. */
static void take_note(struct str text, struct buf *note)
{
    text = str_trim(text);
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] != '\r' || i + 1 == text.len || text.data[i + 1] != '\n')
            buf_addc(note, text.data[i]);
    buf_addc(note, '\n');
}

bool anchor_holds(const char *file, struct store *store, bool *is_there, struct buf *why)
{
    struct buf text = BUF_INIT, note = BUF_INIT;
    bool ok = true;

    *is_there = file_read(file, &text);
    if (*is_there) {
        take_note(buf_str(&text), &note);
        ok = judge(buf_str(&note), file, store, why);
    } else if (errno != ENOENT) {
        buf_addf(why, "%s: cannot be read: %s", file, strerror(errno));
        ok = false;
    }
    buf_release(&note);
    buf_release(&text);
    return ok;
}
