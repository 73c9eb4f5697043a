/* A database in a folder of its own, with a few texts, and acts on them in one line. */
#ifndef TEADE_STORE_FIXTURE_H
#define TEADE_STORE_FIXTURE_H

#include "../test.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>

#include "store.h"

#define NOON INT64_C(1772366400) /* 2026-03-01T12:00:00Z */

/* The texts that are offered, and how each asks. */
#define TO_RANDUR "Recipient: R\xc3\xa4ndur (Latvia). Data: name"
#define ASKED                                                 \
    "\n- The newsletter, once a month (`newsletter`)\\\n"     \
    "- Offers of R\xc3\xa4ndur (`partner-offers.randur`)\\\n" \
    "  " TO_RANDUR "\\\n"                                     \
    "- Offers of Meteor (`partner-offers.meteor`)\\\n"        \
    "- Counting visits (`visitor-statistics`)\\\n"
enum { ET_1, EN_1, EN_2, COOKIES, OFFERS };
static const struct offered {
    const char *document, *revision, *language, *body;
} offered[OFFERS] = {
    {"privacy-policy", "2026-03-01", "et", "# Privaatsuspoliitika\n\nTere.\n" ASKED},
    {"privacy-policy", "2026-03-01", "en", "# Privacy policy\n\nHello.\n" ASKED},
    {"privacy-policy", "2026-06-01", "en", "# Privacy policy\n\nHello again.\n" ASKED},
    {"cookies", "2026-03-01", "en", "No heading\n" ASKED},
};

enum { QUESTIONS = 4 };
static const struct store_question asked[QUESTIONS] = {
    {"newsletter", "newsletter", "consent", "The newsletter, once a month"},
    {"partner-offers.randur", "partner-offers", "consent", "Offers of R\xc3\xa4ndur"},
    {"partner-offers.meteor", "partner-offers", "consent", "Offers of Meteor"},
    {"visitor-statistics", "visitor-statistics", "legitimate-interests", "Counting visits"},
};

struct fixture {
    char *folder, *path;
    struct store *store;
};

static inline struct store_text text_of(int offer)
{
    struct store_text text = {.document = offered[offer].document,
                              .revision = offered[offer].revision,
                              .language = offered[offer].language,
                              .body = str_of(offered[offer].body),
                              .questions = asked,
                              .question_count = QUESTIONS};

    crypto_hash_sha256(text.digest, (const uint8_t *)text.body.data, text.body.len);
    return text;
}

static inline void put_texts(struct store *store)
{
    assert_true(store_begin(store));
    for (int i = 0; i < OFFERS; i++) {
        struct store_text text = text_of(i);

        if (!store_put_text(store, &text))
            fail_msg("%s", store_why(store));
    }
    assert_true(store_commit(store));
}

static inline struct store *reopen(struct fixture *fixture, enum store_mode mode)
{
    struct buf why = BUF_INIT;
    struct store *store = store_open(fixture->path, mode, mode == STORE_WRITE, &why);

    if (!store)
        fail_msg("%s", why.data);
    buf_release(&why);
    return store;
}

static inline int set_up(void **state)
{
    struct fixture *fixture = mem_alloc(sizeof *fixture);

    fixture->folder = folder_new();
    fixture->path = mem_printf("%s/consent.db", fixture->folder);
    fixture->store = reopen(fixture, STORE_WRITE);
    put_texts(fixture->store);
    *state = fixture;
    return 0;
}

static inline int tear_down(void **state)
{
    struct fixture *fixture = *state;

    store_close(fixture->store);
    folder_free(fixture->folder);
    free(fixture->path);
    free(fixture);
    return 0;
}

static inline void visitor_of(int number, uint8_t key[ACT_VISITOR])
{
    crypto_hash_sha256(key, (const uint8_t *)&number, sizeof number);
}

static inline struct act act_on(enum act_kind kind, int visitor, bool fresh, int offer)
{
    struct store_text text = text_of(offer);
    struct act act = {.kind = kind, .fresh = fresh};

    visitor_of(visitor, act.visitor);
    if (kind == ACT_WITHDRAWAL) /* names no text */
        return act;
    memcpy(act.digest, text.digest, sizeof act.digest);
    snprintf(act.document, sizeof act.document, "%s", text.document);
    snprintf(act.revision, sizeof act.revision, "%s", text.revision);
    snprintf(act.language, sizeof act.language, "%s", text.language);
    return act;
}

static inline void say(struct act *act, const char *question, enum answer answer)
{
    struct act_answer *next = &act->answers[act->answer_count++];

    snprintf(next->question, sizeof next->question, "%s", question);
    next->answer = answer;
}

/* In a transaction of its own. */
static inline enum act_result do_act(struct store *store, const struct act *act, int64_t now)
{
    uint8_t id[ACT_RECORD_ID];
    enum act_result result;

    assert_true(store_begin(store));
    result = store_act(store, act, now, id);
    assert_true(store_commit(store));
    return result;
}

static inline void give(struct store *store, int visitor, bool fresh, int offer,
                        const char *question, int64_t now)
{
    struct act act = act_on(ACT_ANSWERS, visitor, fresh, offer);
    bool objection = strcmp(question, "visitor-statistics") == 0;

    say(&act, question, objection ? ANSWER_OBJECTED : ANSWER_GIVEN);
    assert_int_equal(do_act(store, &act, now), ACT_DONE);
}

static inline void erase(struct store *store, int visitor, int64_t now)
{
    uint8_t key[ACT_VISITOR];

    visitor_of(visitor, key);
    assert_true(store_begin(store));
    assert_int_equal(store_erase(store, key, now), ACT_DONE);
    assert_true(store_commit(store));
}

/* What stands, as text: "newsletter=given@2026-03-01/en+0", time from NOON, spaces between. */
static inline void add_standing(void *context, const struct standing *standing)
{
    struct buf *out = context;

    buf_addf(out, "%s%s:%s=%s@%s/%s+%lld", out->len ? " " : "", standing->document,
             standing->question, answer_names[standing->answer], standing->revision,
             standing->language, (long long)(standing->time - NOON));
}

static inline void assert_stands(struct store *store, int visitor, const char *wanted)
{
    struct buf out = BUF_INIT;
    uint8_t key[ACT_VISITOR];
    bool known;

    visitor_of(visitor, key);
    assert_true(store_standing(store, key, &known, add_standing, &out));
    assert_string_equal(known ? out.data : "stranger", wanted);
    buf_release(&out);
}

static inline void add_fault(void *context, const char *what)
{
    buf_addf(context, "%s\n", what);
}

/* Another program at the same file. */
static inline sqlite3 *raw_open(const struct fixture *fixture)
{
    sqlite3 *raw;

    assert_int_equal(sqlite3_open(fixture->path, &raw), SQLITE_OK);
    sqlite3_busy_timeout(raw, 2000);
    return raw;
}

static inline void raw_do(const struct fixture *fixture, const char *sql)
{
    sqlite3 *raw = raw_open(fixture);

    if (sqlite3_exec(raw, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(raw));
    sqlite3_close(raw);
}

static inline int64_t raw_int(const struct fixture *fixture, const char *sql)
{
    sqlite3 *raw = raw_open(fixture);
    sqlite3_stmt *statement;
    int64_t value;

    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    return value;
}

#endif
