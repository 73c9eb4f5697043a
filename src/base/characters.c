/* One sorted table; most characters are passed over before it is looked at. */
#include "characters.h"

#include "utf8.h"

/* Sorted. */
static const struct character_fault faults[] = {
    {0x0000, 0x0008, CHARACTER_UNSHOWN, ""},
    {0x000b, 0x001f, CHARACTER_UNSHOWN, ""},
    {0x007f, 0x009f, CHARACTER_UNSHOWN, ""},
    {0x00ad, 0x00ad, CHARACTER_UNSEEN, " (soft hyphen)"},
    {0x034f, 0x034f, CHARACTER_UNSEEN, " (combining grapheme joiner)"},
    {0x061c, 0x061c, CHARACTER_UNSEEN, " (Arabic letter mark)"},
    {0x115f, 0x1160, CHARACTER_UNSEEN, " (Hangul filler)"},
    {0x17b4, 0x17b5, CHARACTER_UNSEEN, " (Khmer inherent vowel)"},
    {0x180e, 0x180e, CHARACTER_UNSEEN, " (Mongolian vowel separator)"},
    {0x200b, 0x200b, CHARACTER_UNSEEN, " (zero width space)"},
    {0x200c, 0x200c, CHARACTER_UNSEEN, " (zero width non-joiner)"},
    {0x200d, 0x200d, CHARACTER_UNSEEN, " (zero width joiner)"},
    {0x200e, 0x200e, CHARACTER_UNSEEN, " (left-to-right mark)"},
    {0x200f, 0x200f, CHARACTER_UNSEEN, " (right-to-left mark)"},
    {0x2028, 0x2028, CHARACTER_UNSEEN, " (line separator)"},
    {0x2029, 0x2029, CHARACTER_UNSEEN, " (paragraph separator)"},
    {0x202a, 0x202e, CHARACTER_TURNING, ""},
    {0x2060, 0x2060, CHARACTER_UNSEEN, " (word joiner)"},
    {0x2061, 0x2064, CHARACTER_UNSEEN, " (invisible operator)"},
    {0x2066, 0x2067, CHARACTER_TURNING, ""},
    {0x2068, 0x2068, CHARACTER_UNSEEN, " (first strong isolate)"},
    {0x2069, 0x2069, CHARACTER_UNSEEN, " (pop directional isolate)"},
    {0x206a, 0x206f, CHARACTER_UNSEEN, " (deprecated format character)"},
    {0x3164, 0x3164, CHARACTER_UNSEEN, " (Hangul filler)"},
    {0xd800, 0xdfff, CHARACTER_UNSHOWN, ""}, /* only a reference can spell it */
    {0xfeff, 0xfeff, CHARACTER_UNSEEN, " (byte order mark)"},
    {0xffa0, 0xffa0, CHARACTER_UNSEEN, " (Hangul filler)"},
    {0xfff9, 0xfffb, CHARACTER_UNSEEN, " (interlinear annotation)"},
    {0xfffd, 0xfffd, CHARACTER_LOST, ""},
    {0xe0001, 0xe007f, CHARACTER_UNSEEN, " (tag character)"},
    {0x110000, INT32_MAX, CHARACTER_UNSHOWN, ""},
};

static const struct character_fault *find(int32_t c)
{
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (c <= faults[i].last)
            return c >= faults[i].first ? &faults[i] : NULL;
    return NULL;
}

/* The character that ends a text, or -1. */
static int32_t last_of(struct str text)
{
    size_t start = text.len;

    while (start > 0 && ((unsigned char)text.data[--start] & 0xc0) == 0x80)
        ;
    text = (struct str){text.data + start, text.len - start};
    return text.len ? utf8_next(&text) : -1;
}

static bool is_right_to_left(int32_t c)
{
    return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfefc);
}

static bool has_right_to_left(struct str text)
{
    while (text.len)
        if (is_right_to_left(utf8_next(&text)))
            return true;
    return false;
}

/* Scripts from Tibetan to Khmer that write no spaces, and break lines at U+200B. */
static bool breaks_unseen(int32_t c)
{
    return (c >= 0x0e00 && c <= 0x109f) || (c >= 0x1780 && c <= 0x17ff) ||
           (c >= 0x1900 && c <= 0x1aff);
}

/* Arabic and Indic letters join, and so do emoji. */
static bool joins_unseen(int32_t c)
{
    return (c >= 0x0600 && c <= 0x1cff) || (c >= 0x2600 && c <= 0x27bf) || c == 0xfe0f ||
           c >= 0x10000;
}

/* Whether an unseen character does its work in the script around it. */
static bool is_needed(int32_t c, int32_t before, struct str text)
{
    switch (c) {
    case 0x200b:
        return breaks_unseen(before);
    case 0x200c:
    case 0x200d:
        return joins_unseen(before);
    case 0x061c:
    case 0x200e:
    case 0x200f:
    case 0x2068: /* its content keeps its own direction */
    case 0x2069:
        return has_right_to_left(text);
    default:
        return c >= 0xe0001 && before >= 0x10000; /* flags of regions */
    }
}

const struct character_fault *character_fault(int32_t c, struct str text, size_t at)
{
    const struct character_fault *fault;

    if ((c >= ' ' && c < 0x7f) || (c > 0xad && c < 0x034f))
        return NULL;
    if (utf8_is_noncharacter(c))
        return &faults[0];
    fault = find(c);
    if (fault && fault->kind == CHARACTER_UNSEEN &&
        is_needed(c, last_of((struct str){text.data, at}), text))
        return NULL;
    return fault;
}

void character_report(const struct character_fault *fault, int32_t c, struct place place,
                      enum severity severity, struct findings *findings)
{
    static const struct {
        const char *what, *does, *remedy;
        bool warning;
    } kinds[] = {
        [CHARACTER_UNSHOWN] = {"the character", " cannot be shown on a page", "remove it", false},
        [CHARACTER_LOST] = {"the character", " replaces one that was lost",
                            "write what was there before the file was read in a wrong encoding",
                            false},
        [CHARACTER_TURNING] = {"the invisible character",
                               " changes the direction of the text around it",
                               "remove it, unless the text mixes writing directions", true},
        [CHARACTER_UNSEEN] = {"the invisible character", "", "remove it", true},
    };

    if (kinds[fault->kind].warning)
        severity = FINDING_WARNING;
    else if (utf8_is_noncharacter(c))
        severity = FINDING_ERROR;
    finding(findings, severity, place, kinds[fault->kind].remedy, "%s U+%04X%s%s",
            kinds[fault->kind].what, (unsigned)c, fault->name, kinds[fault->kind].does);
}

void characters_check(const struct source *source, size_t start, size_t end, enum severity severity,
                      struct findings *findings)
{
    struct str text = {source->text.data + start, end - start};

    for (struct str rest = text; rest.len;) {
        size_t at = text.len - rest.len;
        int32_t c = utf8_next(&rest);
        const struct character_fault *fault = c == '\r' ? NULL : character_fault(c, text, at);

        if (fault) /* a carriage return ends a line in a file */
            character_report(fault, c, (struct place){source, start + at}, severity, findings);
    }
}

static bool is_blank(int32_t c)
{
    const struct character_fault *fault = find(c);

    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x2800 ||
           c == 0x3000 ||
           (fault && (fault->kind == CHARACTER_UNSEEN || fault->kind == CHARACTER_TURNING));
}

bool character_all_blank(struct str text)
{
    while (text.len)
        if (!is_blank(utf8_next(&text)))
            return false;
    return true;
}
