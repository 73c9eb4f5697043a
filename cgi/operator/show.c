/* JSON is built, never pasted: a damaged record cannot spoil a line. */
#include "show.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/plain.h"
#include "base/validate.h"
#include "record/disclosure.h"
#include "record/question_json.h"
#include "log_print.h"
#include "entry_proof.h"

void print_json(json_t *json)
{
    json_dumpf(json, stdout, JSON_COMPACT | JSON_SORT_KEYS);
    putchar('\n');
    json_decref(json);
}

json_t *hex_json(const uint8_t *bytes, size_t len)
{
    char hex[2 * ACT_DIGEST + 1] = "";

    if (len <= ACT_DIGEST)
        sodium_bin2hex(hex, sizeof hex, bytes, len);
    return json_string(hex);
}

json_t *canonical_json(struct str canonical)
{
    return json_loadb(canonical.data, canonical.len, 0, NULL);
}

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

bool records_list(struct store *store, const uint8_t *visitor, bool json)
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

/* One record. */

struct showing {
    struct store *store;
    bool json, ok, sound;
    struct shown {
        uint8_t digest[ACT_DIGEST];
        int64_t index; /* of the record it is shown with */
    } * texts;         /* each is shown once */
    size_t text_count;
};

static void print_quoted(const char *text)
{
    struct buf plain = BUF_INIT;

    plain_add_line(&plain, str_of(text));
    printf("          \"%s\"\n", plain.data);
    buf_release(&plain);
}

static void print_question(const struct text_question *asked)
{
    if (!asked) {
        puts("          THE TEXT DOES NOT ASK THIS");
        return;
    }
    print_quoted(asked->words);
    if (*asked->recipient)
        print_quoted(asked->recipient);
}

static void print_words(const struct store_record *record)
{
    const struct record_view *view = record->view;
    const struct act *act = &view->act;

    printf("Record    %s\nTime      %s\nKind      %s\n", view->id, view->time,
           act_names[act->kind]);
    printf("Text      %s, version %s, language %s\n", act->document, act->revision, act->language);
    print_quoted(record->title);
    for (size_t i = 0; i < act->answer_count; i++) {
        printf("Answer    %s: %s (basis: %s)\n", act->answers[i].question,
               answer_names[act->answers[i].answer], view->basis[i]);
        print_question(record->asked[i]);
    }
    if (act->gpc)
        puts("Browser   asked not to be sold or shared (Global Privacy Control)");
}

static void print_proof(const char *what, int64_t index, bool entered,
                        const uint8_t hash[CANONICAL_ENTRY], const uint8_t salt[CANONICAL_SALT],
                        struct str canonical)
{
    char hex[2 * CANONICAL_ENTRY + 1];
    struct buf plain = BUF_INIT;

    plain_add_line(&plain, canonical);
    printf("Entry     %lld, which the %s %s\n", (long long)index, what,
           entered ? "matches" : "DOES NOT MATCH");
    printf("          %s\n", sodium_bin2hex(hex, sizeof hex, hash, CANONICAL_ENTRY));
    printf("Salt      %s\n", sodium_bin2hex(hex, sizeof hex, salt, CANONICAL_SALT));
    printf("Bytes     %s\n", plain.data);
    buf_release(&plain);
}

static void print_head(const struct records_proof *proof)
{
    if (!proof->is_covered)
        puts("Log       no head of the log was signed since");
    else if (proof->holds) {
        struct buf signer = BUF_INIT;

        plain_add(&signer, str_of(proof->signer));
        printf("Log       the entry is in the head of %s signed by %s\n"
               "          and was not changed since; against whoever holds database and key, that\n"
               "          counts only from the first head or receipt that left their hands\n",
               number_of(proof->size, "entry", "entries").text, signer.data);
        buf_release(&signer);
    } else {
        printf("Log       the entry is NOT in the head of %s, or that is not signed\n",
               number_of(proof->size, "entry", "entries").text);
    }
}

/* Where the text is shown already; adds it where it is not. */
static const struct shown *find_shown(struct showing *showing, const struct store_record *record)
{
    const uint8_t *digest = record->view->act.digest;
    struct shown *added;

    for (size_t i = 0; i < showing->text_count; i++)
        if (memcmp(showing->texts[i].digest, digest, ACT_DIGEST) == 0)
            return &showing->texts[i];
    showing->texts = mem_grow(showing->texts, showing->text_count, sizeof *showing->texts);
    added = &showing->texts[showing->text_count++];
    memcpy(added->digest, digest, ACT_DIGEST);
    added->index = record->index;
    return NULL;
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

static void print_text(struct showing *showing, const struct store_record *record, struct str body,
                       bool exact)
{
    const struct shown *shown = find_shown(showing, record);
    char hex[2 * ACT_DIGEST + 1];

    printf("SHA-256   %s of the text ",
           sodium_bin2hex(hex, sizeof hex, record->view->act.digest, ACT_DIGEST));
    if (shown)
        printf("that stands with entry %lld", (long long)shown->index);
    else
        printf("below");
    puts(exact ? ", checked" : ": DOES NOT MATCH");
    if (shown)
        return;
    putchar('\n');
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

static void print_record(struct showing *showing, const struct store_record *record,
                         const struct judged *judged)
{
    if (showing->json) {
        print_all_json(record, judged);
        return;
    }
    print_words(record);
    print_proof("record", record->index, judged->entered, record->entry, record->salt,
                record->canonical);
    print_head(&judged->proof);
    print_text(showing, record, judged->body, judged->exact);
}

static void show(void *context, const struct store_record *record)
{
    struct showing *showing = context;
    uint8_t entry[RECORD_ENTRY], digest[ACT_DIGEST];
    struct judged judged = {.exact = false};
    struct buf body = BUF_INIT;
    bool found;

    if (!record->view) {
        fprintf(stderr, "teade-records: entry %lld: its bytes are not a record\n",
                (long long)record->index);
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
        print_record(showing, record, &judged);
    showing->sound = judged.entered && judged.exact && judged.asks &&
                     (!judged.proof.is_covered || judged.proof.holds);
    records_proof_release(&judged.proof);
    buf_release(&body);
}

static bool show_record(struct showing *showing, const uint8_t id[ACT_RECORD_ID], bool *found)
{
    bool ok;

    showing->sound = false;
    ok = store_begin(showing->store) && store_find(showing->store, id, found, show, showing) &&
         showing->ok;
    store_rollback(showing->store);
    return ok;
}

bool records_show(struct store *store, const uint8_t id[ACT_RECORD_ID], bool json, bool *found,
                  bool *sound)
{
    struct showing showing = {.store = store, .json = json, .ok = true};
    bool ok = show_record(&showing, id, found);

    *sound = showing.sound;
    free(showing.texts);
    return ok;
}

/* All records of a visitor.  Their numbers first: what is shown of each is read by itself. */

struct numbers {
    uint8_t (*items)[ACT_RECORD_ID];
    size_t count;
    bool sound;
};

static void take_number(void *context, const struct store_record *record)
{
    struct numbers *numbers = context;

    if (!record->view) {
        numbers->sound = false;
        return;
    }
    numbers->items = mem_grow(numbers->items, numbers->count, sizeof *numbers->items);
    lex_hex(str_of(record->view->id), numbers->items[numbers->count++], ACT_RECORD_ID);
}

static void show_provision(void *context, const struct store_provision *row)
{
    struct showing *showing = context;
    uint8_t entry[CANONICAL_ENTRY];
    bool entered;

    canonical_entry(PROVISION_VERSION, row->salt, row->canonical, entry);
    entered = memcmp(entry, row->entry, sizeof entry) == 0;
    showing->sound = showing->sound && entered && row->view;
    if (showing->json) {
        print_json(json_pack("{s:I, s:b, s:o, s:o?, s:o}", "index", (json_int_t)row->index,
                             "hash_matches", entered, "hash",
                             hex_json(row->entry, CANONICAL_ENTRY), "provision",
                             row->view ? canonical_json(row->canonical) : NULL, "salt",
                             hex_json(row->salt, CANONICAL_SALT)));
        return;
    }
    printf("\n----\n\nProvision of data to a third party\n");
    print_proof("provision", row->index, entered, row->entry, row->salt, row->canonical);
}

bool records_show_all(struct store *store, const uint8_t visitor[ACT_VISITOR], bool json,
                      bool *sound)
{
    struct showing showing = {.store = store, .json = json, .ok = true};
    struct numbers numbers = {.sound = true};
    bool ok = true, more = true;

    for (int64_t next = 0; ok && more;)
        ok = store_record_page_of(store, visitor, &next, &more, take_number, &numbers);
    *sound = numbers.sound;
    for (size_t i = 0; ok && i < numbers.count; i++) {
        bool found;

        if (i && !json)
            puts("\n----\n");
        ok = show_record(&showing, numbers.items[i], &found);
        *sound = *sound && (showing.sound || !found); /* erased meanwhile */
    }
    free(showing.texts);
    free(numbers.items);
    showing.sound = true;
    ok = ok && store_provisions_of(store, visitor, show_provision, &showing);
    *sound = *sound && showing.sound;
    return ok;
}

/* The verdict. */

static void say_fault(void *context, const char *what)
{
    (void)context;
    puts(what);
}

static void add_fault(void *context, const char *what)
{
    json_array_append_new(context, json_string(what));
}

static void say_count(const struct store_count *count)
{
    printf("%s, %lld open, %lld closed, %s, %s, %s: ",
           number_of(count->entries, "entry", "entries").text, (long long)count->records,
           (long long)count->closed, number_of(count->provisions, "provision", "provisions").text,
           number_of(count->texts, "text", "texts").text,
           number_of(count->checkpoints, "checkpoint", "checkpoints").text);
    if (count->faults)
        puts(number_of(count->faults, "fault", "faults").text);
    else
        puts("everything matches");
}

static void print_verdict_json(const struct store_count *count, json_t *faults)
{
    print_json(json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:O}", "checkpoints",
                         (json_int_t)count->checkpoints, "entries", (json_int_t)count->entries,
                         "open", (json_int_t)count->records, "closed", (json_int_t)count->closed,
                         "provisions", (json_int_t)count->provisions, "texts",
                         (json_int_t)count->texts, "faults", faults));
}

struct verdict {
    void (*add)(void *context, const char *what);
    void *context;
    struct store_count *count;
};

static void compare_head(const struct verdict *verdict, struct store *store, const char *file,
                         bool must_exist)
{
    struct buf why = BUF_INIT;

    if (!records_goes_on(store, file, must_exist, &why)) {
        verdict->count->faults++;
        verdict->add(verdict->context, why.data);
    }
    buf_release(&why);
}

static void verify(const struct verdict *verdict, struct store *store, const char *anchor,
                   const char *head, int64_t now)
{
    store_verify(store, verdict->add, verdict->context, verdict->count);
    store_verify_times(store, now, verdict->add, verdict->context, verdict->count);
    compare_head(verdict, store, anchor, false);
    if (head)
        compare_head(verdict, store, head, true);
}

bool records_verify(struct store *store, const char *anchor, const char *head, int64_t now,
                    bool json)
{
    struct store_count count;
    struct verdict verdict = {say_fault, NULL, &count};

    if (json) {
        json_t *faults = json_array();

        verdict = (struct verdict){add_fault, faults, &count};
        verify(&verdict, store, anchor, head, now);
        print_verdict_json(&count, faults);
        json_decref(faults);
    } else {
        verify(&verdict, store, anchor, head, now);
        say_count(&count);
    }
    return count.faults == 0;
}
