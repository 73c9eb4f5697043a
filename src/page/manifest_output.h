/* What the other programs read: the endpoint's manifest and texts, nginx's settings. */
#ifndef TEADE_MANIFEST_OUTPUT_H
#define TEADE_MANIFEST_OUTPUT_H

#include "emission.h"

/* Writes private/manifest.json, private/texts/DIGEST.md and private/nginx/. */
bool manifest_output_emit(struct emission *emission);

#endif
