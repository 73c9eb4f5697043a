/* What the files of this module share: from tags to ICU's locales, and its text to ours. */
#ifndef TEADE_LANGUAGE_PRIVATE_H
#define TEADE_LANGUAGE_PRIVATE_H

#include <unicode/uloc.h>

#include "base/buf.h"

enum { LANGUAGE_NAME_MAX = 128 }; /* UTF-16 units; CLDR's longest names are half of it */

struct locale {
    char id[ULOC_FULLNAME_CAPACITY];
};

/* The locale whose names and dates readers of a tag get. */
struct locale language_locale(const char *tag);

/* Adds ICU's text, of LANGUAGE_NAME_MAX units at most, in UTF-8. */
void language_add_utf16(struct buf *out, const UChar *text, int32_t len);

#endif
