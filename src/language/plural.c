/* No list of languages: each rule is both the text that goes into a catalogue and a function, which
 * is compared with what CLDR says of the language. */
#include "plural.h"

#include <stddef.h>

#include "language.h"

#define RULES(RULE)                                                                              \
    RULE(none, 1, 0)                                                                             \
    RULE(one, 2, (n != 1))                                                                       \
    RULE(none_and_one, 2, (n > 1))                                                               \
    RULE(ones, 2, n % 10 != 1 || n % 100 == 11)                                                  \
    RULE(filipino, 2, n % 10 == 4 || n % 10 == 6 || n % 10 == 9)                                 \
    RULE(tamazight, 2, n > 1 && (n < 11 || n > 99))                                              \
    RULE(two, 3, n == 1 ? 0 : n == 2 ? 1 : 2)                                                    \
    RULE(zero, 3, n == 0 ? 0 : n == 1 ? 1 : 2)                                                   \
    RULE(czech, 3, n == 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2)                                        \
    RULE(polish, 3,                                                                              \
         n == 1                                                         ? 0                      \
         : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1                      \
                                                                        : 2)                     \
    RULE(russian, 3,                                                                             \
         n % 10 == 1 && n % 100 != 11                                   ? 0                      \
         : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1                      \
                                                                        : 2)                     \
    RULE(lithuanian, 3,                                                                          \
         n % 10 == 1 && (n % 100 < 11 || n % 100 > 19)   ? 0                                     \
         : n % 10 >= 2 && (n % 100 < 11 || n % 100 > 19) ? 1                                     \
                                                         : 2)                                    \
    RULE(latvian, 3, n % 10 == 0 || (n % 100 >= 11 && n % 100 <= 19) ? 0 : n % 10 == 1 ? 1 : 2)  \
    RULE(romanian, 3, n == 1 ? 0 : n == 0 || (n % 100 >= 1 && n % 100 <= 19) ? 1 : 2)            \
    RULE(tachelhit, 3, n <= 1 ? 0 : n <= 10 ? 1 : 2)                                             \
    RULE(slovene, 4, n % 100 == 1 ? 0 : n % 100 == 2 ? 1 : n % 100 == 3 || n % 100 == 4 ? 2 : 3) \
    RULE(gaelic, 4, n == 1 || n == 11 ? 0 : n == 2 || n == 12 ? 1 : n >= 3 && n <= 19 ? 2 : 3)   \
    RULE(manx, 4, n % 10 == 1 ? 0 : n % 10 == 2 ? 1 : n % 20 == 0 ? 2 : 3)                       \
    RULE(breton, 4,                                                                              \
         n % 10 == 1 && n % 100 != 11 && n % 100 != 71 && n % 100 != 91   ? 0                    \
         : n % 10 == 2 && n % 100 != 12 && n % 100 != 72 && n % 100 != 92 ? 1                    \
         : (n % 10 == 3 || n % 10 == 4 || n % 10 == 9) && (n % 100 < 10 || n % 100 > 19) &&      \
                 (n % 100 < 70 || n % 100 > 79) && n % 100 < 90                                  \
             ? 2                                                                                 \
             : 3)                                                                                \
    RULE(irish, 5, n == 1 ? 0 : n == 2 ? 1 : n >= 3 && n <= 6 ? 2 : n >= 7 && n <= 10 ? 3 : 4)   \
    RULE(maltese, 5,                                                                             \
         n == 1                                      ? 0                                         \
         : n == 2                                    ? 1                                         \
         : n == 0 || (n % 100 >= 3 && n % 100 <= 10) ? 2                                         \
         : n % 100 >= 11 && n % 100 <= 19            ? 3                                         \
                                                     : 4)                                                   \
    RULE(welsh, 6, n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2 : n == 3 ? 3 : n == 6 ? 4 : 5)           \
    RULE(arabic, 6,                                                                              \
         n == 0                          ? 0                                                     \
         : n == 1                        ? 1                                                     \
         : n == 2                        ? 2                                                     \
         : n % 100 >= 3 && n % 100 <= 10 ? 3                                                     \
         : n % 100 >= 11                 ? 4                                                     \
                                         : 5)

#define FUNCTION(name, count, expression) \
    static int name(unsigned long n)      \
    {                                     \
        (void)n;                          \
        return expression;                \
    }
#define ROW(name, count, expression) {"nplurals=" #count "; plural=" #expression ";", count, name},

RULES(FUNCTION)

static const struct {
    const char *text;
    int count;
    int (*form)(unsigned long n);
} rules[] = {RULES(ROW)};

const char *plural_forms_of(const char *tag)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (language_counts_by(tag, rules[i].count, rules[i].form))
            return rules[i].text;
    return NULL;
}
