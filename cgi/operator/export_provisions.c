#include "export_provisions.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/instant.h"
#include "csv.h"
#include "record/disclosure.h"
#include "say.h"

struct page {
    const struct subject *subject; /* or NULL */
    struct buf out;
    bool damaged;
};

/* A damaged one does not name its visitor: it counts as of the one the database lists it under. */
static bool is_wanted(struct page *page, const struct store_provision *row)
{
    const struct subject *subject = page->subject;
    bool theirs =
        !subject || (row->view ? memcmp(row->view->handle, subject->handle, IDENTITY_HANDLE) == 0
                               : subject->is_known);

    page->damaged = page->damaged || (theirs && !row->view);
    return theirs;
}

/* JSON Lines. */

static void add_json(void *context, const struct store_provision *row)
{
    struct page *page = context;
    json_t *line;
    char *text, until[INSTANT_SIZE];

    if (!is_wanted(page, row))
        return;
    line = json_pack("{s:I, s:b, s:o, s:o}", "index", (json_int_t)row->index, "erased", row->erased,
                     "hash", hex_json(row->entry, CANONICAL_ENTRY), "salt",
                     hex_json(row->salt, CANONICAL_SALT));
    if (row->view) {
        instant_write(provision_kept_until(row->view->time), until);
        json_object_set_new(line, "kept_until", json_string(until));
        json_object_set_new(line, "disclosure", canonical_json(row->canonical));
    } else {
        json_object_set_new(line, "damaged", json_true());
    }
    text = json_dumps(line, JSON_COMPACT | JSON_SORT_KEYS);
    buf_adds(&page->out, text);
    buf_addc(&page->out, '\n');
    free(text);
    json_decref(line);
}

/* CSV. */

enum column {
    INDEX,
    HASH,
    SALT,
    PROVISION,
    HANDLE,
    ERASED,
    TIME,
    KEPT_UNTIL,
    GROUND,
    RECIPIENT,
    NAME,
    ADDRESS,
    REPRESENTATIVE,
    DATA,
    DOCUMENT,
    PURPOSE,
    REVISION,
    LANGUAGE,
    DIGEST,
    RECORD,
    COLUMN_COUNT
};

static const char *const header[COLUMN_COUNT] = {
    [INDEX] = "index",        [HASH] = "hash",
    [SALT] = "salt",          [PROVISION] = "provision_id",
    [HANDLE] = "handle",      [ERASED] = "erased",
    [TIME] = "event_time",    [KEPT_UNTIL] = "kept_until",
    [GROUND] = "ground",      [RECIPIENT] = "recipient",
    [NAME] = "name",          [ADDRESS] = "address",
    [DATA] = "data",          [REPRESENTATIVE] = "representative",
    [DOCUMENT] = "document",  [PURPOSE] = "purpose",
    [REVISION] = "revision",  [LANGUAGE] = "language",
    [DIGEST] = "text_sha256", [RECORD] = "record_id",
};

/* What cells point to and no row holds as text. */
struct words {
    char index[21], time[INSTANT_SIZE], until[INSTANT_SIZE];
    struct hex hash, salt, id, handle, digest, record;
};

static const char *set_hex(struct hex *hex, const uint8_t *bytes, size_t len)
{
    *hex = hex_of(bytes, len);
    return hex->text;
}

static void fill_consent(const char **cells, struct words *words,
                         const struct provision_consent *consent)
{
    cells[DOCUMENT] = consent->document;
    cells[PURPOSE] = consent->purpose;
    cells[REVISION] = consent->revision;
    cells[LANGUAGE] = consent->language;
    cells[DIGEST] = set_hex(&words->digest, consent->digest, sizeof consent->digest);
    cells[RECORD] = set_hex(&words->record, consent->record, sizeof consent->record);
}

static void fill(const char **cells, struct words *words, const struct provision *view)
{
    instant_write(view->time, words->time);
    instant_write(provision_kept_until(view->time), words->until);
    cells[PROVISION] = set_hex(&words->id, view->id, sizeof view->id);
    cells[HANDLE] = set_hex(&words->handle, view->handle, sizeof view->handle);
    cells[TIME] = words->time;
    cells[KEPT_UNTIL] = words->until;
    cells[GROUND] = provision_grounds[view->ground];
    cells[RECIPIENT] = view->recipient.id;
    cells[NAME] = view->recipient.name;
    cells[ADDRESS] = view->recipient.address;
    cells[REPRESENTATIVE] = view->recipient.representative;
    cells[DATA] = view->data;
    if (view->ground == GROUND_CONSENT)
        fill_consent(cells, words, &view->consent);
}

static void add_csv(void *context, const struct store_provision *row)
{
    struct page *page = context;
    const char *cells[COLUMN_COUNT] = {NULL};
    struct words words;

    if (!is_wanted(page, row))
        return;
    snprintf(words.index, sizeof words.index, "%" PRId64, row->index);
    cells[INDEX] = words.index;
    cells[HASH] = set_hex(&words.hash, row->entry, CANONICAL_ENTRY);
    cells[SALT] = set_hex(&words.salt, row->salt, CANONICAL_SALT);
    cells[ERASED] = row->erased ? "true" : "";
    cells[GROUND] = "damaged";
    if (row->view)
        fill(cells, &words, row->view);
    csv_line(&page->out, cells, COLUMN_COUNT);
}

static void flush(struct page *page)
{
    fwrite(page->out.data, 1, page->out.len, stdout);
    buf_reset(&page->out);
}

bool export_provisions(struct store *store, const struct subject *subject, bool csv, bool *sound)
{
    struct page page = {.subject = subject, .out = BUF_INIT};
    store_take_provision *take = csv ? add_csv : add_json;
    bool known = subject && subject->is_known, ok = true, more = !known;

    if (csv) {
        buf_adds(&page.out, CSV_BEGIN);
        csv_line(&page.out, header, COLUMN_COUNT);
    }
    if (known)
        ok = store_provisions_of(store, subject->visitor, take, &page);
    flush(&page);
    for (int64_t next = 0; ok && more && !ferror(stdout);) {
        ok = store_provision_page(store, &next, &more, take, &page);
        flush(&page);
    }
    *sound = !page.damaged;
    buf_release(&page.out);
    return ok;
}
