/* The questions of a text, and of odd ones. */
#include "../fixtures/test.h"

#include "record/question.h"

#define RANDUR "R\xc3\xa4ndur"

static void questions_are_found(void **state)
{
    static const struct {
        const char *text, *id;
        const char *words; /* NULL: it is not asked */
        const char *recipient;
    } rows[] = {
        {"- Words (`a`)\\\n  Legal basis: consent\\\n  Yes / No\n", "a", "Words", ""},
        {"- Words (`a.b`)\\\n  Recipient: B (Latvia). Data: name\\\n  Legal basis: consent\n", "a.b",
         "Words", "Recipient: B (Latvia). Data: name"},
        {"- Words (`a.b`)\\\n  Recipient: B\n", "a.b", "Words", "Recipient: B"},
        {"- Words (`a.b`)\\\n  Recipient: B", "a.b", "Words", "Recipient: B"},
        {"- \\*W\\* 1\\. \\`x\\` (`a.b`)\\\n  " RANDUR " \\& co\\. e\\-mail \\\\\\\n", "a.b",
         "*W* 1. `x`", RANDUR " & co. e-mail \\"},
        {"- C:\\Windows \\ (`a`)\n", "a", "C:\\Windows \\", ""},
        /* One recipient after the other. */
        {"- W (`a.b`)\\\n  B\\\n- W (`a.c`)\\\n  C\\\n", "a.b", "W", "B"},
        {"- W (`a.b`)\\\n  B\\\n- W (`a.c`)\\\n  C\\\n", "a.c", "W", "C"},
        {"- W (`a.b`)\\\n- W (`a.c`)\\\n  C\\\n", "a.b", "W", ""},
        /* The last one is the question, above it is the article. */
        {"- Old (`a.b`)\\\n  Nobody\n\n- New (`a.b`)\\\n  B\\\n", "a.b", "New", "B"},
        {"- Old (`a.b`)\\\n  Nobody\n\n- New (`a.b`)\n", "a.b", "New", ""},
        /* Nothing follows, or it is not the item's. */
        {"- W (`a.b`)", "a.b", "W", ""},
        {"- W (`a.b`)\n  B\n", "a.b", "W", ""},
        {"- W (`a.b`)\\", "a.b", "W", ""},
        {"- W (`a.b`)\\\n", "a.b", "W", ""},
        {"- W (`a.b`)\\\n\n  B\n", "a.b", "W", ""},
        {"- W (`a.b`)\\\nB\n", "a.b", "W", ""},
        {"- W (`a.b`)\\\n B\n", "a.b", "W", ""},
        {"- W (`a.b`)\\\n  \n", "a.b", "W", ""},
        {"- W (`a.b`)\\\n  \\\n", "a.b", "W", ""},
        {"- W (`a.b`)\\\n   B\n", "a.b", "W", " B"},
        {"- W (`a`)\\\n  B\n", "a", "W", ""},
        /* Ids. */
        {"- W (`b`) (`a`)\n", "a", "W (`b`)", ""},
        {"- W (`b`) (`a`)\n", "b", NULL, ""},
        {"-  (`a`)\n", "a", "", ""},
        {"- W (`aa`)\n- W (`ba`)\n", "a", NULL, ""},
        {"- W (`a.b`)\n", "a", NULL, ""},
        {"- W (``)\n", "", "W", ""},
        /* What is no question. */
        {"", "a", NULL, ""},
        {"- W\n", "a", NULL, ""},
        {"W (`a`)\n", "a", NULL, ""},
        {"* W (`a`)\n", "a", NULL, ""},
        {"  - W (`a`)\n", "a", NULL, ""},
        {"-W (`a`)\n", "a", NULL, ""},
        {"- (`a`)\n", "a", NULL, ""},
        {"- W(`a`)\n", "a", NULL, ""},
        {"- W `a`)\n", "a", NULL, ""},
        {"- W (`a`) \n", "a", NULL, ""},
        {"- W (`a`).\n", "a", NULL, ""},
        {"- W (`a`)\\\\\n", "a", NULL, ""},
        {"- W (a`)\n", "a", NULL, ""},
        {"- `)", "", NULL, ""},
        {"- `)\\\n", "", NULL, ""},
        {"`)\n", "", NULL, ""},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct text_question *question;
        struct text_questions questions;

        questions_read(&questions, str_of(rows[i].text));
        question = questions_find(&questions, rows[i].id);
        assert_int_equal(question != NULL, rows[i].words != NULL);
        if (question) {
            wrong += differs(rows[i].text, str_of(question->words), rows[i].words);
            wrong += differs(rows[i].text, str_of(question->recipient), rows[i].recipient);
        }
        questions_release(&questions);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(questions_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
