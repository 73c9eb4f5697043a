#include "anchor_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/number.h"
#include "log/checkpoint.h"
#include "store/signers.h"

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
                 "the database was rolled back, or its end is lost: it has %s, but %s has %lld",
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
    buf_addf(why, "the database does not match %s in its first %s", file,
             number_of((long long)anchor->size, "entry", "entries").text);
    return false;
}

/* A look into the note, set where a key that the database knows has signed it. */
static bool open_note(struct str note, const char *file, struct store *store,
                      struct checkpoint *anchor, struct buf *why)
{
    static const char *const faults[] = {
        [NOTE_MALFORMED] = "is not a signed checkpoint of the log",
        [NOTE_UNKNOWN] =
            "is not signed by a key in the database: it belongs to another log, or the "
            "database is older than the key",
        [NOTE_FORGED] =
            "is not signed by a key in the database: it was changed after it was signed",
    };
    struct signers signers;
    enum note_result result = NOTE_MALFORMED;
    bool ok = signers_read(&signers, store);

    if (ok)
        result = checkpoint_open(note, signers.keys, signers.count, anchor);
    signers_release(&signers);
    if (!ok)
        buf_adds(why, store_why(store));
    else if (result != NOTE_VALID)
        buf_addf(why, "%s: %s", file, faults[result]);
    return ok && result == NOTE_VALID;
}

/* What nobody has signed accuses no database: the signature comes first. */
static bool judge(struct str note, const char *file, struct store *store, struct buf *why)
{
    struct checkpoint anchor;

    return open_note(note, file, store, &anchor, why) && compare(&anchor, file, store, why);
}

/* A checkpoint that was kept in a mail has the mail's ends of lines, and more or fewer of them
 * behind it; none of them is signed. */
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

int64_t anchor_size(const char *file, struct store *store)
{
    struct buf text = BUF_INIT, note = BUF_INIT, why = BUF_INIT;
    struct checkpoint anchor;
    int64_t size = 0;

    if (file_read(file, &text)) {
        take_note(buf_str(&text), &note);
        if (open_note(buf_str(&note), file, store, &anchor, &why))
            size = (int64_t)anchor.size;
    }
    buf_release(&why);
    buf_release(&note);
    buf_release(&text);
    return size;
}
