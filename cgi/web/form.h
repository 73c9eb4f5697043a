/* Forms: application/x-www-form-urlencoded (WHATWG URL §5.1), strictly: a broken
 * escape, a byte that is not UTF-8 or a control character refuses the whole form. */
#ifndef TEADE_FORM_H
#define TEADE_FORM_H

#include "base/buf.h"

enum { FORM_FIELDS_MAX = 96 };

struct form_field {
    struct str name, value; /* decoded, NUL-terminated; look into the form's storage */
};

struct form {
    struct buf storage;
    struct form_field fields[FORM_FIELDS_MAX];
    size_t count;
};

/* false: not such a form, or too many fields; it is empty then.  Release it either way. */
bool form_parse(struct form *form, struct str body);
void form_release(struct form *form);

/* Whether a content type is application/x-www-form-urlencoded, with or without
 * parameters, of which only charset=utf-8 is accepted. */
bool form_is_content_type(struct str content_type);

/* The value of a field, or NULL. */
const struct str *form_value(const struct form *form, const char *name);

/* What a form may hold: one row per field. */
struct form_rule {
    const char *name; /* ends in '.' : any field that begins so and goes on */
    bool required;
    bool repeats; /* may stand several times, but not twice with the same value */
};

/* Whether every field is named by a rule (the first that does counts) and stands as often as
 * it may, and every required one is there. */
bool form_fits(const struct form *form, const struct form_rule *rules, size_t count);

#endif
