/* The dossier on paper: headings, facts in columns, no line wider than a page.  References go by
 * number: acts from (1) on, texts from "text 1" on. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/version.h"
#include "commands.h"
#include "dossier.h"
#include "layout.h"
#include "record_text.h"
#include "say.h"

enum { MARGIN = 4, COLUMN = 20, INSTANT = 24 /* "YYYY-MM-DD HH:MM:SS UTC" */ };

static const char *const ground_words[GROUND_COUNT] = {
    "the visitor's prior consent",          "the law requires it",
    "protection of life, body or property", "public health, or the healthy development of children",
    "cooperation with a public body",
};

static void __attribute__((format(printf, 3, 4)))
fact(struct buf *out, const char *label, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_addv(&text, format, args);
    va_end(args);
    layout_add(out, MARGIN, label, COLUMN, buf_str(&text));
    buf_release(&text);
}

static void paragraph(struct buf *out, const char *words)
{
    layout_add(out, 0, "", 0, str_of(words));
    buf_addc(out, '\n');
}

static char *instant(int64_t seconds, char text[INSTANT])
{
    char time[INSTANT_SIZE];

    instant_write(seconds, time);
    snprintf(text, INSTANT, "%.10s %.8s UTC", time, time + 11);
    return text;
}

static void add_entry(struct buf *out, const struct dossier_entry *entry)
{
    fact(out, "Log entry", "index %" PRId64 ", %s", entry->index,
         entry->matches ? "matches" : "DOES NOT MATCH");
    fact(out, "Hash", "%s", hex_of(entry->hash, sizeof entry->hash).text);
    fact(out, "Salt", "%s", hex_of(entry->salt, sizeof entry->salt).text);
    if (!entry->proof.is_covered)
        fact(out, "Log", "no checkpoint has been signed since");
    else
        fact(out, "Log", "%s the checkpoint of %s%s%s",
             entry->proof.holds ? "the entry is in" : "the entry is NOT IN",
             number_of(entry->proof.size, "entry", "entries").text,
             entry->proof.holds ? ", signed by " : ", or the checkpoint is not signed",
             entry->proof.signer);
}

/* The first page. */

static void add_state(struct buf *out, const struct dossier *dossier)
{
    fact(out, "Contents", "%s, %s to third parties, %s",
         number_of((long long)dossier->record_count, "record", "records").text,
         number_of((long long)dossier->provision_count, "disclosure", "disclosures").text,
         number_of((long long)dossier->text_count, "text", "texts").text);
    if (!dossier->subject->is_known)
        fact(
            out, "State",
            "deleted: only the hashes of the visitor's records remain, in the log; the disclosures "
            "below are kept for %d years",
            (int)PROVISION_YEARS);
    fact(out, "Integrity", "%s",
         dossier->is_sound ? "everything below matches the log that is in the database"
                           : "SOMETHING BELOW DOES NOT MATCH THE LOG THAT IS IN THE DATABASE");
}

static void add_head(struct buf *out, const struct dossier *dossier)
{
    char time[INSTANT];
    const struct subject *subject = dossier->subject;

    buf_adds(out, "ACCESS REPORT: A VISITOR'S CHOICES\n==================================\n\n");
    fact(out, "Created", "%s, from the database of records only", instant(dossier->now, time));
    fact(out, "Program", "teade-records %s", TEADE_VERSION);
    if (*dossier->log.name)
        fact(out, "Site", "%.*s", (int)strcspn(dossier->log.name, "/"), dossier->log.name);
    else
        fact(out, "Site", "unknown: the log has not been signed yet");
    fact(out, "Handle", "%s", hex_of(subject->handle, sizeof subject->handle).text);
    if (subject->by_record)
        fact(out, "Requested by", "record %s",
             hex_of(subject->record, sizeof subject->record).text);
    add_state(out, dossier);
    buf_addc(out, '\n');
    layout_heading(out, '-', "What this proves, and against whom");
    paragraph(out, "A record that matches the log has not been changed since the first checkpoint "
                   "(the signed state of the log) that covers it.  Against the operator, who has "
                   "the database and the key, this is valid only from the first checkpoint that is "
                   "held by somebody else: published elsewhere, sent away or included in a "
                   "receipt.  Until then, anyone who can write to the database can add a record.  "
                   "The log does not show who made a record, and its time is that of the "
                   "operator's clock.");
    paragraph(out, "A receipt held by the visitor binds the operator, who signed it.  It proves "
                   "that the holder of the receipt, or the visitor's browser, made this choice on "
                   "this text.  It does not say who that is: the database contains a hash instead "
                   "of a name.  All times are in UTC.");
}

/* Checking it. */

static void add_log(struct buf *out, const struct dossier_log *log)
{
    char time[INSTANT];

    layout_heading(out, '-', "How to check this");
    fact(out, "Log", "%s", *log->name ? log->name : "not signed yet");
    fact(out, "Public keys", "%s", log->keys.len ? "all that have signed it:" : "none");
    layout_add(out, MARGIN, "", MARGIN, buf_str(&log->keys));
    if (log->head.len) {
        fact(out, "Checkpoint", "signed on %s, %s", instant(log->time, time),
             log->holds ? "by one of these keys:" : "BUT BY NONE OF THESE KEYS:");
        layout_add(out, MARGIN, "", MARGIN, buf_str(&log->head));
    } else {
        fact(out, "Checkpoint", "not signed yet");
    }
    buf_addc(out, '\n');
    paragraph(out,
              "The keys and the checkpoint come from the database itself.  Compare the keys with "
              "one that was published or handed over before, and the database with a checkpoint "
              "that is held by somebody else (`teade-records verify --checkpoint FILE`): this "
              "report does neither.  The site publishes the newest checkpoint at "
              "/choices/log/checkpoint.");
    paragraph(out,
              "`teade-records dossier --json` prints these lines byte for byte (long lines are "
              "wrapped here) and, for each log entry, the bytes, the salt and the proof that the "
              "checkpoint includes it (C2SP tlog-proof).  The site's page /LANG/proof/ shows how "
              "to check such a proof with other programs.");
}

/* Acts. */

static void add_record(struct buf *out, const struct dossier *dossier, size_t number)
{
    const struct dossier_record *record = &dossier->records[number];
    const struct text_question *asked[ACT_ANSWERS_MAX];

    if (record->damaged) {
        buf_addf(out, "(%zu) Damaged record: its bytes cannot be parsed\n", number + 1);
    } else {
        for (size_t i = 0; i < record->view.act.answer_count; i++)
            asked[i] = dossier_asked(dossier, record, i);
        buf_addf(out, "(%zu)\n", number + 1);
        record_text_add(out, MARGIN, COLUMN, &record->view, record->title, asked);
        fact(out, "Text", "text %zu below", record->text + 1);
    }
    add_entry(out, &record->entry);
    buf_addc(out, '\n');
}

static void add_asked_for(struct buf *out, const struct dossier *dossier)
{
    struct hex id = hex_of(dossier->subject->record, ACT_RECORD_ID);

    for (size_t i = 0; i < dossier->record_count; i++)
        if (strcmp(dossier->records[i].view.id, id.text) == 0) {
            layout_heading(out, '-', "The requested record");
            add_record(out, dossier, i);
        }
}

static void add_acts(struct buf *out, const struct dossier *dossier)
{
    layout_heading(out, '-', "What the visitor did, in the order of the log");
    for (size_t i = 0; i < dossier->record_count; i++)
        add_record(out, dossier, i);
    if (!dossier->record_count)
        paragraph(out, "No records.");
}

/* Answers. */

static void add_said(struct buf *out, const struct dossier *dossier)
{
    char time[INSTANT];

    layout_heading(out, '-', "The last answer to each question");
    paragraph(out, "According to the records only.  The database does not contain when a version "
                   "was in force or how long an answer is valid.  An answer may therefore be to a "
                   "version that was only announced, may have expired, or may have to be given "
                   "again to a later version.  The history of each document, on the site, shows "
                   "when its versions took effect.");
    for (size_t i = 0; i < dossier->said_count; i++) {
        const struct dossier_said *said = &dossier->said[i];
        const struct act *act = &said->record->view.act;
        const struct act_answer *answer = &act->answers[said->answer];

        record_text_question(out, MARGIN, "", MARGIN,
                             dossier_asked(dossier, said->record, said->answer));
        fact(out, "", "(%s of %s)", answer->question, act->document);
        fact(out, "Last answer", "%s", answer_names[answer->answer]);
        fact(out, "On", "%s: record (%zu)", instant(said->record->view.seconds, time),
             (size_t)(said->record - dossier->records) + 1);
        fact(out, "Under",
             "version %s in %s; the database does not contain whether it was in force",
             act->revision, act->language);
        buf_addc(out, '\n');
    }
    if (!dossier->said_count)
        paragraph(out, "Nothing.");
}

/* Every withdrawal, also where the question was answered again since. */
static void add_withdrawals(struct buf *out, const struct dossier *dossier)
{
    char time[INSTANT];
    bool any = false;

    layout_heading(out, '-', "Withdrawals");
    for (size_t r = 0; r < dossier->record_count; r++) {
        const struct dossier_record *record = &dossier->records[r];

        if (record->view.act.kind != ACT_WITHDRAWAL)
            continue;
        any = true;
        buf_addf(out, "%s by record (%zu):\n", instant(record->view.seconds, time), r + 1);
        for (size_t i = 0; i < record->view.act.answer_count; i++)
            record_text_question(out, MARGIN, "", MARGIN, dossier_asked(dossier, record, i));
        buf_addc(out, '\n');
    }
    if (!any)
        paragraph(out, "Nothing.");
}

/* Provisions. */

static void add_consent(struct buf *out, const struct dossier_provision *row)
{
    const struct provision_consent *consent = &row->view.consent;

    fact(out, "Consent", "to %s of %s, version %s, language %s", consent->purpose,
         consent->document, consent->revision, consent->language);
    fact(out, "Record", "%s", hex_of(consent->record, sizeof consent->record).text);
    fact(out, "Text (SHA-256)", "%s", hex_of(consent->digest, sizeof consent->digest).text);
    fact(out, "Consent covers", "%s",
         row->covers         ? row->covers
         : row->text_matches ? "as stated in the text"
                             : "THE TEXT DOES NOT MATCH ITS HASH");
}

static void add_provision(struct buf *out, const struct dossier_provision *row, size_t number)
{
    const struct provision *view = &row->view;
    char time[INSTANT];

    if (row->damaged) {
        buf_addf(out, "(P%zu) Damaged disclosure: its bytes cannot be parsed\n", number);
    } else {
        buf_addf(out, "(P%zu) %s\n", number, instant(view->time, time));
        fact(out, "Disclosure", "%s", hex_of(view->id, sizeof view->id).text);
        fact(out, "Recipient", "%s%s%s%s", view->recipient.name, *view->recipient.id ? " (" : "",
             view->recipient.id, *view->recipient.id ? ")" : "");
        fact(out, "Address", "%s", view->recipient.address);
        if (*view->recipient.representative)
            fact(out, "Representative", "%s", view->recipient.representative);
        fact(out, "Data", "%s", view->data);
        fact(out, "Ground", "%s (%s)", ground_words[view->ground], provision_grounds[view->ground]);
        if (view->ground == GROUND_CONSENT)
            add_consent(out, row);
        fact(out, "Kept until", "%s", instant(provision_kept_until(view->time), time));
    }
    add_entry(out, &row->entry);
    buf_addc(out, '\n');
}

static void add_provisions(struct buf *out, const struct dossier *dossier)
{
    layout_heading(out, '-', "Disclosures to third parties");
    for (size_t i = 0; i < dossier->provision_count; i++)
        add_provision(out, &dossier->provisions[i], i + 1);
    if (!dossier->provision_count)
        paragraph(out, "Nothing.");
}

/* Texts. */

static void add_offer(struct buf *out, const struct dossier_text *text,
                      const struct dossier_offer *offer)
{
    fact(out, "Offered as", "%s, version %s, language %s", offer->act->document,
         offer->act->revision, offer->act->language);
    for (size_t i = 0; i < offer->question_count; i++) {
        record_text_question(out, MARGIN, i ? "" : "Questions", COLUMN,
                             questions_find(&text->asked, offer->questions[i].id));
        fact(out, "", "(%s, legal basis: %s)", offer->questions[i].id, offer->questions[i].basis);
    }
    if (!offer->question_count)
        fact(out, "Questions", "none");
}

static void add_text(struct buf *out, const struct dossier_text *text, size_t number)
{
    char *heading = mem_printf("Text %zu", number);

    layout_heading(out, '-', heading);
    fact(out, "SHA-256", "%s", hex_of(text->digest, sizeof text->digest).text);
    fact(out, "", "%s",
         text->matches ? "of the exact text below, which matches it"
                       : "THE TEXT BELOW DOES NOT MATCH IT");
    for (size_t i = 0; i < text->offer_count; i++)
        add_offer(out, text, &text->offers[i]);
    buf_addc(out, '\n');
    layout_add(out, MARGIN, "", MARGIN, buf_str(&text->body));
    free(heading);
}

static void dossier_text(const struct dossier *dossier, struct buf *out)
{
    add_head(out, dossier);
    if (dossier->subject->by_record)
        add_asked_for(out, dossier);
    if (dossier->subject->is_known) {
        add_said(out, dossier);
        add_acts(out, dossier);
        add_withdrawals(out, dossier);
    }
    add_provisions(out, dossier);
    add_log(out, &dossier->log);
    if (!dossier->text_count)
        return;
    layout_heading(out, '=', "THE TEXTS");
    paragraph(out, "Long lines are wrapped here; `teade-records show RECORD` prints the exact "
                   "bytes of the SHA-256.");
    for (size_t i = 0; i < dossier->text_count; i++)
        add_text(out, &dossier->texts[i], i + 1);
}

static void print(const struct dossier *dossier)
{
    struct buf text = BUF_INIT;

    dossier_text(dossier, &text);
    fwrite(text.data, 1, text.len, stdout);
    buf_release(&text);
}

int command_dossier(const struct options *options)
{
    struct subject subject;
    struct dossier dossier;
    bool read, sound;
    int status;
    struct store *store = subject_open(options, false, &subject, &status);

    if (!store)
        return status;
    read = dossier_read(&dossier, store, &subject, options->now);
    sound = dossier.is_sound;
    if (read && options->json)
        print_json(dossier_json(&dossier));
    else if (read)
        print(&dossier);
    dossier_release(&dossier);
    return subject_close(store, read, sound);
}
