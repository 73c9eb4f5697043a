/* What the database keeps of provisions: beside the visitor, and after them. */
#include "../fixtures/provision_fixture.h"

#include "base/file.h"
#include "base/instant.h"
#include "site/offer.h"

static struct manifest_question stored[] = {
    {.id = "partner-offers.randur", .purpose = "partner-offers", .basis = "consent"},
    {.id = "partner-offers.meteor", .purpose = "partner-offers", .basis = "consent"},
};
static struct manifest_wording english[] = {
    {"Offers", "R\xc3\xa4ndur", "Latvia", "name"},
    {"Offers", "Meteor", "United States", "name"},
};
static struct manifest_wording before[] = {
    {"Offers", "Randur", "Latvia", "name and address"},
    {"Offers", "Meteor", "United States", "name"},
};
static char as_long_as_it_gets[PROVISION_NAME_MAX + 2];
static struct manifest_wording estonian[] = {
    {"Pakkumised", " R\xc3\xa4ndur O\xc3\x9c\n", "L\xc3\xa4ti", "nimi"},
    {"Pakkumised", as_long_as_it_gets, "USA", "nimi"},
};
static struct manifest_text texts[] = {
    {.language = "en", .digest = "", .wordings = english},
    {.language = "et", .digest = "", .wordings = estonian},
    {.language = "en", .digest = "", .replaced = NOON, .wordings = before},
};
static struct manifest_revision policy[] = {
    {.id = "2026-03-01",
     .effective = NOON,
     .questions = stored,
     .question_count = 2,
     .texts = texts,
     .text_count = COUNT(texts)},
};
static struct manifest_document policies[] = {{"privacy-policy", policy, 1}};
static const struct manifest site = {
    .documents = policies, .document_count = 1, .consent_validity = 24};

static struct provided do_provide(struct store *store, const struct provide *wanted, int64_t now)
{
    struct provided provided;

    assert_true(store_begin(store));
    provide(store, &site, now, wanted, &provided);
    assert_true(store_commit(store));
    return provided;
}

static struct provided ask(struct store *store, int visitor, enum provision_ground ground,
                           const char *recipient, int64_t now)
{
    struct provide wanted = request(visitor, ground, recipient);

    return do_provide(store, &wanted, now);
}

static void assert_sound(struct store *store, int64_t entries, int64_t provisions)
{
    struct store_count count;
    struct buf faults = BUF_INIT;

    store_verify(store, &(struct fault_sink){add_fault, &faults}, &count);
    assert_string_equal(faults.data, "");
    assert_int_equal(count.entries, entries);
    assert_int_equal(count.provisions, provisions);
    buf_release(&faults);
}

static void add_provision(void *context, const struct store_provision *row)
{
    buf_addf(context, "%lld:%s:%s%s ", (long long)row->index,
             row->view ? provision_grounds[row->view->ground] : "damaged",
             row->view ? row->view->recipient.id : "", row->erased ? ":erased" : "");
}

static void assert_provisions(struct store *store, int visitor, const char *of, const char *all)
{
    struct buf out = BUF_INIT;
    uint8_t key[ACT_VISITOR];

    visitor_of(visitor, key);
    assert_true(store_provisions_of(store, key, add_provision, &out));
    assert_string_equal(out.data, of);
    buf_reset(&out);
    assert_true(store_provisions(store, add_provision, &out));
    assert_string_equal(out.data, all);
    buf_release(&out);
}

static void what_may_be_provided_is_entered(void **state)
{
    struct store *store = ((struct fixture *)*state)->store;
    struct provided provided;
    struct act back = act_on(ACT_WITHDRAWAL, 1, false, EN_1);
    struct buf out = BUF_INIT;
    bool found;

    assert_int_equal(ask(store, 1, GROUND_CONSENT, "randur", NOON).result, ACT_STRANGER);
    assert_int_equal(ask(store, 1, GROUND_LAW, "", NOON).result, ACT_STRANGER);
    give(store, 1, true, EN_1, "partner-offers.randur", NOON); /* 0 */
    give(store, 2, true, EN_1, "partner-offers.meteor", NOON); /* 1 */
    provided = ask(store, 1, GROUND_CONSENT, "meteor", NOON);
    assert_int_equal(provided.result, ACT_NOTHING);
    assert_int_equal(provided.told.verdict, PERMIT_NEVER);
    assert_sound(store, 2, 0);
    provided = ask(store, 1, GROUND_CONSENT, "randur", NOON + 60); /* 2 */
    assert_int_equal(provided.result, ACT_DONE);
    assert_true(store_find_provision(store, provided.id, &found, add_provision, &out));
    assert_true(found);
    assert_string_equal(out.data, "2:consent:randur ");
    buf_release(&out);
    provided.id[0] ^= 1;
    assert_true(store_find_provision(store, provided.id, &found, add_provision, &out));
    assert_false(found);
    assert_int_equal(do_act(store, &back, NOON + 90), ACT_DONE); /* 3 */
    provided = ask(store, 1, GROUND_CONSENT, "randur", NOON + 90);
    assert_int_equal(provided.result, ACT_NOTHING);
    assert_int_equal(provided.told.verdict, PERMIT_WITHDRAWN);
    assert_int_equal(provided.told.since, NOON + 90);
    assert_int_equal(ask(store, 2, GROUND_PUBLIC_BODIES, "", NOON + 10).result, ACT_DONE); /* 4 */
    give(store, 3, true, EN_1, "newsletter", NOON); /* 5: by the clock */
    assert_stands(store, 3, "privacy-policy:newsletter=given@2026-03-01/en+0");
    assert_provisions(store, 1, "2:consent:randur ", "2:consent:randur 4:public-bodies: ");
    assert_sound(store, 6, 2);
}

static void take_consent(void *context, const struct store_provision *row)
{
    *(struct provision_consent *)context = row->view->consent;
}

static void take_record(void *context, const struct store_record *record)
{
    struct provision_consent *named = context;
    char id[2 * ACT_RECORD_ID + 1];

    sodium_bin2hex(id, sizeof id, named->record, sizeof named->record);
    assert_string_equal(record->view->id, id);
    assert_memory_equal(record->view->act.digest, named->digest, sizeof named->digest);
    assert_int_equal(record->index, 1);
}

/* Of several records at one instant it is the one that says yes to just this. */
static void the_yes_is_named(void **state)
{
    struct store *store = ((struct fixture *)*state)->store;
    struct provision_consent consent;
    uint8_t key[ACT_VISITOR];
    bool found;

    give(store, 1, true, EN_1, "newsletter", NOON);
    give(store, 1, false, ET_1, "partner-offers.randur", NOON);
    give(store, 1, false, EN_1, "partner-offers.meteor", NOON);
    assert_int_equal(ask(store, 1, GROUND_CONSENT, "randur", NOON).result, ACT_DONE);
    visitor_of(1, key);
    assert_true(store_provisions_of(store, key, take_consent, &consent));
    assert_string_equal(consent.language, "et");
    assert_string_equal(consent.purpose, "partner-offers");
    assert_true(store_find(store, consent.record, &found, take_record, &consent));
    assert_true(found);
}

static void take_name(void *context, const struct store_provision *row)
{
    buf_reset(context);
    buf_adds(context, row->view->recipient.name);
}

/* Consent names whom it is to, in each language and before an erratum too; nobody else is. */
static void consent_is_to_whom_it_names(void **state)
{
    static const struct {
        int language;
        const char *recipient, *name;
        bool by_digest; /* the text is the one before the erratum */
        enum act_result result;
        const char *recorded, *covers, *items;
    } rows[] = {
#define RANDUR "R\xc3\xa4ndur"
        {EN_1, "randur", RANDUR, false, ACT_DONE, RANDUR, RANDUR, "name"},
        {EN_1, "randur", " " RANDUR " ", false, ACT_DONE, RANDUR, RANDUR, "name"},
        {EN_1, "randur", "", false, ACT_DONE, RANDUR, RANDUR, "name"},
        {EN_1, "randur", RANDUR " O\xc3\x9c", false, ACT_DONE, RANDUR " O\xc3\x9c", RANDUR, "name"},
        {ET_1, "randur", "", false, ACT_DONE, RANDUR " O\xc3\x9c", RANDUR " O\xc3\x9c", "nimi"},
        {EN_1, "randur", "", true, ACT_DONE, "Randur", "Randur", "name and address"},
        {EN_1, "randur", "Randur", false, ACT_DONE, "Randur", RANDUR, "name"},
        {EN_1, "randur", "Evil Brokers Ltd", false, ACT_NOTHING, "", RANDUR, "name"},
        {EN_1, "randur", "R\xc3\xa4ndu", false, ACT_NOTHING, "", RANDUR, "name"},
        {EN_1, "randur", "r\xc3\xa4ndur", false, ACT_NOTHING, "", RANDUR, "name"},
        {EN_1, "randur", "Meteor", false, ACT_NOTHING, "", RANDUR, "name"},
        {ET_1, "meteor", "", false, ACT_NO_TEXT, "", as_long_as_it_gets, "nimi"},
        {ET_1, "meteor", "Meteor", false, ACT_DONE, "Meteor", as_long_as_it_gets, "nimi"},
    };
    struct store *store = ((struct fixture *)*state)->store;
    char hex[2 * ACT_DIGEST + 1];

    memset(as_long_as_it_gets, 'x', sizeof as_long_as_it_gets - 1);
    for (int i = 0; i < (int)COUNT(rows); i++) {
        struct act act = act_on(ACT_ANSWERS, i, true, rows[i].language);
        struct provide wanted = request(i, GROUND_CONSENT, rows[i].recipient);
        struct buf recorded = BUF_INIT;
        struct provided provided;
        char question[ACT_QUESTION_MAX + 1];

        snprintf(question, sizeof question, "partner-offers.%s", rows[i].recipient);
        give(store, i, true, rows[i].language, question, NOON);
        sodium_bin2hex(hex, sizeof hex, act.digest, sizeof act.digest);
        texts[2].digest = rows[i].by_digest ? hex : "";
        snprintf(wanted.provision.recipient.name, sizeof wanted.provision.recipient.name, "%s",
                 rows[i].name);
        provided = do_provide(store, &wanted, NOON);
        assert_true(store_provisions_of(store, wanted.visitor, take_name, &recorded));
        if (provided.result != rows[i].result || strcmp(recorded.data, rows[i].recorded) != 0 ||
            !str_is(provided.told.name, rows[i].covers) ||
            !str_is(provided.told.data, rows[i].items))
            fail_msg("row %d: %d, %s, %.*s: %.*s", i, provided.result, recorded.data,
                     (int)provided.told.name.len, provided.told.name.data,
                     (int)provided.told.data.len, provided.told.data.data);
        assert_int_equal(provided.told.verdict,
                         rows[i].result == ACT_NOTHING ? PERMIT_OTHER_NAME : PERMIT_GIVEN);
        buf_release(&recorded);
    }
    texts[2].digest = "";
}

static bool lies_about(const struct fixture *fixture, const void *bytes, size_t len)
{
    static const char *const files[] = {"", "-wal"};
    bool found = false;

    for (size_t i = 0; i < COUNT(files); i++) {
        char *path = mem_printf("%s%s", fixture->path, files[i]);
        struct buf content = BUF_INIT;

        if (file_read(path, &content))
            found = found || memmem(content.data, content.len, bytes, len);
        buf_release(&content);
        free(path);
    }
    return found;
}

static void take_handle(void *context, const struct store_provision *row)
{
    memcpy(context, row->view->handle, IDENTITY_HANDLE);
}

static void it_outlives_the_visitor(void **state)
{
    struct fixture *fixture = *state;
    struct store *store = fixture->store;
    uint8_t key[ACT_VISITOR], handle[IDENTITY_HANDLE], kept[IDENTITY_HANDLE];
    bool done;

    give(store, 1, true, EN_1, "partner-offers.randur", NOON);
    assert_int_equal(ask(store, 1, GROUND_CONSENT, "randur", NOON).result, ACT_DONE);
    visitor_of(1, key);
    assert_true(lies_about(fixture, key, sizeof key));
    erase(store, 1, NOON + 60); /* 2 takes the consent back, 3 closes 0 and 2 */
    assert_true(store_compact(store, &done) && done);
    assert_false(lies_about(fixture, key, sizeof key));
    assert_provisions(store, 1, "", "1:consent:randur:erased ");
    identity_handle(key, handle);
    assert_true(store_provisions(store, take_handle, kept));
    assert_memory_equal(kept, handle, sizeof handle);
    assert_int_equal(raw_int(fixture, "SELECT visitor IS NULL FROM provision"), 1);
    assert_sound(store, 4, 1);
}

static void it_goes_after_its_time(void **state)
{
    struct store *store = ((struct fixture *)*state)->store;
    const int64_t until = provision_kept_until(NOON);
    int64_t next = 0;
    bool more;

    give(store, 1, true, EN_1, "partner-offers.randur", NOON);
    assert_int_equal(ask(store, 1, GROUND_LAW, "", NOON).result, ACT_DONE);
    for (int i = 0; i < 2; i++) {
        struct store_retention retention = {
            .provision_until = instant_months_ago(until - 1 + i, 12 * PROVISION_YEARS)};

        assert_provisions(store, 1, "1:law: ", "1:law: ");
        assert_true(store_prune(store, &retention, until - 1 + i, &next, &more));
    }
    assert_provisions(store, 1, "", "");
    assert_sound(store, 3, 0);
}

#define NO_TRIGGERS                                                                         \
    "DROP TRIGGER provision_fixed; DROP TRIGGER provision_newest; DROP TRIGGER entry_kept;" \
    "DROP TRIGGER entry_fixed; DROP TRIGGER closing_newest;"

static void each_alteration_is_named(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *sql, *fault;
    } rows[] = {
        {"", ""},
        {"UPDATE provision SET salt = zeroblob(32) WHERE entry = 2",
         "entry 2: a disclosure does not match its entry"},
        {"UPDATE provision SET canonical = CAST(replace(CAST(canonical AS TEXT), 'Riga', 'Oslo')"
         " AS BLOB) WHERE entry = 2",
         "entry 2: a disclosure does not match its entry"},
        {"UPDATE provision SET canonical = x'7b7d' WHERE entry = 3",
         "entry 3: a disclosure cannot be parsed"},
        {"UPDATE entry SET hash = zeroblob(32) WHERE place = 2",
         "entry 2: a disclosure does not match its entry"},
        {"UPDATE provision SET id = zeroblob(16) WHERE entry = 2",
         "entry 2: a disclosure has a different ID in its row"},
        {"UPDATE provision SET time = time + 1 WHERE entry = 2",
         "entry 2: a disclosure has a different time in its row"},
        {"UPDATE provision SET visitor = (SELECT visitor FROM record WHERE entry = 1)"
         " WHERE entry = 2",
         "entry 2: a disclosure has a different visitor in its row"},
        {"DELETE FROM provision WHERE entry = 3",
         "entry 3: its record is missing, and no removal names it"},
        {"UPDATE provision SET entry = 0 WHERE entry = 2",
         "entry 2: its record is missing, and no removal names it"},
        {"UPDATE provision SET entry = 5 WHERE entry = 2",
         "entry 5: a disclosure exists, although its entry was removed"},
        {"UPDATE provision SET visitor = NULL WHERE entry = 3",
         "entry 3: a disclosure has no visitor in its row, but its visitor exists"},
        {"UPDATE provision SET entry = 99 WHERE entry = 2",
         "database: a row of provision (99) refers to a row of entry that does not exist"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct store_count count;
        struct buf faults = BUF_INIT;

        give(fixture->store, 1, true, EN_1, "partner-offers.randur", NOON);             /* 0 */
        give(fixture->store, 2, true, EN_1, "newsletter", NOON);                        /* 1 */
        assert_int_equal(ask(fixture->store, 1, GROUND_CONSENT, "randur", NOON).result, /* 2 */
                         ACT_DONE);
        assert_int_equal(ask(fixture->store, 2, GROUND_LAW, "", NOON).result, /* 3 */ ACT_DONE);
        give(fixture->store, 3, true, EN_1, "newsletter", NOON); /* 4, 5 takes it back */
        erase(fixture->store, 3, NOON);                          /* 6 closes both */
        store_close(fixture->store);
        raw_do(fixture, NO_TRIGGERS);
        raw_do(fixture, rows[i].sql);
        fixture->store = reopen(fixture, STORE_READ);
        store_verify(fixture->store, &(struct fault_sink){add_fault, &faults}, &count);
        if (!strstr(faults.data, rows[i].fault) || (!*rows[i].fault && faults.len))
            fail_msg("%s:\n%s instead of\n%s", rows[i].sql, faults.data, rows[i].fault);
        buf_release(&faults);
        tear_down(state);
        set_up(state);
        fixture = *state;
    }
}

#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(what_may_be_provided_is_entered), IN_A_DATABASE(the_yes_is_named),
        IN_A_DATABASE(consent_is_to_whom_it_names),     IN_A_DATABASE(it_outlives_the_visitor),
        IN_A_DATABASE(it_goes_after_its_time),          IN_A_DATABASE(each_alteration_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
