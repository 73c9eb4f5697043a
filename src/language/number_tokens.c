/* A text is read as characters whose digits and signs are ASCII.  What separates digits is a
 * separator of thousands where groups of three follow it, else the sign of a decimal fraction. */
#include "number_tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "numerals.h"

static const char separators[] = ".,' :";

/* A digit of any script, or a sign between digits, as ASCII has it. */
static int32_t folded(int32_t c)
{
    static const struct {
        int32_t is;
        char reads;
    } signs[] = {{0x00a0, ' '}, {0x2009, ' '}, {0x202f, ' '}, {0x2019, '\''}, {0x066b, '.'},
                 {0x066c, ','}, {0xff0c, ','}, {0xff0e, '.'}, {0xff1a, ':'},  {0xff07, '\''}};

    if (c < 0x80)
        return c;
    if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER)
        return '0' + u_charDigitValue(c);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].is == c)
            return signs[i].reads;
    return c;
}

static void read_letters(struct letters *letters, struct str text)
{
    struct str rest = text;

    *letters = (struct letters){mem_alloc((text.len + 1) * sizeof(int32_t)),
                                mem_alloc((text.len + 1) * sizeof(size_t)), 0};
    while (rest.len) {
        letters->at[letters->count] = text.len - rest.len;
        letters->character[letters->count++] = folded(utf8_next(&rest));
    }
    letters->at[letters->count] = text.len;
    letters->character[letters->count] = -1;
}

static bool is_digit(int32_t c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(const struct letters *letters, size_t i)
{
    size_t n = 0;

    while (is_digit(letters->character[i + n]))
        n++;
    return n;
}

static bool is_separator(int32_t c)
{
    return c > 0 && c < 0x80 && strchr(separators, (int)c);
}

/* Runs of digits, and the separators between them. */
enum { RUNS = 12 };
struct runs {
    size_t start[RUNS], len[RUNS];
    char separator[RUNS]; /* before each but the first */
    size_t count, end;
};

/* Whether a separator and digits behind it go on with a number: a space only before a group of
 * three, a colon only before minutes. */
static bool goes_on(const struct letters *letters, const struct runs *runs, size_t i)
{
    size_t more = is_separator(letters->character[i]) ? digits_at(letters, i + 1) : 0;
    int32_t c = letters->character[i];

    if (!more || runs->count == RUNS)
        return false;
    if (c == ' ')
        return more == 3 && runs->len[0] <= 3 &&
               (runs->count == 1 || runs->separator[runs->count - 1] == ' ');
    return c != ':' || (more == 2 && runs->count == 1 && runs->len[0] <= 2);
}

static void read_runs(struct runs *runs, const struct letters *letters, size_t i)
{
    runs->count = 0;
    do {
        if (runs->count)
            runs->separator[runs->count] = (char)letters->character[i++];
        runs->start[runs->count] = i;
        runs->len[runs->count] = digits_at(letters, i);
        i += runs->len[runs->count++];
    } while (goes_on(letters, runs, i));
    runs->end = i;
}

/* Whether runs up to `count` are a number in groups: of three digits, or as in India. */
static bool is_grouped(const struct runs *runs, size_t count)
{
    bool indian = count > 2 && runs->len[1] == 2;

    if (count < 2 || runs->len[0] > 3 || runs->separator[1] == ':' || runs->len[count - 1] != 3)
        return false;
    for (size_t i = 1; i < count; i++)
        if (runs->separator[i] != runs->separator[1] ||
            (i + 1 < count && runs->len[i] != (indian ? 2 : 3)))
            return false;
    return true;
}

static void add_run(char *value, const struct letters *letters, const struct runs *runs, size_t run)
{
    size_t len = strlen(value);

    for (size_t i = 0; i < runs->len[run] && len + 1 < NUMBER_DIGITS; i++)
        value[len++] = (char)letters->character[runs->start[run] + i];
    value[len] = '\0';
}

/* Takes needless zeros off both ends. */
static void trim_value(char *value)
{
    size_t zeros = strspn(value, "0"), len;

    if (zeros && (!value[zeros] || value[zeros] == '.'))
        zeros--;
    memmove(value, value + zeros, strlen(value) + 1 - zeros);
    if (!strchr(value, '.'))
        return;
    for (len = strlen(value); value[len - 1] == '0';)
        value[--len] = '\0';
    if (value[len - 1] == '.')
        value[len - 1] = '\0';
}

/* "": the runs are no one number. */
static void evaluate(char *value, const struct letters *letters, const struct runs *runs)
{
    size_t whole = is_grouped(runs, runs->count) ? runs->count : runs->count - 1;

    *value = '\0';
    if (runs->count > 1 && whole == runs->count - 1 && whole > 1 && !is_grouped(runs, whole))
        return;
    if (runs->count > 1 && whole < runs->count && strchr("' ", runs->separator[whole]))
        return;
    for (size_t run = 0; run < (runs->count == 1 ? 1 : whole); run++)
        add_run(value, letters, runs, run);
    if (runs->count > 1 && whole < runs->count && strlen(value) + 2 < NUMBER_DIGITS) {
        strcat(value, ".");
        add_run(value, letters, runs, whole);
    }
    trim_value(value);
}

/* What stands beside the digits */

/* Moves the point of a value to the right. */
static void shift(char *value, size_t places)
{
    char *point = strchr(value, '.');

    while (places-- && strlen(value) + 2 < NUMBER_DIGITS) {
        if (!point) {
            strcat(value, "0");
            continue;
        }
        *point = point[1];
        *++point = '.';
        if (!point[1]) {
            *point = '\0';
            point = NULL;
        }
    }
    trim_value(value);
}

static size_t zeros_of(int32_t c)
{
    static const struct {
        int32_t sign;
        size_t zeros;
    } signs[] = {{0x767e, 2}, {0x5343, 3}, {0x4e07, 4}, {0x842c, 4},  {0xb9cc, 4},
                 {0x5104, 8}, {0x4ebf, 8}, {0xc5b5, 8}, {0x5146, 12}, {0xcc9c, 3}};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].sign == c)
            return signs[i].zeros;
    return 0;
}

/* Signs for ten thousand and the like behind digits. */
static size_t read_zeros(char *value, const struct letters *letters, size_t i)
{
    for (size_t zeros; (zeros = zeros_of(letters->character[i])) && *value; i++)
        shift(value, zeros);
    return i;
}

/* Years of a reign, counted as the others are. */
static void add_era(char *value, const struct letters *letters, struct str text, size_t start)
{
    static const struct {
        const char *name;
        int before;
    } eras[] = {{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"大正", 1911},
                {"明治", 1867}, {"民国", 1911}, {"民國", 1911}};
    struct str ahead = {text.data, letters->at[start]};

    for (size_t i = 0; i < sizeof eras / sizeof *eras; i++) {
        size_t len = strlen(eras[i].name);

        if (ahead.len >= len && strlen(value) < 4 && *value &&
            memcmp(ahead.data + ahead.len - len, eras[i].name, len) == 0)
            snprintf(value, NUMBER_DIGITS, "%d", eras[i].before + atoi(value));
    }
}

/* Whether a word for thousands or more follows a number. */
static bool is_before_unit(const struct letters *letters, struct str text, size_t end)
{
    static const char *const units[] = {"thousand", "million", "billion", "tuhat",    "tuhande",
                                        "miljon",   "miljard", "tausend", "mio",      "mrd",
                                        "mille ",   "mil ",    "mln",     "milj",     "milli",
                                        "millon",   "milhão",  "milhõ",   "tys",      "тыс",
                                        "млн",      "млрд",    "миллион", "миллиард", "bn"};
    size_t at = letters->at[end + (letters->character[end] == ' ')];

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (text.len - at >= strlen(units[i]) &&
            strncasecmp(text.data + at, units[i], strlen(units[i])) == 0)
            return true;
    return false;
}

/* As in B2B or A4: one letter before, or letters on both sides; or as in &#39. */
static bool is_in_name(const struct letters *letters, size_t start, size_t end)
{
    size_t name = 0;

    while (name < start && name < 3 && memchr("# ", letters->character[start - 1 - name], 2))
        name++;
    if (name && name < start && letters->character[start - 1 - name] == '&')
        return true;
    if (!start || !letters_are_spaced(letters->character[start - 1]))
        return false;
    return start == 1 || !letters_are_spaced(letters->character[start - 2]) ||
           letters_are_spaced(letters->character[end]);
}

static struct number *add_number(struct numbers *numbers, const struct letters *letters,
                                 size_t start, size_t end)
{
    struct number *number;

    numbers->number = mem_grow(numbers->number, numbers->count, sizeof *numbers->number);
    number = &numbers->number[numbers->count++];
    number->start = letters->at[start];
    number->end = letters->at[end];
    return number;
}

static size_t read_digits(struct numbers *numbers, const struct letters *letters, struct str text,
                          size_t i)
{
    struct number *number;
    struct runs runs;
    char value[NUMBER_DIGITS];

    read_runs(&runs, letters, i);
    evaluate(value, letters, &runs);
    add_era(value, letters, text, i);
    runs.end = read_zeros(value, letters, runs.end);
    number = add_number(numbers, letters, i, runs.end);
    memcpy(number->value, value, sizeof value);
    number->is_letters = is_in_name(letters, i, runs.end);
    number->has_unit = is_before_unit(letters, text, runs.end);
    return runs.end;
}

static size_t read_letters_of(struct numbers *numbers, const struct letters *letters, size_t i)
{
    for (size_t k = 0; numerals[k]; k++) {
        long value = 0;
        size_t end = numerals[k](letters, i, &value);

        if (end > i) {
            struct number *number = add_number(numbers, letters, i, end);

            number->is_letters = true;
            snprintf(number->value, sizeof number->value, "%ld", value);
            return end;
        }
    }
    return i + 1;
}

/* Behind an address of the Web or of mail that begins here, or here. */
static size_t behind_address(const struct letters *letters, struct str text, size_t i)
{
    size_t end = i;
    struct str word;

    if (i && letters->character[i - 1] != ' ' && letters->character[i - 1] != '\n')
        return i;
    while (end < letters->count && letters->character[end] < 0x2e80 &&
           letters->character[end] > ' ')
        end++;
    word = (struct str){text.data + letters->at[i], letters->at[end] - letters->at[i]};
    return memmem(word.data, word.len, "://", 3) || memchr(word.data, '@', word.len) ||
                   memmem(word.data, word.len, "www.", 4)
               ? end
               : i;
}

void numbers_read(struct numbers *numbers, struct str text)
{
    struct letters letters;

    *numbers = (struct numbers){NULL, 0};
    read_letters(&letters, text);
    for (size_t i = 0; i < letters.count;) {
        size_t behind = behind_address(&letters, text, i);

        if (behind > i)
            i = behind;
        else if (is_digit(letters.character[i]))
            i = read_digits(numbers, &letters, text, i);
        else
            i = read_letters_of(numbers, &letters, i);
    }
    free(letters.character);
    free(letters.at);
}

void numbers_release(struct numbers *numbers)
{
    free(numbers->number);
    *numbers = (struct numbers){NULL, 0};
}

static void split_number(struct numbers *parts, struct str text, const struct number *number)
{
    struct letters letters;
    size_t runs = 0;

    read_letters(&letters, (struct str){text.data + number->start, number->end - number->start});
    for (size_t i = 0, len; i < letters.count; i += len ? len : 1)
        if ((len = digits_at(&letters, i))) {
            struct number *part = add_number(parts, &letters, i, i + len);

            part->start = number->start;
            part->end = number->end;
            for (size_t d = 0; d < len && d + 1 < sizeof part->value; d++)
                part->value[d] = (char)letters.character[i + d];
            part->is_found = runs++ && strspn(part->value, "0") == strlen(part->value);
            part->is_letters = number->is_letters;
            part->is_repeated = number->is_repeated;
            trim_value(part->value);
        }
    free(letters.character);
    free(letters.at);
}

void numbers_split(struct numbers *numbers, struct str text)
{
    struct numbers parts = {NULL, 0};

    for (size_t i = 0; i < numbers->count; i++)
        if (!numbers->number[i].is_found && !numbers->number[i].is_letters) {
            split_number(&parts, text, &numbers->number[i]);
        } else {
            parts.number = mem_grow(parts.number, parts.count, sizeof *parts.number);
            parts.number[parts.count++] = numbers->number[i];
        }
    numbers_release(numbers);
    *numbers = parts;
}
