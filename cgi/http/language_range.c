/* The header is read once for each tag of the site, so that nothing has to be sorted or
 * kept: what it says of one tag is a weight and a place, and the best tag wins. */
#include "language_range.h"

#include <string.h>
#include <strings.h>

#include "base/validate.h"

#define ALPHA "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT "0123456789"

enum { WEIGHT_REFUSED = -1, WEIGHT_NONE = 0, WEIGHT_ONE = 1000 };

struct range {
    struct str tag; /* empty for "*" */
    int weight;     /* thousandths */
};

/* What the header says of one tag. */
struct preference {
    int weight;
    bool named;      /* not by "*" only */
    size_t position; /* of the range, counted in elements; 0 where not named */
    size_t len;      /* of the tag: et-EE, et finds et-EE where there are both */
};

/* weight = OWS ";" OWS "q=" qvalue, without the semicolon */
static bool read_weight(struct str text, int *weight)
{
    int unit = WEIGHT_ONE;

    text = str_trim(text);
    if (text.len < 3 || text.len > 7 || strncasecmp(text.data, "q=", 2) != 0 ||
        !validate_is_of((struct str){text.data + 2, 1}, "01") ||
        (text.len > 3 && text.data[3] != '.'))
        return false;
    *weight = (text.data[2] - '0') * unit;
    for (size_t i = 4; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        unit /= 10;
        *weight += (text.data[i] - '0') * unit;
    }
    return *weight <= WEIGHT_ONE;
}

/* language-range = (1*8ALPHA *("-" 1*8alphanum)) / "*" */
static bool read_tag(struct str text, struct str *tag)
{
    struct str rest = text, subtag;
    const char *alphabet = ALPHA;

    *tag = str_is(text, "*") ? (struct str){text.data, 0} : text;
    if (!tag->len)
        return text.len == 1;
    for (; validate_cut(&rest, '-', &subtag); alphabet = ALPHA DIGIT)
        if (subtag.len > 8 || !validate_is_of(subtag, alphabet))
            return false;
    return true;
}

static bool read_range(struct str element, struct range *range)
{
    struct str tag;

    range->weight = WEIGHT_ONE;
    return validate_cut(&element, ';', &tag) && read_tag(str_trim(tag), &range->tag) &&
           (!element.data || read_weight(element, &range->weight));
}

/* Whether the tag is `whole` or what is left of it without its last subtags. */
static bool is_truncation(struct str tag, struct str whole)
{
    return tag.len <= whole.len && strncasecmp(tag.data, whole.data, tag.len) == 0 &&
           (tag.len == whole.len || whole.data[tag.len] == '-');
}

static struct preference preference_of(struct str header, struct str tag)
{
    struct preference found = {.len = tag.len};
    struct range range, nearest = {{NULL, 0}, WEIGHT_ONE}, any = {{NULL, 0}, WEIGHT_NONE};
    struct str element;

    for (size_t i = 0; validate_cut(&header, ',', &element); i++) {
        if (!read_range(str_trim(element), &range))
            continue;
        if (!range.tag.len) {
            if (!any.tag.data || range.weight > any.weight)
                any = range;
            continue;
        }
        if (is_truncation(range.tag, tag) &&
            (range.tag.len > nearest.tag.len ||
             (range.tag.len == nearest.tag.len && range.weight > nearest.weight)))
            nearest = range;
        if (range.weight > found.weight && is_truncation(tag, range.tag)) {
            found.weight = range.weight;
            found.named = true;
            found.position = i;
        }
    }
    if (nearest.weight == WEIGHT_NONE || (!found.named && any.tag.data && !any.weight))
        return (struct preference){.weight = WEIGHT_REFUSED, .len = tag.len};
    if (!found.named)
        found.weight = any.weight;
    return found;
}

static bool is_better(const struct preference *a, const struct preference *b)
{
    if (a->weight != b->weight)
        return a->weight > b->weight;
    if (a->named != b->named)
        return a->named;
    if (a->position != b->position)
        return a->position < b->position;
    return a->named && a->len > b->len;
}

size_t accept_language(struct str header, const char *const *tags, size_t count, size_t fallback)
{
    size_t best = fallback;
    struct preference of_best, other;

    if (fallback >= count)
        return fallback;
    of_best = preference_of(header, str_of(tags[fallback]));
    for (size_t i = 0; i < count; i++) {
        other = preference_of(header, str_of(tags[i]));
        if (is_better(&other, &of_best)) {
            best = i;
            of_best = other;
        }
    }
    return best;
}
