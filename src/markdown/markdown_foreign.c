/* A row for each kind of markup: what opens and what closes it, and where it must stand so that it
 * is no accident.  What is escaped, code, or an address is never looked at. */
#include "markdown_foreign.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "markdown_signs.h"

/* Where a mark must stand to be one. */
enum {
    AT_START = 1 << 0,     /* the words begin with it */
    AT_LINE = 1 << 1,      /* a line does */
    ALONE = 1 << 2,        /* and holds nothing else */
    TIGHT = 1 << 3,        /* no space inside, beside what opens and what closes it */
    WORD = 1 << 4,         /* no space inside at all */
    NAME = 1 << 5,         /* only ASCII letters, digits, _ + and - inside */
    LETTER = 1 << 6,       /* an ASCII letter first inside */
    AFTER_LETTER = 1 << 7, /* an ASCII letter before it */
    AFTER_SPACE = 1 << 8,  /* no ASCII letter or digit before it */
    NO_DIGIT = 1 << 9,     /* no digit behind what opens or closes it */
    SHOWN = 1 << 10,       /* the leaf shows it as text */
    ADDRESS = 1 << 11,     /* an address behind it */
    SPACED = 1 << 12,      /* a space behind it, or the end of the line */
    ASSIGNS = 1 << 13,     /* a = inside */
    NOT_CITED = 1 << 14,   /* more than a number between [ and it */
};

struct foreign_mark {
    const char *open, *close; /* NULL: nothing closes it */
    unsigned where;
    const char *text, *remedy;
};

#define NOTES                      \
    "footnotes are not supported", \
        "write the note into the text, or as a section of its own that a link leads to"
#define ATTRIBUTES                  \
    "attributes are not supported", \
        "remove it; write <!-- id: … --> before a heading for its id, and \\{ for a bracket"
#define TABLES "this is not a table here", "write a pipe table: | a | b |, then |---|---|"
#define CONTENTS \
    "tables of contents are not supported", "remove it, or write a list of links to headings"
#define PLACEHOLDERS                                                                          \
    "placeholders of other programs are not filled in", "write the words themselves; \\{ is a " \
                                                        "bracket"
#define BOXES "boxes are not supported", "write an ordinary paragraph or a quote (>)"
#define TASKS                       \
    "task boxes are not supported", \
        "remove it; what visitors can agree to is a purpose, <!-- purpose: … --> in the item"
#define CHANGES                           \
    "marks of changes are not supported", \
        "write only the new words: the page of changes shows the old ones"
#define SPACED_LINK "this is not a link", "remove what is between ] and ("
#define WIDE_LINK "this is not a link", "write [words](address) with ASCII brackets"
#define HEADINGS "this is not a heading here", "write ## and a space before the words of a heading"
#define OTHER_LANGUAGE "markup of other languages is not supported", "write it as Markdown"

static const struct foreign_mark marks[] = {
    /* A later row does not see what an earlier one matched. */
    {"[^", "]:", AT_LINE | WORD, NOTES},
    {"[^", "]", WORD, NOTES},
    {"^[", "]", 0, NOTES},
    {"~~", "~~", TIGHT, "strike-through is not supported",
     "leave out what no longer applies: the page of changes shows it"},
    {"[ ]", NULL, AT_START | SPACED, TASKS},
    {"[x]", NULL, AT_START | SPACED, TASKS},
    {"[X]", NULL, AT_START | SPACED, TASKS},
    {"[!", "]", AT_LINE | NAME, BOXES},
    {":::", NULL, AT_LINE, BOXES},
    {"!!! ", NULL, AT_LINE, BOXES},
    {"[toc]", NULL, AT_LINE | ALONE, CONTENTS},
    {"[TOC]", NULL, AT_LINE | ALONE, CONTENTS},
    {"[[toc]]", NULL, AT_LINE | ALONE, CONTENTS},
    {"[[TOC]]", NULL, AT_LINE | ALONE, CONTENTS},
    {"[[_TOC_]]", NULL, AT_LINE | ALONE, CONTENTS},
    {"@[toc]", NULL, AT_LINE | ALONE, CONTENTS},
    {"${toc}", NULL, AT_LINE | ALONE, CONTENTS},
    {"{:toc}", NULL, AT_LINE, CONTENTS},
    {"{{", "}}", 0, PLACEHOLDERS},
    {"{%", "%}", 0, PLACEHOLDERS},
    {"{!", "!}", 0, PLACEHOLDERS},
    {"<%", "%>", 0, PLACEHOLDERS},
    {"{++", "++}", 0, CHANGES},
    {"{--", "--}", 0, CHANGES},
    {"{~~", "~~}", 0, CHANGES},
    {"{==", "==}", 0, CHANGES},
    {"{>>", "<<}", 0, CHANGES},
    {"{:", "}", 0, ATTRIBUTES},
    {"{#", "}", LETTER, ATTRIBUTES},
    {"{.", "}", LETTER, ATTRIBUTES},
    {"${", "}", LETTER, PLACEHOLDERS},
    {"{", "}", LETTER | ASSIGNS, ATTRIBUTES},
    {": ", NULL, AT_LINE, "lists of definitions are not supported",
     "write a list: - **term**: what it means"},
    {"[[", "]]", TIGHT | SHOWN, "links of wikis are not supported", "write [words](address)"},
    {"*[", "]:", AT_LINE, "abbreviations are not supported", "explain it in the text"},
    {"==", "==", TIGHT, "highlighting is not supported", "write **words** for emphasis"},
    {"++", "++", TIGHT | AFTER_SPACE, CHANGES},
    {"^", "^", NAME, "superscript is not supported", "use the character, such as ², or words"},
    {"~", "~", NAME | AFTER_LETTER, "subscript is not supported", "use the character, such as ₂"},
    {"\\begin{", "}", NAME, "formulas are not supported", "write it in words, or as `code`"},
    {"$$", "$$", TIGHT, "formulas are not supported", "write it in words, or as `code`"},
    {"$", "$", TIGHT | AFTER_SPACE | NO_DIGIT, "formulas are not supported",
     "write it in words, or as `code`; write \\$ for a dollar sign"},
    {":", ":", NAME | LETTER | AFTER_SPACE, "names of emoji are not supported",
     "write the character itself"},
    {"= ", NULL, AT_START, HEADINGS},
    {"== ", NULL, AT_LINE, HEADINGS},
    {"=== ", NULL, AT_LINE, HEADINGS},
    {"h2. ", NULL, AT_START, HEADINGS},
    {"h3. ", NULL, AT_START, HEADINGS},
    {"＃", NULL, AT_LINE, HEADINGS},
    {"'''", "'''", TIGHT, "emphasis is written differently", "write **words** for emphasis"},
    {"｀", "｀", TIGHT, "code is written differently", "write `code` with ASCII backticks"},
    {"＞", NULL, AT_LINE, "quotes are written differently", "write > and a space before the words"},
    {"＊＊", "＊＊", TIGHT, "emphasis is written differently", "write **words** with ASCII stars"},
    {"+++", NULL, AT_LINE | ALONE, OTHER_LANGUAGE},
    {".. ", "::", AT_LINE, OTHER_LANGUAGE},
    {"#+", ":", AT_LINE | WORD, OTHER_LANGUAGE},
    {"%%", "%%", 0, "comments are not supported here", "remove it, or write <!-- note: … -->"},
    {"+--", NULL, AT_LINE, TABLES},
    {"+==", NULL, AT_LINE, TABLES},
    {"|===", NULL, AT_LINE | ALONE, TABLES},
    {"{|", NULL, AT_LINE, TABLES},
    {"](", NULL, SHOWN | ADDRESS, "this is not a link",
     "put an address with spaces between < and >, or write %20 for a space, and close it with )"},
    {"] (", NULL, SHOWN | ADDRESS, SPACED_LINK},
    {"]（", NULL, ADDRESS, WIDE_LINK},
    {"］（", NULL, ADDRESS, WIDE_LINK},
    {"］(", NULL, ADDRESS, WIDE_LINK},
    {"】(", NULL, ADDRESS, WIDE_LINK},
    {"】（", NULL, ADDRESS, WIDE_LINK},
    {"][]", NULL, SHOWN | NOT_CITED, "no link with this name is defined", "write [words](address)"},
    {"][", "]", SHOWN | NOT_CITED, "no link with this name is defined", "write [words](address)"},
    {"[", "]:", AT_LINE | SHOWN | ADDRESS, "this does not define a link", "write [name]: address"},
};

static const char *live_of(const struct spelling *spelling)
{
    return spelling->live.data;
}

static bool is_line_start(const struct spelling *spelling, size_t at)
{
    return at == 0 || spelling->text.data[at - 1] == '\n';
}

static bool is_line_end(const struct spelling *spelling, size_t at)
{
    at += strspn(live_of(spelling) + at, " \t");
    return live_of(spelling)[at] == '\n' || !live_of(spelling)[at];
}

static bool is_letter_or_digit(char c)
{
    return isalnum((unsigned char)c) != 0;
}

/* An address, or what looks like one: as much of it as there is. */
static size_t address_len(const char *text)
{
    static const char *const beginnings[] = {"http:", "https:", "mailto:", "tel:", "www.",
                                             "/",     "#",      "./",      "../"};
    size_t space = strspn(text, " <");

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncasecmp(text + space, beginnings[i], strlen(beginnings[i])) == 0)
            return space + strcspn(text + space, " \n)>\xef"); /* also a full-width ） */
    return 0;
}

/* Whether a text ends in a number behind [, as in [1][2]. */
static bool cites(const char *text, size_t len)
{
    size_t end = len;

    while (len && isdigit((unsigned char)text[len - 1]))
        len--;
    return len && len < end && text[len - 1] == '[';
}

static bool fits_before(const struct foreign_mark *mark, const struct spelling *spelling, size_t at)
{
    char before = at ? live_of(spelling)[at - 1] : '\0';

    return !(mark->where & AT_START && at) &&
           !(mark->where & AT_LINE && !is_line_start(spelling, at)) &&
           !(mark->where & NOT_CITED && cites(live_of(spelling), at)) &&
           !(mark->where & AFTER_LETTER && !isalpha((unsigned char)before)) &&
           !(mark->where & AFTER_SPACE && is_letter_or_digit(before));
}

static bool fits_inside(const struct foreign_mark *mark, struct str inside)
{
    if (!inside.len || inside.data[0] == mark->open[strlen(mark->open) - 1])
        return false;
    if (mark->where & NO_DIGIT && isdigit((unsigned char)inside.data[0]))
        return false;
    if (mark->where & ASSIGNS && !memchr(inside.data, '=', inside.len))
        return false;
    if (mark->where & LETTER && !isalpha((unsigned char)inside.data[0]))
        return false;
    if (mark->where & TIGHT && (isspace((unsigned char)inside.data[0]) ||
                                isspace((unsigned char)inside.data[inside.len - 1])))
        return false;
    for (size_t i = 0; i < inside.len; i++) {
        char c = inside.data[i];

        if ((mark->where & WORD && isspace((unsigned char)c)) ||
            (mark->where & NAME && !is_letter_or_digit(c) && !strchr("_+-", c)))
            return false;
    }
    return true;
}

static bool fits_behind(const struct foreign_mark *mark, const struct spelling *spelling,
                        struct piece *piece)
{
    const char *behind = live_of(spelling) + piece->end;

    if ((mark->where & NO_DIGIT && isdigit((unsigned char)*behind)) ||
        (mark->where & ALONE && !is_line_end(spelling, piece->end)) ||
        (mark->where & SPACED && *behind && !isspace((unsigned char)*behind)))
        return false;
    if (mark->where & SHOWN &&
        !memmem(spelling->shown.data, spelling->shown.len, spelling->text.data + piece->start,
                piece->end - piece->start))
        return false;
    if (mark->where & ADDRESS && !address_len(behind))
        return false;
    piece->end += mark->where & ADDRESS ? address_len(behind) : 0;
    return true;
}

enum { INSIDE = 1000 }; /* bytes, at most, between what opens and what closes a mark */

static const char *find_close(const struct foreign_mark *mark, const struct spelling *spelling,
                              const char *inside)
{
    size_t rest = spelling->live.len - (size_t)(inside - live_of(spelling));

    return mark->close
               ? memmem(inside, rest < INSIDE ? rest : INSIDE, mark->close, strlen(mark->close))
               : inside;
}

/* The first place behind the piece where a mark fits. */
static bool find_mark(const struct foreign_mark *mark, const struct spelling *spelling,
                      struct piece *piece)
{
    const char *live = live_of(spelling), *open = live + piece->end;

    for (; (open = strstr(open, mark->open)); open++) {
        const char *inside = open + strlen(mark->open);
        const char *close = find_close(mark, spelling, inside);
        struct str words = {inside, close ? (size_t)(close - inside) : 0};

        if (!close)
            continue;
        *piece = (struct piece){(size_t)(open - live), (size_t)(close - live)};
        piece->end += mark->close ? strlen(mark->close) : 0;
        if (fits_before(mark, spelling, piece->start) &&
            (!mark->close || fits_inside(mark, words)) && fits_behind(mark, spelling, piece))
            return true;
    }
    return false;
}

/* Findings */

enum { MARKS = sizeof marks / sizeof *marks };
_Static_assert(MARKS + SIGN_KINDS <= FOREIGN_KINDS, "each kind has its place");

enum { EXCERPT = 60 }; /* bytes */

static void report(const struct spelling *spelling, struct piece piece, const char *text,
                   const char *remedy, struct findings *findings)
{
    struct buf excerpt = BUF_INIT;
    size_t end = piece.end;
    struct str shown;

    if (end - piece.start > EXCERPT)
        for (end = piece.start + EXCERPT; (spelling->text.data[end] & 0xc0) == 0x80;)
            end--;
    for (size_t i = piece.start; i < end; i++)
        buf_addc(&excerpt, spelling->text.data[i] == '\n' ? ' ' : spelling->text.data[i]);
    shown = str_trim(buf_str(&excerpt));
    finding(findings, FINDING_WARNING, spelling_place(spelling, piece.start), remedy,
            "\"%.*s%s\" is shown as it is: %s", (int)shown.len, shown.data,
            end < piece.end ? "…" : "", text);
    buf_release(&excerpt);
}

/* All that is found, in the order of the text. */
struct found {
    struct find {
        size_t kind;
        struct piece piece;
    } * find;
    size_t count;
};

static void find_kind(struct spelling *spelling, size_t kind, struct found *found)
{
    struct piece piece = {0, 0};

    while (kind < MARKS ? find_mark(&marks[kind], spelling, &piece)
                        : sign_kinds[kind - MARKS].find(spelling, &piece)) {
        found->find = mem_grow(found->find, found->count, sizeof *found->find);
        found->find[found->count++] = (struct find){kind, piece};
        if (kind < MARKS)
            spelling_silence(spelling, piece.start, piece.end);
    }
}

static int by_start(const void *a, const void *b)
{
    const struct find *x = a, *y = b;

    if (x->piece.start != y->piece.start)
        return x->piece.start > y->piece.start ? 1 : -1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

/* To be freed. */
static struct found find_all(struct spelling *spelling)
{
    bool has[256] = {false}; /* most words have few of the bytes that open a mark */
    struct found found = {NULL, 0};

    for (size_t i = 0; i < spelling->live.len; i++)
        has[(unsigned char)spelling->live.data[i]] = true;
    for (size_t kind = 0; kind < MARKS + SIGN_KINDS; kind++)
        if (kind >= MARKS || has[(unsigned char)*marks[kind].open])
            find_kind(spelling, kind, &found);
    if (found.count)
        qsort(found.find, found.count, sizeof *found.find, by_start);
    return found;
}

void foreign_find(struct spelling *spelling, struct foreign_kinds *kinds)
{
    struct found found = find_all(spelling);

    *kinds = (struct foreign_kinds){{false}};
    for (size_t i = 0; i < found.count; i++)
        kinds->has[found.find[i].kind] = true;
    free(found.find);
}

void foreign_know_links(struct foreign_kinds *kinds)
{
    for (size_t i = 0; i < MARKS; i++)
        kinds->has[i] |= marks[i].where & ADDRESS && !(marks[i].where & AT_LINE);
}

void foreign_check(struct spelling *spelling, const struct foreign_kinds *known,
                   struct findings *findings)
{
    struct found found = find_all(spelling);

    for (size_t i = 0; i < found.count; i++) {
        size_t kind = found.find[i].kind;
        bool is_mark = kind < MARKS;

        if (!known || !known->has[kind])
            report(spelling, found.find[i].piece,
                   is_mark ? marks[kind].text : sign_kinds[kind - MARKS].text,
                   is_mark ? marks[kind].remedy : sign_kinds[kind - MARKS].remedy, findings);
    }
    free(found.find);
}
