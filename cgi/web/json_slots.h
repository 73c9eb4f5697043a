/* Members of a page's slots, or of JSON for programs. */
#ifndef TEADE_JSON_SLOTS_H
#define TEADE_JSON_SLOTS_H

#include <jansson.h>

#include "base/buf.h"
#include "base/manifest.h"
#include "record/act.h"

void slots_text(json_t *slots, const char *name, struct str text);
void slots_buf(json_t *slots, const char *name, struct buf *text /* released */);
void slots_hex(json_t *slots, const char *name, const uint8_t *bytes, size_t len);

/* Times, days and versions as the page's language writes them: format.h. */
void slots_time(json_t *slots, const char *name, const struct manifest_language *language,
                int64_t time);
void slots_day(json_t *slots, const char *name, const struct manifest_language *language,
               const char *day);
void slots_version(json_t *slots, const char *name, const struct manifest_language *language,
                   const char *revision);

/* UTC seconds as YYYY-MM-DDTHH:MM:SSZ. */
void slots_instant(json_t *slots, const char *name, int64_t time);

/* New slots with the flags of an answer: given, refused, objected, answer_withdrawn, open. `answer`
 * is an enum answer, or -1: not answered. */
json_t *slots_answer(int answer);

#endif
