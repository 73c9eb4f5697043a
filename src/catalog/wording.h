/* The words of one message in one language, and the faults that do not depend on their meaning. */
#ifndef TEADE_WORDING_H
#define TEADE_WORDING_H

#include "base/finding.h"
#include "markdown/markdown_shown.h"

struct wording {
    struct markdown_shown shown;
    const char *words; /* looked at, not owned */
    struct place_map map;
    enum severity severity; /* of what a page would not show */
    struct findings *findings;
};

/* A finding about the byte of the words at `offset`. */
void wording_report(const struct wording *wording, enum severity severity, size_t offset,
                    const char *remedy, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Reports raw HTML, pictures, links without words or with an invalid address (address.h), and
 * character references that are broken and therefore shown literally.  Those that `like` shows as
 * well are taken as intended.  `like` is the message's wording if the words are a translation, else
 * NULL. */
void wording_check(const struct wording *wording, const struct markdown_shown *like);
/* Only the check of character references: for words that are not CommonMark. */
void wording_check_plain(const struct wording *wording, const struct markdown_shown *like);

/* Whether a piece contains nothing visible. */
bool wording_is_blank(const struct markdown_shown *shown, const struct markdown_piece *piece);

/* How often a text is shown. */
size_t wording_count(const struct markdown_shown *shown, struct str text);

#endif
