/* The library returns messages in the order of the file, and each begins with a line `msgid`.  A
 * string may continue in the quotation marks of the next lines. */
#include "po_place.h"

#include <string.h>

static const char *next_line(const char *at)
{
    return at + strcspn(at, "\n") + (strchr(at, '\n') != NULL);
}

/* The next line that begins with a keyword, or the end. */
static const char *find_line(const char *at, const char *keyword)
{
    while (*at && strncmp(at + strspn(at, " \t"), keyword, strlen(keyword)) != 0)
        at = next_line(at);
    return at;
}

size_t po_next_msgid(const struct source *source, size_t from)
{
    return (size_t)(find_line(source->text.data + from, "msgid ") - source->text.data);
}

struct place po_words(const struct source *source, size_t msgid)
{
    const char *line = source->text.data + msgid, *next = next_line(line);
    const char *string = line + strcspn(line, "\"\n");

    if (strncmp(string, "\"\"", 2) == 0 && next[strspn(next, " \t")] == '"')
        line = next + strspn(next, " \t");
    return (struct place){source, (size_t)(line - source->text.data)};
}

struct str po_note(const struct source *source, size_t from, size_t msgid)
{
    static const char mark[] = "# Translator's note: ";
    const char *text = source->text.data;
    struct str note = {"", 0};

    for (const char *line = text + from; line < text + msgid; line = next_line(line)) {
        if (strncmp(line, "#~", 2) == 0) /* an obsolete entry: what was above it is its own */
            note = (struct str){"", 0};
        else if (strncmp(line, mark, sizeof mark - 1) == 0)
            note = str_trim(
                (struct str){line + sizeof mark - 1, strcspn(line + sizeof mark - 1, "\n")});
    }
    return note;
}

/* Behind a character of a string, which may be an escape sequence.  Numbers are errors by
 * themselves. */
static const char *next_character(const char *at)
{
    return at + (*at == '\\' && at[1] ? 2 : 1);
}

struct place po_msgstr(struct place msgid, size_t offset)
{
    const char *text = msgid.source->text.data;
    const char *at = find_line(text + msgid.offset, "msgstr"), *last = at;

    at += strcspn(at, "\"\n");
    while (*at == '"') {
        for (at++; *at && *at != '"' && *at != '\n'; at = next_character(at))
            if (!offset--)
                return (struct place){msgid.source, (size_t)(at - text)};
        last = at;
        at = next_line(at);
        at += strspn(at, " \t");
    }
    return (struct place){msgid.source, (size_t)(last - text)};
}
