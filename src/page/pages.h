/* The pages of a site: one emitter per kind, one template each; all in every language. */
#ifndef TEADE_PAGES_H
#define TEADE_PAGES_H

#include "emission.h"

/* Makes the slots that all pages of a language share; pages need them first.  false after findings.
 */
bool page_share(struct emission *emission);

/* Writes the pages of a language that are no document's: start, feeds, errors, and the endpoint's,
 * which go to private/pages/LANG/. */
bool page_emit_all(struct emission *emission, size_t language);

/* Writes the pages of all documents in all languages: texts, histories, changes. */
bool page_emit_documents(struct emission *emission);

/* Writes /index.html, the choice of a language for when the endpoint is down. */
bool page_emit_index(struct emission *emission);

#endif
