/* The site as the endpoint needs it: manifest, texts and page templates, in one piece.
 *
 * The supervisor loads it from site/private/ and checks it; workers inherit it when they
 * are forked, and the keeper is sent its bytes in a sealed memory file.  All of them see
 * the same site, whatever happens to the folder meanwhile. */
#ifndef TEADE_BUNDLE_H
#define TEADE_BUNDLE_H

#include "base/hash.h"
#include "base/manifest.h"
#include "template/template.h"

struct bundle {
    json_t *json; /* {"manifest": …, "texts": {DIGEST: text}, "pages": {"et/choices.html": …}} */
    struct manifest manifest;
    char digest[HASH_HEX + 1]; /* of the bytes of manifest.json: names the site in health */
    struct bundle_page *pages;
    size_t page_count;
};

/* Reads SITE/private/.  false with the reason in `why`.  Release it either way. */
bool bundle_load(struct bundle *bundle, const char *site, struct buf *why);

/* As bytes, which bundle_receive() reads. */
void bundle_write(const struct bundle *bundle, struct buf *out);

/* From a memory file: what bundle_write() wrote.  false with the reason in `why`. */
bool bundle_receive(struct bundle *bundle, int memory, struct buf *why);

void bundle_release(struct bundle *bundle);

/* A text by its digest, or NULL. */
const char *bundle_text(const struct bundle *bundle, const char *digest);

/* Fills a page, such as "choices.html", in a language, over `slots`.  false, with the
 * reason on stderr, where the page does not go with this program. */
bool bundle_page(const struct bundle *bundle, const char *language, const char *name,
                 const json_t *slots, struct buf *out);

#endif
