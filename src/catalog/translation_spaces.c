/* In languages that write spaces, one is easily lost next to stars and brackets, where it is hard
 * to see.  A grammatical ending follows there without a space, as in **Teade**le.  In some scripts
 * a word of one letter precedes it without a space. */
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "translation.h"

/* What a language may add to a word that is bold or a link: lower case, without markup. */
struct affixes {
    const char *language, *affixes; /* between spaces */
};

static const struct affixes endings[] = {
    {"et",
     " a e i u d t s l le lt ks ga ta na ni st sse te de id ide te ks ga gi ki il ile ilt iks "
     "is ist isse ina ini dele delt del des dest desse deks dega deta dena deni tele telt tel "
     "tes test tesse teks tega teta tena teni ne sed ste line lise "},
    {"fi",
     " a ä n t ta tä na nä ssa ssä sta stä lla llä lta ltä lle ksi tta ttä in en an än on un yn "
     "ön hin hun hon han hän hen ien jen ja jä ita itä illa illä ille ista istä issa issä iksi "
     "iin ni si mme nne nsa nsä kin kaan kään "},
    {"en", " s es d ed ing er ly "},
    {"de", " s es n en e er em ern "},
    {"hu",
     " t at et ot öt k ak ek ok nak nek ban ben ba be ból ből val vel ra re ról ről hoz hez höz "
     "tól től ig ért ként on en ön n a e ja je i "},
    {"tr",
     " a e ı i u ü ya ye yı yi da de ta te dan den tan ten ın in un ün nın nin la le lar ler "},
};

/* Conjunctions, articles and prepositions that are written together with the next word. */
static const struct affixes prefixes[] = {
    {"ar", " و ف ب ل ك ال وال فال بال كال لل ول وب وك فب فل لـ بـ كـ فـ الـ "},
    {"he", " ו ה ב כ ל מ ש וה וב וכ ול ומ וש שה שב כש "},
};

struct letters {
    int32_t before, after; /* the boundary */
};

static int32_t last_of(struct str text)
{
    size_t start = text.len;

    while (start && ((unsigned char)text.data[--start] & 0xc0) == 0x80)
        ;
    text = (struct str){text.data + start, text.len - start};
    return text.len ? utf8_next(&text) : -1;
}

static struct letters letters_at(const struct markdown_shown *shown, size_t at)
{
    struct str before = {shown->text.data, at};
    struct str after = {shown->text.data + at, shown->text.len - at};

    return (struct letters){last_of(before), after.len ? utf8_next(&after) : -1};
}

/* Letters of scripts with spaces between words. */
static bool is_spaced(int32_t c)
{
    UErrorCode status = U_ZERO_ERROR;

    if (c <= 0 || !u_isalpha(c))
        return false;
    switch (uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
    case USCRIPT_TIBETAN:
    case USCRIPT_HANGUL: /* particles follow without one */
        return false;
    default:
        return true;
    }
}

static bool is_space(int32_t c)
{
    return c == ' ' || c == '\n' || c == 0xa0 || c == 0x202f;
}

static bool ends_clause(int32_t c)
{
    return c > 0 && c < 0x80 && strchr(".:;,!?", (int)c);
}

static size_t word_len(struct str text)
{
    struct str rest = text;

    while (rest.len) {
        struct str next = rest;

        if (!u_isalpha(utf8_next(&next)))
            break;
        rest = next;
    }
    return text.len - rest.len;
}

static struct str last_word(struct str text)
{
    size_t start = text.len;

    while (start && u_isalpha(last_of((struct str){text.data, start})))
        do
            start--;
        while (((unsigned char)text.data[start] & 0xc0) == 0x80);
    return (struct str){text.data + start, text.len - start};
}

/* Those of a language, or NULL. */
static const char *affixes_of(const struct affixes *table, size_t count, const char *language)
{
    for (size_t i = 0; language && i < count; i++)
        if (strncmp(language, table[i].language, 2) == 0)
            return table[i].affixes;
    return NULL;
}

static bool is_among(const char *affixes, struct str word)
{
    char wanted[32];

    if (!word.len || word.len + 3 > sizeof wanted)
        return false;
    memcpy(wanted + 1, word.data, word.len);
    wanted[0] = wanted[word.len + 1] = ' ';
    wanted[word.len + 2] = '\0';
    return strstr(affixes, wanted) != NULL;
}

/* Whether the letters behind a piece may be a grammatical ending: one of the language, or any short
 * one if the endings of the language are unknown. */
static bool may_be_ending(const struct translation *translation, size_t at)
{
    const struct buf *text = &translation->theirs.shown.text;
    struct str word = {text->data + at, text->len - at};
    const char *known =
        affixes_of(endings, sizeof endings / sizeof *endings, translation->their_language);

    word.len = word_len(word);
    return known ? is_among(known, word) : word.len <= 3;
}

static bool may_be_prefix(const struct translation *translation, size_t at)
{
    const struct buf *text = &translation->theirs.shown.text;
    const char *known =
        affixes_of(prefixes, sizeof prefixes / sizeof *prefixes, translation->their_language);

    return known && is_among(known, last_word((struct str){text->data, at}));
}

static const char *name_of(const struct markdown_piece *piece, bool behind)
{
    return piece->kind == PIECE_LINK     ? behind ? ")" : "["
           : piece->kind == PIECE_STRONG ? "**"
                                         : "*";
}

static void report_lack(const struct translation *translation, const struct markdown_piece *piece,
                        bool behind)
{
    const struct wording *theirs = &translation->theirs;
    const char *sign = name_of(piece, behind);
    char *remedy = mem_printf("put a space %s %s", behind ? "after" : "before", sign);
    size_t at = behind ? theirs->shown.at[piece->to] : piece->start;

    wording_report(theirs, FINDING_WARNING, at, remedy, "the translation lacks a space %s %s",
                   behind ? "after" : "before", sign);
    free(remedy);
}

/* Whether the message has a space around each piece of the kind. */
static bool ours_are_spaced(const struct translation *translation, enum markdown_piece_kind kind,
                            bool behind)
{
    const struct markdown_shown *ours = &translation->message->shown;
    bool spaced = false;

    for (size_t i = 0; i < ours->count; i++) {
        const struct markdown_piece *piece = &ours->pieces[i];
        struct letters letters;

        if (piece->kind != kind)
            continue;
        letters = letters_at(ours, behind ? piece->to : piece->from);
        if (is_spaced(behind ? letters.after : letters.before))
            return false;
        spaced |= is_space(behind ? letters.after : letters.before) ||
                  ends_clause(behind ? letters.after : letters.before);
    }
    return spaced;
}

static void check_behind(const struct translation *translation, const struct markdown_piece *piece)
{
    const struct markdown_shown *theirs = &translation->theirs.shown;
    struct letters letters = letters_at(theirs, piece->to);
    struct str rest = {theirs->text.data + piece->to, theirs->text.len - piece->to};
    struct letters next;

    if (is_spaced(letters.after)) {
        if (ends_clause(letters.before) ||
            (is_spaced(letters.before) && ours_are_spaced(translation, piece->kind, true) &&
             !may_be_ending(translation, piece->to)))
            report_lack(translation, piece, true);
        return;
    }
    if (!ends_clause(letters.after) || !is_spaced(letters.before) || rest.len < 2)
        return;
    next = letters_at(theirs, piece->to + 1); /* punctuation, and a letter right behind it */
    if (is_spaced(next.after) && (letters.after != '.' || u_isupper(next.after)))
        wording_report(&translation->theirs, FINDING_WARNING, theirs->at[piece->to + 1],
                       "put a space after it", "the translation lacks a space after \"%c\"",
                       (char)letters.after);
}

static void check_before(const struct translation *translation, const struct markdown_piece *piece)
{
    struct letters letters = letters_at(&translation->theirs.shown, piece->from);

    if ((is_spaced(letters.before) || ends_clause(letters.before)) && is_spaced(letters.after) &&
        ours_are_spaced(translation, piece->kind, false) &&
        !may_be_prefix(translation, piece->from))
        report_lack(translation, piece, false);
}

/* Spaces that a link or a bold word takes with it at its ends. */
static void check_inside(const struct translation *translation, const struct markdown_piece *piece)
{
    const struct markdown_shown *theirs = &translation->theirs.shown;
    struct letters first = letters_at(theirs, piece->from), last = letters_at(theirs, piece->to);

    if (piece->kind == PIECE_LINK && piece->to > piece->from && !wording_is_blank(theirs, piece) &&
        (is_space(first.after) || is_space(last.before)))
        wording_report(&translation->theirs, FINDING_WARNING, piece->start,
                       "remove the space inside [ and ]", "the link begins or ends with a space");
}

/* Whether a missing space is an error in this language, also next to Latin words. */
static bool writes_spaces(const char *language)
{
    static const char *const without[] = {"ja", "zh", "yue", "th", "lo", "km", "my", "bo"};

    for (size_t i = 0; language && i < sizeof without / sizeof *without; i++)
        if (strncmp(language, without[i], strlen(without[i])) == 0)
            return false;
    return true;
}

void translation_check_spaces(const struct translation *translation)
{
    const struct markdown_shown *theirs = &translation->theirs.shown;

    if (!writes_spaces(translation->their_language))
        return;
    for (size_t i = 0; i < theirs->count; i++) {
        const struct markdown_piece *piece = &theirs->pieces[i];

        if (piece->kind != PIECE_LINK && piece->kind != PIECE_STRONG &&
            piece->kind != PIECE_EMPHASIS)
            continue;
        check_before(translation, piece);
        check_inside(translation, piece);
        check_behind(translation, piece);
    }
}
