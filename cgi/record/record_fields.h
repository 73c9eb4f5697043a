/* The fields of a record as everybody shows them: each said once, with the key that programs read
 * and the word that people do.  Lists, exports, receipts, verdicts and pages go through this table,
 * so that a new field is a row of it, besides its member, its line in record.c and record_parse.c
 * and its way to the keeper. */
#ifndef TEADE_RECORD_FIELDS_H
#define TEADE_RECORD_FIELDS_H

#include <jansson.h>

#include "base/hex.h"
#include "record.h"

struct record_field {
    const char *key;   /* in JSON, and at the head of a CSV column */
    const char *label; /* for people, or NULL: for programs only */
    enum { FIELD_TEXT, FIELD_DIGEST, FIELD_KIND, FIELD_FLAG } type;
    size_t offset;     /* in struct record_view */
    const char *words; /* what a flag says to people where it is set */
};

enum { RECORD_FIELDS = 9 };
extern const struct record_field record_fields[RECORD_FIELDS];

/* The value for programs: of a flag "true", or "" where it is not set.  It lives as long as the
 * view and the scratch. */
const char *record_field_value(const struct record_field *field, const struct record_view *view,
                               struct hex *scratch);

bool record_flag_is_set(const struct record_field *field, const struct record_view *view);

/* Sets a member for each field, a boolean for each flag; or for each flag alone. */
void record_fields_set_json(json_t *object, const struct record_view *view);
void record_flags_set_json(json_t *object, const struct record_view *view);

#endif
