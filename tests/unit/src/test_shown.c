/* What words show, and where in the words it is spelled. */
#include "../fixtures/test.h"

#include "markdown/markdown_shown.h"

/* Words, what they show, a part of that, and how the words go on where it is spelled. */
static void places(void **state)
{
    static const struct {
        const char *words, *shown, *part, *spelled;
        bool stars_are_meant;
    } rows[] = {
        {"plain words", "plain words", "words", "words", false},
        {"a *b* c", "a b c", "b", "b* c", false},
        {"**a** b *c d* e", "a b c d e", "d", "d* e", false},
        {"a\\* b\\\\ c", "a* b\\ c", "c", "c", false},
        {"a\\* b", "a* b", "*", "* b", false},
        {"x &amp; y &lt;b&gt; z", "x & y <b> z", "y", "y &lt;", false},
        {"x &amp; y &lt;b&gt; z", "x & y <b> z", "<", "&lt;b", false},
        {"x &amp; y &lt;b&gt; z", "x & y <b> z", "z", "z", false},
        {"x &amp;amp; y", "x &amp; y", "amp", "amp; y", false},
        {"x & y &nbsp z", "x & y &nbsp z", "nbsp", "nbsp z", false},
        {"&#x41;b &#66; c", "Ab B c", "B", "&#66; c", false},
        {"[a b](c \"d\") e", "a b e", "b", "b](c", false},
        {"[a b](c \"d\") e", "a b e", "e", "e", false},
        {"![a b](c) d", "a b d", "d", "d", false},
        {"a `b` d", "a \ufffc d", "d", "d", false},
        {"a\\\nb **c\\\nd** e", "a\nb c\nd e", "e", "e", false},
        {"a\\\nb **c\\\nd** e", "a\nb c\nd e", "d", "d** e", false},
        {"a  \nb *c* d", "a\nb c d", "c", "c* d", false},
        {"a\n  b *c*\nd *e*", "a b c d e", "b", "b *c*", false},
        {"a\n  b *c*\nd *e*", "a b c d e", "e", "e*", false},
        {"a\nb\\\nc\nd *e* f", "a b\nc d e f", "f", "f", false},
        {"\n a *b*", "a b", "b", "b*", false},
        {"これは**「強調」**です。*か*", "これは「強調」です。か", "か", "か*", false},
        {"**Õigus.**Järgmine *on*", "Õigus.Järgmine on", "on", "on*", true},
        {"<http://a.b> c", "http://a.b c", "a.b", "a.b>", false},
        {"õ &copy; ü *ä*", "õ © ü ä", "ä", "ä*", false},
        {"a <b>c</b> *d*", "a c d", "d", "d*", false},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct markdown_shown shown;
        const char *part;

        markdown_show(&shown, rows[i].words, rows[i].stars_are_meant);
        wrong += differs(rows[i].words, buf_str(&shown.text), rows[i].shown);
        part = strstr(shown.text.data, rows[i].part);
        if (part) {
            const char *spelled = rows[i].words + shown.at[part - shown.text.data];

            wrong += differs(rows[i].words,
                             (struct str){spelled, strnlen(spelled, strlen(rows[i].spelled))},
                             rows[i].spelled);
        }
        markdown_shown_release(&shown);
    }
    assert_int_equal(wrong, 0);
}

static void pieces(void **state)
{
    static const struct {
        const char *words, *start, *held, *text, *title;
        enum markdown_piece_kind kind;
    } rows[] = {
        {"a [b *c*](d \"e\") f", "[b", "b c", "d", "e", PIECE_LINK},
        {"a ![b *c*](d) f", "![b", "b c", "d", "", PIECE_IMAGE},
        {"a **b *c*** f", "**b", "b c", "", "", PIECE_STRONG},
        {"a\nb *c* f", "*c", "c", "", "", PIECE_EMPHASIS},
        {"a `b` c", "b` c", "\ufffc", "b", "", PIECE_CODE},
        {"a <b> c", "<b> c", "", "<b>", "", PIECE_HTML},
        {"a\\\nb", "\nb", "", "", "", PIECE_BREAK},
        {"a\nc  \nb", "\nb", "", "", "", PIECE_BREAK},
        {"[](a)", "[](a)", "", "a", "", PIECE_LINK},
        {"<http://a> b", "<http", "http://a", "http://a", "", PIECE_LINK},
        {"a\nb <c@d> e", "<c@d", "c@d", "mailto:c@d", "", PIECE_LINK},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct markdown_shown shown;
        const struct markdown_piece *piece;

        markdown_show(&shown, rows[i].words, false);
        assert_true(shown.count > 0);
        piece = &shown.pieces[0];
        assert_int_equal(piece->kind, rows[i].kind);
        wrong += differs(rows[i].words,
                         (struct str){rows[i].words + piece->start, strlen(rows[i].start)},
                         rows[i].start);
        wrong += differs(rows[i].words,
                         (struct str){shown.text.data + piece->from, piece->to - piece->from},
                         rows[i].held);
        wrong += differs(rows[i].words, str_of(piece->text), rows[i].text);
        wrong += differs(rows[i].words, str_of(piece->title), rows[i].title);
        markdown_shown_release(&shown);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(places),
        cmocka_unit_test(pieces),
    };

    return cmocka_run_group_tests_name("shown", tests, NULL, NULL);
}
