/* Records come a page at a time; what points from one thing to another is set when all are there.
 */
#include "dossier.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static struct dossier_entry entry_of(int64_t index, const uint8_t hash[CANONICAL_ENTRY],
                                     const uint8_t salt[CANONICAL_SALT], const char *version,
                                     struct str canonical)
{
    struct dossier_entry entry = {.index = index,
                                  .canonical = mem_dup(canonical.data, canonical.len)};
    uint8_t computed[CANONICAL_ENTRY];

    memcpy(entry.hash, hash, sizeof entry.hash);
    memcpy(entry.salt, salt, sizeof entry.salt);
    canonical_entry(version, salt, canonical, computed);
    entry.matches = memcmp(computed, hash, sizeof computed) == 0;
    return entry;
}

static void take_record(void *context, const struct store_record *row)
{
    struct dossier *dossier = context;
    struct dossier_record *record;

    dossier->records = mem_grow(dossier->records, dossier->record_count, sizeof *dossier->records);
    record = &dossier->records[dossier->record_count++];
    record->entry =
        entry_of(row->index, row->entry, row->salt, RECORD_ENTRY_VERSION, row->canonical);
    record->damaged = !row->view;
    if (record->damaged)
        return;
    record->view = *row->view;
    record->entry.matches = record->entry.matches &&
                            record_is_of(&record->view, row->salt, dossier->subject->visitor);
    record->title = mem_dups(row->title);
}

static void take_provision(void *context, const struct store_provision *row)
{
    struct dossier *dossier = context;
    struct dossier_provision *provision;

    if (row->view && memcmp(row->view->handle, dossier->subject->handle, IDENTITY_HANDLE) != 0)
        return;
    dossier->provisions =
        mem_grow(dossier->provisions, dossier->provision_count, sizeof *dossier->provisions);
    provision = &dossier->provisions[dossier->provision_count++];
    provision->entry =
        entry_of(row->index, row->entry, row->salt, PROVISION_VERSION, row->canonical);
    provision->damaged = !row->view;
    if (row->view)
        provision->view = *row->view;
}

/* Where nobody is known any more, the handle leads through all provisions; one that is damaged
 * might be theirs, but does not say so. */
static void take_sealed(void *context, const struct store_provision *row)
{
    if (row->view && row->erased)
        take_provision(context, row);
}

static bool read_rows(struct dossier *dossier, struct store *store)
{
    const struct subject *subject = dossier->subject;
    bool ok = true, more = true;

    if (!subject->is_known)
        return store_provisions(store, take_sealed, dossier);
    for (int64_t next = 0; ok && more;)
        ok = store_record_page_of(store, subject->visitor, &next, &more, take_record, dossier);
    return ok && store_provisions_of(store, subject->visitor, take_provision, dossier);
}

/* Texts. */

static void take_question(void *context, const struct store_question *question)
{
    struct dossier_offer *offer = context;

    offer->questions = mem_grow(offer->questions, offer->question_count, sizeof *offer->questions);
    offer->questions[offer->question_count++] =
        (struct dossier_question){mem_dups(question->id), mem_dups(question->basis)};
}

static bool is_offered(const struct dossier_text *text, const struct act *act)
{
    for (size_t i = 0; i < text->offer_count; i++)
        if (strcmp(text->offers[i].act->document, act->document) == 0 &&
            strcmp(text->offers[i].act->revision, act->revision) == 0 &&
            strcmp(text->offers[i].act->language, act->language) == 0)
            return true;
    return false;
}

static size_t find_text(const struct dossier *dossier, const uint8_t digest[ACT_DIGEST])
{
    size_t i = 0;

    while (i < dossier->text_count && memcmp(dossier->texts[i].digest, digest, ACT_DIGEST) != 0)
        i++;
    return i;
}

/* *matches: the words are those that the digest is of. */
static bool read_body(struct store *store, const uint8_t digest[ACT_DIGEST], struct buf *body,
                      bool *matches)
{
    uint8_t computed[ACT_DIGEST];
    bool found;

    if (!store_text_body(store, digest, &found, body))
        return false;
    crypto_hash_sha256(computed, (const uint8_t *)body->data, body->len);
    *matches = memcmp(computed, digest, sizeof computed) == 0;
    return true;
}

static bool add_text(struct dossier *dossier, struct store *store, const uint8_t digest[ACT_DIGEST])
{
    struct dossier_text *text;

    dossier->texts = mem_grow(dossier->texts, dossier->text_count, sizeof *dossier->texts);
    text = &dossier->texts[dossier->text_count++];
    memcpy(text->digest, digest, ACT_DIGEST);
    buf_init(&text->body);
    if (!read_body(store, digest, &text->body, &text->matches))
        return false;
    questions_read(&text->asked, buf_str(&text->body));
    return true;
}

static bool read_text(struct dossier *dossier, struct store *store, struct dossier_record *record)
{
    const struct act *act = &record->view.act;
    struct dossier_text *text;

    record->text = find_text(dossier, act->digest);
    if (record->text == dossier->text_count && !add_text(dossier, store, act->digest))
        return false;
    text = &dossier->texts[record->text];
    if (is_offered(text, act))
        return true;
    text->offers = mem_grow(text->offers, text->offer_count, sizeof *text->offers);
    text->offers[text->offer_count] = (struct dossier_offer){.act = act};
    return store_questions(store, act, take_question, &text->offers[text->offer_count++]);
}

/* Of an erased visitor the text of the consent is all that is left of what was asked. */
static bool read_cover(struct store *store, struct dossier_provision *provision)
{
    const struct provision_consent *consent = &provision->view.consent;
    const struct text_question *question;
    struct text_questions asked = {NULL, 0};
    struct buf body = BUF_INIT;
    char *id;
    bool ok;

    if (provision->damaged || provision->view.ground != GROUND_CONSENT)
        return true;
    id = mem_printf("%s.%s", consent->purpose, provision->view.recipient.id);
    ok = read_body(store, consent->digest, &body, &provision->text_matches);
    if (ok && provision->text_matches)
        questions_read(&asked, buf_str(&body));
    question = questions_find(&asked, id);
    if (question && *question->recipient)
        provision->covers = mem_printf("%s\n%s", question->words, question->recipient);
    free(id);
    questions_release(&asked);
    buf_release(&body);
    return ok;
}

const struct text_question *dossier_asked(const struct dossier *dossier,
                                          const struct dossier_record *record, size_t answer)
{
    return questions_find(&dossier->texts[record->text].asked,
                          record->view.act.answers[answer].question);
}

/* What was last said. */

static bool is_said_later(const struct dossier *dossier, const struct act *act, size_t answer)
{
    for (size_t i = 0; i < dossier->said_count; i++) {
        const struct act *later = &dossier->said[i].record->view.act;

        if (strcmp(later->document, act->document) == 0 &&
            strcmp(later->answers[dossier->said[i].answer].question,
                   act->answers[answer].question) == 0)
            return true;
    }
    return false;
}

static void find_said(struct dossier *dossier)
{
    for (size_t r = dossier->record_count; r-- > 0;) {
        const struct act *act = &dossier->records[r].view.act;

        for (size_t i = 0; i < act->answer_count; i++)
            if (!is_said_later(dossier, act, i)) {
                dossier->said = mem_grow(dossier->said, dossier->said_count, sizeof *dossier->said);
                dossier->said[dossier->said_count++] =
                    (struct dossier_said){&dossier->records[r], i};
            }
    }
}

/* One view of the log for all of them: a proof reads few hashes. */
static bool prove(struct dossier *dossier, struct store *store)
{
    bool ok = store_begin(store);

    ok = ok && dossier_log_read(&dossier->log, store);
    for (size_t i = 0; ok && i < dossier->record_count; i++) {
        struct dossier_entry *entry = &dossier->records[i].entry;

        ok = records_prove(store, entry->index, entry->hash, &entry->proof);
    }
    for (size_t i = 0; ok && i < dossier->provision_count; i++) {
        struct dossier_entry *entry = &dossier->provisions[i].entry;

        ok = records_prove(store, entry->index, entry->hash, &entry->proof);
    }
    store_rollback(store);
    return ok;
}

static bool is_sound(const struct dossier_entry *entry)
{
    return entry->matches && (!entry->proof.is_covered || entry->proof.holds);
}

static bool is_record_sound(const struct dossier *dossier, const struct dossier_record *record)
{
    bool sound = !record->damaged && is_sound(&record->entry);

    for (size_t i = 0; sound && i < record->view.act.answer_count; i++)
        sound = dossier_asked(dossier, record, i);
    return sound;
}

static bool is_text_sound(const struct dossier_text *text)
{
    bool sound = text->matches;

    for (size_t o = 0; o < text->offer_count; o++)
        for (size_t q = 0; q < text->offers[o].question_count; q++)
            sound = sound && questions_find(&text->asked, text->offers[o].questions[q].id);
    return sound;
}

static void judge(struct dossier *dossier)
{
    dossier->is_sound = !dossier->log.head.len || dossier->log.holds;
    for (size_t i = 0; i < dossier->record_count; i++)
        dossier->is_sound = dossier->is_sound && is_record_sound(dossier, &dossier->records[i]);
    for (size_t i = 0; i < dossier->provision_count; i++) {
        const struct dossier_provision *provision = &dossier->provisions[i];

        dossier->is_sound = dossier->is_sound && !provision->damaged &&
                            (provision->text_matches || provision->view.ground != GROUND_CONSENT) &&
                            is_sound(&provision->entry);
    }
    for (size_t i = 0; i < dossier->text_count; i++)
        dossier->is_sound = dossier->is_sound && is_text_sound(&dossier->texts[i]);
}

bool dossier_read(struct dossier *dossier, struct store *store, const struct subject *subject,
                  int64_t now)
{
    bool ok;

    *dossier = (struct dossier){.subject = subject, .now = now};
    ok = read_rows(dossier, store);
    for (size_t i = 0; ok && i < dossier->record_count; i++)
        ok = dossier->records[i].damaged || read_text(dossier, store, &dossier->records[i]);
    for (size_t i = 0; ok && i < dossier->provision_count; i++)
        ok = read_cover(store, &dossier->provisions[i]);
    ok = ok && prove(dossier, store);
    find_said(dossier);
    if (ok)
        judge(dossier);
    return ok;
}

static void release_entry(struct dossier_entry *entry)
{
    free(entry->canonical);
    records_proof_release(&entry->proof);
}

static void release_text(struct dossier_text *text)
{
    for (size_t o = 0; o < text->offer_count; o++) {
        for (size_t q = 0; q < text->offers[o].question_count; q++) {
            free(text->offers[o].questions[q].id);
            free(text->offers[o].questions[q].basis);
        }
        free(text->offers[o].questions);
    }
    free(text->offers);
    questions_release(&text->asked);
    buf_release(&text->body);
}

void dossier_release(struct dossier *dossier)
{
    for (size_t i = 0; i < dossier->record_count; i++) {
        release_entry(&dossier->records[i].entry);
        free(dossier->records[i].title);
    }
    for (size_t i = 0; i < dossier->provision_count; i++) {
        release_entry(&dossier->provisions[i].entry);
        free(dossier->provisions[i].covers);
    }
    for (size_t i = 0; i < dossier->text_count; i++)
        release_text(&dossier->texts[i]);
    dossier_log_release(&dossier->log);
    free(dossier->records);
    free(dossier->texts);
    free(dossier->provisions);
    free(dossier->said);
    *dossier = (struct dossier){0};
}
