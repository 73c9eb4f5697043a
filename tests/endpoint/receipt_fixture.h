/* A receipt made in memory: a small log, a signer, a site and a record of every kind of answer. */
#ifndef TEADE_RECEIPT_FIXTURE_H
#define TEADE_RECEIPT_FIXTURE_H

#include "../test.h"

#include <sodium.h>

#include "checkpoint.h"
#include "receipt.h"

enum { LOG_SIZE = 7, LOG_PLACE = 4 };

/* A label of 515 bytes, three more than a receipt has of it. */
#define FIFTY "Fifty bytes that say nothing, to be many of them. "
#define CUT                                                                 \
    "Counting visits" FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY \
    "Fifty bytes that say nothing, to be many of the"
#define LONG_LABEL CUT "m. "

static const char words[] = "# Privacy policy\n\n### Hello\n\n- Nobody\n\n---\n\n- Nobody either\n\n"
                            "## Your choices\n\nHello.\n\n### Who is asking\n\n"
                            "- Kuukivi O\xc3\x9c, T\xc3\xa4hetee 1, privacy@kuukivi.example,"
                            " \\+372 000 0000\n\n### What you are asked\n\n"
                            "- The newsletter \\*Night Sky\\* (`newsletter`)\\\n  Yes / No\n"
                            "- Offers of others (`offers.randur`)\\\n"
                            "  Recipient: R\xc3\xa4ndur SIA (Latvia). Data: e\\-mail address\\\n"
                            "  Yes / No\n"
                            "- " LONG_LABEL " (`visits`)\\\n  You may object.\n";

static const char *data[] = {"EmailAddress", "MentalHealth"};
static const char *countries[] = {"EE", "FI"};
static struct manifest_question questions[] = {
    {"newsletter", "newsletter", "consent", data, 1, "UntilEventDuration", countries, 2},
    {"offers.randur", "offers", "consent", data, 2, NULL, NULL, 0},
    {"visits", "visits", "legitimate-interests", NULL, 0, "P25M", countries, 1},
};
static struct manifest_wording wordings[] = {
    {"The newsletter *Night Sky*", NULL, NULL, NULL},
    {"Offers of others", "R\xc3\xa4ndur SIA", "Latvia", "e-mail address"},
    {LONG_LABEL, NULL, NULL, NULL},
};

/* What a test changes, it changes in its own copy. */
struct site {
    struct manifest manifest;
    struct manifest_controller controller;
    struct manifest_document document;
    struct manifest_revision revision;
    struct manifest_text text;
    char digest[2 * ACT_DIGEST + 1];
};

struct made {
    struct act act;
    struct record record;
    struct note_signer signer;
    struct buf canonical, note, key;
    struct text_questions asked;
    struct receipt receipt;
    struct site site;
};

static inline void site_init(struct site *site, const struct act *act)
{
    sodium_bin2hex(site->digest, sizeof site->digest, act->digest, ACT_DIGEST);
    site->text = (struct manifest_text){
        .language = "en", .digest = site->digest, .title = "Privacy policy", .wordings = wordings};
    site->revision = (struct manifest_revision){.id = "2026-03-01",
                                                .effective_day = "2026-03-01",
                                                .questions = questions,
                                                .question_count = COUNT(questions),
                                                .texts = &site->text,
                                                .text_count = 1};
    site->document = (struct manifest_document){
        .id = "privacy-policy", .revisions = &site->revision, .revision_count = 1};
    site->controller = (struct manifest_controller){"Kuukivi O\xc3\x9c", "T\xc3\xa4hetee 1",
                                                    "privacy@kuukivi.example", "+372 000 0000"};
    site->manifest = (struct manifest){.base_url = "https://kuukivi.example",
                                       .consent_validity = 24,
                                       .retention = 36,
                                       .controllers = &site->controller,
                                       .controller_count = 1,
                                       .jurisdiction = countries,
                                       .jurisdiction_count = 1,
                                       .documents = &site->document,
                                       .document_count = 1};
}

/* The hash of 2^level leaves, of which one is the entry and the others are numbers. */
static inline bool made_node(void *context, unsigned level, uint64_t index,
                             struct merkle_hash *hash)
{
    struct merkle_hash right;

    if (level == 0) {
        if (index == LOG_PLACE)
            merkle_leaf(context, RECORD_ENTRY, hash);
        else
            merkle_leaf(&index, sizeof index, hash);
        return true;
    }
    made_node(context, level - 1, 2 * index, hash);
    made_node(context, level - 1, 2 * index + 1, &right);
    merkle_node(hash, &right, hash);
    return true;
}

static inline void made_log(struct made *made)
{
    static const uint8_t seed[NOTE_SEED] = {7};
    uint8_t entry[RECORD_ENTRY];
    struct merkle_source source = {made_node, entry};
    struct checkpoint head = {.origin = str_of("kuukivi.example/choices/log"), .size = LOG_SIZE};
    struct receipt *receipt = &made->receipt;

    record_entry(receipt->salt, receipt->canonical, entry);
    assert_true(note_signer_init(&made->signer, head.origin, seed));
    assert_true(merkle_root(source, LOG_SIZE, &head.root));
    assert_true(merkle_prove_inclusion(source, LOG_PLACE, LOG_SIZE, &receipt->proof.path));
    assert_true(checkpoint_sign(&head, &made->signer, 1, &made->note));
    note_key_add(&made->signer.key, &made->key);
    receipt->proof.index = LOG_PLACE;
    receipt->proof.note = buf_str(&made->note);
    receipt->key = buf_str(&made->key);
}

static inline void made_init(struct made *made, enum act_kind kind)
{
    struct receipt *receipt = &made->receipt;

    *made = (struct made){.canonical = BUF_INIT, .note = BUF_INIT, .key = BUF_INIT};
    made->act = (struct act){.kind = kind,
                             .gpc = true,
                             .document = "privacy-policy",
                             .revision = "2026-03-01",
                             .language = "en",
                             .answers = {{"newsletter", ANSWER_GIVEN},
                                         {"offers.randur", ANSWER_REFUSED},
                                         {"visits", ANSWER_OBJECTED}},
                             .answer_count = kind == ACT_ANSWERS ? 3 : 0};
    if (kind == ACT_WITHDRAWAL)
        made->act.answers[made->act.answer_count++].answer = ANSWER_WITHDRAWN;
    crypto_hash_sha256(made->act.digest, (const uint8_t *)words, sizeof words - 1);
    made->record = (struct record){.id = {1},
                                   .principal = {2},
                                   .time = 1772368496,
                                   .act = &made->act,
                                   .basis = {"consent", "consent", "legitimate-interests"}};
    record_canonical(&made->record, &made->canonical);
    *receipt = (struct receipt){.canonical = buf_str(&made->canonical),
                                .salt = {3},
                                .title = str_of("Privacy policy"),
                                .text = {words, sizeof words - 1},
                                .code = "00000-00000-00000-00000"};
    assert_true(record_parse(receipt->canonical, &receipt->view));
    questions_read(&made->asked, receipt->text);
    for (size_t i = 0; i < made->act.answer_count; i++)
        receipt->asked[i] = questions_find(&made->asked, made->act.answers[i].question);
    site_init(&made->site, &made->act);
    made_log(made);
}

static inline void made_release(struct made *made)
{
    buf_release(&made->canonical);
    buf_release(&made->note);
    buf_release(&made->key);
    questions_release(&made->asked);
}

#endif
