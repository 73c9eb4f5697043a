/* All that is found in a translation, and where. */
#include "../fixtures/test.h"

#include "catalog/translate.h"

static void add_string(struct buf *out, const char *keyword, const char *text)
{
    buf_addf(out, "%s \"", keyword);
    for (; *text; text++)
        if (*text == '\n')
            buf_adds(out, "\\n");
        else
            buf_addf(out, "%s%c", *text == '"' || *text == '\\' ? "\\" : "", *text);
    buf_adds(out, "\"\n");
}

/* A catalogue whose msgstr begins in column 9 of line 5. */
static char *catalog_file(const char *folder, const char *msgid, const char *msgstr,
                          const char *language)
{
    struct buf text = BUF_INIT;
    char *path;

    buf_addf(&text, "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nLanguage: %s\\n\"\n\n",
             language);
    add_string(&text, "msgid", msgid);
    add_string(&text, "msgstr", msgstr);
    path = folder_file(folder, "x.po", text.data);
    buf_release(&text);
    return path;
}

/* The first lines of findings, without the path. */
static void first_lines(struct str heard, const char *path, struct buf *out)
{
    for (const char *at = heard.data; at < heard.data + heard.len; at = strchr(at, '\n') + 1)
        if (strncmp(at, path, strlen(path)) == 0) {
            at += strlen(path) + 1;
            buf_add(out, at, strcspn(at, "\n") + 1);
        }
}

/* What is said of a translation, a finding a line. */
static void findings_of(const char *text, const char *language, const char *msgstr,
                        const char *their_language, struct buf *out)
{
    struct revision revision = {.language = language};
    struct article article;
    struct heard heard;
    struct catalog *catalog;
    char *folder = folder_new(), *path;

    heard_init(&heard);
    assert_true(source_set(&revision.source, "x.md", str_of(text), &heard.findings));
    assert_true(article_cut(&article, &revision, &heard.findings));
    article.severity = FINDING_ERROR; /* as for a text that is published */
    path = catalog_file(folder, article.messages[0].msgid, msgstr, their_language);
    catalog = catalog_read(path, NULL, &heard.findings);
    assert_non_null(catalog);
    translate(&article, catalog, FINDING_ERROR, &heard.findings);
    first_lines(heard_text(&heard), path, out);
    catalog_free(catalog);
    article_release(&article);
    source_release(&revision.source);
    heard_release(&heard);
    free(path);
    folder_free(folder);
}

struct row {
    const char *text, *language, *msgstr, *their_language, *said;
};

static size_t try_rows(const struct row *rows, size_t count)
{
    size_t wrong = 0;

    for (size_t i = 0; i < count; i++) {
        struct buf said = BUF_INIT;

        findings_of(rows[i].text, rows[i].language, rows[i].msgstr, rows[i].their_language, &said);
        wrong += differs(rows[i].msgstr, buf_str(&said), rows[i].said);
        buf_release(&said);
    }
    return wrong;
}

#define DIFFER "<!-- links: may-differ -->\n"
#define LACKS "5:9: error: the translation lacks "
#define ADDS " which the message does not have\n"

/* Links, images, code, emphasis and hard breaks. */
static void markup(void **state)
{
    static const struct row rows[] = {
        {"[a](b) [c](d)", "en", "[c](d) [a](b)", "et", ""},
        {"[a](b) [c](d)", "en", "[c](d) [a](b) [d](d)", "et",
         "5:23: error: the translation has the link d," ADDS},
        {"[a](b)", "en", "a", "et", LACKS "the link b\n"},
        {DIFFER "[a](https://b.example/en)", "en", "[c](https://b.example/et)", "et", ""},
        {DIFFER "<https://b.example> [a](//c.example)", "en",
         "[d](https://e.example) <https://b.example>", "et", ""},
        {DIFFER "[a](mailto:b@c.example)", "en", "[d](https://c.example)", "et", ""},
        {DIFFER "- [a](https://b.example)", "en", "[a](https://c.example)", "et", ""},
        {DIFFER "[a](https://b.example)", "en", "[a](https://c.example) [d](https://e.example)",
         "et", "5:32: error: the translation has the link https://e.example," ADDS},
        {DIFFER "[a](https://b.example)", "en", "c", "et", LACKS "the link https://b.example\n"},
        {DIFFER "[a](https://b.example)", "en", "[a](../c/)", "et",
         "5:9: error: the translation has the link ../c/," ADDS},
        {DIFFER "[a](https://b.example) [c](../d/)", "en", "[a](https://e.example) [c](../f/)",
         "et", "5:32: error: the translation has the link ../f/," ADDS},
        {DIFFER "[a](https://b.example)", "en", "[a](https:/c.example)", "et",
         "5:9: error: a link to https:/c.example has no host\n"},
        {"[a](https://b.example)\n\n" DIFFER "[a](https://c.example)", "en",
         "[a](https://d.example)", "et",
         "5:9: error: the translation has the link https://d.example," ADDS},
        {"a", "en", "<http://b> [c](d)", "et",
         "5:9: error: the translation has the link http://b," ADDS
         "5:20: error: the translation has the link d," ADDS},
        {"[a](b)", "en", "![a](b)", "et",
         "5:9: error: the translation has the image b," ADDS LACKS "the link b\n"},
        {"[a](b)", "en", "[a](B)", "et", "5:9: error: the translation has the link B," ADDS},
        {"[a](http://b)", "en", "[c]（http://b）", "et", "5:11: error: the translation lacks the link http://b\n"},
        {"[a](http://b)", "en", "x [c](http://b “d”)", "et", "5:13: error: the translation lacks the link http://b\n"},
        {"![a](b)", "en", "![c](b)", "et", ""},
        {"[![a](b)](c)", "en", "[a](c)", "et", LACKS "the image b\n"},
        {"`a` `b`", "en", "`b` `a`", "et", ""},
        {"**a** *b*", "en", "*c* **d**", "et", ""},
        {"**a** *b*", "en", "c d", "et",
         "5:9: warning: the translation lacks strong emphasis (**)\n"
         "5:9: warning: the translation lacks emphasis (*)\n"},
        {"**a.**b", "en", "**a**", "et",
         "5:9: warning: the translation has strong emphasis (**)," ADDS},
        {"a_b", "en", "a\\_b", "et", ""},
        {"**a**い", "en", "**「あ」**い", "ja", ""},
        {"a\\\nb", "en", "c\\\nd", "et", ""},
        {"a\\\nb", "en", "c  \nd", "et", ""},
        {"a\\\nb", "en", "c d", "et",
         "5:9: warning: the translation lacks a line break (\\ at the end of a line)\n"},
        {"a", "en", "c\\\nd", "et", ""},
        {"[a](b 'c')", "en", "[d](b)", "et",
         "5:9: warning: the translation lacks the title of the link b\n"},
        {"![a](b 'c')", "en", "![](b)", "et",
         "5:9: warning: the translation lacks the title of the image b\n"
         "5:9: warning: the translation lacks the description of the image b\n"},
        {"x [a](b)", "en", "y [&nbsp;](b)", "et", "5:11: error: the link to b has no words\n"},
        {"x [a](b)", "en", "y [ ](b)", "et", "5:11: error: the link to b has no words\n"},
        {"x [![a](c)](b)", "en", "y [![](c)](b)", "et",
         "5:11: error: the link to b has no words\n"
         "5:12: warning: the translation lacks the description of the image c\n"},
    };

    (void)state;
    assert_int_equal(try_rows(rows, COUNT(rows)), 0);
}

#define STAR "error: the translation has a star that is shown (*)," ADDS
#define SHOWS " is shown as it is"
#define SHOWN SHOWS "\n"

/* Markup that is none. */
static void signs(void **state)
{
    static const struct row rows[] = {
        {"a **b** c", "en", "d ** e ** f", "et", "5:11: " STAR},
        {"a **b** c", "en", "d **e f", "et", "5:11: " STAR},
        {"a", "en", "b \\*c\\*", "et", "5:13: " STAR},
        {"a *b* **c**", "en", "*d **e** *f*", "et", "5:9: " STAR},
        {"a", "en", "b\\\\c", "et", "5:10: error: \\" SHOWN},
        {"C:\\\\x", "en", "D:\\\\y", "et", ""},
        {"a\\\nb", "en", "c\\\nd\\", "et", "5:15: error: \\" SHOWN},
        {"`a`", "en", "`a", "et",
         LACKS "the code `a`\n5:9: warning: \"`\"" SHOWS ": this does not begin or end code\n"},
        {"a", "en", "b {#c} {: .d}", "et",
         "5:11: warning: \"{#c}\"" SHOWS ": attributes are not supported\n"
         "5:16: warning: \"{: .d}\"" SHOWS ": attributes are not supported\n"},
        {"<http://a>", "en", "<http://a></http://a>", "et", "5:19: warning: </http://a>" SHOWN},
        {"a &amp; b", "en", "c &amp； d", "et", "5:11: warning: &amp；" SHOWN},
        {"a &amp; b", "en", "c & amp; d", "et", "5:11: warning: & amp;" SHOWN},
        {"a &amp; b", "en", "c &amp d", "et", "5:11: warning: &amp" SHOWN},
        {"a &amp; b", "en", "c &Amp; d &quote; e", "et",
         "5:11: warning: &Amp;" SHOWN "5:19: warning: &quote;" SHOWN},
        {"a &amp; b", "en", "c &Amp d, R&LT", "et", "5:11: warning: &Amp" SHOWN},
        {"a &lt; b", "en", "c &amp;lt; d", "et", "5:11: warning: &lt;" SHOWN},
        {"a &#39; b", "en", "c &#39 d &# 39; e", "et", "5:11: warning: &#39" SHOWN},
        {"a &amp; b", "ja", "c ＆ａｍｐ； d", "et", "5:11: warning: ＆ａｍｐ；" SHOWN},
        {"a &amp;lt; b", "en", "c &amp;lt; d", "et", ""}, /* the message shows it as well */
        {"AT&T, R&D; Q & A", "en", "AT&T, R&D; Q & A", "et", ""},
        {"print & copy; x", "en", "a & copy; b", "et", ""},
        {"a", "en", "http://b/?c=d&amp;lt=e &e=f", "et", ""},
        {"a", "en", "b &#x202E;c &#1; `&#2;` \\&#2;", "et",
         "5:11: warning: the invisible character U+202E changes the direction of the text around "
         "it\n"
         "5:21: error: the character U+0001 cannot be shown on a page\n"
         "5:35: warning: &#2;" SHOWN "5:27: error: the translation has the code `&#2;`," ADDS},
        {"a", "en", "b &#xFFFF;", "et",
         "5:11: error: the character U+FFFF cannot be shown on a page\n"},
        {"a", "en", "b &#xD800; &#0;", "et",
         "5:11: error: the character U+D800 cannot be shown on a page\n"
         "5:20: error: the character U+0000 cannot be shown on a page\n"},
        {"a", "en", "b\u200bc \ufffd", "et",
         "5:10: warning: the invisible character U+200B (zero width space)\n"
         "5:13: error: the character U+FFFD replaces one that was lost\n"},
        {"a\n\nb", "en", "**c* [d](e) <f> </g> [h](i:j)", "et",
         "5:21: error: raw HTML never reaches a page: <f>\n"
         "5:25: error: raw HTML never reaches a page: </g>\n"
         "5:30: error: a link to i:j is not safe\n"
         "5:9: warning: the translation has emphasis (*)," ADDS
         "5:14: error: the translation has the link e," ADDS
         "5:30: error: the translation has the link i:j," ADDS "5:9: " STAR},
    };

    (void)state;
    assert_int_equal(try_rows(rows, COUNT(rows)), 0);
}

/* The remedy is for this fault. */
static void remedies(void **state)
{
    static const struct {
        const char *text, *msgstr, *remedy;
    } rows[] = {
        {"**a**", "** b **", "remove the space inside the stars"},
        {"**a**", "**b", "the other ** is missing"},
        {"**a**", "\\*\\*b\\*\\*", "remove the \\ before the *"},
        {"**a**", "＊＊b＊＊", "write *, not ＊"},
        {"a", "b*", "remove it, or write \\* to show it"},
        {"[a](b)", "[c]（b）", "write ( and ), not （ and ）"},
        {"[a](b)", "［c］(b)", "write [ and ], not ［ and ］"},
        {"[a](b)", "[c] (b)", "remove the space between ] and ("},
        {"[a](b)", "[c](b “d”)", "write \" around the title, not “ and ”"},
        {"[a](b)", "[c](b d)", "write ) after the address, no space in it, and \" around a title"},
        {"<http://a>", "＜http://a＞", "write < and >, not ＜ and ＞"},
        {"[a](b)", "[c](d)", "write the link b, as the message does"},
        {"[a](//b)", "[c](//d)",
         "write the link //b, as the message does; <!-- links: may-differ --> before the block in "
         "the source allows another"},
        {"[a](b)", "c", "keep the markup of the message"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct revision revision = {.language = "en"};
        struct article article;
        struct heard heard;
        struct catalog *catalog;
        char *folder = folder_new(), *path, *wanted;

        heard_init(&heard);
        assert_true(source_set(&revision.source, "x.md", str_of(rows[i].text), &heard.findings));
        assert_true(article_cut(&article, &revision, &heard.findings));
        path = catalog_file(folder, article.messages[0].msgid, rows[i].msgstr, "et");
        catalog = catalog_read(path, NULL, &heard.findings);
        translate(&article, catalog, FINDING_ERROR, &heard.findings);
        wanted = mem_printf("= remedy: %s\n", rows[i].remedy);
        if (!strstr(heard_text(&heard).data, wanted))
            fail_msg("%s: %s", rows[i].msgstr, heard.text);
        free(wanted);
        catalog_free(catalog);
        article_release(&article);
        source_release(&revision.source);
        heard_release(&heard);
        free(path);
        folder_free(folder);
    }
}

#define NUMBER(place, is, wanted) \
    place " warning: the translation has the number " is ", the message " wanted "\n"
#define LACKS_NUMBER(number) "5:9: warning: the translation lacks the number " number "\n"

/* Numbers: one that is another, and all the ways in which it is the same. */
static void numbers(void **state)
{
    static const struct row rows[] = {
        {"for 24 months", "en", "42 kuud", "et", NUMBER("5:9:", "42", "24")},
        {"for 24 months", "en", "mitu kuud", "et", LACKS_NUMBER("24")},
        {"for months", "en", "24 kuud", "et",
         "5:9: warning: the translation has the number 24, which the message does not have\n"},
        {"14 days, 30 days", "en", "14日間、20日間", "ja", NUMBER("5:14:", "20", "30")},
        {"kuni 30 päeva", "et", "up to 3 days", "en", NUMBER("5:15:", "3", "30")},
        {"1.5 %", "en", "15 %", "et", NUMBER("5:9:", "15", "1.5")},
        {"22 November 2026", "en", "21. november 2026", "et", NUMBER("5:9:", "21", "22")},
        {"22 November 2026", "en", "22. oktoober 2026", "et", ""}, /* words are not compared */
        {"2026-11-22", "en", "2026年12月22日", "ja", NUMBER("5:14:", "12", "11")},
        {"Article 6(1)(f)", "en", "第7条(1)(f)", "ja", NUMBER("5:10:", "7", "6")},
        {"thirty days", "en", "20 päeva", "et",
         "5:9: warning: the translation has the number 20, which the message does not have\n"},
        {"30 days", "en", "kakskümmend päeva", "et", LACKS_NUMBER("30")},
        {"1,000 and 2,000", "en", "1 000 ja 3 000", "et", NUMBER("5:18:", "3 000", "2,000")},
        {"version 1.2 of 1 June 2026", "en", "versioon 5.2, 1. juuni 2026", "et",
         NUMBER("5:18:", "5.2", "1.2")},
        {"30 days, again 30 days", "en", "10 päeva, uuesti 30 päeva", "et",
         NUMBER("5:9:", "10", "30")},
        /* Groups and fractions. */
        {"1.5 and 1,000", "en", "1,5 ja 1 000", "et", ""},
        {"1,000,000.50", "en", "1 000 000,5", "et", ""},
        {"1,000", "en", "1\u00a0000", "et", ""},
        {"1,000", "en", "1.000", "de", ""},
        {"10,000", "en", "10\u202f000", "fr", ""},
        {"1000", "en", "1’000", "de", ""},
        {"1,00,000", "en", "100 000", "et", ""},
        {"1,234", "en", "１，２３４", "ja", ""},
        {"in 2026 300 people", "en", "2026. aastal 300 inimest", "et", ""},
        {"6 and 100", "en", "6 100", "et", ""},
        {"articles 13,14", "en", "artiklid 13 ja 14", "et", ""},
        {"2.50", "en", "2,5", "et", ""},
        /* Digits of other scripts, and numerals in letters. */
        {"12 months", "en", "１２か月", "ja", ""},
        {"24 hours", "en", "٢٤ ساعة", "ar", ""},
        {"30 days", "en", "三十日", "ja", ""},
        {"30 days", "en", "三〇日", "ja", ""},
        {"120 days", "en", "百二十日", "ja", ""},
        {"10,000 yen", "en", "1万円", "ja", ""},
        {"150,000,000 yen", "en", "1.5億円", "ja", ""},
        {"chapter 4", "en", "IV peatükk", "et", ""},
        {"Article VI", "en", "Artikkel 6", "et", ""},
        {"Part III", "en", "第Ⅲ部 (3)", "ja", ""},
        {"(1) a (2) b", "en", "① あ ② い", "ja", ""},
        /* Words. */
        {"30 days", "en", "kolmekümne päeva jooksul", "et", ""},
        {"thirty days", "en", "30 päeva", "et", ""},
        {"seven working days", "en", "7営業日", "ja", ""},
        {"24 hours", "en", "vierundzwanzig Stunden", "de", ""},
        {"16 years", "en", "шестнадцати лет", "ru", ""},
        {"the 3rd", "en", "kolmas", "et", ""},
        {"1 month", "en", "kuu aja jooksul", "et", ""},
        {"2 weeks", "en", "kahe nädala jooksul", "et", ""},
        {"1.5 million", "en", "1 500 000", "et", ""},
        {"3 million", "en", "300万", "ja", ""},
        /* Dates and hours. */
        {"22 November 2026", "en", "22.11.2026", "et", ""},
        {"2026-11-22", "en", "22. november 2026", "et", ""},
        {"alates 22. novembrist 2026", "et", "2026年11月22日から", "ja", ""},
        {"Nov 3, 2026", "en", "3. novembril 2026", "et", ""},
        {"01.02.2026", "et", "1 February 2026", "en", ""},
        {"11/22/2026", "en", "22.11.2026", "et", ""},
        {"2026", "en", "令和8年", "ja", ""},
        {"2026", "en", "พ.ศ. 2569", "th", ""},
        {"17:00", "et", "5:00 p.m.", "en", ""},
        {"17.30", "et", "17h30", "fr", ""},
        {"neither of them", "en", "この2社", "ja", ""},
        {"both months", "en", "2か月", "ja",
         "5:9: warning: the translation has the number 2, which the message does not have\n"},
        {"24/7", "en", "ööpäevaringselt", "et", ""},
        {"twice per hour", "en", "1 時間に 2 回", "ja", ""},
        {"2 korda", "et", "дважды", "ru", ""},
        {"2D and 3D objects", "en", "τριδιάστατα αντικείμενα", "el", ""},
        {"3 Days", "en", "ημέρες", "el",
         "5:9: warning: the translation lacks the number 3\n"},
        /* The rest. */
        {"1st, 2nd, 22nd", "en", "1., 2., 22.", "et", ""},
        {"50%", "en", "50\u00a0%", "et", ""},
        {"50 %", "en", "５０％", "ja", ""},
        {"+372 555 1234", "en", "+372 5551234", "et", ""},
        {"a B2B service, m²", "en", "äriteenus, ruutmeeter", "et", ""},
        {"see https://a.example/2016/679 now", "en", "vt https://a.example/2016/680", "et", ""},
        {"30 days after 30 days", "en", "30 päeva, ja siis", "et", ""},
        {"over $10,000", "en", "üle 10 000 dollari, ja kui see on üle 10 000 dollari", "et", ""},
        {"§ 13–14", "de", "§ 13-14", "et", ""},
        {"GDPR 2016/679", "en", "Määrus (EL) 2016/679", "et", ""},
    };

    (void)state;
    assert_int_equal(try_rows(rows, COUNT(rows)), 0);
}

#define BEHIND(place, sign) place " warning: the translation lacks a space after " sign "\n"
#define BEFORE(place, sign) place " warning: the translation lacks a space before " sign "\n"

static void spaces(void **state)
{
    static const struct row rows[] = {
        {"**Rights.** You may", "en", "**Õigused.**Võite", "et", BEHIND("5:21:", "**")},
        {"**Rights:** you may", "en", "**Õigused:**võite", "et", BEHIND("5:21:", "**")},
        {"**Rights**. You may", "en", "**Õigused**.Võite", "et", BEHIND("5:21:", "\".\"")},
        {"*Rights*: you may", "en", "*Õigused*:võite", "et", BEHIND("5:19:", "\":\"")},
        {"a **data** to plan", "en", "b **andmeid**planeerimiseks", "et", BEHIND("5:22:", "**")},
        {"We use **data** to", "en", "Kasutame**andmeid** planeerimiseks", "et", BEFORE("5:17:", "**")},
        {"See [a](b) now", "en", "Vt[c](b) kohe", "et", BEFORE("5:11:", "[")},
        {"See [a](b) now", "en", "Vt [c](b)kohe", "et", BEHIND("5:18:", ")")},
        {"See *a* now", "en", "Siehe *b*jetzt", "de", BEHIND("5:18:", "*")},
        {"Vaata **a** kohe", "et", "See **b**to plan", "en", BEHIND("5:18:", "**")},
        {"See [a](b) now", "en", "Vt [ c](b) kohe", "et",
         "5:12: warning: the link begins or ends with a space\n"},
        /* Endings, compounds, and languages without spaces. */
        {"of **Teade** for **us**", "en", "**Teade**le ja **Teade**st", "et", ""},
        {"in [Teade](b) for", "en", "[Teade](b)sse", "et", ""},
        {"the **service** is", "en", "**palvelu**ssa", "fi", ""},
        {"the **right** is", "en", "**権利**です", "ja", ""},
        {"the [right](b) is", "en", "この[権利](b)は", "ja", ""},
        {"the **right** is", "en", "**권리**는", "ko", ""},
        {"the **right** is", "en", "**权利**是", "zh-CN", ""},
        {"the **Web** site", "en", "**Web**siteの", "ja", ""},
        {"re**write**s", "en", "kirjuta**ümber**panek", "et", ""},
        {"**Rights**, and", "en", "**Õigused**, ja", "et", ""},
        {"**Rights** (a)", "en", "**Õigused** (a)", "et", ""},
        {"see **a**.", "en", "vt **a**.", "et", ""},
        {"see [a.b](c) now", "en", "vt [a.b](c).ee kohe", "et", ""},
        {"**data** is", "en", "**Teade**-andmed on", "et", ""},
        {"and [a](b) or", "en", "كما و[شروط](b) أو", "ar", ""},
        {"and **a** or", "en", "كما لـ**شروط** أو", "ar", ""},
        {"and [a](b) or", "en", "كما[شروط](b) أو", "ar", BEFORE("5:12:", "[")},
        {"of [a](b) or", "en", "לפעול ב[פתיחות](b) או", "he", ""},
        {"of [a](b) or", "en", "לפעול[פתיחות](b) או", "he", BEFORE("5:14:", "[")},
    };

    (void)state;
    assert_int_equal(try_rows(rows, COUNT(rows)), 0);
}

#define COPY "5:9: warning: the translation is the same as the message\n"

static void copies(void **state)
{
    static const struct row rows[] = {
        {"We keep your data safe.", "en", "We keep your data safe.", "et", COPY},
        {"Your **rights** as a *user*", "en", "Your **rights** as a *user*", "ja", COPY},
        {"個人情報の取扱いについて", "ja", "個人情報の取扱いについて", "en", COPY},
        {"Me kaitseme teie andmeid.", "et", "Me kaitseme teie andmeid.", "en", COPY},
        {"We keep your data safe.", NULL, "We keep your data safe.", "et", COPY},
        {"We keep your data safe.", "en", "We keep your data safe.", "en-GB", ""},
        {"Vi sender ikke dine data.", "da", "Vi sender ikke dine data.", "nb", ""},
        {"Example Ltd", "en", "Example Ltd", "et", ""},
        {"Kokusai Space Service Co., Ltd.", "en", "Kokusai Space Service Co., Ltd.", "et", ""},
        {"Cookies", "en", "Cookies", "de", ""},
        {"privacy@example.com", "en", "privacy@example.com", "et", ""},
        {"https://example.com/a/b/c/d", "en", "https://example.com/a/b/c/d", "et", ""},
        {"Pärnu mnt 12, 10148 Tallinn", "et", "Pärnu mnt 12, 10148 Tallinn", "en", ""},
        {"Client_id, session_id.", "en", "Client_id, session_id.", "et", ""},
        {"Example’s Agent, 4th Floor, New York, NY", "en",
         "Example’s Agent, 4th Floor, New York, NY", "et", ""},
        {"`a b c d e`", "en", "`a b c d e`", "et", ""},
    };

    (void)state;
    assert_int_equal(try_rows(rows, COUNT(rows)), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup),
        cmocka_unit_test(signs),
        cmocka_unit_test(remedies),
        cmocka_unit_test(numbers),
        cmocka_unit_test(spaces),
        cmocka_unit_test(copies),
    };

    return cmocka_run_group_tests_name("translation", tests, NULL, NULL);
}
