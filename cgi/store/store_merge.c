/* The bytes, salts and times stay, and with them the numbers in the log; only the places can be
 * other ones, where something before them is lost or was closed. */
#include "store_merge_private.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/validate.h"
#include "record/identity.h"

/* Telling. */

static void count_record(struct store_acts *acts, const struct act *act)
{
    acts->acknowledgements += act->kind == ACT_ACKNOWLEDGEMENT;
    for (size_t i = 0; i < act->answer_count; i++)
        acts->said[act->answers[i].answer]++;
}

/* `id` and `handle` are hexadecimal or NULL. */
void store_carry_name(struct carrying *carrying, const struct store_entry *entry, const char *what,
                      const char *id, const char *handle, const char *why)
{
    buf_addf(&carrying->carried->names, "%s %s, entry %lld, visitor %s: %s\n", what,
             id ? id : "unknown", (long long)entry->index, handle ? handle : "unknown", why);
}

static const char *handle_of(struct str key, char hex[2 * IDENTITY_HANDLE + 1])
{
    uint8_t handle[IDENTITY_HANDLE];

    if (key.len != ACT_VISITOR)
        return NULL;
    identity_handle((const uint8_t *)key.data, handle);
    return sodium_bin2hex(hex, 2 * IDENTITY_HANDLE + 1, handle, sizeof handle);
}

/* `view` NULL: what it said cannot be told. */
void store_carry_lose(struct carrying *carrying, const struct store_entry *entry,
                      const struct record_view *view)
{
    char handle[2 * IDENTITY_HANDLE + 1], id[2 * ACT_RECORD_ID + 1];

    if (entry->record_id.len == ACT_RECORD_ID)
        sodium_bin2hex(id, sizeof id, (const uint8_t *)entry->record_id.data, ACT_RECORD_ID);
    store_carry_name(carrying, entry, "record", entry->record_id.len == ACT_RECORD_ID ? id : NULL,
                     handle_of(entry->key, handle), view ? act_names[view->act.kind] : "damaged");
    if (view)
        count_record(&carrying->carried->lost, &view->act);
    else
        carrying->carried->unknown++;
}

/* Texts. */

struct asking {
    struct store *copy;
    struct store_text text;
    int64_t offer;
    bool ok;
};

/* What is damaged is nobody's question, and what the copy has stays as it is there: neither is a
 * reason to carry nothing. */
static void put_question(void *context, const struct store_question *question)
{
    struct asking *asking = context;
    const char *basis;
    bool known;

    asking->ok =
        asking->ok && store_basis(asking->copy, asking->offer, question->id, &known, &basis);
    if (!asking->ok || known || !store_can_be_asked(question) ||
        store_question_fault(asking->text.body, question))
        return;
    asking->text.questions = question;
    asking->text.question_count = 1;
    asking->ok = store_put_text(asking->copy, &asking->text);
}

static void put_questions(struct asking *asking, struct store *live, const struct act *act)
{
    bool found;

    asking->ok = store_offer(asking->copy, act->document, act->revision, act->language, act->digest,
                             &found, &asking->offer);
    if (asking->ok && found)
        store_questions(live, act, put_question, asking);
}

/* The words of an act, and what they ask, go from one database to the other. */
static bool put_text(struct carrying *carrying, const struct act *act)
{
    struct asking asking = {
        .copy = carrying->copy,
        .text = {.document = act->document, .revision = act->revision, .language = act->language},
        .ok = true};
    struct buf body = BUF_INIT;
    uint8_t digest[ACT_DIGEST];
    bool found;

    memcpy(asking.text.digest, act->digest, sizeof act->digest);
    found = store_text_body(carrying->live, act->digest, &found, &body) && found;
    crypto_hash_sha256(digest, (const uint8_t *)body.data, body.len);
    asking.text.body = buf_str(&body);
    if (found && memcmp(digest, act->digest, sizeof digest) == 0) {
        asking.ok = store_put_text(carrying->copy, &asking.text);
        if (asking.ok)
            put_questions(&asking, carrying->live, act);
    }
    buf_release(&body);
    return asking.ok;
}

static bool find_offer(struct store *copy, const struct record_view *view, bool *fits,
                       int64_t *offer)
{
    const struct act *act = &view->act;
    const char *basis;

    if (!store_offer(copy, act->document, act->revision, act->language, act->digest, fits, offer))
        return false;
    for (size_t i = 0; *fits && i < act->answer_count; i++) {
        if (!store_basis(copy, *offer, act->answers[i].question, fits, &basis))
            return false;
        *fits = *fits && basis == view->basis[i];
    }
    return true;
}

/* Records. */

bool store_carry_visitor(struct store *copy, struct str key, int64_t *visitor)
{
    bool known, ok = store_visitor(copy, (const uint8_t *)key.data, &known, visitor);

    return ok && (known || store_add_visitor(copy, (const uint8_t *)key.data, visitor));
}

static bool is_record(const struct store_entry *entry, struct record_view *view)
{
    uint8_t hash[RECORD_ENTRY];

    if (entry->salt.len != RECORD_SALT || entry->key.len != ACT_VISITOR)
        return false;
    record_entry((const uint8_t *)entry->salt.data, entry->canonical, hash);
    return str_equal(entry->entry, (struct str){(const char *)hash, sizeof hash}) &&
           record_parse(entry->canonical, view) &&
           record_is_of(view, (const uint8_t *)entry->salt.data, (const uint8_t *)entry->key.data);
}

static bool add_record(struct store *copy, const struct store_entry *entry,
                       const struct record_view *view, int64_t offer)
{
    struct store_row row = {.salt = (const uint8_t *)entry->salt.data,
                            .entry = (const uint8_t *)entry->entry.data,
                            .time = view->seconds,
                            .canonical = entry->canonical};
    uint8_t id[ACT_RECORD_ID];

    row.id = id;
    return lex_hex(str_of(view->id), id, sizeof id) &&
           store_carry_visitor(copy, entry->key, &row.visitor) &&
           store_append_record(copy, &row, offer, &view->act);
}

/* Where the logs parted, the copy can have the record at another place. */
static bool has_record(struct store *copy, const struct record_view *view, bool *has)
{
    uint8_t id[ACT_RECORD_ID], key[ACT_VISITOR];

    *has = false;
    return lex_hex(str_of(view->id), id, sizeof id) && store_visitor_of(copy, id, has, key);
}

static bool know_text(struct carrying *carrying, const struct record_view *view, bool *fits,
                      int64_t *offer)
{
    return find_offer(carrying->copy, view, fits, offer) &&
           (*fits ||
            (put_text(carrying, &view->act) && find_offer(carrying->copy, view, fits, offer)));
}

static bool carry_record(struct carrying *carrying, const struct store_entry *entry)
{
    struct record_view view;
    int64_t offer;
    bool has, fits = true;

    if (!is_record(entry, &view)) {
        store_carry_lose(carrying, entry, NULL);
        return true;
    }
    if (!has_record(carrying->copy, &view, &has))
        return false;
    if (has)
        return true;
    if (!carrying->related)
        fits = false;
    else if (!know_text(carrying, &view, &fits, &offer))
        return false;
    if (!fits) {
        store_carry_lose(carrying, entry, &view);
        return true;
    }
    count_record(&carrying->carried->kept, &view.act);
    return add_record(carrying->copy, entry, &view, offer);
}

/* All of it. */

static bool carry(struct carrying *carrying, const struct store_entry *entry)
{
    enum entry_kind kind = store_entry_kind(&carrying->kinds, entry->index);
    bool has;

    if (!store_has_entry(carrying->copy, entry, &has))
        return false;
    if (has)
        return true;
    if (entry->open)
        return carry_record(carrying, entry);
    return store_is_closed(kind) || kind == ENTRY_CLOSING || store_carry_provision(carrying, entry);
}

/* Entries that the copy lacks and nobody can read.  A place that is far off is damaged itself. */
static bool lose_until(struct carrying *carrying, int64_t place)
{
    struct store_entry unread = {.index = carrying->next};

    if (place < carrying->next || place - carrying->next > STORE_UNREAD_MAX)
        return false;
    for (; unread.index < place; unread.index++)
        if (unread.index >= carrying->begun)
            store_carry_lose(carrying, &unread, NULL);
    carrying->next = place;
    return true;
}

static void carry_entry(void *context, const struct store_entry *entry)
{
    struct carrying *carrying = context;

    carrying->next += lose_until(carrying, entry->index);
    carrying->ok = carrying->ok && carry(carrying, entry);
}

static void carry_all(struct carrying *carrying)
{
    struct store *live = carrying->live;

    carrying->begun = carrying->copy->tail.next;
    store_entries_left(live, carry_entry, carrying);
    if (store_begin(live))
        lose_until(carrying, live->tail.next);
    store_rollback(live);
}

static void pass_over(void *context, const char *what)
{
    (void)context;
    (void)what;
}

bool store_carry(struct store *live, struct store *copy, bool related,
                 struct store_carried *carried)
{
    struct carrying carrying = {
        .live = live, .copy = copy, .related = related, .ok = true, .carried = carried};
    bool ok;

    *carried = (struct store_carried){.names = BUF_INIT};
    store_read_entry_kinds(live, &carrying.kinds, pass_over, NULL);
    ok = store_begin(copy);
    if (ok)
        carry_all(&carrying);
    ok = ok && carrying.ok && store_commit(copy);
    store_rollback(copy);
    free(carrying.kinds.at);
    return ok;
}

void store_carried_release(struct store_carried *carried)
{
    buf_release(&carried->names);
}
