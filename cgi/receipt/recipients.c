#include "recipients.h"

#include <string.h>

/* Of the Latin script, and of the Chinese and Japanese. */
static const char *const open_signs[] = {"(", "\xef\xbc\x88", NULL};
static const char *const close_signs[] = {")", "\xef\xbc\x89", NULL};
static const char *const stop_signs[] = {".", "\xe3\x80\x82", NULL};
static const char *const colon_signs[] = {":", "\xef\xbc\x9a", NULL};

/* The length of the sign that stands there; 0: there is none. */
static size_t sign_at(const char *at, const char *const *signs)
{
    for (; *signs; signs++)
        if (strncmp(at, *signs, strlen(*signs)) == 0)
            return strlen(*signs);
    return 0;
}

void recipient_init(struct recipient *recipient, const char *line)
{
    const char *first = NULL, *last = line;

    for (const char *at = line; *at; at++)
        if (sign_at(at, colon_signs)) {
            first = first ? first : at + sign_at(at, colon_signs);
            last = at;
        }
    *recipient = (struct recipient){.start = first ? first : last, .end = last};
    recipient->rest = recipient->start;
}

static struct str between(const char *start, const char *end)
{
    return str_trim((struct str){start, (size_t)(end - start)});
}

/* The country is within brackets, which may hold others, before a full stop and the label of the
 * data. */
bool recipient_next(struct recipient *recipient)
{
    const char *open = recipient->start;
    size_t depth = 0;

    for (const char *at = recipient->rest; at < recipient->end; at++) {
        size_t close = sign_at(at, close_signs);

        if (sign_at(at, open_signs) && depth++ == 0)
            open = at;
        if (!close || !depth || --depth || !sign_at(at + close, stop_signs))
            continue;
        recipient->name = between(recipient->start, open);
        recipient->country = between(open + sign_at(open, open_signs), at);
        recipient->rest = at + close;
        if (recipient->name.len && recipient->country.len)
            return true;
    }
    return false;
}
