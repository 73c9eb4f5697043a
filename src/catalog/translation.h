/* A translation compared with its message: what it must keep in any language. */
#ifndef TEADE_TRANSLATION_H
#define TEADE_TRANSLATION_H

#include "catalog.h"
#include "message.h"
#include "wording.h"

struct translation {
    const struct message *message; /* without a leaf it is not CommonMark */
    const struct entry *entry;
    const char *our_language, *their_language; /* or NULL: unknown */
    struct wording theirs;                     /* of the translation; findings go there */
    bool stars_are_meant;                      /* as emphasis, whatever characters surround them */
};

/* Reads the translation, the members before it being set; then checks it, the message's leaf having
 * the words of the translation: `severity` is that of what is not as the message has it. */
void translation_begin(struct translation *translation, enum severity severity,
                       struct findings *findings);
void translation_check(struct translation *translation);
void translation_end(struct translation *translation);

/* What is checked.  Each reports all that it finds. */

/* Links, images, code, emphasis and line breaks that were added, lost or spoiled. */
void translation_check_markup(const struct translation *translation);
/* Signs of markup that are shown, and the message does not show. */
void translation_check_signs(const struct translation *translation);

/* Missing spaces before and after bold words and links. */
void translation_check_spaces(const struct translation *translation);
/* A sentence that was not translated. */
void translation_check_copy(const struct translation *translation);
/* Numbers that only one of the two has. */
void translation_check_numbers(const struct translation *translation);

/* Whether it shows more stars than its message does. */
bool translation_shows_stars(const struct translation *translation);

#endif
