/* Every number of a message is looked for in its translation, and the other way round.  What two
 * languages write differently is one number: groups of digits, fractions, dates, numerals in
 * letters, words, eras, twelve hours.  Only what is left is reported. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "language/number_tokens.h"
#include "language/number_words.h"
#include "translation.h"

struct numbered_text {
    struct numbers numbers;
    struct str text;
    const char *language; /* or NULL */
};

static bool is_open(const struct number *number)
{
    return !number->is_found && !number->is_letters;
}

static size_t count_open(const struct numbered_text *side)
{
    size_t count = 0;

    for (size_t i = 0; i < side->numbers.count; i++)
        count += is_open(&side->numbers.number[i]);
    return count;
}

/* Pairs numbers: each answers for one other. */

static bool same_value(const struct number *a, const struct number *b)
{
    return *a->value && strcmp(a->value, b->value) == 0;
}

/* Whether one is the other in thousands and the like, which are written as a word. */
static bool same_scaled(const struct number *a, const struct number *b)
{
    static const double scales[] = {1e3, 1e6, 1e9, 1e12};
    double x = atof(a->value), y = atof(b->value);

    for (size_t i = 0; x > 0 && y > 0 && i < sizeof scales / sizeof *scales; i++)
        if ((x * scales[i] == y && a->has_unit) || (y * scales[i] == x && b->has_unit))
            return true;
    return false;
}

/* Years of the Buddhist, Minguo and Japanese reckonings, and of two digits. */
static bool same_year(const struct number *a, const struct number *b)
{
    static const long distances[] = {543, 1911, 2018, 1988, 1925};
    long x = atol(a->value), y = atol(b->value), distance = labs(x - y);

    if ((x < 1900 || x > 2199) && (y < 1900 || y > 2199))
        return false;
    for (size_t i = 0; i < sizeof distances / sizeof *distances; i++)
        if (distance == distances[i])
            return true;
    return (x < 100 || y < 100) && distance % 100 == 0;
}

static void pair(struct numbered_text *side, struct numbered_text *other, bool with_letters,
                 bool (*same)(const struct number *a, const struct number *b))
{
    for (size_t i = 0; i < side->numbers.count; i++)
        for (size_t o = 0; o < other->numbers.count && is_open(&side->numbers.number[i]); o++) {
            struct number *a = &side->numbers.number[i], *b = &other->numbers.number[o];

            if (!b->is_found && (with_letters || !b->is_letters) && same(a, b))
                a->is_found = b->is_found = true;
        }
}

/* Excuses */

static bool has(struct str text, const char *sign)
{
    return memmem(text.data, text.len, sign, strlen(sign)) != NULL;
}

static bool has_half_days(struct str text)
{
    static const char *const signs[] = {"p.m", "P.M",  " pm",  " PM",  "a.m",  "A.M",  " am",
                                        " AM", "午後", "午前", "下午", "上午", "오후", "오전"};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (has(text, signs[i]))
            return true;
    return false;
}

static bool same_hour(const struct number *a, const struct number *b)
{
    long x = atol(a->value), y = atol(b->value);

    return labs(x - y) == 12 && x <= 24 && y <= 24;
}

/* 2D, 3D: many languages write a word. */
static bool is_dimension(const struct numbered_text *side, const struct number *number)
{
    struct str rest = {side->text.data + number->end, side->text.len - number->end};

    return (strcmp(number->value, "2") == 0 || strcmp(number->value, "3") == 0) && rest.len &&
           *rest.data == 'D' && (rest.len == 1 || !isalnum((unsigned char)rest.data[1]));
}

static bool is_idiom(const struct numbered_text *side, const struct number *number)
{
    static const char *const day_and_night[] = {"24/7", "24x7", "24×7", "24 / 7"};

    if (is_dimension(side, number))
        return true;
    if (strcmp(number->value, "24") != 0 && strcmp(number->value, "7") != 0)
        return false;
    for (size_t i = 0; i < sizeof day_and_night / sizeof *day_and_night; i++)
        if (has(side->text, day_and_night[i]))
            return true;
    return false;
}

/* Whether the other text has a number of that value, though it answers for another one. */
static bool has_value(const struct numbered_text *side, const struct number *wanted)
{
    for (size_t i = 0; i < side->numbers.count; i++)
        if (same_value(&side->numbers.number[i], wanted))
            return true;
    return false;
}

/* Before they are split: 10,000 is no 10 then, whatever the other text does with its own. */
static void note_repeated(struct numbered_text *side, const struct numbered_text *other)
{
    for (size_t i = 0; i < side->numbers.count; i++)
        side->numbers.number[i].is_repeated = has_value(other, &side->numbers.number[i]);
}

/* Whether a small number counts things before East Asian counters, as "both" does elsewhere. */
static bool is_counted(const struct numbered_text *side, const struct number *number)
{
    static const char *const counters[] = {"社", "者", "名", "人", "つ", "個", "点", "種", "件",
                                           "両", "家", "方", "类", "類", "国", "种", "个"};
    struct str rest = {side->text.data + number->end, side->text.len - number->end};

    for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
        if (rest.len >= 3 && atol(number->value) <= 3 && memcmp(rest.data, counters[i], 3) == 0)
            return true;
    return false;
}

/* Whether the other text may contain the number in a form that is not recognised.  `alone`: no
 * number is left there that could correspond to it. */
static bool is_excused(const struct numbered_text *side, const struct numbered_text *other,
                       const struct number *number, bool alone)
{
    long value = atol(number->value);
    bool whole = !strchr(number->value, '.');

    if (is_idiom(side, number) || (alone && (number->is_repeated || has_value(other, number))))
        return true;
    if (whole && value < 1000000 && number_is_in_words(value, other->text, other->language))
        return true;
    /* "a month" for 1 month; small numbers in a language whose number words are unknown. */
    return alone && (value == 1 || is_counted(side, number) ||
                     (value <= 10 && other->language && !number_words_known(other->language)));
}

static void excuse(struct numbered_text *side, const struct numbered_text *other, bool alone)
{
    for (size_t i = 0; i < side->numbers.count; i++)
        if (is_open(&side->numbers.number[i]) &&
            is_excused(side, other, &side->numbers.number[i], alone))
            side->numbers.number[i].is_found = true;
}

/* The digits that are left, one behind the other. */
static void add_open(const struct numbered_text *side, struct buf *out)
{
    for (size_t i = 0; i < side->numbers.count; i++)
        if (is_open(&side->numbers.number[i]))
            buf_adds(out, side->numbers.number[i].value);
}

static void close_all(struct numbered_text *side)
{
    for (size_t i = 0; i < side->numbers.count; i++)
        side->numbers.number[i].is_found = true;
}

/* Telephone numbers are grouped as everybody likes. */
static void join(struct numbered_text *ours, struct numbered_text *theirs)
{
    enum { TELEPHONE = 6 };
    struct buf a = BUF_INIT, b = BUF_INIT;

    add_open(ours, &a);
    add_open(theirs, &b);
    if (a.len >= TELEPHONE && a.len == b.len && memcmp(a.data, b.data, a.len) == 0) {
        close_all(ours);
        close_all(theirs);
    }
    buf_release(&a);
    buf_release(&b);
}

static void compare(struct numbered_text *ours, struct numbered_text *theirs)
{
    size_t of_ours, of_theirs;

    pair(ours, theirs, false, same_value);
    pair(ours, theirs, false, same_scaled);
    note_repeated(ours, theirs);
    note_repeated(theirs, ours);
    numbers_split(&ours->numbers, ours->text);
    numbers_split(&theirs->numbers, theirs->text);
    pair(ours, theirs, false, same_value);
    pair(ours, theirs, true, same_value);
    pair(theirs, ours, true, same_value);
    pair(ours, theirs, false, same_year);
    if (has_half_days(ours->text) || has_half_days(theirs->text))
        pair(ours, theirs, false, same_hour);
    join(ours, theirs);
    of_ours = count_open(ours);
    of_theirs = count_open(theirs);
    excuse(ours, theirs, !of_theirs);
    excuse(theirs, ours, !of_ours);
}

/* Telling */

static struct str spelled(const struct numbered_text *side, const struct number *number)
{
    return (struct str){side->text.data + number->start, number->end - number->start};
}

/* The next one that is not found; parts of one number are reported once. */
static const struct number *next_open(const struct numbered_text *side, const struct number *last)
{
    for (size_t i = last ? (size_t)(last - side->numbers.number) + 1 : 0; i < side->numbers.count;
         i++) {
        const struct number *number = &side->numbers.number[i];

        if (is_open(number) && (!last || number->start != last->start))
            return number;
    }
    return NULL;
}

static void report(const struct translation *translation, const struct numbered_text *ours,
                   const struct numbered_text *theirs)
{
    static const char remedy[] = "write the numbers of the message, and no others";
    const struct wording *wording = &translation->theirs;
    const struct number *our = next_open(ours, NULL), *their = next_open(theirs, NULL);

    while (our || their) {
        struct str message = our ? spelled(ours, our) : (struct str){"", 0};
        struct str number = their ? spelled(theirs, their) : (struct str){"", 0};
        size_t offset = their ? wording->shown.at[their->start] : 0;

        if (our && their)
            wording_report(wording, FINDING_WARNING, offset, remedy,
                           "the translation has the number %.*s, the message %.*s", (int)number.len,
                           number.data, (int)message.len, message.data);
        else if (their)
            wording_report(wording, FINDING_WARNING, offset, remedy,
                           "the translation has the number %.*s, which the message does not have",
                           (int)number.len, number.data);
        else
            wording_report(wording, FINDING_WARNING, offset, remedy,
                           "the translation lacks the number %.*s", (int)message.len, message.data);
        our = our ? next_open(ours, our) : NULL;
        their = their ? next_open(theirs, their) : NULL;
    }
}

/* Most texts have none, and need no reader. */
static bool has_digits(struct str text)
{
    while (text.len) {
        int32_t c = (unsigned char)*text.data < 0x80 ? *text.data : -1;

        if (c >= 0)
            text = (struct str){text.data + 1, text.len - 1};
        else
            c = utf8_next(&text);
        if (c < 0x80 ? c >= '0' && c <= '9' : u_isdigit(c))
            return true;
    }
    return false;
}

void translation_check_numbers(const struct translation *translation)
{
    struct numbered_text ours = {.text = buf_str(&translation->message->shown.text),
                                 .language = translation->our_language};
    struct numbered_text theirs = {.text = buf_str(&translation->theirs.shown.text),
                                   .language = translation->their_language};

    if (!has_digits(ours.text) && !has_digits(theirs.text))
        return;
    numbers_read(&ours.numbers, ours.text);
    numbers_read(&theirs.numbers, theirs.text);
    if (count_open(&ours) || count_open(&theirs)) {
        compare(&ours, &theirs);
        report(translation, &ours, &theirs);
    }
    numbers_release(&ours.numbers);
    numbers_release(&theirs.numbers);
}
