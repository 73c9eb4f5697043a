#include "numerals.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

bool letters_are_spaced(int32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = c > 0 ? uscript_getScript(c, &status) : USCRIPT_COMMON;

    return c > 0 && u_isalpha(c) &&
           (script == USCRIPT_LATIN || script == USCRIPT_CYRILLIC || script == USCRIPT_GREEK);
}

static int32_t kanji_value(int32_t c)
{
    static const int32_t digits[] = {0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db,
                                     0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d};

    for (int32_t i = 0; i < 10; i++)
        if (digits[i] == c)
            return i;
    return c == 0x96f6 ? 0 : c == 0x4e24 || c == 0x5169 ? 2 : -1;
}

static size_t read_kanji(const struct letters *letters, size_t i, long *value)
{
    long total = 0, section = 0, digit = -1;
    size_t start = i;

    for (;; i++) {
        int32_t c = letters->character[i];
        long units = c == 0x5341 ? 10 : c == 0x767e ? 100 : c == 0x5343 ? 1000 : 0;

        if (kanji_value(c) >= 0) {
            digit = (digit > 0 ? digit * 10 : 0) + kanji_value(c);
        } else if (units) {
            section += (digit < 0 ? 1 : digit) * units;
            digit = -1;
        } else if (c == 0x4e07 && i > start) {
            total += (section + (digit < 0 ? 0 : digit)) * 10000;
            section = 0;
            digit = -1;
        } else {
            break;
        }
        if (i - start > 12)
            break;
    }
    *value = total + section + (digit < 0 ? 0 : digit);
    return i;
}

static int roman_digit(int32_t c)
{
    return c == 'I' || c == 'i' ? 1 : c == 'V' || c == 'v' ? 5 : c == 'X' || c == 'x' ? 10 : 0;
}

/* Up to XXXIX: more would be CD and CC. */
static size_t read_roman(const struct letters *letters, size_t i, long *value)
{
    size_t start = i;

    *value = 0;
    if (i && letters_are_spaced(letters->character[i - 1]))
        return start;
    for (; roman_digit(letters->character[i]) && i - start < 8; i++) {
        int digit = roman_digit(letters->character[i]),
            next = roman_digit(letters->character[i + 1]);

        *value += digit < next ? -digit : digit;
    }
    return letters_are_spaced(letters->character[i]) ? start : i;
}

/* ① and Ⅲ, but not the ² of m². */
static size_t read_sign(const struct letters *letters, size_t i, long *value)
{
    int32_t c = letters->character[i];
    int type = c > 0x2000 ? u_charType(c) : 0;
    double number = u_getNumericValue(c);

    if ((type != U_OTHER_NUMBER && type != U_LETTER_NUMBER) || number < 0 || number > 1000 ||
        (double)(long)number < number || (c >= 0x2070 && c <= 0x209f) || kanji_value(c) >= 0)
        return i;
    *value = (long)number;
    return i + 1;
}

const numeral_reader numerals[] = {read_kanji, read_roman, read_sign, NULL};
