#include "markdown_review.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "markdown_foreign.h"
#include "markdown_markers.h"
#include "markdown_numbers.h"
#include "markdown_shown.h"

struct reviewing {
    const struct markdown *markdown;
    const struct review *review;
    struct findings *findings;
    bool *is_known; /* by line: what stands there is shown, is code, or is a comment */
    int level;      /* of the heading before, 0: none */
};

static struct place place_of(const struct reviewing *reviewing, size_t offset)
{
    const struct place *text = &reviewing->review->text;

    return (struct place){text->source, text->offset + offset};
}

static void warn(const struct reviewing *reviewing, cmark_node *block, const char *remedy,
                 const char *text)
{
    finding(reviewing->findings, FINDING_WARNING,
            place_of(reviewing, markdown_offset(reviewing->markdown, block)), remedy, "%s", text);
}

/* Headings */

/* The page shows the title as its only heading of the first level. */
static void check_first_level(const struct reviewing *reviewing, cmark_node *heading,
                              struct str words)
{
    const char *title = reviewing->review->title;

    if (title && str_is(words, title))
        warn(reviewing, heading, "remove it: the page begins with the title",
             "this heading repeats the title, which the page shows");
    else
        warn(reviewing, heading, "begin the headings of the text with ##",
             "a second heading of the first level; the first is the title");
}

static bool has_first_level(const struct reviewing *reviewing, cmark_node *heading)
{
    const struct markdown *markdown = reviewing->markdown;

    for (size_t i = 0; i < markdown->heading_count && markdown->headings[i] != heading; i++)
        if (cmark_node_get_heading_level(markdown->headings[i]) == 1)
            return true;
    return reviewing->review->title != NULL;
}

static void check_heading(struct reviewing *reviewing, cmark_node *heading)
{
    int level = cmark_node_get_heading_level(heading);
    struct buf words = BUF_INIT;

    markdown_plain_leaf(heading, &words);
    if (!str_trim(buf_str(&words)).len && !cmark_node_first_child(heading))
        warn(reviewing, heading, "write its words, or remove its signs", "a heading without words");
    if (level == 1 && has_first_level(reviewing, heading))
        check_first_level(reviewing, heading, str_trim(buf_str(&words)));
    if (reviewing->level && level > reviewing->level + 1)
        finding(reviewing->findings, FINDING_WARNING,
                place_of(reviewing, markdown_offset(reviewing->markdown, heading)),
                "write at most one # more than the heading above it has",
                "a heading of level %d below one of level %d", level, reviewing->level);
    reviewing->level = level;
    buf_release(&words);
}

/* Lines such as "layout: page", with a --- above and one below them. */
static bool is_front_matter(cmark_node *leaf, const struct spelling *spelling)
{
    cmark_node *before = cmark_node_previous(leaf);

    if (!markdown_is_heading(leaf) || !before ||
        cmark_node_get_type(before) != CMARK_NODE_THEMATIC_BREAK)
        return false;
    for (size_t n = 0; n < spelling->line_count; n++) {
        const char *line = spelling->text.data + spelling->lines[n].start;
        size_t key = 0;

        while (isalnum((unsigned char)line[key]) || (line[key] && strchr("_-", line[key])))
            key++;
        if (!key || line[key] != ':')
            return false;
    }
    return true;
}

/* Stars */

static bool ends_in_letter(const char *text, size_t len)
{
    size_t start = len;
    struct str last;

    while (start && ((unsigned char)text[--start] & 0xc0) == 0x80)
        ;
    last = (struct str){text + start, len - start};
    return last.len && u_isalnum(utf8_next(&last));
}

static bool begins_with_letter(const char *text)
{
    struct str rest = str_of(text);

    return rest.len && u_isalnum(utf8_next(&rest));
}

/* Whether a run of stars was to be emphasis: two or three of them, or one beside a letter. */
static bool is_meant(const char *text, size_t at, size_t run)
{
    return run == 1 ? ends_in_letter(text, at) != begins_with_letter(text + at + 1) : run <= 3;
}

/* Whether words show the byte at an offset of theirs.  `from`, where to look in the text shown, is
 * kept for the next one. */
static bool shows(const struct markdown_shown *shown, size_t offset, size_t *from)
{
    while (*from < shown->text.len && shown->at[*from] < offset)
        ++*from;
    return *from < shown->text.len && shown->at[*from] == offset;
}

static void report_star(struct place place, bool is_beside, struct findings *findings)
{
    if (is_beside)
        finding(findings, FINDING_WARNING, place,
                "put a space beside the stars, or the punctuation outside them; write \\* where a "
                "star is meant",
                "stars between punctuation and a letter are not emphasis: they are shown");
    else
        finding(findings, FINDING_WARNING, place,
                "write them on both sides of the words, without a space inside, as in **words**; "
                "write \\* for each star that is to be shown",
                "stars that do not begin or end emphasis are shown");
}

static void check_stars_shown(const struct spelling *spelling, const struct markdown_shown *shown,
                              struct findings *findings)
{
    struct markdown_shown helped; /* the same, with all stars taken as emphasis */
    const char *text = shown->text.data;
    size_t from = 0;

    markdown_show(&helped, spelling->text.data, true);
    for (size_t at = strcspn(text, "*"), run; text[at]; at += strcspn(text + at, "*")) {
        run = strspn(text + at, "*");
        if (spelling->live.data[shown->at[at]] == '*' && is_meant(text, at, run))
            report_star(spelling_place(spelling, shown->at[at]),
                        !shows(&helped, shown->at[at], &from), findings);
        at += run;
    }
    markdown_shown_release(&helped);
}

static void check_stars(const struct spelling *spelling, struct findings *findings)
{
    struct markdown_shown shown;

    if (!strchr(spelling->live.data, '*'))
        return;
    markdown_show(&shown, spelling->text.data, false);
    if (strchr(shown.text.data, '*'))
        check_stars_shown(spelling, &shown, findings);
    markdown_shown_release(&shown);
}

/* Leaves */

static void check_markers(const struct spelling *spelling, struct findings *findings)
{
    size_t start;

    if (markers_run_together(spelling, &start))
        finding(findings, FINDING_WARNING, spelling_place(spelling, start),
                "write a list (- or 1.), put blank lines between them, or end each with \\",
                "lines that begin with list signs are shown as one paragraph");
}

static void note_lines(struct reviewing *reviewing, const struct spelling *spelling, size_t first)
{
    for (size_t n = 0; n < spelling->line_count; n++) {
        size_t start = spelling->lines[n].start;

        reviewing->is_known[first + n] =
            spelling->text.data[start] != '[' || spelling->live.data[start] != SPELLING_INERT;
    }
}

static void check_leaf(struct reviewing *reviewing, cmark_node *leaf)
{
    struct spelling spelling;

    spelling_of_leaf(&spelling, reviewing->markdown, leaf, reviewing->review->text);
    if (!markdown_is_cell(leaf))
        note_lines(reviewing, &spelling, (size_t)cmark_node_get_start_line(leaf));
    if (is_front_matter(leaf, &spelling))
        warn(reviewing, leaf, "remove the lines, with the --- around them",
             "settings of another program are shown as text");
    else if (markdown_is_heading(leaf))
        check_heading(reviewing, leaf);
    check_stars(&spelling, reviewing->findings);
    check_markers(&spelling, reviewing->findings);
    foreign_check(&spelling, NULL, reviewing->findings);
    spelling_release(&spelling);
}

/* The definition of a footnote whose note is one word is, to CommonMark, that of a link. */
static void check_definitions(const struct reviewing *reviewing)
{
    const struct markdown *markdown = reviewing->markdown;

    for (size_t n = 1; n <= markdown->line_count; n++) {
        const char *start = markdown->lines[n - 1];
        struct str line = str_trim((struct str){start, (size_t)(markdown->lines[n] - start)});

        if (reviewing->is_known[n] || line.len < 5 || memcmp(line.data, "[^", 2) != 0 ||
            !memmem(line.data, line.len, "]:", 2))
            continue;
        finding(reviewing->findings, FINDING_WARNING,
                place_of(reviewing, (size_t)(line.data - markdown->text.data)),
                "write the note into the text, or as a section of its own that a link leads to",
                "this note is not shown: footnotes are not supported");
    }
}

static void note_block(struct reviewing *reviewing, cmark_node *block)
{
    size_t last = (size_t)cmark_node_get_end_line(block);

    for (size_t n = (size_t)cmark_node_get_start_line(block);
         n <= last && n <= reviewing->markdown->line_count; n++)
        reviewing->is_known[n] = true;
}

void markdown_review(const struct markdown *markdown, const struct review *review,
                     struct findings *findings)
{
    struct reviewing reviewing = {markdown, review, findings, mem_alloc(markdown->line_count + 2),
                                  review->title ? 1 : 0};
    cmark_iter *walk = cmark_iter_new(markdown->tree);
    cmark_event_type step;

    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);

        if (step != CMARK_EVENT_ENTER)
            continue;
        if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING ||
            (markdown_is_cell(node) && cmark_node_get_user_data(node))) {
            check_leaf(&reviewing, node);
            cmark_iter_reset(walk, node, CMARK_EVENT_EXIT);
        } else if (type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK) {
            note_block(&reviewing, node);
        }
    }
    cmark_iter_free(walk);
    check_definitions(&reviewing);
    numbers_check(markdown, review->text, review->language, findings);
    free(reviewing.is_known);
}

void markdown_review_words(struct cmark_node *leaf, const char *words, const char *others,
                           const struct place_map *map, struct findings *findings)
{
    struct foreign_kinds known;
    struct spelling spelling;
    size_t start;
    bool run_together;

    spelling_of_words(&spelling, others, NULL, map);
    run_together = markers_run_together(&spelling, &start);
    foreign_find(&spelling, &known);
    if (strstr(others, "](")) /* a spoiled link is reported as a lost one */
        foreign_know_links(&known);
    spelling_release(&spelling);
    spelling_of_words(&spelling, words, leaf, map);
    if (!run_together)
        check_markers(&spelling, findings);
    foreign_check(&spelling, &known, findings);
    spelling_release(&spelling);
}

void markdown_review_plain(const char *words, struct place place, struct findings *findings)
{
    struct markdown_shown shown;

    if (markdown_is_plain_text(str_of(words)))
        return;
    markdown_show(&shown, words, false);
    if (shown.count)
        finding(findings, FINDING_WARNING, place,
                "write plain words here; emphasis, links and code belong in the text",
                "Markdown in the front matter is shown as it is");
    markdown_shown_release(&shown);
}
