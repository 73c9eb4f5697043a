/* A stranger's content type, a NUL, and the body of a form.  What is taken is plain text,
 * ends in NULs, and comes out the same when it is written as a form and read again. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/validate.h"
#include "web/form.h"

static const struct form_rule rules[] = {
    {"document", true, false}, {"choice.", false, false}, {"purpose", false, true}};
enum { RULES = sizeof rules / sizeof *rules };

static void check_field(const struct form *form, const struct form_field *field)
{
    const char *end = form->storage.data + form->storage.len;

    assert(validate_is_plain(field->name) && validate_is_plain(field->value));
    assert(field->name.data >= form->storage.data && field->value.data >= field->name.data);
    assert(field->value.data + field->value.len <= end);
    assert(strlen(field->name.data) == field->name.len);
    assert(strlen(field->value.data) == field->value.len);
    assert(form_value(form, field->name.data));
}

/* Every byte as %XX, which any form may be written as. */
static void write_escaped(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_addf(out, "%%%02X", (unsigned char)text.data[i]);
}

static void write_form(const struct form *form, struct buf *out)
{
    for (size_t i = 0; i < form->count; i++) {
        buf_addc(out, '&');
        write_escaped(out, form->fields[i].name);
        buf_addc(out, '=');
        write_escaped(out, form->fields[i].value);
    }
}

static void check_again(const struct form *form)
{
    struct buf written = BUF_INIT;
    struct form again;

    write_form(form, &written);
    assert(form_parse(&again, buf_str(&written)) && again.count == form->count);
    for (size_t i = 0; i < form->count; i++)
        assert(str_equal(again.fields[i].name, form->fields[i].name) &&
               str_equal(again.fields[i].value, form->fields[i].value));
    assert(form_fits(&again, rules, RULES) == form_fits(form, rules, RULES));
    form_release(&again);
    buf_release(&written);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct str body = {(const char *)bytes, size}, type;
    struct form form;
    bool fine;

    validate_cut(&body, '\0', &type);
    form_is_content_type(type);
    fine = form_parse(&form, body);
    assert(fine || !form.count);
    for (size_t i = 0; i < form.count; i++)
        check_field(&form, &form.fields[i]);
    assert(!form_fits(&form, rules, RULES) || form_value(&form, "document"));
    if (fine)
        check_again(&form);
    form_release(&form);
    return 0;
}
