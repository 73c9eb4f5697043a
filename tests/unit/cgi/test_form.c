#include "../fixtures/test.h"

#include "web/form.h"

/* Decoded fields as NAME|VALUE, one after the other with a slash between them; NULL: refused. */
static void decodes(void **state)
{
    static const struct {
        const char *body, *fields;
    } rows[] = {
        {"", ""},
        {"a=1", "a|1"},
        {"a=1&b=2&a=3", "a|1/b|2/a|3"},
        {"a", "a|"},
        {"a&b", "a|/b|"},
        {"a=", "a|"},
        {"=a", "|a"},
        {"=", "|"},
        {"a=b=c", "a|b=c"},
        {"&&a=1&&&b=2&", "a|1/b|2"},
        {"a+b=c+d", "a b|c d"},
        {"a%20b=%2B%26%3D%25", "a b|+&=%"},
        {"choice%2Estatistics=given", "choice.statistics|given"},
        {"a=%c3%B5%e5%90%8c", "a|\xc3\xb5\xe5\x90\x8c"},
        {"a=\xc3\xb5", "a|\xc3\xb5"},
        {"a=%c3\xb5", "a|\xc3\xb5"},
        {"a;b=1", "a;b|1"},
        {"a=%", NULL},
        {"a=%4", NULL},
        {"a=%4&b", NULL},
        {"%4=1", NULL},
        {"a=%4g", NULL},
        {"a=%G4", NULL},
        {"a=% 4", NULL},
        {"a=%+4", NULL},
        {"a=%-1", NULL},
        {"a=%%41", NULL},
        {"a=%u0041", NULL},
        {"a=%00", NULL},
        {"%00=a", NULL},
        {"a=%0d%0a", NULL},
        {"a=\n", NULL},
        {"a=1\r\n", NULL},
        {"a=%09", NULL},
        {"a=%7f", NULL},
        {"a=%c2%80", NULL},
        {"a=%c2%a0", "a|\xc2\xa0"},
        {"a=%ff", NULL},
        {"a=%c3", NULL},
        {"%c3=%b5", NULL},
        {"a=%c0%af", NULL},
        {"a=%ed%a0%80", NULL},
        {"a=1&b=%ff", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf fields = BUF_INIT;
        struct form form;
        bool fine = form_parse(&form, str_of(rows[i].body));

        for (size_t f = 0; f < form.count; f++) {
            struct form_field *field = &form.fields[f];

            assert_true(!field->name.data[field->name.len] && !field->value.data[field->value.len]);
            buf_addf(&fields, "%s%s|%s", f ? "/" : "", field->name.data, field->value.data);
        }
        if (fine != (rows[i].fields != NULL) ||
            (fine ? !str_is(buf_str(&fields), rows[i].fields) : form.count))
            fail_msg("%s: %s", rows[i].body, fine ? fields.data : "refused");
        buf_release(&fields);
        form_release(&form);
    }
}

static void refuses_a_nul_byte(void **state)
{
    struct form form;

    (void)state;
    assert_false(form_parse(&form, (struct str){"a=\0b", 4}));
    form_release(&form);
    form_release(&form);
}

static void bounds_the_fields(void **state)
{
    struct buf body = BUF_INIT;
    struct form form;

    (void)state;
    for (int i = 0; i < FORM_FIELDS_MAX; i++)
        buf_addf(&body, "f%d=%d&", i, i);
    assert_true(form_parse(&form, buf_str(&body)));
    assert_int_equal(form.count, FORM_FIELDS_MAX);
    assert_true(str_is(*form_value(&form, "f95"), "95"));
    form_release(&form);
    buf_adds(&body, "x");
    assert_false(form_parse(&form, buf_str(&body)));
    form_release(&form);
    buf_release(&body);
}

static void finds_values(void **state)
{
    struct form form;

    (void)state;
    assert_true(form_parse(&form, str_of("a=1&b=2&a=3&c")));
    assert_true(str_is(*form_value(&form, "a"), "1"));
    assert_true(str_is(*form_value(&form, "b"), "2"));
    assert_true(str_is(*form_value(&form, "c"), ""));
    assert_null(form_value(&form, "A"));
    assert_null(form_value(&form, ""));
    form_release(&form);
}

static void keeps_the_rules(void **state)
{
    static const struct form_rule rules[] = {
        {"document", true, false},
        {"all", false, false},
        {"choice.", false, false},
        {"purpose", false, true},
    };
    static const struct {
        const char *body;
        bool fits;
    } rows[] = {
        {"document=a", true},
        {"document=", true},
        {"", false},
        {"all=given", false},
        {"document=a&document=a", false},
        {"document=a&document=b", false},
        {"document=a&Document=a", false},
        {"document=a&=", false},
        {"document=a&unknown=1", false},
        {"document=a&choice.x=given", true},
        {"document=a&choice.x=given&choice.y=given", true},
        {"document=a&choice.x=given&choice.x=given", false},
        {"document=a&choice.x=given&choice%2ex=refused", false},
        {"document=a&choice.=given", false},
        {"document=a&choice=given", false},
        {"document=a&choices.x=given", false},
        {"document=a&purpose=x&purpose=y", true},
        {"document=a&purpose=x&purpose=y&purpose=x", false},
        {"document=a&purpose=&purpose=", false},
        {"document.=a", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct form form;

        assert_true(form_parse(&form, str_of(rows[i].body)));
        if (form_fits(&form, rules, COUNT(rules)) != rows[i].fits)
            fail_msg("%s", rows[i].body);
        form_release(&form);
    }
}

static void may_hold_nothing(void **state)
{
    static const struct form_rule required[] = {{"choice.", true, false}};
    struct form form;

    (void)state;
    assert_true(form_parse(&form, str_of("")));
    assert_true(form_fits(&form, NULL, 0));
    assert_false(form_fits(&form, required, 1));
    form_release(&form);
    assert_true(form_parse(&form, str_of("choice.x=")));
    assert_false(form_fits(&form, NULL, 0));
    assert_true(form_fits(&form, required, 1));
    form_release(&form);
}

static void knows_its_content_type(void **state)
{
    static const struct {
        const char *type;
        bool is;
    } rows[] = {
        {"application/x-www-form-urlencoded", true},
        {"Application/X-WWW-Form-URLencoded", true},
        {" application/x-www-form-urlencoded ", true},
        {"application/x-www-form-urlencoded;", true},
        {"application/x-www-form-urlencoded;charset=utf-8", true},
        {"application/x-www-form-urlencoded ; Charset=UTF-8", true},
        {"application/x-www-form-urlencoded; charset=\"utf-8\"", true},
        {"application/x-www-form-urlencoded; charset=utf8", false},
        {"application/x-www-form-urlencoded; charset=iso-8859-1", false},
        {"application/x-www-form-urlencoded; charset", false},
        {"application/x-www-form-urlencoded; charset=", false},
        {"application/x-www-form-urlencoded; charset =utf-8", false},
        {"application/x-www-form-urlencoded; charset=utf-8; charset=shift_jis", false},
        {"application/x-www-form-urlencoded; boundary=x", false},
        {"application/x-www-form-urlencoded, text/plain", false},
        {"application/x-www-form-urlencodedx", false},
        {"application/x-www-form-urlencode", false},
        {"multipart/form-data; boundary=x", false},
        {"text/plain", false},
        {"application/json", false},
        {";charset=utf-8", false},
        {"", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (form_is_content_type(str_of(rows[i].type)) != rows[i].is)
            fail_msg("%s", rows[i].type);
    assert_false(form_is_content_type((struct str){NULL, 0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes),
        cmocka_unit_test(refuses_a_nul_byte),
        cmocka_unit_test(bounds_the_fields),
        cmocka_unit_test(finds_values),
        cmocka_unit_test(keeps_the_rules),
        cmocka_unit_test(may_hold_nothing),
        cmocka_unit_test(knows_its_content_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
