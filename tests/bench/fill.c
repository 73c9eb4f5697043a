/* Makes a database of many records, as years would: two documents, each in two languages and
 * three versions, and visitors who answer, take back and acknowledge, one between the others.
 * The same seed makes the same records.  Filled again, the same visitors go on.
 *
 *   fill DATABASE VISITORS RECORDS_EACH [SEED] */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "crowd.h"
#include "store/store.h"
#include "store/store_log.h"

enum { QUESTIONS = 8, DOCUMENTS = 2, LANGUAGES = 2, REVISIONS = 3 };
enum { OFFERS = DOCUMENTS * LANGUAGES * REVISIONS, ROUNDS = 1000, BATCH = 20000 };

#define START INT64_C(1772366400) /* 2026-03-01T12:00:00Z */
#define STEP 10 /* seconds from act to act: a million of them end before the summer does */

static const struct store_question asked[QUESTIONS] = {
    {"newsletter", "consent"},
    {"visitor-statistics", "legitimate-interests"},
    {"partner-offers.randur", "consent"},
    {"partner-offers.meteor", "consent"},
    {"product-research", "consent"},
    {"fraud-prevention", "legitimate-interests"},
    {"birthday-greetings", "consent"},
    {"personal-prices", "consent"},
};
static const char *const labels[QUESTIONS] = {
    "The newsletter, once a month", "Counting visits",
    "Offers of R\xc3\xa4ndur",      "Offers of Meteor",
    "Questions about our products", "Looking for fraud",
    "A greeting on your birthday",  "Prices made for you"};

/* Chance by a seed (xorshift64*), also where the store asks libsodium for random bytes. */

static uint64_t chance_state;

static uint32_t chance(void)
{
    chance_state ^= chance_state >> 12;
    chance_state ^= chance_state << 25;
    chance_state ^= chance_state >> 27;
    return (uint32_t)(chance_state * UINT64_C(2685821657736338717) >> 32);
}

static size_t below(size_t limit)
{
    return chance() % limit;
}

static const char *chance_name(void)
{
    return "seeded";
}

static void chance_bytes(void *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        ((uint8_t *)bytes)[i] = (uint8_t)chance();
}

static struct randombytes_implementation seeded = {
    .implementation_name = chance_name, .random = chance, .buf = chance_bytes};

static _Noreturn void give_up(const char *why)
{
    fprintf(stderr, "fill: %s\n", why);
    exit(EXIT_FAILURE);
}

/* Texts. */

/* As long as a policy, and then what it asks. */
static void make_body(const struct store_text *text, struct buf *body)
{
    enum { PARAGRAPHS = 60 };

    buf_addf(body, "# %s\n\n%s, %s.\n\n", text->document, text->revision, text->language);
    for (int i = 0; i < PARAGRAPHS; i++)
        buf_adds(body, "We keep what you tell us for as long as it is needed for what you were "
                       "told that it is for, and no longer than the law allows.\n\n");
    for (size_t i = 0; i < QUESTIONS; i++) {
        buf_addf(body, "- %s (`%s`)\\\n", labels[i], asked[i].id);
        if (strchr(asked[i].id, '.'))
            buf_adds(body, "  Recipient: One Partner SIA (Latvia). Data: name and address\\\n");
        buf_adds(body, "  Yes / No\n");
    }
}

static void make_text(size_t offer, struct store_text *text, struct buf *body)
{
    static const char *const documents[DOCUMENTS] = {"privacy-policy", "cookies"};
    static const char *const languages[LANGUAGES] = {"et", "ja"};
    static const char *const revisions[REVISIONS] = {"2026-03-01", "2026-06-01", "2026-06-01.2"};

    *text = (struct store_text){.document = documents[offer % DOCUMENTS],
                                .language = languages[offer / DOCUMENTS % LANGUAGES],
                                .revision = revisions[offer / DOCUMENTS / LANGUAGES],
                                .questions = asked,
                                .question_count = QUESTIONS};
    make_body(text, body);
    text->body = buf_str(body);
    crypto_hash_sha256(text->digest, (const uint8_t *)body->data, body->len);
}

static void put_texts(struct store *store, struct act offers[OFFERS])
{
    for (size_t i = 0; i < OFFERS; i++) {
        struct buf body = BUF_INIT;
        struct store_text text;

        make_text(i, &text, &body);
        if (!store_put_text(store, &text))
            give_up(store_why(store));
        offers[i] = (struct act){.fresh = true};
        memcpy(offers[i].digest, text.digest, sizeof text.digest);
        snprintf(offers[i].document, sizeof offers[i].document, "%s", text.document);
        snprintf(offers[i].revision, sizeof offers[i].revision, "%s", text.revision);
        snprintf(offers[i].language, sizeof offers[i].language, "%s", text.language);
        buf_release(&body);
    }
}

/* Acts.  Each makes a record: a text is acknowledged once, and only what stands is taken back;
 * where it was said on both documents, that makes two. */

struct person {
    unsigned said, acknowledged; /* bits by question: a yes or objection; by offer */
};

static void say(struct act *act, size_t question, enum answer answer)
{
    struct act_answer *next = &act->answers[act->answer_count++];

    snprintf(next->question, sizeof next->question, "%s", asked[question].id);
    next->answer = answer;
}

static enum answer any_answer(size_t question)
{
    if (strcmp(asked[question].basis, "consent") != 0)
        return ANSWER_OBJECTED;
    return below(2) ? ANSWER_GIVEN : ANSWER_REFUSED;
}

static void make_answers(struct act *act, struct person *person)
{
    size_t count = 1 + below(QUESTIONS), first = below(QUESTIONS);

    person->said = 0;
    for (size_t i = 0; i < count; i++) {
        size_t question = (first + i) % QUESTIONS;
        enum answer answer = any_answer(question);

        say(act, question, answer);
        if (answer != ANSWER_REFUSED)
            person->said |= 1U << question;
    }
}

static void make_withdrawal(struct act *act, struct person *person)
{
    act->kind = ACT_WITHDRAWAL;
    act->document[0] = '\0'; /* of all */
    for (size_t i = 0; i < QUESTIONS; i++)
        if (person->said & 1U << i)
            say(act, i, ANSWER_WITHDRAWN);
    person->said = 0;
}

static void make_act(const struct act offers[OFFERS], size_t visitor, struct person *person,
                     struct act *act)
{
    size_t offer = below(OFFERS), kind = below(10);

    *act = offers[offer];
    act->gpc = below(4) == 0;
    crowd_visitor(visitor, act->visitor);
    if (kind == 0 && person->said) {
        make_withdrawal(act, person);
    } else if (kind == 1 && !(person->acknowledged & 1U << offer)) {
        act->kind = ACT_ACKNOWLEDGEMENT;
        person->acknowledged |= 1U << offer;
    } else {
        make_answers(act, person);
    }
}

/* Filling. */

static void begin(struct store *store)
{
    if (!store_begin(store))
        give_up(store_why(store));
}

static void commit(struct store *store)
{
    if (!store_commit(store))
        give_up(store_why(store));
}

static size_t history_of(size_t visitor, size_t records_each)
{
    return visitor < CROWD_HISTORIES ? crowd_histories[visitor] : records_each;
}

/* Whether the visitor's next record falls into this round: each history is spread over all rounds,
 * everybody's from another one on. */
static bool is_due(size_t visitor, size_t round, size_t records)
{
    size_t at = round + visitor * 7919 % ROUNDS;

    return (at + 1) * records / ROUNDS > at * records / ROUNDS;
}

static void act_on(struct store *store, const struct act *act, size_t number)
{
    uint8_t id[ACT_RECORD_ID];

    if (store_act(store, act, START + STEP * (int64_t)number, id) != ACT_DONE)
        give_up(store_why(store));
    if (number % BATCH == 0) {
        commit(store);
        if (isatty(STDERR_FILENO))
            fprintf(stderr, "\r%zu acts ", number);
        begin(store);
    }
}

static void fill(struct store *store, size_t visitors, size_t records_each)
{
    struct person *people = mem_alloc(visitors * sizeof *people);
    struct act offers[OFFERS];
    size_t number = 0;

    begin(store);
    put_texts(store, offers);
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t visitor = 0; visitor < visitors; visitor++)
            if (is_due(visitor, round, history_of(visitor, records_each))) {
                struct act act;

                make_act(offers, visitor, &people[visitor], &act);
                act_on(store, &act, ++number);
            }
    commit(store);
    free(people);
}

static void report(struct store *store)
{
    struct store_stats stats;

    if (!store_stats(store, &stats))
        give_up(store_why(store));
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%30s\r", "");
    printf("%lld records of %lld visitors, %lld MiB\n", (long long)stats.records,
           (long long)stats.visitors, (long long)stats.bytes >> 20);
}

int main(int argc, char **argv)
{
    size_t visitors = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    size_t records_each = argc > 3 ? strtoul(argv[3], NULL, 10) : 0;
    struct buf why = BUF_INIT;
    struct store *store;

    if (!visitors || records_each < 1 || records_each > ROUNDS)
        give_up("fill DATABASE VISITORS RECORDS_EACH [SEED], at most 1000 records each");
    chance_state = argc > 4 ? strtoull(argv[4], NULL, 10) | 1 : 1;
    randombytes_set_implementation(&seeded);
    store = store_open(argv[1], STORE_CREATE, &why);
    if (!store)
        give_up(why.data);
    store_renew_before(store, INT64_MAX); /* what is said again is a record, too */
    fill(store, visitors, records_each);
    report(store);
    store_close(store);
    buf_release(&why);
    return EXIT_SUCCESS;
}
