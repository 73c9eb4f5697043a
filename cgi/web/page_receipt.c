/* A receipt as a page and as files. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/validate.h"
#include "log/checkpoint.h"
#include "page_choices.h"
#include "page_records.h"
#include "receipt/receipt_kantara.h"
#include "receipt/receipt_qr.h"
#include "receipt_fetch.h"
#include "record/record_fields.h"
#include "site/offer.h"
#include "view.h"

static const struct manifest *manifest_of(const struct exchange *exchange)
{
    return &exchange->endpoint->bundle->manifest;
}

static void set_buf(json_t *slots, const char *name, struct buf *text)
{
    json_object_set_new(slots, name, json_stringn(text->data, text->len));
    buf_release(text);
}

static void set_path(json_t *slots, const char *name, char *path /* taken over */)
{
    json_object_set_new(slots, name, json_string(path));
    free(path);
}

static json_t *answer_slots(const struct exchange *exchange, const struct receipt *receipt)
{
    json_t *answers = json_array();

    for (size_t i = 0; i < receipt->view.act.answer_count; i++) {
        json_t *answer = history_answer((int)receipt->view.act.answers[i].answer);
        const struct text_question *asked = receipt->asked[i];
        const char *day = receipt_start(manifest_of(exchange), &receipt->view, i).day;
        struct buf from = BUF_INIT;

        if (day)
            view_day(exchange, day, &from);
        set_buf(answer, "from", &from);
        json_object_set_new(answer, "label", json_string(asked ? asked->words : ""));
        json_object_set_new(answer, "recipient", json_string(asked ? asked->recipient : ""));
        json_array_append_new(answers, answer);
    }
    return answers;
}

/* Until when its yeses and noes count, where it has any. */
static void set_expiry(const struct exchange *exchange, const struct record_view *view,
                       json_t *slots)
{
    bool counts = false;
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < view->act.answer_count; i++)
        counts =
            counts || (view->act.kind == ACT_ANSWERS && strcmp(view->basis[i], "consent") == 0);
    if (counts)
        view_time(exchange, offer_expires(manifest_of(exchange), view->seconds), &text);
    set_buf(slots, "expires", &text);
}

static void set_text_slots(const struct exchange *exchange, const struct receipt *receipt,
                           json_t *slots)
{
    const struct act *act = &receipt->view.act;
    char digest[2 * ACT_DIGEST + 1];

    sodium_bin2hex(digest, sizeof digest, act->digest, ACT_DIGEST);
    json_object_set_new(slots, "title", json_stringn(receipt->title.data, receipt->title.len));
    json_object_set_new(slots, "text_language", json_string(act->language));
    json_object_set_new(slots, "text_sha256", json_string(digest));
    set_path(slots, "text_url",
             receipt_find_text(manifest_of(exchange), act).text
                 ? mem_printf("%s/%s/%s/%s/", manifest_of(exchange)->base_url, act->language,
                              act->document, act->revision)
                 : mem_dups(""));
}

/* What a machine, or a person with patience, checks it by. */
static void set_proof_slots(const struct receipt *receipt, json_t *slots)
{
    struct buf code = BUF_INIT, path = BUF_INIT;
    char entry[2 * RECORD_ENTRY + 1];
    uint8_t bytes[RECORD_ENTRY];
    struct checkpoint head;
    struct note_key key;
    int side = 0;

    record_entry(receipt->salt, receipt->canonical, bytes);
    if (note_key_parse(&key, receipt->key) &&
        checkpoint_open(receipt->proof.note, &key, 1, &head) == NOTE_VALID) {
        receipt_qr_text(&head, receipt->proof.index, bytes, &code);
        receipt_qr_path(code.data, &path, &side);
    }
    json_object_set_new(slots, "index", json_integer((json_int_t)receipt->proof.index));
    json_object_set_new(slots, "hash",
                        json_string(sodium_bin2hex(entry, sizeof entry, bytes, sizeof bytes)));
    json_object_set_new(slots, "note",
                        json_stringn(receipt->proof.note.data, receipt->proof.note.len));
    json_object_set_new(slots, "key", json_stringn(receipt->key.data, receipt->key.len));
    json_object_set_new(slots, "side", json_integer(side));
    set_buf(slots, "modules", &path);
    buf_release(&code);
}

static void show_page(struct exchange *exchange, const struct receipt *receipt)
{
    const struct record_view *view = &receipt->view;
    struct buf time = BUF_INIT, version = BUF_INIT;
    json_t *kantara = receipt_kantara(receipt, manifest_of(exchange), exchange->now);
    json_t *slots = json_pack("{s:s, s:s, s:b, s:o, s:b, s:s?}", "id", view->id, "instant",
                              view->time, "acknowledged", view->act.kind == ACT_ACKNOWLEDGEMENT,
                              "answers", answer_slots(exchange, receipt), "kantara",
                              kantara != NULL, "code", receipt->code);

    record_flags_set_json(slots, view);
    view_instant(exchange, view->time, &time);
    set_buf(slots, "time", &time);
    view_version(exchange, view->act.revision, &version);
    set_buf(slots, "version", &version);
    set_expiry(exchange, view, slots);
    set_text_slots(exchange, receipt, slots);
    set_proof_slots(receipt, slots);
    json_decref(kantara);
    view_receipt(exchange, slots);
}

static void give_file(struct exchange *exchange, const char *name, json_t *json)
{
    char *value = mem_printf("attachment; filename=\"%s\"", name);

    response_header(exchange->response, "Content-Disposition", value);
    view_json(exchange, 200, json);
    free(value);
}

static void give_json(struct exchange *exchange, const struct receipt *receipt)
{
    char *name = mem_printf("receipt-%s.json", receipt->view.id);

    give_file(exchange, name,
              receipt_json(receipt, manifest_of(exchange), exchange->language->tag));
    free(name);
}

static void give_kantara(struct exchange *exchange, const struct receipt *receipt)
{
    json_t *json = receipt_kantara(receipt, manifest_of(exchange), exchange->now);
    char *name = mem_printf("receipt-%s.kantara.json", receipt->view.id);

    if (json)
        give_file(exchange, name, json);
    else
        view_problem(exchange, PROBLEM_NOT_FOUND);
    free(name);
}

static const struct form_of {
    const char *ending;
    void (*give)(struct exchange *exchange, const struct receipt *receipt);
} forms[] = {{"", show_page}, {".json", give_json}, {".kantara.json", give_kantara}};

/* The address: /LANG/choices/receipts/ID and an ending.  NULL: there is none such. */
static const struct form_of *read_path(struct str path, uint8_t id[ACT_RECORD_ID])
{
    static const char folder[] = "/choices/receipts/";
    const char *at = memmem(path.data, path.len, folder, sizeof folder - 1);
    struct str name, ending;

    name.data = at + sizeof folder - 1;
    name.len = path.len - (size_t)(name.data - path.data);
    if (name.len < 2 * ACT_RECORD_ID ||
        !lex_hex((struct str){name.data, 2 * ACT_RECORD_ID}, id, ACT_RECORD_ID))
        return NULL;
    ending = (struct str){name.data + 2 * ACT_RECORD_ID, name.len - 2 * ACT_RECORD_ID};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (str_is(ending, forms[i].ending))
            return &forms[i];
    return NULL;
}

void show_receipt(struct exchange *exchange)
{
    uint8_t id[ACT_RECORD_ID];
    const struct form_of *form = read_path(exchange->request->path, id);
    struct fetched fetched;
    struct visitor visitor;

    if (!form) {
        view_problem(exchange, PROBLEM_NOT_FOUND);
        return;
    }
    visitor_read(&visitor, exchange);
    switch (receipt_fetch(&fetched, &visitor, exchange, id)) {
    case FETCH_DONE:
        form->give(exchange, &fetched.receipt);
        if (exchange->response->status == 200)
            visitor_send(&visitor, exchange);
        break;
    case FETCH_NOT_FOUND:
        view_problem(exchange, PROBLEM_NOT_FOUND);
        break;
    case FETCH_UNAVAILABLE:
        view_problem(exchange, PROBLEM_UNAVAILABLE);
        break;
    }
    receipt_fetched_release(&fetched);
}
