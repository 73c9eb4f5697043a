/* What a page would show otherwise than was meant: LINE:COLUMN and what is said, for each finding.
 */
#include "../fixtures/test.h"

#include "markdown/markdown_review.h"

struct row {
    const char *text, *wanted;
};

static void said(struct heard *heard, struct buf *out)
{
    char *text = mem_dup(heard_text(heard).data, heard_text(heard).len);

    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        char *severity = strstr(line, ": warning: ");

        if (!severity || strncmp(line, "x.md:", 5) != 0)
            continue;
        buf_addf(out, "%.*s %s\n", (int)(severity - line - 5), line + 5,
                 severity + strlen(": warning: "));
    }
    free(text);
}

static void review_rows(const struct row *rows, size_t count, const char *title,
                        const char *language)
{
    size_t wrong = 0;

    for (size_t i = 0; i < count; i++) {
        struct source source;
        struct markdown markdown;
        struct heard heard;
        struct buf text = BUF_INIT;

        heard_init(&heard);
        assert_true(source_set(&source, "x.md", str_of(rows[i].text), &heard.findings));
        markdown_parse(&markdown, buf_str(&source.text));
        markdown_review(
            &markdown, &(struct review){.text = {&source, 0}, .title = title, .language = language},
            &heard.findings);
        said(&heard, &text);
        wrong += differs(rows[i].text, buf_str(&text), rows[i].wanted);
        assert_int_equal(heard.findings.errors, 0);
        buf_release(&text);
        markdown_release(&markdown);
        source_release(&source);
        heard_release(&heard);
    }
    assert_int_equal(wrong, 0);
}

#define BEGINS(place, number) place " this begins a list with the number " #number "\n"
#define SHOWS(place, shown, written) place " the page shows " shown ", the text says " written "\n"

static void dates(void **state)
{
    static const struct row estonian[] = {
        {"9. aprillil 2027 muutub kord.\n", BEGINS("1:1", 9)},
        {"3. peatükk\n", BEGINS("1:1", 3)},
        {"2031. aastal\n", BEGINS("1:1", 2031)},
        {"2031. Aasta\n", BEGINS("1:1", 2031)},
        {"1. juulil 2027 algab.\n\n1. augustil lõpeb.\n", SHOWS("3:1", "2.", "1.")},
        {"1. juulil 2027 algab.\n", BEGINS("1:1", 1)},
        {"30. mail.\n\n4. juunil.\n", BEGINS("1:1", 30) SHOWS("3:1", "31.", "4.")},
        {"Kehtib alates\n1. veebruarist.\n", BEGINS("2:1", 1)},
        {"- Kehtib alates\n  1. veebruarist.\n", BEGINS("2:3", 1)},
        {"> 12. detsembril\n", BEGINS("1:3", 12)},
        {"- 12. detsembril\n", BEGINS("1:3", 12)},
        {"03. 04. 2027 jõustub.\n", BEGINS("1:1", 3)},
        {"5) klassi\n", BEGINS("1:1", 5)},
        /* Lists. */
        {"1. Andmed\n2. Õigused\n", ""},
        {"1. andmed;\n2. õigused.\n", ""},
        {"Loetelu:\n1. Andmed\n2. Õigused\n", ""},
        {"1. a\n\nVahepeal.\n\n2. b\n", ""},
        {"4. Andmed\n5. Õigused\n", ""},
        {"Loetelu:\n1) andmed;\n2) õigused.\n", ""},
        {"Loetelu:\n1. andmed;\n1. õigused.\n", ""},
        {"Nagu ütleb\n1. peatükk.\n\n9. klass\n", BEGINS("2:1", 1) SHOWS("4:1", "2.", "9.")},
        {"0. Andmed\n1. Õigused\n", ""},
        {"1. - a\n   - b\n", ""},
        {"1. 1. a\n   2. b\n", ""},
        {"12\\. detsembril\n", ""},
        {"Kehtib alates\n22. veebruarist.\n", ""},
        {"12.detsembril\n", ""},
        {"```\n12. detsembril\n```\n", ""},
    };
    static const struct row german[] = {
        {"2. Oktober 2026: Sitzung\n", BEGINS("1:1", 2)},
        {"Es gilt ab dem\n1. Januar 2027.\n", BEGINS("2:1", 1)},
        {"Es gilt ab\n1. Jänner.\n\n2. Februar.\n", BEGINS("2:1", 1)},
        {"Die Monate:\n1. Januar\n2. Februar\n", ""},
        {"1. Januar: Beginn\n1. Juli: Ende\n", SHOWS("2:1", "2.", "1.")},
        {"7. Klasse\n", BEGINS("1:1", 7)},
        {"2. Zweck der Verarbeitung\n3. Rechte\n", ""},
        {"1. Zweck\n\n## B\n\n2. Rechte\n", ""},
        {"1. Zweck\n", ""},
        {"1. Zweck\n1. Daten\n1. Rechte\n", ""},
    };
    static const struct row georgian[] = {{"2. მონაცემები\n3. უფლებები\n", ""}};

    (void)state;
    review_rows(estonian, COUNT(estonian), NULL, "et");
    review_rows(german, COUNT(german), NULL, "de");
    review_rows(georgian, COUNT(georgian), NULL, "ka");
}

static void numbers(void **state)
{
    static const struct row rows[] = {
        {"1. A\n2. B\n5. C\n", SHOWS("3:1", "3.", "5.")},
        {"1. A\n3. B\n2. C\n", SHOWS("2:1", "2.", "3.") SHOWS("3:1", "3.", "2.")},
        {"1. A\n2. B\n2. C\n3. D\n", SHOWS("3:1", "3.", "2.") SHOWS("4:1", "4.", "3.")},
        {"5. A\n10. B\n", SHOWS("2:1", "6.", "10.")},
        {"1) A\n3) B\n", SHOWS("2:1", "2.", "3)")},
        {"- 1. A\n  3. B\n", SHOWS("2:3", "2.", "3.")},
        {"1. A\n1. B\n1. C\n", ""},
        {"7. A\n7. B\n", ""},
        {"01. A\n02. B\n", ""},
        {"1. A\n   1. B\n   2. C\n2. D\n", ""},
        {"1. A\n2) B\n",
         "2:1 a second list begins here, because the sign after its number is different: )\n"},
        {"1) A\n1. B\n", ""},
        {"- A\n* B\n", "2:1 a second list begins here, because its sign is different: *\n"},
        {"> + A\n>\n> - B\n", "3:3 a second list begins here, because its sign is different: -\n"},
        {"- A\n  * B\n- C\n", ""},
        {"- A\n\nText\n\n* B\n", ""},
        {"- A\n\n<!-- note: x -->\n* B\n", ""},
        {"1. A\n  - B\n2. C\n", "2:3 this list is not inside the item above it\n"},
        {"1. A\n   - B\n2. C\n", ""},
        {"1. A\n- B\n", ""},
        {"1. A\n\n - B\n", "3:2 this list is not inside the item above it\n"},
    };

    (void)state;
    review_rows(rows, COUNT(rows), NULL, "en");
}

#define TOGETHER(place) place " lines that begin with list signs are shown as one paragraph\n"

static void markers(void **state)
{
    static const struct row rows[] = {
        {"(a) names;\n(b) addresses.\n", TOGETHER("1:1")},
        {"We keep:\n(1) names;\n(2) addresses.\n", TOGETHER("2:1")},
        {"a) names that are\nlong\nb) addresses\n", TOGETHER("1:1")},
        {"i. names\nii. addresses\n", TOGETHER("1:1")},
        {"а) имена\nб) адреса\n", TOGETHER("1:1")},
        {"4.2 Names\n4.3 Addresses\n", TOGETHER("1:1")},
        {"1.2.3. Names\n1.2.4. Addresses\n", TOGETHER("1:1")},
        {"4\\. Names\n5\\. Addresses\n", TOGETHER("1:1")},
        {"§ 4 Names\n§ 5 Addresses\n", TOGETHER("1:1")},
        {"Art. 4 Names\nArt. 5 Addresses\n", TOGETHER("1:1")},
        {"• names\n• addresses\n", TOGETHER("1:1")},
        {"— names\n— addresses\n", TOGETHER("1:1")},
        {"✓ names\n✓ addresses\n", TOGETHER("1:1")},
        {"1.Names\n2.Addresses\n", TOGETHER("1:1")},
        {"-names\n-addresses\n", TOGETHER("1:1")},
        {"-- names\n-- addresses\n", TOGETHER("1:1")},
        {"・氏名\n・住所\n", TOGETHER("1:1")},
        {"※氏名\n※住所\n", TOGETHER("1:1")},
        {"①氏名\n②住所\n", TOGETHER("1:1")},
        {"（ア）氏名\n（イ）住所\n", TOGETHER("1:1")},
        {"(ア) 氏名\n(イ) 住所\n", TOGETHER("1:1")},
        {"（一）氏名\n（二）住所\n", TOGETHER("1:1")},
        {"一、氏名\n二、住所\n", TOGETHER("1:1")},
        {"イ　氏名\nロ　住所\n", TOGETHER("1:1")},
        {"１．氏名\n２．住所\n", TOGETHER("1:1")},
        {"第1条 氏名\n第2条 住所\n", TOGETHER("1:1")},
        {"> - • names\n>   • addresses\n", TOGETHER("1:5")},
        {"(a) names;\\\n(b) addresses.\n", ""},
        {"(a) names;  \n(b) addresses.\n", ""},
        {"(a) names;\n\n(b) addresses.\n", ""},
        {"(a) names and\naddresses\n", ""},
        {"It is said in Article 6\n(1) and in what\nfollows from Article 9\n(2) below.\n", ""},
        {"It ended on the\n3. and began\non the\n5. of the month\n", ""},
        {"A dash\n– as here – is\na dash\n– and no list\n", ""},
        {"Versions\n3.1 and\n3.2 differ\n", TOGETHER("2:1")},
        {"氏名・\n住所・\n", ""},
        {"1.5 million\n2.5 million of\n", TOGETHER("1:1")},
        {"-5 and\n-6\n", ""},
    };

    (void)state;
    review_rows(rows, COUNT(rows), NULL, "en");
}

#define STANDS(place, what, why) place " \"" what "\" is shown as it is: " why "\n"
#define NOTES "footnotes are not supported"
#define ATTRIBUTES "attributes are not supported"
#define BARE "an address by itself is not a link"
#define NO_LINK "this is not a link"

static void foreign(void **state)
{
    static const struct row rows[] = {
        {"Kept[^a].\n\n[^a]: For a year.\n",
         STANDS("1:5", "[^a]", NOTES) STANDS("3:1", "[^a]:", NOTES)},
        {"Kept[^a].\n\n[^a]: Year\n",
         STANDS("1:5", "[^a]", NOTES) "3:1 this note is not shown: footnotes are not supported\n"},
        {"Kept^[for a year].\n", STANDS("1:5", "^[for a year]", NOTES)},
        {"A ~~b c~~ d\n", STANDS("1:3", "~~b c~~", "strike-through is not supported")},
        {"A ~~*b*~~ d\n", STANDS("1:3", "~~*b*~~", "strike-through is not supported")},
        {"- [ ] a\n- [x] b\n", STANDS("1:3", "[ ]", "task boxes are not supported")
                                   STANDS("2:3", "[x]", "task boxes are not supported")},
        {"- [x]\n", STANDS("1:3", "[x]", "task boxes are not supported")},
        {"## Rights {#rights .short}\n", STANDS("1:11", "{#rights .short}", ATTRIBUTES)},
        {"[a](/b){target=_blank}\n", STANDS("1:8", "{target=_blank}", ATTRIBUTES)},
        {"Dear ${name}, <%= name %>\n",
         STANDS("1:6", "${name}", "placeholders of other programs are not filled in")
             STANDS("1:15", "<%= name %>", "placeholders of other programs are not filled in")},
        {"\\begin{align}\n", STANDS("1:1", "\\begin{align}", "formulas are not supported")},
        {"｀権利｀\n", STANDS("1:1", "｀権利｀", "code is written differently")},
        {"＞ 権利\n", STANDS("1:1", "＞", "quotes are written differently")},
        {"the [terms][]\n", STANDS("1:11", "][]", "no link with this name is defined")},
        {"## Rights {#rights}\n", STANDS("1:11", "{#rights}", ATTRIBUTES)},
        {"Text\n{: .warning}\n", STANDS("2:1", "{: .warning}", ATTRIBUTES)},
        {"[a](/b){:target=\"_blank\"}\n", STANDS("1:8", "{:target=\"_blank\"}", ATTRIBUTES)},
        {"a {.b}\n", STANDS("1:3", "{.b}", ATTRIBUTES)},
        {"> [!TIP]\n> Text\n", STANDS("1:3", "[!TIP]", "boxes are not supported")},
        {"::: note\ntext\n", STANDS("1:1", ":::", "boxes are not supported")},
        {"!!! note\ntext\n", STANDS("1:1", "!!!", "boxes are not supported")},
        {"Data\n: what we know of you\n",
         STANDS("2:1", ":", "lists of definitions are not supported")},
        {"[TOC]\n", STANDS("1:1", "[TOC]", "tables of contents are not supported")},
        {"* TOC\n{:toc}\n", STANDS("2:1", "{:toc}", "tables of contents are not supported")},
        {"a ==b== c\n", STANDS("1:3", "==b==", "highlighting is not supported")},
        {"m^2^\n", STANDS("1:2", "^2^", "superscript is not supported")},
        {"H~2~O\n", STANDS("1:2", "~2~", "subscript is not supported")},
        {"$$b$$\n", STANDS("1:1", "$$b$$", "formulas are not supported")},
        {"$a^2$\n", STANDS("1:1", "$a^2$", "formulas are not supported")},
        {"~~a~~ and ~~b~~\n", STANDS("1:1", "~~a~~", "strike-through is not supported")
                                  STANDS("1:11", "~~b~~", "strike-through is not supported")},
        {"Dear {{ name }}\n",
         STANDS("1:6", "{{ name }}", "placeholders of other programs are not filled in")},
        {"{% include a %}\n",
         STANDS("1:1", "{% include a %}", "placeholders of other programs are not filled in")},
        {"Read [[Terms of use]].\n",
         STANDS("1:6", "[[Terms of use]]", "links of wikis are not supported")},
        {"a {++b++} c\n", STANDS("1:3", "{++b++}", "marks of changes are not supported")},
        {"Thanks :smile:\n", STANDS("1:8", ":smile:", "names of emoji are not supported")},
        {"== Rights ==\n", STANDS("1:1", "==", "this is not a heading here")},
        {"＃ 権利\n", STANDS("1:1", "＃", "this is not a heading here")},
        {"＊＊権利＊＊\n", STANDS("1:1", "＊＊権利＊＊", "emphasis is written differently")},
        {"'''a'''\n", STANDS("1:1", "'''a'''", "emphasis is written differently")},
        {"*[EU]: European Union\n", STANDS("1:1", "*[EU]:", "abbreviations are not supported")},
        {".. note::\n", STANDS("1:1", ".. note::", "markup of other languages is not supported")},
        {"+---+---+\n| a | b |\n+---+---+\n", STANDS("1:1", "+--", "this is not a table here")
                                                  STANDS("3:1", "+--", "this is not a table here")},
        {"Name  Kept\n====  ====\n", STANDS("2:1", "====  ====", "this is not a table here")},
        {"##Rights\n", STANDS("1:1", "##", "a heading needs a space after its signs")},
        {"#Rights\n", STANDS("1:1", "#", "a heading needs a space after its signs")},
        {"##権利\n", STANDS("1:1", "##", "a heading needs a space after its signs")},
        {"#\u00a0Rights\n",
         STANDS("1:1", "#", "the space beside this sign is not one that Markdown recognises")},
        {"-\u3000氏名\n",
         STANDS("1:1", "-", "the space beside this sign is not one that Markdown recognises")},
        {"*\u2007a\n",
         STANDS("1:1", "*", "the space beside this sign is not one that Markdown recognises")},
        {"1.\u202fA\n",
         STANDS("1:1", "1.", "the space beside this sign is not one that Markdown recognises")},
        {"\u3000- 氏名\n",
         STANDS("1:1", "\u3000-",
                "the space beside this sign is not one that Markdown recognises")},
        {"a `b c\n", STANDS("1:3", "`", "this does not begin or end code")},
        {"Ask a.b@example.com.\n", STANDS("1:5", "a.b@example.com", BARE)},
        {"See http://example.com/a?b=c_d, then\n",
         STANDS("1:5", "http://example.com/a?b=c_d", BARE)},
        {"詳しくはwww.example.jpをご覧ください。\n", STANDS("1:5", "www.example.jp", BARE)},
        {"[a] (https://example.com/b)\n", STANDS("1:3", "] (https://example.com/b", NO_LINK)},
        {"[a]（/b/）\n", STANDS("1:3", "]（/b/", NO_LINK)},
        {"［a］（https://example.com/）\n", STANDS("1:3", "］（https://example.com/", NO_LINK)},
        {"[a](https://exa mple.com)\n", STANDS("1:3", "](https://exa", NO_LINK)},
        {"[a](https://example.com\n", STANDS("1:3", "](https://example.com", NO_LINK)},
        {"the [terms][tt]\n", STANDS("1:11", "][tt]", "no link with this name is defined")},
        {"[tt]: https://exa mple.com\n",
         STANDS("1:1", "[tt]: https://exa", "this does not define a link")},
        {"***\nlayout: page\ntoc: true\n---\n",
         "2:1 settings of another program are shown as text\n"},
        /* What somebody meant, or what is not shown. */
        {"\\~~a\\~~ \\[^1] a\\^2\\^ \\{#b} \\==c\\==\n", ""},
        {"`~~a~~` `[^1]` ``{{ ` }}``\n", ""},
        {"```\n~~a~~ [^1]: b\n[^1]: c\n```\n", ""},
        {"<!-- note: ~~a~~\n[^1]: b\n-->\ntext\n", ""},
        {"[a](/~~b~~ '==c==') <https://example.com/{#d}> <a@b.example>\n", ""},
        {"[https://example.com](https://example.com)\n", ""},
        {"[a]\n\n[a]: https://example.com/a@b.example\n", ""},
        {"[a]: /b\n[a] c\n", ""},
        {"As shown [1][2]\n", ""},
        {"[the terms][a]\n\n[a]: /b\n", ""},
        {"https\\://example.com a\\@example.com\n", ""},
        {"It costs $5 to $10, or 10$, US$3/US$4\n", ""},
        {"10~20人、30~40人\n", ""},
        {"Write to @teade, or a@b, at 10:30:45\n", ""},
        {"[Company name] [1] [...] {a} {1} a^b\n", ""},
        {"#1 of all\n\n# 1\n", ""},
        {"5.\u00a0november 2027, 5.\u00a0Mai\n", ""},
        {"l`eau d`ici\n", ""},
        {"a == b, c == d; C++ and D++\n", ""},
        {"See the list: a b\nc\n", ""},
        {"Name: a\n---\n", ""},
        {"本文（1）と［注］（下記）\n", ""},
    };

    (void)state;
    review_rows(rows, COUNT(rows), NULL, NULL);
}

#define SHOWN_STARS " stars that do not begin or end emphasis are shown\n"

#define BESIDE_STARS " stars between punctuation and a letter are not emphasis: they are shown\n"

static void stars(void **state)
{
    static const struct row rows[] = {
        {"a ** b ** c\n", "1:3" SHOWN_STARS "1:8" SHOWN_STARS},
        {"**a** \\*b\n*c\n", "2:1" SHOWN_STARS},
        {"> - ## **a** *b\n", "1:14" SHOWN_STARS},
        {"a **b c\n", "1:3" SHOWN_STARS},
        {"a *b c\n", "1:3" SHOWN_STARS},
        {"a* c\n", "1:2" SHOWN_STARS},
        {"**a: **b\n", "1:1" SHOWN_STARS "1:6" SHOWN_STARS},
        {"*a:*b\n", "1:1" BESIDE_STARS "1:4" BESIDE_STARS},
        {"**a.**b *c\n", "1:1" BESIDE_STARS "1:5" BESIDE_STARS "1:9" SHOWN_STARS},
        {"5 * 3, 2*3, ****, \\*a, *b* **c**\n", ""},
        {"`*a` <https://a.example/*b>\n", ""},
    };

    (void)state;
    review_rows(rows, COUNT(rows), NULL, NULL);
}

static void headings(void **state)
{
    static const struct row page[] = {
        {"# Rights\n", "1:1 a second heading of the first level; the first is the title\n"},
        {"Notice\n======\n", "1:1 this heading repeats the title, which the page shows\n"},
        {"# *Notice*\n\n## a\n", "1:1 this heading repeats the title, which the page shows\n"},
        {"### a\n", "1:1 a heading of level 3 below one of level 1\n"},
        {"## a\n\n#### b\n\n##### c\n\n## d\n", "3:1 a heading of level 4 below one of level 2\n"},
        {"##\n", "1:1 a heading without words\n"},
        {"> ## \n", "1:3 a heading without words\n"},
        {"## a\n\n### b\n\n## c\n", ""},
    };
    static const struct row text[] = {
        {"# a\n\n## b\n", ""},
        {"# a\n\n# b\n", "3:1 a second heading of the first level; the first is the title\n"},
        {"### a\n\n##### b\n", "3:1 a heading of level 5 below one of level 3\n"},
    };

    (void)state;
    review_rows(page, COUNT(page), "Notice", NULL);
    review_rows(text, COUNT(text), NULL, NULL);
}

static void take_leaf(void *context, const struct markdown_event *event)
{
    *(struct cmark_node **)context = event->node;
}

static struct cmark_node *only_leaf(const struct markdown *markdown)
{
    struct cmark_node *leaf = NULL;

    markdown_walk(markdown, take_leaf, &leaf);
    return leaf;
}

static struct place place_in(const void *source, size_t offset)
{
    return (struct place){source, offset};
}

/* Words in the place of others, of which they may have what those have. */
static void words(void **state)
{
    static const struct {
        const char *others, *words, *wanted;
    } rows[] = {
        {"a ~~b~~", "c ~~d~~", ""},
        {"a ~~b~~", "c ~~d~~ ==e==", STANDS("1:9", "==e==", "highlighting is not supported")},
        {"a@b.example", "c@d.example", ""},
        {"a [b][c]", "d [e][c]", ""},
        {"a", "d [e][c]", STANDS("1:5", "][c]", "no link with this name is defined")},
        {"(a) b\n(b) c", "(a) d\n(b) e", ""},
        {"a", "(a) d\n(b) e", TOGETHER("1:1")},
        {"a", "d\n12. e", ""},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct source source;
        struct markdown markdown;
        struct heard heard;
        struct buf text = BUF_INIT;

        heard_init(&heard);
        assert_true(source_set(&source, "x.md", str_of(rows[i].words), &heard.findings));
        markdown_parse(&markdown, str_of("a\n"));
        markdown_set_words(only_leaf(&markdown), rows[i].words, false);
        markdown_review_words(only_leaf(&markdown), rows[i].words, rows[i].others,
                              &(struct place_map){place_in, &source}, &heard.findings);
        said(&heard, &text);
        wrong += differs(rows[i].words, buf_str(&text), rows[i].wanted);
        buf_release(&text);
        markdown_release(&markdown);
        source_release(&source);
        heard_release(&heard);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),   cmocka_unit_test(numbers), cmocka_unit_test(markers),
        cmocka_unit_test(foreign), cmocka_unit_test(stars),   cmocka_unit_test(headings),
        cmocka_unit_test(words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
