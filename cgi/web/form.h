/* Forms: application/x-www-form-urlencoded (WHATWG URL §5.1), strictly: a malformed escape, a byte
 * that is not UTF-8 or a control character makes the whole form malformed. */
#ifndef TEADE_FORM_H
#define TEADE_FORM_H

#include "base/buf.h"

enum { FORM_FIELDS_MAX = 96 };

struct form_field {
    struct str name, value; /* decoded, NUL-terminated; point into the form's storage */
};

struct form {
    struct buf storage;
    struct form_field fields[FORM_FIELDS_MAX];
    size_t count;
};

/* false: malformed, or too many fields; the form is empty then.  Release it either way. */
bool form_parse(struct form *form, struct str body);
void form_release(struct form *form);

/* Whether a content type is application/x-www-form-urlencoded, with or without
 * parameters, of which only charset=utf-8 is accepted. */
bool form_is_content_type(struct str content_type);

/* The value of a field, or NULL. */
const struct str *form_value(const struct form *form, const char *name);

/* What a form may contain: one row per field. */
struct form_rule {
    const char *name; /* if it ends in '.': any longer name that begins so */
    bool required;
    bool repeats; /* may be given several times, but not twice with the same value */
};

/* Whether the first rule that names a field allows it as often as it is given, for every field, and
 * every required field is given. */
bool form_fits(const struct form *form, const struct form_rule *rules, size_t count);

#endif
