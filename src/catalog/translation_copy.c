/* A sentence that is the same in the translation and in the message was left untranslated. */
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "translation.h"

/* Languages that share whole sentences. */
static const char *const sisters[] = {"da nb nn no", "id ms", "hr bs sr sh cnr",
                                      "cs sk",       "pt gl", "ur hi"};

static size_t primary_len(const char *language)
{
    return strcspn(language, "-_");
}

static bool names(const char *list, const char *language)
{
    size_t len = primary_len(language);

    for (const char *at = list; (at = memmem(at, strlen(at), language, len)); at += len)
        if ((at == list || at[-1] == ' ') && (!at[len] || at[len] == ' '))
            return true;
    return false;
}

static bool may_share(const char *a, const char *b)
{
    if (!a || !b)
        return false;
    if (primary_len(a) == primary_len(b) && strncmp(a, b, primary_len(a)) == 0)
        return true;
    for (size_t i = 0; i < sizeof sisters / sizeof *sisters; i++)
        if (names(sisters[i], a) && names(sisters[i], b))
            return true;
    return false;
}

/* Whether a text is a sentence and not a name, an address or a formula: several words, of which
 * some do not begin with a capital letter.  Where no spaces are written, letters are counted. */
static bool is_sentence(struct str text)
{
    size_t words = 0, small = 0, wide = 0;
    bool inside = false;

    while (text.len) {
        int32_t c = utf8_next(&text);
        bool letter = u_isalpha(c);
        bool joins = c == 0x2019 || (c > 0 && c < 0x80 && strchr("'-.@/_", c));

        if (letter && utf8_is_wide(c)) {
            wide++;
        } else if (letter && !inside) {
            words++;
            small += !u_isupper(c);
        } else if (c == '@' || c == '/') {
            small -= small > 0; /* a part of an address */
        }
        inside = letter || u_isdigit(c) || (inside && joins);
    }
    return (words > 2 && small > 1) || wide > 7;
}

void translation_check_copy(const struct translation *translation)
{
    const struct message *message = translation->message;

    if (strcmp(message->msgid, translation->entry->msgstr) != 0 ||
        may_share(translation->our_language, translation->their_language) ||
        !is_sentence(buf_str(&translation->message->shown.text)))
        return;
    wording_report(&translation->theirs, FINDING_WARNING, 0,
                   "translate it; <!-- skip --> before the block where it is the same in every "
                   "language",
                   "the translation is the same as the message");
}
