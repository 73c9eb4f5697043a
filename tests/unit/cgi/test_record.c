#include "../fixtures/test.h"

#include <sodium.h>
#include <stdio.h>

#include "../fixtures/record_oracle.h"
#include "base/instant.h"

/* Written by hand.  Its entry is
 *   { printf 'teade-record-v1\0'; printf '\xe0\xe1…\xff'; printf %s "$golden"; } | sha256sum */
static const char golden[] =
    "{\"collection_method\":\"web form\",\"event_time\":\"2026-03-01T12:34:56Z\","
    "\"event_type\":\"answers\",\"gpc\":true,"
    "\"pii_principal_id\":\"101112131415161718191a1b1c1d1e1f\","
    "\"privacy_notice\":{\"document\":\"privacy-policy\",\"language\":\"et\","
    "\"revision\":\"2026-03-01.2\",\"text_sha256\":"
    "\"808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f\"},"
    "\"purposes\":[{\"event_state\":\"ConsentGiven\",\"lawful_basis\":\"consent\","
    "\"purpose\":\"newsletter\"},{\"event_state\":\"ConsentRefused\","
    "\"lawful_basis\":\"consent\",\"purpose\":\"partner-offers\","
    "\"recipient_third_parties\":[\"randur\"]},"
    "{\"event_state\":\"LegitimateInterestObjected\","
    "\"lawful_basis\":\"legitimate-interests\",\"purpose\":\"visitor-statistics\"}],"
    "\"record_id\":\"000102030405060708090a0b0c0d0e0f\",\"schema_version\":\"teade-record-v2\"}";

static const char golden_entry[] =
    "1bd97729a7844e8811acf6bdef3acb7306af02946eedaf05328a8144c6efea0f";

static void count_up(uint8_t *bytes, size_t len, uint8_t first)
{
    for (size_t i = 0; i < len; i++)
        bytes[i] = (uint8_t)(first + i);
}

static void make_golden(struct record *record, struct act *act)
{
    *act = (struct act){.kind = ACT_ANSWERS,
                        .gpc = true,
                        .document = "privacy-policy",
                        .revision = "2026-03-01.2",
                        .language = "et",
                        .answers = {{"newsletter", ANSWER_GIVEN},
                                    {"partner-offers.randur", ANSWER_REFUSED},
                                    {"visitor-statistics", ANSWER_OBJECTED}},
                        .answer_count = 3};
    count_up(act->digest, sizeof act->digest, 0x80);
    *record = (struct record){
        .time = 1772368496, .act = act, .basis = {"consent", "consent", "legitimate-interests"}};
    count_up(record->id, sizeof record->id, 0x00);
    count_up(record->principal, sizeof record->principal, 0x10);
}

static void canonical_bytes_never_change(void **state)
{
    uint8_t salt[RECORD_SALT], entry[RECORD_ENTRY];
    char hex[2 * RECORD_ENTRY + 1];
    struct buf canonical = BUF_INIT;
    struct record record;
    struct act act;

    (void)state;
    make_golden(&record, &act);
    record_canonical(&record, &canonical);
    assert_string_equal(canonical.data, golden);
    count_up(salt, sizeof salt, 0xe0);
    record_entry(salt, buf_str(&canonical), entry);
    assert_string_equal(sodium_bin2hex(hex, sizeof hex, entry, sizeof entry), golden_entry);
    buf_release(&canonical);
}

static void assert_same_act(const struct act *a, const struct act *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->gpc, b->gpc);
    assert_string_equal(a->document, b->document);
    assert_string_equal(a->revision, b->revision);
    assert_string_equal(a->language, b->language);
    assert_memory_equal(a->digest, b->digest, sizeof a->digest);
    assert_int_equal(a->answer_count, b->answer_count);
    for (size_t i = 0; i < a->answer_count; i++) {
        assert_string_equal(a->answers[i].question, b->answers[i].question);
        assert_int_equal(a->answers[i].answer, b->answers[i].answer);
    }
}

/* Each kind, each state, and the largest record there can be. */
static void every_act_is_read_back(void **state)
{
    static const struct {
        enum act_kind kind;
        const char *basis;
        enum answer answer;
        size_t count;
    } rows[] = {
        {ACT_ANSWERS, "consent", ANSWER_GIVEN, 1},
        {ACT_ANSWERS, "consent", ANSWER_REFUSED, ACT_ANSWERS_MAX},
        {ACT_ANSWERS, "legitimate-interests", ANSWER_OBJECTED, 2},
        {ACT_WITHDRAWAL, "consent", ANSWER_WITHDRAWN, 3},
        {ACT_WITHDRAWAL, "legitimate-interests", ANSWER_WITHDRAWN, 1},
        {ACT_ACKNOWLEDGEMENT, "", ANSWER_COUNT, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf canonical = BUF_INIT;
        struct record_view view;
        struct record record;
        struct act act;

        make_golden(&record, &act);
        act.kind = rows[i].kind;
        act.gpc = i % 2;
        act.answer_count = rows[i].count;
        memset(act.document, 'd', ACT_ID_MAX);
        for (size_t a = 0; a < act.answer_count; a++) {
            snprintf(act.answers[a].question, sizeof act.answers[a].question, "%064zu.%064zu", a,
                     a);
            act.answers[a].answer = rows[i].answer;
            record.basis[a] = rows[i].basis;
        }
        record_canonical(&record, &canonical);
        assert_true(record_parse(buf_str(&canonical), &view));
        assert_same_act(&view.act, &act);
        assert_string_equal(view.id, "000102030405060708090a0b0c0d0e0f");
        assert_string_equal(view.principal, "101112131415161718191a1b1c1d1e1f");
        assert_string_equal(view.time, "2026-03-01T12:34:56Z");
        assert_int_equal(view.seconds, record.time);
        if (act.answer_count)
            assert_string_equal(view.basis[0], rows[i].basis);
        buf_release(&canonical);
    }
}

static void what_can_be_said(void **state)
{
    static const struct {
        enum act_kind kind;
        const char *basis;
        enum answer answer;
        bool can;
    } rows[] = {
        {ACT_ANSWERS, "consent", ANSWER_GIVEN, true},
        {ACT_ANSWERS, "consent", ANSWER_OBJECTED, false},
        {ACT_ANSWERS, "consent", ANSWER_WITHDRAWN, false},
        {ACT_ANSWERS, "legitimate-interests", ANSWER_OBJECTED, true},
        {ACT_ANSWERS, "legitimate-interests", ANSWER_GIVEN, false},
        {ACT_ANSWERS, "legitimate-interests", ANSWER_REFUSED, false},
        {ACT_ANSWERS, "contract", ANSWER_GIVEN, false},
        {ACT_ANSWERS, "not-stated", ANSWER_REFUSED, false},
        {ACT_WITHDRAWAL, "consent", ANSWER_WITHDRAWN, true},
        {ACT_WITHDRAWAL, "consent", ANSWER_GIVEN, false},
        {ACT_ACKNOWLEDGEMENT, "consent", ANSWER_GIVEN, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(record_can_say(rows[i].kind, rows[i].basis, rows[i].answer), rows[i].can);
}

/* The golden record with the first OLD replaced by NEW. */
static void with(const char *old, const char *new, struct buf *out)
{
    const char *at = strstr(golden, old);

    assert_non_null(at);
    buf_add(out, golden, (size_t)(at - golden));
    buf_adds(out, new);
    buf_adds(out, at + strlen(old));
}

static void anything_else_is_refused(void **state)
{
    static const struct {
        const char *old, *new;
    } rows[] = {
        {"{", ""},
        {"{", " {"},
        {":\"web form\"", ": \"web form\""},
        {"teade-record-v2\"}", "teade-record-v2\"}\n"},
        {"teade-record-v2\"}", "teade-record-v2\"}{}"},
        {"teade-record-v2", "teade-record-v3"},
        {"teade-record-v2", "teade-record-v1"},
        {"web form", "web  form"},
        {"web form", "web\\u0020form"}, /* another spelling of the same */
        {"\"gpc\":true", "\"gpc\":false"},
        {"\"gpc\":true", "\"gpc\":1"},
        {"\"gpc\":true", "\"gpc\":true,\"gpc\":true"},
        {"\"gpc\":true", "\"ip\":\"192.0.2.1\""},
        {"\"event_type\":\"answers\",\"gpc\":true", "\"gpc\":true,\"event_type\":\"answers\""},
        {"\"event_type\":\"answers\"", "\"event_type\":\"erasure\""},
        {"\"event_type\":\"answers\"", "\"event_type\":\"withdrawal\""},
        {"\"event_type\":\"answers\"", "\"event_type\":\"acknowledgement\""},
        {"2026-03-01T12", "2026-02-30T12"},
        {"2026-03-01T12", "2026-3-1T12"},
        {"T12:34:56Z", "T12:34:60Z"},
        {"T12:34:56Z", "T24:00:00Z"},
        {"T12:34:56Z", "T12:60:56Z"},
        {"T12:34:56Z", "T12:34:56+00:00"},
        {"T12:34:56Z", "T12:34:56"},
        {"2026-03-01T12", "1969-12-31T12"},
        {"2026-03-01T12", "99999-03-01T12"},
        {"101112", "10111"},
        {"1a1b1c1d1e1f", "1A1B1C1D1E1F"},
        {"000102", "00010g"},
        {"\"et\"", "\"\""},
        {"\"et\"", "\"e_t\""},
        {"\"et\"", "7"},
        {"\"et\"", "\"abcdefgh-abcdefgh-abcdefgh-abcdefgh-\""},
        {"privacy-policy", "Privacy-Policy"},
        {"privacy-policy", "../policy"},
        {"privacy-policy", "a\\u0000"},
        {"privacy-policy", "\xff"},
        {"2026-03-01.2\"", "2026-03-01.02\""},
        {"2026-03-01.2\"", "2026-13-01\""},
        {"9e9f\"", "9e\""},
        {"9e9f\"}", "9e9f\",\"url\":\"x\"}"},
        {"ConsentGiven", "ConsentWithdrawn"},
        {"ConsentGiven", "LegitimateInterestObjected"},
        {"ConsentGiven", "given"},
        {"\"lawful_basis\":\"consent\"", "\"lawful_basis\":\"contract\""},
        {"\"newsletter\"", "\"news.letter\""},
        {"\"newsletter\"", "\"visitor-statistics\""}, /* answered twice */
        {"[\"randur\"]", "\"randur\""},
        {"[\"randur\"]", "[]"},
        {"[\"randur\"]", "[\"randur\",\"meteor\"]"},
        {"[\"randur\"]", "[\"\"]"},
        {"\"purposes\":[{", "\"purposes\":[[],{"},
    };
    struct record_view view;

    (void)state;
    assert_true(record_parse(str_of(golden), &view));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf bytes = BUF_INIT;

        with(rows[i].old, rows[i].new, &bytes);
        if (record_parse(buf_str(&bytes), &view))
            fail_msg("taken: %s for %s", rows[i].new, rows[i].old);
        buf_release(&bytes);
    }
}

/* No cut and no flipped bit is a record that says the same, and none is read out of bounds. */
static void no_damage_goes_unseen(void **state)
{
    char bytes[sizeof golden];
    struct record_view view;

    (void)state;
    for (size_t len = 0; len < sizeof golden - 1; len++)
        assert_false(record_parse((struct str){golden, len}, &view));
    for (size_t bit = 0; bit < 8 * (sizeof golden - 1); bit++) {
        struct buf again = BUF_INIT;

        memcpy(bytes, golden, sizeof golden);
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
        if (record_parse((struct str){bytes, sizeof golden - 1}, &view)) {
            struct record record = {.time = view.seconds, .act = &view.act};

            memcpy(record.basis, view.basis, sizeof record.basis);
            sodium_hex2bin(record.id, sizeof record.id, view.id, 32, NULL, NULL, NULL);
            sodium_hex2bin(record.principal, sizeof record.principal, view.principal, 32, NULL,
                           NULL, NULL);
            record_canonical(&record, &again);
            assert_string_not_equal(again.data, golden);
            assert_memory_equal(again.data, bytes, sizeof golden - 1);
        }
        buf_release(&again);
    }
}

/* Random records are read as they were written; whatever is done to their bytes, what is still read
 * is what record_oracle.h takes for one, and what its own values would be written as. */

static uint64_t seed = 1;

static uint32_t below(uint32_t limit)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % limit;
}

static void random_name(char *name, size_t most, const char *characters)
{
    size_t len = 1 + below((uint32_t)most);

    for (size_t i = 0; i < len; i++)
        name[i] = characters[below((uint32_t)strlen(characters))];
    name[len] = '\0';
}

static void random_record(struct record *record, struct act *act)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    static const char *const revisions[] = {"2026-03-01", "2024-02-29.7", "1999-12-31.999"};

    *act = (struct act){.kind = (enum act_kind)below(3), .gpc = below(2)};
    random_name(act->document, below(8) ? 12 : ACT_ID_MAX, plain);
    random_name(act->language, 5, "abcXYZ0-");
    snprintf(act->revision, sizeof act->revision, "%s", revisions[below(COUNT(revisions))]);
    randombytes_buf(act->digest, sizeof act->digest);
    *record = (struct record){.act = act, .time = (int64_t)below(INT32_MAX) * below(119)};
    randombytes_buf(record->id, sizeof record->id);
    randombytes_buf(record->principal, sizeof record->principal);
    act->answer_count = act->kind == ACT_ACKNOWLEDGEMENT ? 0 : 1 + below(below(8) ? 5 : 64);
    for (size_t i = 0; i < act->answer_count; i++) {
        struct act_answer *answer = &act->answers[i];
        bool consent = below(2);

        snprintf(answer->question, sizeof answer->question, "p%zu%s", i, below(2) ? ".r" : "");
        record->basis[i] = record_basis(consent ? "consent" : "legitimate-interests");
        answer->answer = act->kind == ACT_WITHDRAWAL ? ANSWER_WITHDRAWN
                         : consent                   ? (enum answer)below(2)
                                                     : ANSWER_OBJECTED;
    }
}

static void put(struct buf *bytes, size_t at, struct str piece)
{
    buf_addstr(bytes, piece);
    memmove(bytes->data + at + piece.len, bytes->data + at, bytes->len - piece.len - at);
    memcpy(bytes->data + at, piece.data, piece.len);
}

/* The next byte at or behind `at` that members begin or end with, else `at`. */
static size_t seam(const struct buf *bytes, size_t at)
{
    size_t len = strcspn(bytes->data + at, "{[,}]");

    return at + len < bytes->len ? at + len : at;
}

/* A piece of it, of whole members as a rule, once more or elsewhere. */
static void shuffle(struct buf *bytes)
{
    size_t from = seam(bytes, below((uint32_t)bytes->len));
    size_t end = seam(bytes, from + 1 < bytes->len ? from + 1 : from);
    struct str piece = {mem_dup(bytes->data + from, end - from), end - from};

    if (below(2)) {
        memmove(bytes->data + from, bytes->data + end, bytes->len - end + 1);
        bytes->len -= piece.len;
    }
    put(bytes, below(4) ? seam(bytes, below((uint32_t)bytes->len + 1)) : from, piece);
    free((char *)piece.data);
}

static void mutate(struct buf *bytes)
{
    static const char *const pieces[] = {
        " ", "\\",       "\"",  ",",    "\\u0061",  "0", "\"gpc\":true,", "{}", "\\/",
        "-", "\xc3\xb5", "1e0", "null", ",\"a\":1", "a",
    };
    size_t at = below((uint32_t)bytes->len), cut = 1 + below(3);

    switch (below(5)) {
    case 0:
        bytes->data[at] = (char)(bytes->data[at] ^ 1 << below(8));
        break;
    case 1:
        bytes->data[at] = (char)below(256);
        break;
    case 2:
        cut = cut < bytes->len - at ? cut : bytes->len - at;
        memmove(bytes->data + at, bytes->data + at + cut, bytes->len - at - cut + 1);
        bytes->len -= cut;
        break;
    case 3:
        shuffle(bytes);
        break;
    default:
        put(bytes, at, str_of(pieces[below(COUNT(pieces))]));
    }
}

/* As the values of a view are written. */
static void write_view(const struct record_view *view, struct buf *out)
{
    struct record record = {.time = view->seconds, .act = &view->act};

    memcpy(record.basis, view->basis, sizeof record.basis);
    sodium_hex2bin(record.id, sizeof record.id, view->id, 32, NULL, NULL, NULL);
    sodium_hex2bin(record.principal, sizeof record.principal, view->principal, 32, NULL, NULL,
                   NULL);
    record_canonical(&record, out);
}

static void read_as_written(void **state)
{
    enum { RECORDS = 2000, MUTATIONS = 30 };
    size_t read = 0;

    (void)state;
    for (int i = 0; i < RECORDS; i++) {
        struct buf canonical = BUF_INIT, again = BUF_INIT;
        struct record_view view;
        struct record record;
        struct act act;

        random_record(&record, &act);
        record_canonical(&record, &canonical);
        assert_true(oracle_is_record(buf_str(&canonical))); /* jansson writes the same bytes */
        assert_true(record_parse(buf_str(&canonical), &view));
        assert_same_act(&view.act, &act);
        write_view(&view, &again);
        assert_string_equal(again.data, canonical.data);
        for (int m = 0; m < MUTATIONS; m++) {
            struct buf mutant = BUF_INIT, back = BUF_INIT;
            bool taken;

            buf_addstr(&mutant, buf_str(&canonical));
            for (uint32_t times = 1 + below(2); times && mutant.len; times--)
                mutate(&mutant);
            taken = record_parse(buf_str(&mutant), &view);
            assert_int_equal(taken, oracle_is_record(buf_str(&mutant)));
            if (taken) {
                write_view(&view, &back);
                assert_true(str_equal(buf_str(&back), buf_str(&mutant)));
                read++;
            }
            buf_release(&mutant);
            buf_release(&back);
        }
        buf_release(&canonical);
        buf_release(&again);
    }
    assert_in_range(read, 1, RECORDS * MUTATIONS / 2);
}

static void hostile_json(void **state)
{
    static const char *const rows[] = {"", "null", "[]", "{}", "\"teade-record-v1\"", "{\"a\":"};
    struct buf deep = BUF_INIT, wide = BUF_INIT;
    struct record_view view;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_false(record_parse(str_of(rows[i]), &view));
    for (int i = 0; i < 100000; i++)
        buf_addc(&deep, '[');
    assert_false(record_parse(buf_str(&deep), &view));
    for (int i = 0; i < 1000; i++) /* more answers than an act has room for */
        buf_addf(&wide,
                 "%s{\"event_state\":\"ConsentGiven\",\"lawful_basis\":\"consent\","
                 "\"purpose\":\"p%d\"}",
                 i ? "," : "[", i);
    buf_reset(&deep);
    with("[{\"event_state\":\"ConsentGiven\",\"lawful_basis\":\"consent\",\"purpose\":"
         "\"newsletter\"}",
         wide.data, &deep);
    assert_false(record_parse(buf_str(&deep), &view));
    buf_release(&deep);
    buf_release(&wide);
}

static void times(void **state)
{
    static const struct {
        int64_t seconds;
        const char *text;
    } rows[] = {
        {0, "1970-01-01T00:00:00Z"},
        {951827696, "2000-02-29T12:34:56Z"},
        {1772368496, "2026-03-01T12:34:56Z"},
        {INSTANT_MAX, "9999-12-31T23:59:59Z"},
        {INSTANT_MAX + 1, "9999-12-31T23:59:59Z"}, /* not a time, and told all the same */
        {INT64_MAX, "9999-12-31T23:59:59Z"},
        {-1, "1970-01-01T00:00:00Z"},
        {INT64_MIN, "1970-01-01T00:00:00Z"},
    };
    char time[INSTANT_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        instant_write(rows[i].seconds, time);
        assert_string_equal(time, rows[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_bytes_never_change),
        cmocka_unit_test(every_act_is_read_back),
        cmocka_unit_test(what_can_be_said),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(no_damage_goes_unseen),
        cmocka_unit_test(read_as_written),
        cmocka_unit_test(hostile_json),
        cmocka_unit_test(times),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
