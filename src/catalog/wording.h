/* The words of one message as they are written in one language, and what is wrong with them
 * whatever they say. */
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

/* Reports raw HTML, pictures, links without words or with an address that leads nowhere
 * (address.h), and character references that are broken and therefore shown as they stand; those
 * that `like` shows as well are meant so.  `like` is of the message where the words are a
 * translation, else NULL. */
void wording_check(const struct wording *wording, const struct markdown_shown *like);
/* The last of these alone: what can be wrong with words that are not CommonMark. */
void wording_check_plain(const struct wording *wording, const struct markdown_shown *like);

/* Whether what a piece holds is nothing that a reader could see. */
bool wording_is_blank(const struct markdown_shown *shown, const struct markdown_piece *piece);

/* How often a text is shown. */
size_t wording_count(const struct markdown_shown *shown, struct str text);

#endif
