/* Characters that a text should not contain: those that HTML does not allow, those that a wrong
 * encoding left behind, and invisible ones. */
#ifndef TEADE_CHARACTERS_H
#define TEADE_CHARACTERS_H

#include <stdint.h>

#include "finding.h"

struct character_fault {
    int32_t first, last;
    enum {
        CHARACTER_UNSHOWN, /* control characters, and code points that are no characters */
        CHARACTER_LOST,    /* U+FFFD */
        CHARACTER_TURNING, /* bidirectional controls */
        CHARACTER_UNSEEN,  /* of no width; a fault outside the scripts that need them */
    } kind;
    const char *name; /* in parentheses behind its number, or "" */
};

/* The fault of a character at its place, or NULL.  `text` is the whole text around it, `at` its
 * offset there. */
const struct character_fault *character_fault(int32_t character, struct str text, size_t at);

/* Reports a fault at a place: what cannot be shown has the severity given (an error where
 * it is no character at all), what is only unseen is a warning. */
void character_report(const struct character_fault *fault, int32_t character, struct place place,
                      enum severity severity, struct findings *findings);

/* Reports each fault in text[start, end) of a source. */
void characters_check(const struct source *source, size_t start, size_t end, enum severity severity,
                      struct findings *findings);

/* Whether a text is nothing that a reader could see: spaces of all widths, and unseen
 * characters. */
bool character_all_blank(struct str text);

#endif
