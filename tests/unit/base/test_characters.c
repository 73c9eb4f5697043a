/* Characters that a text had better not hold, and the scripts that need some of them. */
#include "../fixtures/test.h"

#include "base/characters.h"

static void found(void **state)
{
    static const struct {
        const char *text, *wanted; /* NULL: it is sound */
    } rows[] = {
        {"Õigus 個人情報 العربية हिन्दी\t\r\n", NULL},
        {"a\007b", ":1:2: error: the character U+0007 cannot be shown on a page"},
        {"a\x7f", ":1:2: error: the character U+007F cannot be shown on a page"},
        {"ab\xc2\x85", ":1:3: error: the character U+0085 cannot be shown on a page"},
        {"\n?\ufffdigus", ":2:2: error: the character U+FFFD replaces one that was lost"},
        {"a\u202eb", ":1:2: warning: the invisible character U+202E changes the direction of the "
                     "text around it"},
        {"a\u2066b", ":1:2: warning: the invisible character U+2066 changes the direction of the "
                     "text around it"},
        {"Õigu\u200bsed", ":1:5: warning: the invisible character U+200B (zero width space)"},
        {"x \ufeffÕ", ":1:3: warning: the invisible character U+FEFF (byte order mark)"},
        {"and\u00admed", ":1:4: warning: the invisible character U+00AD (soft hyphen)"},
        {"個\u2060人", ":1:2: warning: the invisible character U+2060 (word joiner)"},
        {"a\u200db", ":1:2: warning: the invisible character U+200D (zero width joiner)"},
        {"a\u2028b", ":1:2: warning: the invisible character U+2028 (line separator)"},
        {"a\u200e, b", ":1:2: warning: the invisible character U+200E (left-to-right mark)"},
        {"\u3164", ":1:1: warning: the invisible character U+3164 (Hangul filler)"},
        {"a\U000e0041", ":1:2: warning: the invisible character U+E0041 (tag character)"},
        {"ข้อ\u200bมูล", NULL},    /* where a line may break */
        {"می\u200cخواهم", NULL}, /* between letters that would join */
        {"क्\u200dष", NULL},
        {"a\u20681", ":1:2: warning: the invisible character U+2068 (first strong isolate)"},
        {"a\u2069", ":1:2: warning: the invisible character U+2069 (pop directional isolate)"},
        {"אבג \u20681 C\u2069", NULL},        /* a name or a date of the other direction */
        {"C++\u200e אבג", NULL},              /* a text of both directions */
        {"\U0001f468\u200d\U0001f469", NULL}, /* one picture */
        {"\U0001f3f4\U000e0067\U000e0062", NULL},
        {"a\u00a0b\u202fc\u3000d\u00b7", NULL}, /* seen: they are as wide as they are */
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct heard heard;
        struct source source;
        char *wanted = rows[i].wanted ? mem_printf("x%s", rows[i].wanted) : NULL;

        heard_init(&heard);
        assert_true(source_set(&source, "x", str_of(rows[i].text), &heard.findings));
        characters_check(&source, 0, source.text.len, FINDING_ERROR, &heard.findings);
        wrong += heard_differs(rows[i].text, &heard, wanted);
        source_release(&source);
        heard_release(&heard);
        free(wanted);
    }
    assert_int_equal(wrong, 0);
}

static void refused(void **state)
{
    static const char *const rows[][2] = {
        {"a\ufffe", "x:1:2: error: U+FFFE is not a character"},
        {"\na\uffff", "x:2:2: error: U+FFFF is not a character"},
        {"\ufdd0", "x:1:1: error: U+FDD0 is not a character"},
        {"\U0001fffe", "x:1:1: error: U+1FFFE is not a character"},
        {"a\U0010ffff", "x:1:2: error: U+10FFFF is not a character"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct heard heard;
        struct source source;

        heard_init(&heard);
        assert_false(source_set(&source, "x", str_of(rows[i][0]), &heard.findings));
        assert_int_equal(heard_differs(rows[i][0], &heard, rows[i][1]), 0);
        assert_null(strstr(heard.text, rows[i][0])); /* nor is it shown */
        source_release(&source);
        heard_release(&heard);
    }
}

static void blank(void **state)
{
    (void)state;
    assert_true(character_all_blank(str_of("")));
    assert_true(character_all_blank(str_of(" \t\n\u00a0\u200b\u3000\ufeff\u2800")));
    assert_false(character_all_blank(str_of("\u00a0.")));
    assert_false(character_all_blank(str_of("\007")));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(found),
        cmocka_unit_test(refused),
        cmocka_unit_test(blank),
    };

    return cmocka_run_group_tests_name("characters", tests, NULL, NULL);
}
