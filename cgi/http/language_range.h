/* Which of the site's languages a browser asks for: Accept-Language (RFC 9110 §12.5.4)
 * by the lookup of RFC 4647 §3.4, where et-EE finds et, but pt does not find pt-BR. */
#ifndef TEADE_LANGUAGE_RANGE_H
#define TEADE_LANGUAGE_RANGE_H

#include "base/buf.h"

/* The index of the best of `count` tags.
 *
 * The range of the greatest weight wins, of equal weights the first.  "*" means every tag that no
 * other range matches, `fallback` before the others; named ranges of the same weight come first.
 * q=0 refuses a tag and its variants.  Malformed elements are ignored.  If nothing matches, the
 * result is `fallback`, or if that is refused, the first tag that is not. */
size_t accept_language(struct str header, const char *const *tags, size_t count, size_t fallback);

#endif
