/* The body is copied once and decoded in place: decoded text is never longer than its escaped form,
 * and the separators leave room for the NULs. */
#include "form.h"

#include <string.h>

#include "base/validate.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes a piece of the storage in place and ends it with a NUL. */
static bool decode(char *bytes, size_t len, struct str *decoded)
{
    size_t out = 0;

    for (size_t i = 0; i < len; i++) {
        char c = bytes[i] == '+' ? ' ' : bytes[i];

        if (c == '%') {
            int high = i + 2 < len ? hex_digit(bytes[i + 1]) : -1;
            int low = i + 2 < len ? hex_digit(bytes[i + 2]) : -1;

            if (high < 0 || low < 0)
                return false;
            c = (char)(high << 4 | low);
            i += 2;
        }
        bytes[out++] = c;
    }
    *decoded = (struct str){bytes, out};
    if (!validate_is_plain(*decoded))
        return false;
    bytes[out] = '\0';
    return true;
}

static bool read_field(struct form_field *field, char *bytes, size_t len)
{
    const char *equals = memchr(bytes, '=', len);
    size_t name_len = equals ? (size_t)(equals - bytes) : len;

    if (!decode(bytes, name_len, &field->name))
        return false;
    if (equals)
        return decode(bytes + name_len + 1, len - name_len - 1, &field->value);
    field->value = (struct str){field->name.data + field->name.len, 0};
    return true;
}

static bool read_fields(struct form *form)
{
    struct str rest = buf_str(&form->storage), piece;

    while (validate_cut(&rest, '&', &piece)) {
        char *bytes = form->storage.data + (piece.data - form->storage.data);

        if (!piece.len)
            continue;
        if (form->count == FORM_FIELDS_MAX ||
            !read_field(&form->fields[form->count], bytes, piece.len))
            return false;
        form->count++;
    }
    return true;
}

bool form_parse(struct form *form, struct str body)
{
    *form = (struct form){.storage = BUF_INIT};
    buf_addstr(&form->storage, body);
    if (read_fields(form))
        return true;
    form_release(form);
    return false;
}

void form_release(struct form *form)
{
    buf_release(&form->storage);
    form->count = 0;
}

static bool is_utf8_charset(struct str parameter)
{
    struct str name;

    if (!parameter.len)
        return true;
    validate_cut(&parameter, '=', &name);
    return validate_is_word(name, "charset") && parameter.data &&
           (validate_is_word(parameter, "utf-8") || validate_is_word(parameter, "\"utf-8\""));
}

bool form_is_content_type(struct str content_type)
{
    struct str piece;

    if (!validate_cut(&content_type, ';', &piece) ||
        !validate_is_word(str_trim(piece), "application/x-www-form-urlencoded"))
        return false;
    while (validate_cut(&content_type, ';', &piece))
        if (!is_utf8_charset(str_trim(piece)))
            return false;
    return true;
}

const struct str *form_value(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (str_is(form->fields[i].name, name))
            return &form->fields[i].value;
    return NULL;
}

static bool rule_names(const struct form_rule *rule, struct str name)
{
    size_t len = strlen(rule->name);

    if (!len || rule->name[len - 1] != '.')
        return str_is(name, rule->name);
    return name.len > len && memcmp(name.data, rule->name, len) == 0;
}

/* Whether a field is allowed after those before it. */
static bool fits_before(const struct form *form, size_t field, bool repeats)
{
    const struct form_field *this = &form->fields[field];

    for (size_t i = 0; i < field; i++)
        if (str_equal(form->fields[i].name, this->name) &&
            (!repeats || str_equal(form->fields[i].value, this->value)))
            return false;
    return true;
}

static bool is_there(const struct form *form, const struct form_rule *rule)
{
    for (size_t i = 0; i < form->count; i++)
        if (rule_names(rule, form->fields[i].name))
            return true;
    return false;
}

bool form_fits(const struct form *form, const struct form_rule *rules, size_t count)
{
    for (size_t i = 0; i < form->count; i++) {
        size_t r = 0;

        while (r < count && !rule_names(&rules[r], form->fields[i].name))
            r++;
        if (r == count || !fits_before(form, i, rules[r].repeats))
            return false;
    }
    for (size_t r = 0; r < count; r++)
        if (rules[r].required && !is_there(form, &rules[r]))
            return false;
    return true;
}
