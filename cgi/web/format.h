/* Dates, times, versions and names of languages in the language of a page, by the patterns and
 * names of the manifest.  Each function appends to `out`. */
#ifndef TEADE_FORMAT_H
#define TEADE_FORMAT_H

#include "base/buf.h"
#include "base/manifest.h"

void format_time(const struct manifest_language *language, int64_t time /* UTC seconds */,
                 struct buf *out);
void format_instant(const struct manifest_language *language,
                    const char *utc /* YYYY-MM-DDTHH:MM:SSZ */, struct buf *out);
void format_day(const struct manifest_language *language, const char *day /* YYYY-MM-DD */,
                struct buf *out);

/* A version by the day in its ID.  If a day has several versions, the later ones are numbered:
 * ID .1 is " (2)". */
void format_version(const struct manifest_language *language, const char *revision,
                    struct buf *out);

/* The name in `language` of the language `tag`; `tag` itself if the site does not have it. */
const char *format_language(const struct manifest *manifest,
                            const struct manifest_language *language, const char *tag);

#endif
