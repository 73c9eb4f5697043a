/* Mustache templates (github.com/mustache/spec 1.4: comments, delimiters,
 * interpolation, inverted, partials, sections) over JSON values.
 *
 * null, false, 0, "" and [] do not open a section.  Numbers are written as short
 * as they can be read back.  A name has no white space, braces or angle brackets.
 *
 * What pages need beyond the specification:
 *  - A section named `_` is a message: {{#_}}Version of {{date}}{{/_}}.  Its source
 *    between the tags, white space folded to single spaces and trimmed, is the
 *    msgid; the translation is rendered in its place.  Its words are escaped like
 *    any value, and it holds nothing but words and the variables {{name}}.  Being
 *    text, its tags never take their line with them.
 *  - A comment that begins with "note:" tells the translators of the next message.
 *  - A strict rendering finds fault with every name that has no value (null, false
 *    and "" are values) and every variable that is a list or an object; the
 *    specification's is silent. */
#ifndef TEADE_TEMPLATE_H
#define TEADE_TEMPLATE_H

#include <jansson.h>

#include "base/finding.h"

struct template; /* parsed; looks at its source and its tags, which must outlive it */

/* How tags are written.  The tags of a later rendering are text to this one; in
 * a message they are its translators' concern as well, and its later variables
 * come out as they are. */
struct template_tags {
    const char *open, *close;
    const char *later_open, *later_close; /* or NULL: there is no later rendering */
};
extern const struct template_tags template_tags_usual;     /* {{ }} */
extern const struct template_tags template_tags_two_phase; /* <% %>, and later {{ }} */

/* Parses.  NULL after a finding: a section or tag unclosed or mismatched, a bad
 * name, a message with other tags than variables, nesting past 100. */
struct template *template_parse(const struct source *source, const struct template_tags *tags,
                                struct findings *findings);
void template_free(struct template *template);

struct template_renderer {
    /* Writes a variable or the words of a message.  With later tags it has to hide
     * them (html_text_for_template); what {{{raw}}} variables bring is not escaped. */
    void (*escape)(struct buf *out, struct str text);
    bool strict;
    void *context; /* handed to the calls below */
    /* The translation of a message (borrowed until the next call); NULL keeps the msgid.
     * `place` is the message in its template.  A tag in a translation that is not a
     * variable of the msgid is text.  Without this function `_` is a name like any other. */
    const char *(*translate)(void *context, const char *msgid, struct place place);
    /* The partial of that name, or NULL: none (a finding if strict, else nothing is rendered). */
    const struct template *(*partial)(void *context, const char *name);
};

/* Renders over `data` (an object in general; borrowed).  false after a finding:
 * one for each tag at fault, or sections and partials nested past 100; `out` is
 * then not fit for use. */
bool template_render(const struct template *template, const struct template_renderer *renderer,
                     const json_t *data, struct buf *out, struct findings *findings);

/* Calls `take` for every message in order of appearance; `note` is what the
 * comment before it says, or NULL.  Both strings live as long as the template. */
void template_messages(const struct template *template,
                       void (*take)(void *context, const char *msgid, const char *note,
                                    struct place place),
                       void *context);

/* Whether `translation` has exactly the variables of `msgid`, those of this and of
 * the later rendering (order and repetition are free), and no other tag.  If not,
 * `why` goes on after "the translation": lacks {{date}}. */
bool template_same_variables(const char *msgid, const char *translation,
                             const struct template_tags *tags, struct buf *why);

#endif
