/* Records as the operator reads them, on stdout: a line each, or one with all that proves it. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/hex.h"
#include "base/number.h"
#include "base/plain.h"
#include "commands.h"
#include "entry_proof.h"
#include "record/question.h"
#include "record_text.h"
#include "say.h"
#include "subject.h"

/* The list. */

static void list_json(int64_t index, struct str canonical)
{
    struct record_view view;

    if (record_parse(canonical, &view))
        print_json(json_pack("{s:I, s:o}", "index", (json_int_t)index, "record",
                             canonical_json(canonical)));
    else
        print_json(json_pack("{s:I, s:b}", "index", (json_int_t)index, "damaged", 1));
}

static void list_row(int64_t index, struct str canonical)
{
    struct record_view view;

    if (!record_parse(canonical, &view)) {
        printf("entry %lld is damaged; see `teade-records verify`\n", (long long)index);
        return;
    }
    printf("%s  %s  %-15s  %-20s  %-14s  %-8s", view.time, view.id, act_names[view.act.kind],
           view.act.document, view.act.revision, view.act.language);
    for (size_t i = 0; i < view.act.answer_count; i++)
        printf(" %s=%s", view.act.answers[i].question, answer_names[view.act.answers[i].answer]);
    putchar('\n');
}

static void list_entry(void *context, const struct store_entry *entry)
{
    if (entry->open)
        (*(const bool *)context ? list_json : list_row)(entry->index, entry->canonical);
}

static void list_record(void *context, const struct store_record *record)
{
    (*(const bool *)context ? list_json : list_row)(record->index, record->canonical);
}

static bool list(struct store *store, const uint8_t *visitor, bool json)
{
    bool ok = true, more = true;

    if (!json)
        printf("%-20s  %-32s  %-15s  %-20s  %-14s  %-8s %s\n", "TIME", "RECORD", "KIND", "DOCUMENT",
               "VERSION", "LANGUAGE", "ANSWERS");
    if (!visitor)
        return store_entries(store, list_entry, &json);
    for (int64_t next = 0; ok && more;)
        ok = store_record_page_of(store, visitor, &next, &more, list_record, &json);
    return ok;
}

int command_list(const struct options *options)
{
    struct subject subject = {.is_known = false};
    bool of_one = options->line.arguments[0] != NULL;
    int status = EX_NOINPUT;
    struct store *store =
        of_one ? subject_open(options, true, &subject, &status) : subject_database(options);

    if (!store)
        return status;
    return subject_close(store, list(store, of_one ? subject.visitor : NULL, options->json), true);
}

/* One record. */

enum { COLUMN = 10 };

struct showing {
    struct store *store;
    bool json, ok, sound;
};

static void print_words(const struct store_record *record)
{
    struct buf text = BUF_INIT;

    record_text_add(&text, 0, COLUMN, record->view, record->title, record->asked);
    fwrite(text.data, 1, text.len, stdout);
    buf_release(&text);
}

static void print_entry(const struct store_record *record, bool matches)
{
    struct buf plain = BUF_INIT;

    plain_add_line(&plain, record->canonical);
    printf("Index     %lld in the log\n", (long long)record->index);
    printf("Hash      %s, %s\n", hex_of(record->entry, RECORD_ENTRY).text,
           matches ? "matches the record" : "DOES NOT MATCH the record");
    printf("Salt      %s\n", hex_of(record->salt, RECORD_SALT).text);
    printf("Bytes     %s\n", plain.data);
    buf_release(&plain);
}

static void print_checkpoint(const struct records_proof *proof)
{
    struct buf signer = BUF_INIT;
    struct number size = number_of(proof->size, "entry", "entries");

    plain_add(&signer, str_of(proof->signer));
    if (!proof->is_covered)
        puts("Log       no checkpoint has been signed since");
    else if (proof->holds)
        printf(
            "Log       the entry is in the checkpoint of %s signed by %s\n"
            "          and has not been changed since; against a person who has the database and\n"
            "          the key, this is valid only from the first checkpoint or receipt that is\n"
            "          held by somebody else\n",
            size.text, signer.data);
    else
        printf(
            "Log       the entry is NOT in the checkpoint of %s, or the checkpoint is not signed\n",
            size.text);
    buf_release(&signer);
}

/* Byte by byte, if it is the one that was answered; else nobody vouches for it. */
static void print_body(struct str body, bool exact)
{
    struct buf out = BUF_INIT;

    if (exact)
        buf_addstr(&out, body);
    else
        plain_add(&out, body);
    if (out.len && out.data[out.len - 1] != '\n')
        buf_addc(&out, '\n');
    fwrite(out.data, 1, out.len, stdout);
    buf_release(&out);
}

static void print_text(const uint8_t digest[ACT_DIGEST], struct str body, bool exact)
{
    printf("SHA-256   %s of the text below%s\n\n", hex_of(digest, ACT_DIGEST).text,
           exact ? ", checked" : ": DOES NOT MATCH");
    print_body(body, exact);
}

/* What was found out about a record. */
struct judged {
    struct str body;
    bool entered, exact, asks; /* the text does ask what was answered */
    struct records_proof proof;
};

static void print_all_json(const struct store_record *record, const struct judged *judged)
{
    json_t *json = json_pack(
        "{s:I, s:b, s:o, s:o, s:o, s:b, s:o?, s:b, s:s?}", "index", (json_int_t)record->index,
        "hash_matches", judged->entered, "hash", hex_json(record->entry, RECORD_ENTRY), "record",
        canonical_json(record->canonical), "salt", hex_json(record->salt, RECORD_SALT),
        "text_matches", judged->exact, "text", json_stringn(judged->body.data, judged->body.len),
        "proof_valid", judged->proof.holds, "proof",
        judged->proof.is_covered ? judged->proof.text.data : NULL);

    questions_set_json(json, record->asked, record->view->act.answer_count);
    print_json(json);
}

static void print_record(const struct store_record *record, const struct judged *judged)
{
    print_words(record);
    print_entry(record, judged->entered);
    print_checkpoint(&judged->proof);
    print_text(record->view->act.digest, judged->body, judged->exact);
}

static void show(void *context, const struct store_record *record)
{
    struct showing *showing = context;
    uint8_t entry[RECORD_ENTRY], digest[ACT_DIGEST];
    struct judged judged = {.exact = false};
    struct buf body = BUF_INIT;
    bool found;

    if (!record->view) {
        say("entry %lld: its record cannot be parsed", (long long)record->index);
        return;
    }
    record_entry(record->salt, record->canonical, entry);
    judged.entered = memcmp(entry, record->entry, sizeof entry) == 0;
    showing->ok = store_text_body(showing->store, record->view->act.digest, &found, &body) &&
                  records_prove(showing->store, record->index, entry, &judged.proof);
    crypto_hash_sha256(digest, (const uint8_t *)body.data, body.len);
    judged.exact = memcmp(digest, record->view->act.digest, sizeof digest) == 0;
    judged.body = buf_str(&body);
    judged.asks = true;
    for (size_t i = 0; i < record->view->act.answer_count; i++)
        judged.asks = judged.asks && record->asked[i];
    if (showing->ok)
        (showing->json ? print_all_json : print_record)(record, &judged);
    showing->sound = judged.entered && judged.exact && judged.asks &&
                     (!judged.proof.is_covered || judged.proof.holds);
    records_proof_release(&judged.proof);
    buf_release(&body);
}

int command_show(const struct options *options)
{
    struct subject subject;
    struct showing showing = {.json = options->json, .ok = true};
    bool found, read;
    int status;

    if (strlen(options->line.arguments[0]) != 2 * ACT_RECORD_ID)
        return options_misuse(options, "\"%s\" is not a record ID (32 lower-case hex digits)",
                              options->line.arguments[0]);
    if (!(showing.store = subject_open(options, true, &subject, &status)))
        return status;
    read = store_begin(showing.store) &&
           store_find(showing.store, subject.record, &found, show, &showing) && showing.ok;
    store_rollback(showing.store);
    return subject_close(showing.store, read, showing.sound);
}
