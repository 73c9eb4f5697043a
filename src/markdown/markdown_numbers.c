#include "markdown_numbers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "language/language.h"
#include "markdown_private.h"

struct numbers {
    const struct markdown *markdown;
    struct place text;
    const char *language;
    struct findings *findings;
};

/* An item as it is written. */
struct written {
    size_t offset; /* in the text */
    long number;
    char sign;        /* behind the number */
    struct str words; /* the rest of the line */
};

static struct written written_item(const struct markdown *markdown, cmark_node *item)
{
    size_t offset = markdown_offset(markdown, item);
    struct str text = {markdown->text.data + offset, markdown->text.len - offset};
    size_t digits = 0;
    struct written written = {.offset = offset};

    for (; digits < text.len && isdigit((unsigned char)text.data[digits]); digits++)
        written.number = written.number * 10 + (text.data[digits] - '0');
    if (digits == text.len)
        return written;
    written.sign = text.data[digits++];
    text = (struct str){text.data + digits, text.len - digits};
    text.len = strcspn(text.data, "\n");
    written.words = str_trim(text);
    return written;
}

static bool is_numbered(cmark_node *list)
{
    return list && cmark_node_get_type(list) == CMARK_NODE_LIST &&
           cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
}

static void warn(const struct numbers *numbers, size_t offset, const char *remedy, char *text)
{
    struct place place = {numbers->text.source, numbers->text.offset + offset};

    finding(numbers->findings, FINDING_WARNING, place, remedy, "%s", text);
    free(text);
}

/* Dates and ordinals */

static bool begins_lower_case(struct str words)
{
    int32_t c = words.len ? utf8_next(&words) : -1;

    return c > 0 && u_islower(c) && u_totitle(c) != c; /* Georgian has no capitals in sentences */
}

/* Both without case, up to the length of the shorter or of four characters. */
static bool begins_alike(struct str words, struct str name)
{
    for (int i = 0; i < 4 && name.len; i++)
        if (!words.len || u_foldCase(utf8_next(&words), U_FOLD_CASE_DEFAULT) !=
                              u_foldCase(utf8_next(&name), U_FOLD_CASE_DEFAULT))
            return false;
    return true;
}

/* Whether words begin with a month, in whatever case of its grammar. */
static bool begins_with_month(struct str words, const char *language)
{
    struct buf name = BUF_INIT;
    bool begins = false;

    for (int month = 1; language && month <= 12 && !begins; month++) {
        buf_reset(&name);
        language_month(language, month, &name);
        begins = begins_alike(words, buf_str(&name));
    }
    buf_release(&name);
    return begins;
}

/* January has another name in Austria. */
static bool is_month(struct str words, const char *language)
{
    return begins_with_month(words, language) ||
           (language && strcmp(language, "de") == 0 && begins_with_month(words, "de-AT"));
}

bool numbers_may_be_date(struct str words, const char *language)
{
    return begins_lower_case(words) || is_month(words, language);
}

static bool is_date(const struct numbers *numbers, const struct written *written)
{
    return written->number >= 1 && written->number <= 31 &&
           is_month(written->words, numbers->language);
}

static bool is_year(long number)
{
    return number >= 1900 && number < 2200;
}

/* Whether an item holds nothing but a numbered list: "17. 05. 2026" is three of them. */
static bool holds_only_numbers(cmark_node *item)
{
    cmark_node *only = cmark_node_first_child(item);

    return is_numbered(only) && !cmark_node_next(only) &&
           !cmark_node_next(cmark_node_first_child(only));
}

/* Lists */

static cmark_node *numbered_before(cmark_node *list)
{
    cmark_node *before = cmark_node_previous(list);

    while (before && !is_numbered(before))
        before = cmark_node_previous(before);
    return before;
}

static long behind_list(cmark_node *list)
{
    long count = 0;

    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item))
        count++;
    return cmark_node_get_list_start(list) + count;
}

/* Whether a list continues the numbers of one before it, with other blocks between them. */
static bool continues(cmark_node *list)
{
    cmark_node *before = numbered_before(list);

    return before && behind_list(before) == cmark_node_get_list_start(list);
}

/* Whether one behind it continues its numbers. */
static bool is_continued(cmark_node *list)
{
    cmark_node *next = cmark_node_next(list);

    while (next && !is_numbered(next))
        next = cmark_node_next(next);
    return next && continues(next);
}

/* Whether it begins in the line below a paragraph's. */
static bool interrupts(cmark_node *list)
{
    cmark_node *before = cmark_node_previous(list);

    return before && cmark_node_get_type(before) == CMARK_NODE_PARAGRAPH &&
           cmark_node_get_end_line(before) + 1 == cmark_node_get_start_line(list);
}

/* Whether the paragraph before it leads to it. */
static bool is_led_to(cmark_node *list)
{
    struct buf words = BUF_INIT;
    bool leads;

    markdown_plain_leaf(cmark_node_previous(list), &words);
    leads = words.len && words.data[words.len - 1] == ':';
    buf_release(&words);
    return leads;
}

/* Whether the second number is what a list has behind its first. */
static bool counts(const struct numbers *numbers, cmark_node *list, long first)
{
    cmark_node *second = cmark_node_next(cmark_node_first_child(list));
    long number = second ? written_item(numbers->markdown, second).number : -1;

    return number == first || number == first + 1;
}

/* Whether a list begins with what was meant as a date, an ordinal or a year: surely where it has
 * one item and that is not the first, else where small letters or a month are behind it. */
static bool begins_as_date(const struct numbers *numbers, cmark_node *list,
                           const struct written *first)
{
    bool alone = !cmark_node_next(cmark_node_first_child(list)) && !is_continued(list);
    bool later = first->number > 1 && !continues(list);
    bool within = interrupts(list) && !is_led_to(list);
    bool odd = later || (alone && !continues(list)) ||
               (interrupts(list) && !counts(numbers, list, first->number));

    return is_year(first->number) || holds_only_numbers(cmark_node_first_child(list)) ||
           (alone && later) || (odd && begins_lower_case(first->words)) ||
           ((odd || within) && is_date(numbers, first));
}

static bool is_inside_date(cmark_node *list)
{
    cmark_node *item = cmark_node_parent(list);

    return cmark_node_get_type(item) == CMARK_NODE_ITEM && is_numbered(cmark_node_parent(item)) &&
           holds_only_numbers(item);
}

/* Numbers that are all the same are a way to write lists. */
static void check_items(const struct numbers *numbers, cmark_node *list, long first)
{
    long shown = cmark_node_get_list_start(list);
    bool same = true;

    for (cmark_node *item = cmark_node_first_child(list); (item = cmark_node_next(item));) {
        struct written written = written_item(numbers->markdown, item);

        shown++;
        same &= written.number == first;
        if (written.number == shown || (same && !is_date(numbers, &written)))
            continue;
        warn(numbers, written.offset,
             "write \\ before the sign where a date or an ordinal is meant; otherwise number the "
             "items as the page does",
             mem_printf("the page shows %ld%c, the text says %ld%c", shown, '.', written.number,
                        written.sign));
    }
}

/* One list was meant where the sign behind the number changes. */
static void check_signs(const struct numbers *numbers, cmark_node *list,
                        const struct written *first)
{
    cmark_node *before = cmark_node_previous(list);

    if (is_numbered(before) && behind_list(before) == first->number)
        warn(numbers, first->offset, "write the same sign after all numbers of a list",
             mem_printf(
                 "a second list begins here, because the sign after its number is different: %c",
                 first->sign));
}

/* A bullet right behind a list of another bullet. */
static void check_bullets(const struct numbers *numbers, cmark_node *list)
{
    cmark_node *before = cmark_node_previous(list);
    size_t offset = markdown_offset(numbers->markdown, list);

    if (before && cmark_node_get_type(before) == CMARK_NODE_LIST && !is_numbered(before) &&
        !is_numbered(list))
        warn(numbers, offset, "write the same sign before all items of a list",
             mem_printf("a second list begins here, because its sign is different: %c",
                        numbers->markdown->text.data[offset]));
}

/* Words that stand behind a number begin further to the right than most indent what is below. */
static void check_indentation(const struct numbers *numbers, cmark_node *list)
{
    cmark_node *before = cmark_node_previous(list);

    if (is_numbered(before) &&
        cmark_node_get_start_line(list) == cmark_node_get_end_line(before) + 1 &&
        cmark_node_get_start_column(list) > cmark_node_get_start_column(before))
        warn(numbers, markdown_offset(numbers->markdown, list),
             "indent it as far as the words of that item",
             mem_dups("this list is not inside the item above it"));
}

static void check_list(const struct numbers *numbers, cmark_node *list)
{
    struct written first = written_item(numbers->markdown, cmark_node_first_child(list));

    if (is_inside_date(list))
        return;
    if (begins_as_date(numbers, list, &first))
        warn(numbers, first.offset,
             "write \\ before the sign, as in 22\\. or 22\\), where a date, an ordinal or a year "
             "is meant",
             mem_printf("this begins a list with the number %ld", first.number));
    check_signs(numbers, list, &first);
    check_items(numbers, list, first.number);
}

void numbers_check(const struct markdown *markdown, struct place text, const char *language,
                   struct findings *findings)
{
    struct numbers numbers = {markdown, text, language, findings};
    cmark_iter *walk = cmark_iter_new(markdown->tree);
    cmark_event_type step;

    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);

        if (step != CMARK_EVENT_ENTER || cmark_node_get_type(node) != CMARK_NODE_LIST)
            continue;
        check_indentation(&numbers, node);
        check_bullets(&numbers, node);
        if (is_numbered(node))
            check_list(&numbers, node);
    }
    cmark_iter_free(walk);
}
