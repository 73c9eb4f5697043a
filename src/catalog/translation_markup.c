/* A translator changes words, not where a click leads, what is fetched or what is code. */
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "base/mem.h"
#include "translation.h"

static const char *const names[] = {
    [PIECE_LINK] = "the link %s",      [PIECE_IMAGE] = "the image %s",
    [PIECE_CODE] = "the code `%s`",    [PIECE_STRONG] = "strong emphasis (**)",
    [PIECE_EMPHASIS] = "emphasis (*)", [PIECE_BREAK] = "a line break (\\ at the end of a line)",
};

/* To be freed. */
static char *name_of(const struct markdown_piece *piece)
{
    const char *name = names[piece->kind], *slot = strstr(name, "%s");

    return slot ? mem_printf("%.*s%s%s", (int)(slot - name), name, piece->text, slot + 2)
                : mem_dups(name);
}

static bool is_address(const struct markdown_piece *piece)
{
    return piece->kind == PIECE_LINK || piece->kind == PIECE_IMAGE;
}

/* Emphasis and line breaks are a matter of style, which languages have their own ways of; the
 * rest is not. */
static enum severity severity_of(const struct translation *translation,
                                 const struct markdown_piece *piece)
{
    return is_address(piece) || piece->kind == PIECE_CODE ? translation->theirs.severity
                                                          : FINDING_WARNING;
}

/* What markup looks like that a page shows because of a sign, and what to write. */
static const struct spoiled {
    const char *sign, *behind; /* what follows it somewhere, or NULL */
    const char *remedy;
} spoiled_links[] = {
    {"]\uff08", NULL, "write ( and ), not （ and ）"},
    {"\uff3b", NULL, "write [ and ], not ［ and ］"},
    {"\uff3d", NULL, "write [ and ], not ［ and ］"},
    {"\u3010", "http", "write [ and ], not 【 and 】"},
    {"\uff1c", "http", "write < and >, not ＜ and ＞"},
    {"] (", NULL, "remove the space between ] and ("},
    {"]\u3000(", NULL, "remove the space between ] and ("},
    {"](", "\u201c", "write \" around the title, not “ and ”"},
    {"](", "\u201d", "write \" around the title, not “ and ”"},
    {"](", "\u201e", "write \" around the title, not „ and “"},
    {"](", "\u00ab", "write \" around the title, not « and »"},
    {"](", "\u300c", "write \" around the title, not 「 and 」"},
    {"](", "\uff02", "write \" around the title, not ＂"},
    {"](", "\uff09", "write ) after the address, not ）"},
    {"](", NULL, "write ) after the address, no space in it, and \" around a title"},
    {"[", NULL, "write ](address) after the words of the link"},
};

static const struct spoiled spoiled_emphasis[] = {
    {"\uff0a", NULL, "write *, not ＊"},
    {"\uff3f", NULL, "write _, not ＿"},
    {"\u2217", NULL, "write *, not ∗"},
};

/* Its place in the text that the translation shows, or NULL. */
static const char *find_spoiled(const struct translation *translation,
                                const struct spoiled *spoiled)
{
    struct str sign = str_of(spoiled->sign);
    const char *found = strstr(translation->theirs.shown.text.data, spoiled->sign);

    if (!found || (spoiled->behind && !strstr(found, spoiled->behind)) ||
        wording_count(&translation->message->shown, sign) >=
            wording_count(&translation->theirs.shown, sign))
        return NULL;
    return found;
}

/* The remedy for markup that was lost; `offset` becomes its place in the words. */
static const char *remedy_for(const struct translation *translation,
                              const struct markdown_piece *lost, size_t *offset)
{
    bool links = is_address(lost);
    const struct spoiled *table = links ? spoiled_links : spoiled_emphasis;
    size_t count = links ? sizeof spoiled_links / sizeof *spoiled_links
                   : lost->kind == PIECE_STRONG || lost->kind == PIECE_EMPHASIS
                       ? sizeof spoiled_emphasis / sizeof *spoiled_emphasis
                       : 0;

    *offset = 0;
    for (size_t i = 0; i < count; i++) {
        const char *found = find_spoiled(translation, &table[i]);

        if (!found)
            continue;
        *offset = translation->theirs.shown.at[found - translation->theirs.shown.text.data];
        return table[i].remedy;
    }
    return lost->kind == PIECE_BREAK ? "write \\ at the end of a line, and continue on a new line"
                                     : "keep the markup of the message";
}

static void report_lost(const struct translation *translation, const struct markdown_piece *lost)
{
    size_t offset;
    const char *remedy = remedy_for(translation, lost, &offset);
    char *name = name_of(lost);

    wording_report(&translation->theirs, severity_of(translation, lost), offset, remedy,
                   "the translation lacks %s", name);
    free(name);
}

/* Links to other sites, where one may take the other's place. */
static bool lead_outside(const struct markdown_piece *our, const struct markdown_piece *their)
{
    return our->kind == PIECE_LINK && address_is_outside(our->text) &&
           address_is_outside(their->text);
}

/* `instead`: what the message has of the kind, or NULL. */
static void report_added(const struct translation *translation, const struct markdown_piece *added,
                         const struct markdown_piece *instead)
{
    char *name = name_of(added), *wanted = instead ? name_of(instead) : NULL;
    bool outside = instead && lead_outside(instead, added);
    char *remedy = wanted ? mem_printf("write %s, as the message does%s", wanted,
                                       outside ? "; <!-- links: may-differ --> before the block in "
                                                 "the source allows another"
                                               : "")
                          : mem_dups("keep the markup of the message, and add no other");

    wording_report(&translation->theirs, severity_of(translation, added), added->start, remedy,
                   "the translation has %s, which the message does not have", name);
    free(remedy);
    free(wanted);
    free(name);
}

/* What is inside a link or image that both have. */
static void compare_held(const struct translation *translation, const struct markdown_piece *our,
                         const struct markdown_piece *their)
{
    const struct wording *theirs = &translation->theirs;
    bool image = our->kind == PIECE_IMAGE;

    if (!is_address(our))
        return;
    if (*our->title && !*their->title)
        wording_report(theirs, FINDING_WARNING, their->start,
                       "write it in quotation marks after the address",
                       "the translation lacks the title of %s %s", image ? "the image" : "the link",
                       our->text);
    if (image && !wording_is_blank(&translation->message->shown, our) &&
        wording_is_blank(&theirs->shown, their))
        wording_report(theirs, FINDING_WARNING, their->start,
                       "write between ![ and ] what the image shows",
                       "the translation lacks the description of the image %s", our->text);
}

/* Pairing */

struct pairing {
    const struct markdown_piece **of_ours, **of_theirs; /* by index; NULL: it has none */
};

static bool is_free(const struct markdown_piece *piece, const struct markdown_piece *partner,
                    const struct markdown_piece *wanted)
{
    return !partner && piece->kind == wanted->kind;
}

static bool is_same(const struct markdown_piece *our, const struct markdown_piece *their)
{
    return strcmp(our->text, their->text) == 0;
}

static void pair(struct pairing *pairing, const struct translation *translation,
                 bool (*match)(const struct markdown_piece *our,
                               const struct markdown_piece *their))
{
    const struct markdown_shown *ours = &translation->message->shown,
                                *theirs = &translation->theirs.shown;

    for (size_t t = 0; t < theirs->count; t++)
        for (size_t o = 0; o < ours->count && !pairing->of_theirs[t]; o++)
            if (is_free(&ours->pieces[o], pairing->of_ours[o], &theirs->pieces[t]) &&
                match(&ours->pieces[o], &theirs->pieces[t])) {
                pairing->of_theirs[t] = &ours->pieces[o];
                pairing->of_ours[o] = &theirs->pieces[t];
            }
}

/* What of its kind the message has and the translation lacks; it has been reported. */
static const struct markdown_piece *take_lost(struct pairing *pairing,
                                              const struct markdown_shown *ours,
                                              const struct markdown_piece *added)
{
    for (size_t o = 0; o < ours->count; o++)
        if (is_free(&ours->pieces[o], pairing->of_ours[o], added)) {
            pairing->of_ours[o] = added;
            return &ours->pieces[o];
        }
    return NULL;
}

/* What is shown instead is reported apart (translation_signs.c). */
static bool is_reported_as_signs(const struct translation *translation,
                                 const struct markdown_piece *lost)
{
    return (lost->kind == PIECE_STRONG || lost->kind == PIECE_EMPHASIS) &&
           translation_shows_stars(translation);
}

/* Raw HTML is an error by itself, and a line may well be broken where the message is not. */
static bool may_be_told(const struct markdown_piece *added)
{
    return added->kind != PIECE_HTML && added->kind != PIECE_BREAK;
}

void translation_check_markup(const struct translation *translation)
{
    const struct markdown_shown *ours = &translation->message->shown,
                                *theirs = &translation->theirs.shown;
    struct pairing pairing = {mem_alloc(ours->count * sizeof *pairing.of_ours),
                              mem_alloc(theirs->count * sizeof *pairing.of_theirs)};

    pair(&pairing, translation, is_same);
    if (translation->message->links_may_differ)
        pair(&pairing, translation, lead_outside);
    for (size_t t = 0; t < theirs->count; t++)
        if (pairing.of_theirs[t])
            compare_held(translation, pairing.of_theirs[t], &theirs->pieces[t]);
        else if (may_be_told(&theirs->pieces[t]))
            report_added(translation, &theirs->pieces[t],
                         take_lost(&pairing, ours, &theirs->pieces[t]));
    for (size_t o = 0; o < ours->count; o++)
        if (!pairing.of_ours[o] && ours->pieces[o].kind != PIECE_HTML &&
            !is_reported_as_signs(translation, &ours->pieces[o]))
            report_lost(translation, &ours->pieces[o]);
    free(pairing.of_ours);
    free(pairing.of_theirs);
}
