/* No set of reports, however filtered, gives a group of one to four away: over a few hundred
 * random databases, small enough to ask for every report there is. */
#include "../fixtures/report_fixture.h"

enum { DATABASES = 300, SAID_MAX = 1200, NUMBERS = 1024 };

static uint32_t below(uint64_t *seed, uint32_t limit)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % limit;
}

/* What was said, visitor by visitor and oldest first, and how many said so last in each cell. */
struct sample {
    struct said said[SAID_MAX];
    int count;
    int visitors[OFFERS][QUESTIONS][WEEKS][REPORT_SAID];
};

static bool same_cells(const struct said *a, const struct said *b)
{
    return a->visitor == b->visitor && a->offer == b->offer && a->question == b->question &&
           a->week == b->week;
}

static bool is_last(const struct sample *sample, int at)
{
    for (int i = at + 1; i < sample->count; i++)
        if (same_cells(&sample->said[i], &sample->said[at]))
            return false;
    return true;
}

static void count_all(struct sample *sample)
{
    for (int i = 0; i < sample->count; i++) {
        const struct said *said = &sample->said[i];

        if (said->week < WEEKS && is_last(sample, i))
            sample->visitors[said->offer][said->question][said->week][column_of(said)]++;
    }
}

/* From a few large cells to many small ones. */
static void draw(struct sample *sample, uint64_t *seed)
{
    uint32_t offers = 1 + below(seed, OFFERS), questions = 1 + below(seed, QUESTIONS);
    uint32_t weeks = 1 + below(seed, WEEKS + 1), answers = 1 + below(seed, ANSWER_COUNT);
    int visitors = 5 + (int)below(seed, 60);

    *sample = (struct sample){.count = 0};
    for (int visitor = 0; visitor < visitors; visitor++) {
        int week = 0;

        for (uint32_t n = 1 + below(seed, 6); n; n--) {
            week += (int)below(seed, weeks);
            sample->said[sample->count++] =
                (struct said){visitor, (int)below(seed, offers), (int)below(seed, questions),
                              week > WEEKS ? WEEKS : week, (enum answer)below(seed, answers)};
        }
    }
    count_all(sample);
}

/* Another database: in each cell another number of visitors that is told alike, all of them
 * different people. */
static void draw_twin(const struct sample *sample, struct sample *twin, uint64_t *seed)
{
    const int *cell = &sample->visitors[0][0][0][0];
    int visitor = 0;

    *twin = (struct sample){.count = 0};
    for (int i = 0; i < OFFERS * QUESTIONS * WEEKS * REPORT_SAID; i++) {
        int least = cell[i] - cell[i] % REPORT_THRESHOLD, more = (int)below(seed, 4);
        int count = !cell[i] ? 0 : least ? least + more : 1 + more;

        while (count--)
            twin->said[twin->count++] = (struct said){
                visitor++, i / (QUESTIONS * WEEKS * REPORT_SAID),
                i / (WEEKS * REPORT_SAID) % QUESTIONS, i / REPORT_SAID % WEEKS,
                i % REPORT_SAID == REPORT_ENDED ? ANSWER_WITHDRAWN
                                                     : (enum answer)(i % REPORT_SAID)};
    }
}

static struct report *report_on(const struct sample *sample)
{
    struct report *report = report_empty();

    for (int i = 0; i < sample->count; i++)
        tell(report, &sample->said[i]);
    report_publish(report);
    return report;
}

/* Each filter and grouping that differs in what it can give. */
static void every_report(void (*ask)(void *context, const struct report_filter *filter),
                         void *context)
{
    static const char *const documents[] = {NULL, "privacy-policy", "cookies"};
    const int64_t first = week_at(MONDAY);

    for (size_t d = 0; d < COUNT(documents); d++)
        for (int from = 0; from <= WEEKS; from++)
            for (int to = from; to <= WEEKS; to++)
                for (unsigned by = 0; by < 16; by++)
                    ask(context,
                        &(struct report_filter){documents[d], first + from, first + to, by});
}

/* All the numbers that were seen, each once. */
struct numbers {
    const struct report *report;
    int64_t seen[NUMBERS];
    size_t count;
};

static void see(struct numbers *numbers, int64_t number)
{
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->seen[i] == number)
            return;
    assert_true(numbers->count < NUMBERS);
    numbers->seen[numbers->count++] = number;
}

static void see_row(void *context, const struct report_row *row)
{
    for (int i = 0; i < REPORT_SAID; i++)
        see(context, row->visitors[i]);
}

static void see_report(void *context, const struct report_filter *filter)
{
    struct numbers *numbers = context;

    report_rows(numbers->report, filter, see_row, numbers);
}

/* Whether a number, a sum of two, or a difference of such is a count from 1 to 4. */
static bool gives_away(const struct numbers *numbers)
{
    struct numbers sums = *numbers;

    for (size_t i = 0; i < numbers->count; i++)
        for (size_t j = i; j < numbers->count; j++)
            see(&sums, numbers->seen[i] + numbers->seen[j]);
    for (size_t i = 0; i < sums.count; i++)
        for (size_t j = 0; j < sums.count; j++) {
            int64_t difference = sums.seen[i] - sums.seen[j];

            if ((sums.seen[i] > 0 && sums.seen[i] < REPORT_THRESHOLD) ||
                (difference > 0 && difference < REPORT_THRESHOLD))
                return true;
        }
    return false;
}

static void no_combination_gives_a_group_away(void **state)
{
    static struct sample sample;
    uint64_t seed = 20261125;
    size_t told = 0, small = 0;

    (void)state;
    for (int n = 0; n < DATABASES; n++) {
        struct numbers numbers = {.count = 0};
        struct report *report;

        draw(&sample, &seed);
        report = report_on(&sample);
        numbers.report = report;
        every_report(see_report, &numbers);
        assert_false(gives_away(&numbers));
        told += numbers.count > 1;
        small += report_extent(report).left_out > 0;
        report_free(report);
    }
    assert_true(told > DATABASES / 2);
    assert_true(small > DATABASES / 2);
}

/* The same search does find what small cells left out beside exact numbers would give away: else
 * the test above would test nothing. */
static void leaving_small_cells_out_would_not_do(void **state)
{
    static struct sample sample;
    uint64_t seed = 20261125;
    int given_away = 0;

    (void)state;
    for (int n = 0; n < DATABASES; n++) {
        struct numbers exact = {.count = 0};
        const int *cell;

        draw(&sample, &seed);
        cell = &sample.visitors[0][0][0][0];
        for (int i = 0; i < OFFERS * QUESTIONS * WEEKS * REPORT_SAID; i++)
            if (cell[i] >= REPORT_THRESHOLD)
                see(&exact, cell[i]);
        given_away += gives_away(&exact);
    }
    assert_true(given_away > DATABASES / 4);
}

/* Everything that all reports say, as one digest. */

struct hashing {
    const struct report *report;
    crypto_generichash_state state;
};

static void hash_row(void *context, const struct report_row *row)
{
    struct hashing *hashing = context;

    crypto_generichash_update(&hashing->state, (const uint8_t *)row, sizeof *row);
}

static void hash_report(void *context, const struct report_filter *filter)
{
    struct hashing *hashing = context;

    report_rows(hashing->report, filter, hash_row, hashing);
    crypto_generichash_update(&hashing->state, (const uint8_t *)filter, sizeof *filter);
}

static void hash_all(const struct sample *sample, uint8_t digest[crypto_generichash_BYTES])
{
    struct report *report = report_on(sample);
    struct report_extent extent = report_extent(report);
    struct hashing hashing = {.report = report};

    crypto_generichash_init(&hashing.state, NULL, 0, crypto_generichash_BYTES);
    every_report(hash_report, &hashing);
    crypto_generichash_update(&hashing.state, (const uint8_t *)&extent, sizeof extent);
    crypto_generichash_final(&hashing.state, digest, crypto_generichash_BYTES);
    report_free(report);
}

/* So whoever has read all reports cannot tell which of the two databases it was. */
static void twins_are_told_alike(void **state)
{
    static struct sample sample, twin;
    uint64_t seed = 20261126;

    (void)state;
    for (int n = 0; n < DATABASES; n++) {
        uint8_t digest[crypto_generichash_BYTES], other[sizeof digest];

        draw(&sample, &seed);
        draw_twin(&sample, &twin, &seed);
        hash_all(&sample, digest);
        hash_all(&twin, other);
        assert_memory_equal(digest, other, sizeof digest);
    }
}

/* A visitor of the week that is not over changes nothing. */
static void newcomers_are_not_seen(void **state)
{
    static struct sample sample;
    uint64_t seed = 20261127;

    (void)state;
    for (int n = 0; n < DATABASES; n++) {
        uint8_t digest[crypto_generichash_BYTES], other[sizeof digest];

        draw(&sample, &seed);
        hash_all(&sample, digest);
        for (int i = 0; i < 6; i++)
            sample.said[sample.count++] =
                (struct said){SAID_MAX + i, (int)below(&seed, OFFERS), 0, WEEKS, ANSWER_GIVEN};
        hash_all(&sample, other);
        assert_memory_equal(digest, other, sizeof digest);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_combination_gives_a_group_away),
        cmocka_unit_test(leaving_small_cells_out_would_not_do),
        cmocka_unit_test(twins_are_told_alike),
        cmocka_unit_test(newcomers_are_not_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
