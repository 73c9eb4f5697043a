/* Which of the site's languages a browser asks for: Accept-Language (RFC 9110 §12.5.4)
 * by the lookup of RFC 4647 §3.4, where et-EE finds et, but pt does not find pt-BR. */
#ifndef TEADE_LANGUAGE_RANGE_H
#define TEADE_LANGUAGE_RANGE_H

#include "base/buf.h"

/* The index of the best of `count` tags.  The heavier range wins, of equal weights the
 * first; "*" means every tag that no other range finds, `fallback` before the others, and
 * gives way to named ranges of its weight.  q=0 refuses a tag and its variants.  Malformed
 * elements are passed over.  Where nothing fits: `fallback`, or the first tag not refused
 * where that is refused and not all are. */
size_t accept_language(struct str header, const char *const *tags, size_t count, size_t fallback);

#endif
