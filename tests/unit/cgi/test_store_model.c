/* 10,000 random acts in batches, some rolled back, against a model simple enough to be right. */
#include "../fixtures/store_fixture.h"

enum { ACTS = 10000, VISITORS = 40, BATCH = 64, DOCUMENTS = 2, ANSWERS = 128 };
enum { NEWEST_RECORDS = 32 }; /* that the store reads */

struct model {
    struct model_visitor {
        bool known, seen[OFFERS];
        struct model_history {
            int count;
            struct model_answer {
                enum answer answer;
                int offer;
                int64_t time, record; /* which of the visitor's */
            } answers[ANSWERS];       /* oldest first */
        } said[DOCUMENTS][QUESTIONS];
        int64_t records;
    } visitors[VISITORS];
    int64_t records, time;
};

static uint32_t below(uint64_t *seed, uint32_t limit)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % limit;
}

static int document_of(int offer)
{
    return offer == COOKIES; /* 0: the policy, 1: cookies */
}

static int question_of(const char *id)
{
    for (int i = 0; i < QUESTIONS; i++)
        if (strcmp(asked[i].id, id) == 0)
            return i;
    return -1;
}

static bool is_objection(int question)
{
    return strcmp(asked[question].basis, "consent") != 0;
}

static struct act random_act(uint64_t *seed, int *offer)
{
    enum act_kind kind = (enum act_kind)(below(seed, 8) < 5 ? 0 : 1 + below(seed, 2));
    struct act act;

    *offer = (int)below(seed, OFFERS);
    act = act_on(kind, (int)below(seed, VISITORS), below(seed, 4) == 0, *offer);
    act.gpc = below(seed, 2);
    if (below(seed, 20) == 0)
        act.digest[below(seed, 32)] ^= 1;
    for (int i = 0; kind != ACT_ACKNOWLEDGEMENT && i < QUESTIONS; i++)
        if (below(seed, 3) == 0)
            say(&act, asked[i].id, is_objection(i) ? ANSWER_OBJECTED : (enum answer)below(seed, 2));
    if (below(seed, 20) == 0)
        say(&act, "unknown", ANSWER_GIVEN);
    return act;
}

/* Which visitor an act is of: their keys are hashes of their numbers. */
static struct model_visitor *visitor_in(struct model *model, const struct act *act)
{
    uint8_t key[ACT_VISITOR];

    for (int i = 0; i < VISITORS; i++) {
        visitor_of(i, key);
        if (memcmp(key, act->visitor, sizeof key) == 0)
            return &model->visitors[i];
    }
    fail();
    return NULL;
}

/* In the visitor's newest record. */
static void add(const struct model_visitor *visitor, struct model_history *history,
                enum answer answer, int offer, int64_t time)
{
    assert_true(history->count < ANSWERS);
    history->answers[history->count++] =
        (struct model_answer){answer, offer, time, visitor->records};
}

/* Whether an answer stands: no newer one on the same revision, nor taken back since, nor a yes and
 * a no after it; of withdrawals the newest. */
static bool stands(const struct model_visitor *visitor, const struct model_history *history, int i)
{
    const struct model_answer *answer = &history->answers[i];

    if (i + 1 < history->count && answer->record + NEWEST_RECORDS <= visitor->records)
        return false;
    for (int newer = i + 1; newer < history->count; newer++) {
        const struct model_answer *other = &history->answers[newer];
        bool again = strcmp(offered[other->offer].revision, offered[answer->offer].revision) == 0;
        bool back = other->answer == ANSWER_WITHDRAWN;

        if ((answer->answer == ANSWER_WITHDRAWN && back) ||
            (answer->answer == ANSWER_REFUSED && again) ||
            (answer->answer == ANSWER_GIVEN && other->answer == ANSWER_REFUSED) ||
            ((answer->answer == ANSWER_GIVEN || answer->answer == ANSWER_OBJECTED) &&
             (again || back)))
            return false;
    }
    return true;
}

/* Who takes everything back, takes back consent: an objection goes on. */
static const struct model_answer *withdrawable(const struct model_visitor *visitor,
                                               const struct model_history *history, bool named)
{
    for (int i = history->count; i-- > 0;)
        if (stands(visitor, history, i) &&
            (history->answers[i].answer == ANSWER_GIVEN ||
             (named && history->answers[i].answer == ANSWER_OBJECTED)))
            return &history->answers[i];
    return NULL;
}

/* The offer that a withdrawal of a question is made on, or -1: nothing to withdraw. */
static int withdrawn_on(const struct model_visitor *visitor, const struct act *act, int d, int q)
{
    const struct model_answer *answer =
        withdrawable(visitor, &visitor->said[d][q], act->answer_count > 0);
    bool named = act->answer_count == 0;

    for (size_t i = 0; i < act->answer_count; i++)
        named = named || strcmp(act->answers[i].question, asked[q].id) == 0;
    return named && answer ? answer->offer : -1;
}

/* A record for each text, in their order. */
static enum act_result model_withdraw(struct model *model, struct model_visitor *visitor,
                                      const struct act *act)
{
    int offers[DOCUMENTS][QUESTIONS];
    int64_t before = model->records;

    for (int d = 0; d < DOCUMENTS; d++)
        for (int q = 0; q < QUESTIONS; q++)
            offers[d][q] = withdrawn_on(visitor, act, d, q);
    for (int i = 0; i < OFFERS; i++) {
        bool any = false;

        for (int q = 0; q < QUESTIONS; q++)
            any = any || offers[document_of(i)][q] == i;
        model->records += any;
        visitor->records += any;
        for (int q = 0; q < QUESTIONS; q++)
            if (offers[document_of(i)][q] == i)
                add(visitor, &visitor->said[document_of(i)][q], ANSWER_WITHDRAWN, i, model->time);
    }
    return model->records > before ? ACT_DONE : ACT_NOTHING;
}

/* Said before, on this very text. */
static bool model_unchanged(const struct model_visitor *visitor, const struct act *act, int offer)
{
    if (act->kind == ACT_ACKNOWLEDGEMENT)
        return visitor->seen[offer];
    for (size_t i = 0; i < act->answer_count; i++) {
        const struct model_history *history =
            &visitor->said[document_of(offer)][question_of(act->answers[i].question)];
        const struct model_answer *newest = &history->answers[history->count - 1];

        if (!history->count || newest->offer != offer || newest->answer != act->answers[i].answer)
            return false;
    }
    return true;
}

static enum act_result model_act(struct model *model, const struct act *act, int offer, int64_t now)
{
    struct model_visitor *visitor = visitor_in(model, act);
    struct store_text text = text_of(offer);
    enum act_result result;

    if (!visitor->known && !act->fresh)
        return ACT_STRANGER;
    model->time = now;
    if (act->kind == ACT_WITHDRAWAL)
        return model_withdraw(model, visitor, act);
    result = memcmp(text.digest, act->digest, ACT_DIGEST) ? ACT_NO_TEXT : ACT_DONE;
    for (size_t i = 0; i < act->answer_count; i++)
        if (question_of(act->answers[i].question) < 0)
            result = ACT_NO_TEXT;
    if (result == ACT_DONE && act->kind == ACT_ANSWERS && !act->answer_count)
        result = ACT_NOTHING;
    if (result != ACT_DONE)
        return result;
    visitor->known = true;
    if (model_unchanged(visitor, act, offer))
        return ACT_DONE;
    model->records++;
    visitor->records++;
    visitor->seen[offer] |= act->kind == ACT_ACKNOWLEDGEMENT;
    for (size_t i = 0; i < act->answer_count; i++)
        add(visitor, &visitor->said[document_of(offer)][question_of(act->answers[i].question)],
            act->answers[i].answer, offer, model->time);
    return ACT_DONE;
}

/* In the order of document and question, as the store gives them. */
static void describe(const struct model_visitor *visitor, struct buf *out)
{
    for (int d = DOCUMENTS - 1; d >= 0; d--)
        for (const int *q = (const int[]){0, 2, 1, 3, -1}; *q >= 0; q++) {
            const struct model_history *history = &visitor->said[d][*q];

            for (int i = history->count; i-- > 0;) {
                const struct model_answer *answer = &history->answers[i];

                if (stands(visitor, history, i))
                    buf_addf(out, "%s%s:%s=%s@%s/%s+%lld", out->len ? " " : "",
                             offered[answer->offer].document, asked[*q].id,
                             answer_names[answer->answer], offered[answer->offer].revision,
                             offered[answer->offer].language, (long long)(answer->time - NOON));
            }
        }
}

/* Every `step`th visitor from `first` on. */
static void compare(struct store *store, const struct model *model, int first, int step)
{
    for (int i = first; i < VISITORS; i += step) {
        struct buf wanted = BUF_INIT;

        if (model->visitors[i].known)
            describe(&model->visitors[i], &wanted);
        else
            buf_adds(&wanted, "stranger");
        assert_stands(store, i, wanted.data);
        buf_release(&wanted);
    }
}

static void batch(struct store *store, struct model *model, uint64_t *seed, int64_t *now)
{
    struct model before = *model;
    uint8_t id[ACT_RECORD_ID];

    assert_true(store_begin(store));
    for (int i = 0; i < BATCH; i++) {
        int offer;
        struct act act = random_act(seed, &offer);

        *now += (int64_t)below(seed, 5) - 1; /* a clock that now and then is set back */
        assert_int_equal(store_act(store, &act, *now, id), model_act(model, &act, offer, *now));
    }
    if (below(seed, 6) == 0) {
        store_rollback(store);
        *model = before;
        return;
    }
    assert_true(store_commit(store));
}

static void the_model_agrees(void **state)
{
    struct fixture *fixture = *state;
    struct model model = {0};
    struct store_count count;
    struct buf faults = BUF_INIT;
    uint64_t seed = 20260301;
    int64_t now = NOON;

    for (int done = 0; done < ACTS; done += BATCH) {
        batch(fixture->store, &model, &seed, &now);
        compare(fixture->store, &model, done / BATCH % 4, 4);
        if (below(&seed, 10) == 0) {
            store_close(fixture->store);
            fixture->store = reopen(fixture, STORE_WRITE);
        }
    }
    compare(fixture->store, &model, 0, 1);
    store_verify(fixture->store, &(struct fault_sink){add_fault, &faults}, &count);
    assert_string_equal(faults.data, "");
    assert_int_equal(count.records, model.records);
    assert_true(model.records > ACTS / 4);
    buf_release(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_model_agrees, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
