/* Emphasis, joined lines and phrases of text without spaces between words. */
#include "../fixtures/test.h"

#include "markdown/east_asian.h"
#include "markdown/markdown.h"

static void take_html(const char *text, struct buf *out)
{
    struct markdown markdown;

    markdown_parse(&markdown, str_of(text));
    markdown_html(&markdown, out);
    markdown_release(&markdown);
}

/* Paragraphs, their stars as ^ where they become <strong> and ~ where <em>; * is shown. */
static void emphasis(void **state)
{
    static const struct {
        const char *text, *html; /* inside <p> */
    } rows[] = {
        /* Brackets and full stops inside, letters outside. */
        {"**「強調」**です", "<strong>「強調」</strong>です"},
        {"これは**「強調」**です", "これは<strong>「強調」</strong>です"},
        {"これは**強調。**です", "これは<strong>強調。</strong>です"},
        {"これは*（注）*です", "これは<em>（注）</em>です"},
        {"**（a）**と**（b）**", "<strong>（a）</strong>と<strong>（b）</strong>"},
        {"***「両方」***です", "<em><strong>「両方」</strong></em>です"},
        {"**\"引用\"**です", "<strong>&quot;引用&quot;</strong>です"},
        {"**(注)**です", "<strong>(注)</strong>です"},
        {"税込**¥10,000**で", "税込<strong>¥10,000</strong>で"},
        {"**C#**や**F#**は", "<strong>C#</strong>や<strong>F#</strong>は"},
        {"**「.NET」**という", "<strong>「.NET」</strong>という"},
        {"Go**「初心者」**を", "Go<strong>「初心者」</strong>を"},
        {"**[製品](./a)**と", "<strong><a href=\"./a\">製品</a></strong>と"},
        {"先頭の**`コード`も**", "先頭の<strong><code>コード</code>も</strong>"},
        {"**`コード`**も", "<strong><code>コード</code></strong>も"},
        {"**重要提示：**请注意。", "<strong>重要提示：</strong>请注意。"},
        {"**한국어(괄호)**를", "<strong>한국어(괄호)</strong>를"},
        {"**。**", "<strong>。</strong>"},
        /* As before. */
        {"これは**強調**です", "これは<strong>強調</strong>です"},
        {"** 強調 **です", "** 強調 **です"},
        {"5*6*7", "5<em>6</em>7"},
        {"a*\"foo\"*", "a*&quot;foo&quot;*"},
        {"**Õigus.**Järgmine", "**Õigus.**Järgmine"},
        {"これは\\*「星」\\*です", "これは*「星」*です"},
        /* Where stars are not emphasis, nothing is left of the marks. */
        {"`あ**「い」**う`", "<code>あ**「い」**う</code>"},
        {"<http://a.b/あ**「い」**う>",
         "<a href=\"http://a.b/%E3%81%82**%E3%80%8C%E3%81%84%E3%80%8D**%E3%81%86\">"
         "http://a.b/あ**「い」**う</a>"},
        {"[あ](い**「う」**え)", "<a href=\"%E3%81%84**%E3%80%8C%E3%81%86%E3%80%8D**%E3%81%88\">あ</a>"},
        {"[あ](い 'う**「え」**お')", "<a href=\"%E3%81%84\" title=\"う**「え」**お\">あ</a>"},
        {"[あ**「い」**う]\n\n[あ**「い」**う]: え",
         "<a href=\"%E3%81%88\">あ<strong>「い」</strong>う</a>"},
        /* Text that spells the mark keeps it, and is as in stock cmark. */
        {"&#xE000;**「強調」**です", "\xee\x80\x80**「強調」**です"},
        {"&#57344;**「強調」**です", "\xee\x80\x80**「強調」**です"},
        {"\xee\x80\x80**「強調」**です", "\xee\x80\x80**「強調」**です"},
        {"&#xE001;**「強調」**です", "\xee\x80\x81<strong>「強調」</strong>です"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf html = BUF_INIT;
        char *wanted = mem_printf("<p>%s</p>\n", rows[i].html);

        take_html(rows[i].text, &html);
        wrong += differs(rows[i].text, buf_str(&html), wanted);
        free(wanted);
        buf_release(&html);
    }
    assert_int_equal(wrong, 0);
}

/* Code blocks and fences hold what was written. */
static void code(void **state)
{
    struct buf html = BUF_INIT;

    (void)state;
    take_html("あ**「い」**う\n\n```あ**「い」**う\nあ**「い」**う\n```\n\n    あ**「い」**う\n", &html);
    assert_string_equal(html.data,
                        "<p>あ<strong>「い」</strong>う</p>\n"
                        "<pre><code class=\"language-あ**「い」**う\">あ**「い」**う\n</code></pre>\n"
                        "<pre><code>あ**「い」**う\n</code></pre>\n");
    buf_release(&html);
}

static void lines(void **state)
{
    static const struct {
        const char *before, *after;
        bool joins;
    } rows[] = {
        {"同意", "します", true},  {"。", "「", true},       {"カ", "ー", true},
        {"ｶ", "ﾅ", true},        {"Ａ", "Ｂ", true},      {"同意", "a", false},
        {"a", "同意", false},      {"동", "의", false},      {"同", "의", false},
        {"", "同", false},         {"同", "", false},        {"õ", "õ", false},
        {"\U00020000", "同", true}, {"😀", "同", false},
        /* As wide as the text beside them. */
        {"说“好”", "然后", true},  {"等等……", "然后", true}, {"破折号——", "然后", true},
        {"然后", "“好”他说", true}, {"情報", "①氏名", true},   {"…", "同意", true},
        {"“好”", "“是”", true},     {"葛󠄀", "城", true},       {"城", "※注", true},
        {"a”", "同意", false},       {"同意", "“a”", false},    {"‘a’", "“b”", false},
        {"同意 —", "同意", false},   {"…", "—", false},          {"동의…", "동의", false},
        {"同意", "…동의", false},    {"同意", "я", false},        {"α", "同意", false},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (east_asian_joins(str_of(rows[i].before), str_of(rows[i].after)) != rows[i].joins) {
            print_error("%s | %s\n", rows[i].before, rows[i].after);
            wrong++;
        }
    assert_int_equal(wrong, 0);
}

static void add_phrase(void *context, struct str phrase)
{
    buf_addstr(context, phrase);
    buf_adds(context, "|");
}

static void phrases(void **state)
{
    static const char *const rows[][2] = {
        {"", ""},
        {"利用目的", "利用目的|"},
        {"個人情報の取扱いについて", "個人情報の|取扱いについて|"},
        {"個人情報の第三者への提供", "個人情報の|第三者への|提供|"},
        {"回答したときに記録されること", "回答した|ときに|記録される|こと|"},
        {"プライバシーポリシー", "プライバシーポリシー|"},
        {"ご自身でできること", "ご自身で|できる|こと|"},
        {"本ポリシーの改定", "本ポリシーの|改定|"},
        {"お客様の権利", "お客様の|権利|"},
        {"本人の当日の権利", "本人の|当日の|権利|"},
        {"記録しない情報", "記録しない|情報|"},
        {"収集する情報", "収集する|情報|"},
        {"同意しない場合", "同意しない|場合|"},
        {"クリックした場合", "クリックした|場合|"},
        {"権利をする場合", "権利を|する|場合|"},
        {"a b 同意", "a b 同意|"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = BUF_INIT;

        east_asian_phrases(str_of(rows[i][0]), add_phrase, &out);
        wrong += differs(rows[i][0], buf_str(&out), rows[i][1]);
        buf_release(&out);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(emphasis),
        cmocka_unit_test(code),
        cmocka_unit_test(lines),
        cmocka_unit_test(phrases),
    };

    return cmocka_run_group_tests_name("east_asian", tests, NULL, NULL);
}
