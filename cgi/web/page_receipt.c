/* A receipt as a page and as files. */
#include "handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/validate.h"
#include "json_slots.h"
#include "log/checkpoint.h"
#include "receipt/receipt_kantara.h"
#include "receipt/receipt_qr.h"
#include "receipt_fetch.h"
#include "record/record_fields.h"
#include "response.h"
#include "site/offer.h"

static json_t *answer_slots(const struct exchange *exchange, const struct receipt *receipt)
{
    json_t *answers = json_array();

    for (size_t i = 0; i < receipt->view.act.answer_count; i++) {
        json_t *answer = slots_answer((int)receipt->view.act.answers[i].answer);
        const struct text_question *asked = receipt->asked[i];
        const char *day = receipt_start(exchange_manifest(exchange), &receipt->view, i).day;

        if (day)
            slots_day(answer, "from", exchange->language, day);
        else
            json_object_set_new(answer, "from", json_false());
        json_object_set_new(answer, "label", json_string(asked ? asked->words : ""));
        json_object_set_new(answer, "recipient", json_string(asked ? asked->recipient : ""));
        json_array_append_new(answers, answer);
    }
    return answers;
}

/* Until when its yes and no answers are valid, if it has any. */
static void set_expiry(const struct exchange *exchange, const struct record_view *view,
                       json_t *slots)
{
    bool expires = false;

    for (size_t i = 0; i < view->act.answer_count; i++)
        expires =
            expires || (view->act.kind == ACT_ANSWERS && strcmp(view->basis[i], "consent") == 0);
    if (expires)
        slots_time(slots, "expires", exchange->language,
                   offer_expires(exchange_manifest(exchange), view->seconds));
    else
        json_object_set_new(slots, "expires", json_false());
}

static void set_text_slots(const struct exchange *exchange, const struct receipt *receipt,
                           json_t *slots)
{
    const struct act *act = &receipt->view.act;
    bool published = receipt_find_text(exchange_manifest(exchange), act).text;

    slots_text(slots, "title", receipt->title);
    json_object_set_new(slots, "text_language", json_string(act->language));
    slots_hex(slots, "text_sha256", act->digest, ACT_DIGEST);
    json_object_set_new(slots, "text_url",
                        published
                            ? json_sprintf("%s/%s/%s/%s/", exchange_manifest(exchange)->base_url,
                                           act->language, act->document, act->revision)
                            : json_false());
}

/* What the receipt can be checked by. */
static void set_proof_slots(const struct receipt *receipt, json_t *slots)
{
    struct buf code = BUF_INIT, path = BUF_INIT;
    uint8_t hash[RECORD_ENTRY];
    struct checkpoint checkpoint;
    struct note_key key;
    int side = 0;

    record_entry(receipt->salt, receipt->canonical, hash);
    if (note_key_parse(&key, receipt->key) &&
        checkpoint_open(receipt->proof.note, &key, 1, &checkpoint) == NOTE_VALID) {
        receipt_qr_text(&checkpoint, receipt->proof.index, hash, &code);
        receipt_qr_path(code.data, &path, &side);
    }
    json_object_set_new(slots, "index", json_integer((json_int_t)receipt->proof.index));
    slots_hex(slots, "hash", hash, sizeof hash);
    slots_text(slots, "note", receipt->proof.note);
    slots_text(slots, "key", receipt->key);
    json_object_set_new(slots, "side", json_integer(side));
    slots_buf(slots, "modules", &path);
    buf_release(&code);
}

static void give_page(struct exchange *exchange, const struct receipt *receipt)
{
    const struct record_view *view = &receipt->view;
    json_t *kantara = receipt_kantara(receipt, exchange_manifest(exchange), exchange->now);
    json_t *slots = json_pack("{s:s, s:s, s:b, s:o, s:b, s:s?}", "id", view->id, "instant",
                              view->time, "acknowledged", view->act.kind == ACT_ACKNOWLEDGEMENT,
                              "answers", answer_slots(exchange, receipt), "kantara",
                              kantara != NULL, "code", receipt->code);

    record_flags_set_json(slots, view);
    slots_time(slots, "time", exchange->language, view->seconds);
    slots_version(slots, "version", exchange->language, view->act.revision);
    set_expiry(exchange, view, slots);
    set_text_slots(exchange, receipt, slots);
    set_proof_slots(receipt, slots);
    json_decref(kantara);
    response_page(exchange, "receipt.html", slots);
}

static void give_file(struct exchange *exchange, const char *name, json_t *json)
{
    char *value = mem_printf("attachment; filename=\"%s\"", name);

    response_header(exchange->response, "Content-Disposition", value);
    response_json(exchange, STATUS_OK, json);
    free(value);
}

static void give_json(struct exchange *exchange, const struct receipt *receipt)
{
    char *name = mem_printf("receipt-%s.json", receipt->view.id);

    give_file(exchange, name,
              receipt_json(receipt, exchange_manifest(exchange), exchange->language->tag));
    free(name);
}

static void give_kantara(struct exchange *exchange, const struct receipt *receipt)
{
    json_t *json = receipt_kantara(receipt, exchange_manifest(exchange), exchange->now);
    char *name = mem_printf("receipt-%s.kantara.json", receipt->view.id);

    if (json)
        give_file(exchange, name, json);
    else
        response_problem(exchange, PROBLEM_NOT_FOUND);
    free(name);
}

static const struct format {
    const char *ending;
    void (*give)(struct exchange *exchange, const struct receipt *receipt);
} formats[] = {{"", give_page}, {".json", give_json}, {".kantara.json", give_kantara}};

/* The format of /LANG/choices/receipts/ID and an ending; NULL: no such address. */
static const struct format *read_path(struct str path, uint8_t id[ACT_RECORD_ID])
{
    static const char folder[] = "/choices/receipts/";
    const char *at = memmem(path.data, path.len, folder, sizeof folder - 1);
    struct str name, ending;

    name.data = at + sizeof folder - 1;
    name.len = path.len - (size_t)(name.data - path.data);
    if (name.len < 2 * ACT_RECORD_ID ||
        !validate_hex((struct str){name.data, 2 * ACT_RECORD_ID}, id, ACT_RECORD_ID))
        return NULL;
    ending = (struct str){name.data + 2 * ACT_RECORD_ID, name.len - 2 * ACT_RECORD_ID};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (str_is(ending, formats[i].ending))
            return &formats[i];
    return NULL;
}

void page_receipt(struct exchange *exchange)
{
    uint8_t id[ACT_RECORD_ID];
    const struct format *format = read_path(exchange->request->path, id);
    struct fetched fetched;
    struct visitor visitor;

    if (!format) {
        response_problem(exchange, PROBLEM_NOT_FOUND);
        return;
    }
    visitor = visitor_read(exchange);
    switch (receipt_fetch(&fetched, exchange, &visitor, id)) {
    case FETCH_DONE:
        format->give(exchange, &fetched.receipt);
        if (exchange->response->status == STATUS_OK)
            visitor_send(exchange, &visitor);
        break;
    case FETCH_NOT_FOUND:
        response_problem(exchange, PROBLEM_NOT_FOUND);
        break;
    case FETCH_UNAVAILABLE:
        response_problem(exchange, PROBLEM_UNAVAILABLE);
        break;
    }
    receipt_fetched_release(&fetched);
}
