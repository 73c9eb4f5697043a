/* Ids of headings. */
#include "../fixtures/test.h"

#include "markdown/heading_id.h"

static void ids(void **state)
{
    static const char *const rows[][2] = {
        {"", ""},
        {"Which cookies there are", "which-cookies-there-are"},
        {"Isikuandmete käsitlemine", "isikuandmete-kasitlemine"},
        {"Õigus & „kohustus“ (2026)", "oigus-kohustus-2026"},
        {"  ...  Müük?! ", "muuk"},
        {"A\u0301rvı", "arvı"}, /* an accent by itself */
        {"個人情報の取扱いについて", "個人情報の取扱いについて"},
        {"プライバシー「ポリシー」", "プライバシー-ポリシー"},
        {"が", "が"}, /* voiced kana are letters of their own */
        {"한국어", "한국어"},
        {"カ\u3099イト\u3099", "ガイド"}, /* composed, as they are when typed so */
        {"O\u0303igused", "oigused"},
        {"हिन्दी", "हिन्दी"}, /* marks belong to their letters */
        {"ข้อมูลส่วนบุคคล", "ข้อมูลส่วนบุคคล"},
        {"தனியுரிமை கொள்கை", "தனியுரிமை-கொள்கை"},
        {"حُقوق", "حُقوق"},
        {"می\u200cخواهم", "میخواهم"},
        {"\u2764\ufe0f Rights", "rights"},
        {"!?", ""},
        {"C++ 17", "c-17"},
        {"<script>\"'", "script"},
        {"\xff", ""},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf id = BUF_INIT;

        heading_id_of(str_of(rows[i][0]), &id);
        wrong += differs(rows[i][0], buf_str(&id), rows[i][1]);
        buf_release(&id);
    }
    assert_int_equal(wrong, 0);
}

static void taken(void **state)
{
    (void)state;
    assert_true(heading_id_is_taken("main"));
    assert_true(heading_id_is_taken("translators-notes"));
    assert_true(heading_id_is_taken("about-us"));
    assert_true(heading_id_is_taken("label-x"));
    assert_false(heading_id_is_taken("about"));
    assert_false(heading_id_is_taken("mainly"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(ids), cmocka_unit_test(taken)};

    return cmocka_run_group_tests_name("anchor", tests, NULL, NULL);
}
