/* Markup that CommonMark does not recognise is shown on the page as literal signs. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "translation.h"

/* A run of one sign in the text shown. */
struct run {
    size_t at, len;
};

static bool next_run(const struct markdown_shown *shown, char sign, struct run *run)
{
    size_t at = run->at + run->len;
    const char *found = memchr(shown->text.data + at, sign, shown->text.len - at);

    if (!found)
        return false;
    run->at = (size_t)(found - shown->text.data);
    run->len = 1;
    while (run->at + run->len < shown->text.len && found[run->len] == sign)
        run->len++;
    return true;
}

static size_t count_runs(const struct markdown_shown *shown, char sign)
{
    struct run run = {0, 0};
    size_t count = 0;

    while (next_run(shown, sign, &run))
        count++;
    return count;
}

bool translation_shows_stars(const struct translation *translation)
{
    return wording_count(&translation->theirs.shown, (struct str){"*", 1}) >
           wording_count(&translation->message->shown, (struct str){"*", 1});
}

/* The remedy depends on the characters around the run. */

static bool is_space(char c)
{
    return !c || strchr(" \n\t", c);
}

static char behind(const struct markdown_shown *shown, const struct run *run)
{
    return shown->text.data[run->at + run->len];
}

static char before(const struct markdown_shown *shown, const struct run *run)
{
    return run->at ? shown->text.data[run->at - 1] : '\0';
}

/* The run that ends what `run` begins, or false. */
static bool find_partner(const struct markdown_shown *shown, char sign, const struct run *run,
                         struct run *partner)
{
    *partner = *run;
    while (next_run(shown, sign, partner))
        if (partner->len == run->len)
            return true;
    return false;
}

static bool has_emphasis(const struct markdown_shown *shown)
{
    for (size_t i = 0; i < shown->count; i++)
        if (shown->pieces[i].kind == PIECE_STRONG || shown->pieces[i].kind == PIECE_EMPHASIS)
            return true;
    return false;
}

/* To be freed. */
static char *remedy_for(const struct translation *translation, char sign, const struct run *run,
                        const struct run *partner)
{
    const struct wording *theirs = &translation->theirs;
    size_t at = theirs->shown.at[run->at];

    if (at && theirs->words[at - 1] == '\\')
        return mem_printf("remove the \\ before the %c", sign);
    if (!has_emphasis(&translation->message->shown))
        return mem_printf("remove it, or write \\%c to show it", sign);
    if (!partner)
        return mem_printf("the other %.*s is missing", (int)run->len,
                          theirs->shown.text.data + run->at);
    if (is_space(behind(&theirs->shown, run)) || is_space(before(&theirs->shown, partner)))
        return mem_dups("remove the space inside the stars");
    return mem_printf(
        "where emphasis is meant, put a space or a letter beside it; otherwise write \\%c", sign);
}

static void check_emphasis(const struct translation *translation, char sign, const char *name)
{
    const struct markdown_shown *shown = &translation->theirs.shown;
    size_t meant = count_runs(&translation->message->shown, sign), seen = 0;
    struct run run = {0, 0}, partner;

    while (next_run(shown, sign, &run)) {
        bool paired;
        char *remedy;

        if (++seen <= meant)
            continue;
        paired = find_partner(shown, sign, &run, &partner);
        remedy = remedy_for(translation, sign, &run, paired ? &partner : NULL);
        wording_report(&translation->theirs, translation->theirs.severity, shown->at[run.at],
                       remedy,
                       "the translation has %s that is shown (%c), which the message does not have",
                       name, sign);
        free(remedy);
        if (paired)
            run = partner;
    }
}

/* Other signs; more of them are found in source and translation alike (markdown_review.h). */
static const struct sign {
    const char *sign, *end; /* the sign that ends it, or NULL: a single sign */
    bool grave;             /* as shown stars are; else a warning */
    const char *remedy;
} signs[] = {
    {"\\", NULL, true, "one \\ at the end of a line breaks the line; before a letter, write no \\"},
    {"</", ">", false, "remove it: an address in < and > needs no end tag"},
};

static void check_sign(const struct translation *translation, const struct sign *sign)
{
    const struct markdown_shown *shown = &translation->theirs.shown;
    size_t meant = wording_count(&translation->message->shown, str_of(sign->sign)), seen = 0;
    size_t len = strlen(sign->sign);

    for (const char *at = shown->text.data; (at = strstr(at, sign->sign)); at += len) {
        const char *end = sign->end ? strstr(at, sign->end) : NULL;

        if (++seen > meant)
            wording_report(&translation->theirs,
                           sign->grave ? translation->theirs.severity : FINDING_WARNING,
                           shown->at[at - shown->text.data], sign->remedy, "%.*s is shown as it is",
                           (int)(end ? (size_t)(end - at) + 1 : len), at);
    }
}

void translation_check_signs(const struct translation *translation)
{
    check_emphasis(translation, '*', "a star");
    check_emphasis(translation, '_', "an underscore");
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        check_sign(translation, &signs[i]);
}
