/* Mustache templates (github.com/mustache/spec 1.4: comments, delimiters,
 * interpolation, inverted, partials, sections) over JSON values.
 *
 * What pages need beyond the specification:
 *  - A section named `_` is a message: {{#_}}Version of {{date}}{{/_}}.  Its source
 *    between the tags, white space folded to single spaces and trimmed, is the
 *    msgid; the translation is rendered in its place.  Its words are escaped like
 *    any value, and it may hold nothing but the variables {{name}} of the msgid.
 *  - A comment that begins with "note:" tells the translators of the next message.
 *  - A strict rendering finds fault with every name that has no value (null, false
 *    and "" are values); the specification's is silent. */
#ifndef TEADE_TEMPLATE_H
#define TEADE_TEMPLATE_H

#include <jansson.h>

#include "finding.h"

struct template; /* parsed; looks at its source, which must outlive it */

/* Parses with the delimiters `open` and `close` ("{{" and "}}" are the usual
 * ones).  NULL after a finding: unclosed or mismatched section or tag. */
struct template *template_parse(const struct source *source, const char *open, const char *close,
                                struct findings *findings);
void template_free(struct template *template);

struct template_renderer {
    void (*escape)(struct buf *out, struct str text);
    bool strict;
    void *context; /* handed to the calls below */
    /* The translation of a message; NULL keeps the msgid.  `place` is the message in its
     * template.  Without this function `_` is a name like any other. */
    const char *(*translate)(void *context, const char *msgid, struct place place);
    /* The partial of that name, or NULL: none (a finding if strict, else nothing is rendered). */
    const struct template *(*partial)(void *context, const char *name);
};

/* Renders over `data` (an object in general; borrowed).  false after a finding. */
bool template_render(const struct template *template, const struct template_renderer *renderer,
                     const json_t *data, struct buf *out, struct findings *findings);

/* Calls `take` for every message in order of appearance; `note` is what the
 * comment before it says, or NULL. */
void template_messages(const struct template *template,
                       void (*take)(void *context, const char *msgid, const char *note,
                                    struct place place),
                       void *context);

/* Whether `translation` has exactly the variables of `msgid` (order and repetition
 * are free) and no other tag.  If not, false with the offending or missing tag in `tag`. */
bool template_same_variables(const char *msgid, const char *translation, const char *open,
                             const char *close, struct buf *tag);

#endif
