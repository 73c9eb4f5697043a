/* Open records on stdout, oldest first, for programs that use the records elsewhere.
 *
 * JSON Lines: an object a line, its keys sorted.
 *   index       of the record's entry in the log, from 0
 *   hash        of the entry, in hex; record.h says how it follows from salt and record
 *   labels      the words of each question that is answered, as its text has them
 *   recipients  to whom data would go and which, as the text says it of a question of a recipient
 *   record      the record itself: its canonical bytes are this object without white space
 *   salt        in hex
 *   title       the first line of the text
 * Where the bytes in the database are not a record: "damaged": true instead of labels, recipients,
 * record and title.
 *
 * CSV: a header line, then a line for each answer; a record without answers has one.  A cell that
 * begins with = + - @ tab or CR gets a leading apostrophe against formula injection: csv.h.
 *
 * A page of records becomes bytes in memory inside the store's short transaction, and goes out
 * after it: a reader as slow as a pipe to `less` never holds the database. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/hex.h"
#include "base/instant.h"
#include "commands.h"
#include "csv.h"
#include "export_provisions.h"
#include "record/question.h"
#include "record/record_fields.h"
#include "say.h"

struct page {
    struct buf out; /* the page */
    bool damaged;   /* a record was */
};

/* JSON Lines. */

static void add_json(void *context, const struct store_record *record)
{
    struct page *page = context;
    json_t *line = json_pack("{s:I, s:o, s:o}", "index", (json_int_t)record->index, "hash",
                             hex_json(record->entry, RECORD_ENTRY), "salt",
                             hex_json(record->salt, RECORD_SALT));
    char *text;

    if (record->view) {
        questions_set_json(line, record->asked, record->view->act.answer_count);
        json_object_set_new(line, "record", canonical_json(record->canonical));
        json_object_set_new(line, "title", json_string(record->title));
    } else {
        json_object_set_new(line, "damaged", json_true());
        page->damaged = true;
    }
    text = json_dumps(line, JSON_COMPACT | JSON_SORT_KEYS);
    buf_adds(&page->out, text);
    buf_addc(&page->out, '\n');
    free(text);
    json_decref(line);
}

/* CSV. */

/* Of the entry, then the fields of the record, then of one answer. */
enum {
    INDEX,
    HASH,
    SALT,
    RECORD,
    TITLE = RECORD + RECORD_FIELDS,
    QUESTION,
    ANSWER,
    BASIS,
    LABEL,
    RECIPIENT,
    COLUMN_COUNT
};

static const char *const header[COLUMN_COUNT] = {
    [INDEX] = "index",        [HASH] = "hash",         [SALT] = "salt",
    [TITLE] = "title",        [QUESTION] = "question", [ANSWER] = "answer",
    [BASIS] = "lawful_basis", [LABEL] = "label",       [RECIPIENT] = "recipient",
};

static void add_heads(struct buf *out)
{
    const char *cells[COLUMN_COUNT];

    memcpy(cells, header, sizeof cells);
    for (size_t i = 0; i < RECORD_FIELDS; i++)
        cells[RECORD + i] = record_fields[i].key;
    csv_line(out, cells, COLUMN_COUNT);
}

static void add_answers(struct buf *out, const char **cells, const struct store_record *record)
{
    const struct record_view *view = record->view;
    size_t count = view ? view->act.answer_count : 0;

    for (size_t i = 0; i < count; i++) {
        const struct text_question *asked = record->asked[i];

        cells[QUESTION] = view->act.answers[i].question;
        cells[ANSWER] = answer_names[view->act.answers[i].answer];
        cells[BASIS] = view->basis[i];
        cells[LABEL] = asked ? asked->words : "";
        cells[RECIPIENT] = asked ? asked->recipient : "";
        csv_line(out, cells, COLUMN_COUNT);
    }
    if (!count)
        csv_line(out, cells, COLUMN_COUNT);
}

static void add_csv(void *context, const struct store_record *record)
{
    struct page *page = context;
    const char *cells[COLUMN_COUNT] = {NULL};
    struct hex hash = hex_of(record->entry, RECORD_ENTRY);
    struct hex salt = hex_of(record->salt, RECORD_SALT), fields[RECORD_FIELDS];
    char index[21];

    snprintf(index, sizeof index, "%" PRId64, record->index);
    cells[INDEX] = index;
    cells[HASH] = hash.text;
    cells[SALT] = salt.text;
    cells[TITLE] = record->view ? record->title : NULL;
    for (size_t i = 0; i < RECORD_FIELDS; i++)
        if (record->view)
            cells[RECORD + i] = record_field_value(&record_fields[i], record->view, &fields[i]);
        else if (record_fields[i].type == FIELD_KIND)
            cells[RECORD + i] = "damaged";
    page->damaged = page->damaged || !record->view;
    add_answers(&page->out, cells, record);
}

static bool export_records(struct store *store, const uint8_t *visitor, bool csv, bool *sound)
{
    struct page page = {.out = BUF_INIT};
    store_take_record *take = csv ? add_csv : add_json;
    bool ok = true, more = true;

    if (csv) {
        buf_adds(&page.out, CSV_BEGIN);
        add_heads(&page.out);
    }
    for (int64_t next = 0; ok && more && !ferror(stdout);) {
        ok = visitor ? store_record_page_of(store, visitor, &next, &more, take, &page)
                     : store_record_page(store, &next, &more, take, &page);
        fwrite(page.out.data, 1, page.out.len, stdout);
        buf_reset(&page.out);
    }
    *sound = !page.damaged;
    buf_release(&page.out);
    return ok;
}

int command_export(const struct options *options)
{
    struct subject subject = {.is_known = false};
    bool of_one = options->line.arguments[0] != NULL, read, sound;
    int status = EX_NOINPUT;
    struct store *store = of_one ? subject_open(options, !options->provisions, &subject, &status)
                                 : subject_database(options);

    if (!store)
        return status;
    if (options->provisions)
        read = export_provisions(store, of_one ? &subject : NULL, options->csv, &sound);
    else
        read = export_records(store, of_one ? subject.visitor : NULL, options->csv, &sound);
    return subject_close(store, read, sound);
}
