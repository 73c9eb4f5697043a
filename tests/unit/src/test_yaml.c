/* Settings: the tree, and a row for every fault with its place and words. */
#include "../fixtures/test.h"

#include "base/date.h"
#include "content/yaml.h"

/* A whole source, or what stands behind its first line, is parsed. */
struct work {
    struct heard heard;
    struct source source;
    struct yaml *root;
};

static void work_init(struct work *work, const char *text, size_t start)
{
    heard_init(&work->heard);
    assert_true(source_set(&work->source, "s.yaml", str_of(text), &work->heard.findings));
    work->root = yaml_parse(&work->source, start, work->source.text.len, &work->heard.findings);
}

static void work_release(struct work *work)
{
    yaml_discard(work->root);
    source_release(&work->source);
    heard_release(&work->heard);
}

/* As a tree in one line: scalars with their line, maps in {}, lists in []. */
static void draw(const struct yaml *yaml, struct buf *out)
{
    if (yaml->kind == YAML_SCALAR) {
        buf_addf(out, "%s@%zu", yaml->text, place_line(yaml->place));
        return;
    }
    buf_addc(out, yaml->kind == YAML_MAP ? '{' : '[');
    for (size_t i = 0; i < yaml->count; i++) {
        if (i)
            buf_addc(out, ' ');
        if (yaml->kind == YAML_MAP) {
            draw(yaml->key[i], out);
            buf_addc(out, '=');
        }
        draw(yaml->item[i], out);
    }
    buf_addc(out, yaml->kind == YAML_MAP ? '}' : ']');
}

static void tree(void **state)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        {"a: b\n", "{a@1=b@1}"},
        {"a:\n  - b\n  - c: d\n    e: f\n", "{a@1=[b@2 {c@3=d@3 e@4=f@4}]}"},
        {"a: [b, {c: d}]\nb: []\nc: {}\n", "{a@1=[b@1 {c@1=d@1}] b@2=[] c@3={}}"},
        {"# x\n\na: 'it''s' # y\nb: \"1: #\\n\"\n", "{a@3=it's@3 b@4=1: #\n@4}"},
        {"a: |\n  b\n  c\n", "{a@1=b\nc\n@1}"},
        {"a:\nb: ~\n", "{a@1=@1 b@2=~@2}"},
        {"同意: õ\n", "{同意@1=õ@1}"},
        {"---\na: b\n", "{a@2=b@2}"},
        {"x", "x@1"},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf drawn = BUF_INIT;
        struct work work;

        work_init(&work, rows[i].text, 0);
        if (work.root)
            draw(work.root, &drawn);
        wrong += differs(rows[i].text, buf_str(&drawn), rows[i].wanted);
        wrong += heard_differs(rows[i].text, &work.heard, NULL);
        buf_release(&drawn);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

static void faults(void **state)
{
    static const struct {
        const char *text, *wanted;
        size_t start;
    } rows[] = {
        {"", "s.yaml:1:1: error: there are no settings here", 0},
        {"# x\n", "s.yaml:1:1: error: there are no settings here", 0},
        {"---\n", "s.yaml:2:1: error: there are no settings here", 4},
        {"a: b: c\n", "s.yaml:1:5: error: not YAML: mapping values are not allowed in this context",
         0},
        {"a: b\n c\nd\n", "s.yaml:4:1: error: not YAML: could not find expected ':'", 0},
        {"õ: [a\n", "s.yaml:2:1: error: not YAML: did not find expected ',' or ']'", 0},
        {"a: 'b\n", "s.yaml:2:1: error: not YAML: found unexpected end of stream", 0},
        {"a: b\n\tc: d\n",
         "s.yaml:2:1: error: not YAML: found a tab character that violates indentation", 0},
        {"a: b\nc: \"\007\"\n", "s.yaml:2:5: error: the character U+0007 cannot be shown on a page",
         0},
        {"---\na: b\n同: \007\n",
         "s.yaml:3:4: error: the character U+0007 cannot be shown on a page", 4},
        {"a: b\na: c\n", "s.yaml:2:1: error: key \"a\" is written twice, first in line 1", 0},
        {"a:\n  b: 1\n  c: 2\n  b: 3\n",
         "s.yaml:4:3: error: key \"b\" is written twice, first in line 2", 0},
        {"{a: 1, a: 2}\n", "s.yaml:1:8: error: key \"a\" is written twice, first in line 1", 0},
        {"[a]: b\n", "s.yaml:1:1: error: a key must be a word", 0},
        {"? {a: b}\n: c\n", "s.yaml:1:3: error: a key must be a word", 0},
        {"a: &x b\n", "s.yaml:1:4: error: settings cannot have an anchor", 0},
        {"a: &x [b]\n", "s.yaml:1:4: error: settings cannot have an anchor", 0},
        {"a: &x {b: c}\n", "s.yaml:1:4: error: settings cannot have an anchor", 0},
        {"a: !!int 1\n", "s.yaml:1:4: error: settings cannot have a tag", 0},
        {"a: !x [b]\n", "s.yaml:1:4: error: settings cannot have a tag", 0},
        {"a: !x {b: c}\n", "s.yaml:1:4: error: settings cannot have a tag", 0},
        {"a: *x\n", "s.yaml:1:4: error: settings cannot have an alias", 0},
        {"*x : a\n", "s.yaml:1:1: error: settings cannot have an alias", 0},
        {"a: b\n---\nc: d\n", "s.yaml:2:4: error: more than one YAML document", 0},
        {"a: \"b\\0c\"\n", "s.yaml:1:4: error: the character U+0000 cannot be shown on a page", 0},
        {"\"a\\0c\": b\n", "s.yaml:1:1: error: the character U+0000 cannot be shown on a page", 0},
        {"a: \"b\\uFFFEc\"\n", "s.yaml:1:4: error: the character U+FFFE cannot be shown on a page",
         0},
        {"a: \"\\x1b[2J\"\n", "s.yaml:1:4: error: the character U+001B cannot be shown on a page",
         0},
        {"a: \"\\uFFFD\"\n", "s.yaml:1:4: error: the character U+FFFD replaces one that was lost",
         0},
        {"a: [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]\n", "s.yaml:1:19: error: nested more than 16 deep",
         0},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct work work;

        work_init(&work, rows[i].text, rows[i].start);
        assert_null(work.root);
        assert_int_equal(work.heard.findings.errors, 1);
        wrong += heard_differs(rows[i].text, &work.heard, rows[i].wanted);
        wrong += !strstr(work.heard.text, "= remedy: ");
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

struct settings {
    const char *text;
    bool flag;
    int choice;
    struct date day;
    const struct yaml *list, *map;
    const char *word;
    struct yaml_terms words;
};

static bool is_short(const char *word)
{
    return *word && strlen(word) <= 2;
}

static const struct yaml_term_kind short_word = {is_short, "short", "write less"};

static bool bind(struct work *work, struct settings *settings)
{
    static const char *const names[] = {"red", "green", NULL};
    static const struct yaml_field fields[] = {
        {"text", true, yaml_read_text, offsetof(struct settings, text), NULL},
        {"flag", false, yaml_read_bool, offsetof(struct settings, flag), NULL},
        {"choice", false, yaml_read_choice, offsetof(struct settings, choice), names},
        {"day", false, yaml_read_date, offsetof(struct settings, day), NULL},
        {"list", false, yaml_read_node, offsetof(struct settings, list), &yaml_list},
        {"map", false, yaml_read_node, offsetof(struct settings, map), &yaml_map},
        {"word", false, yaml_read_term, offsetof(struct settings, word), &short_word},
        {"words", false, yaml_read_terms, offsetof(struct settings, words), &short_word},
    };

    *settings = (struct settings){.choice = -1};
    return yaml_bind(work->root, fields, COUNT(fields), settings, &work->heard.findings);
}

static void bound(void **state)
{
    struct settings settings;
    struct work work;

    (void)state;
    work_init(&work,
              "day: 2026-11-22\nmap: {a: b}\nlist: [c]\nchoice: green\nflag: true\ntext: 'd'\n", 0);
    assert_true(bind(&work, &settings));
    assert_string_equal(settings.text, "d");
    assert_true(settings.flag);
    assert_int_equal(settings.choice, 1);
    assert_string_equal(settings.day.iso, "2026-11-22");
    assert_string_equal(settings.list->item[0]->text, "c");
    assert_string_equal(settings.map->key[0]->text, "a");
    assert_int_equal(place_line(yaml_place(work.root, "text")), 6);
    assert_int_equal(yaml_place(work.root, "text").offset, work.source.text.len - 4);
    assert_int_equal(yaml_place(work.root, "nothing").offset, 0);
    work_release(&work);

    work_init(&work, "text: a\n", 0);
    assert_true(bind(&work, &settings)); /* what is not there stays as it was */
    assert_int_equal(settings.choice, -1);
    assert_null(settings.list);
    work_release(&work);
}

static void words_bound(void **state)
{
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"text: a\n", ""},
        {"text: a\nwords: b\n", "b "},
        {"text: a\nwords: [b, õ, NO]\n", "b õ NO "},
        {"text: a\nwords:\n  - b\n  - 'c'\n", "b c "},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf words = BUF_INIT;
        struct settings settings;
        struct work work;

        work_init(&work, rows[i].text, 0);
        assert_true(bind(&work, &settings));
        for (size_t w = 0; w < settings.words.count; w++)
            buf_addf(&words, "%s ", settings.words.term[w]);
        wrong += differs(rows[i].text, buf_str(&words), rows[i].words);
        free(settings.words.term);
        buf_release(&words);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

static void bind_faults(void **state)
{
    static const struct {
        const char *text, *wanted;
        size_t errors;
    } rows[] = {
        {"flag: true\n", "s.yaml:1:1: error: key \"text\" is missing", 1},
        {"{}\n", "s.yaml:1:1: error: key \"text\" is missing", 1},
        {"text: a\nõ: b\n", "s.yaml:2:1: error: unknown key \"õ\"", 1},
        {"texts: a\nx: y\n", "s.yaml:1:1: error: unknown key \"texts\"", 3},
        {"- text\n", "s.yaml:1:1: error: key: value lines are required here", 1},
        {"text\n", "s.yaml:1:1: error: key: value lines are required here", 1},
        {"text:\n", "s.yaml:1:6: error: a value is required here", 1},
        {"text: ''\n", "s.yaml:1:7: error: a value is required here", 1},
        {"text: [a]\n", "s.yaml:1:7: error: a value is required here", 1},
        {"text: a\nflag: yes\n", "s.yaml:2:7: error: unknown value \"yes\"", 1},
        {"text: a\nflag: True\n", "s.yaml:2:7: error: unknown value \"True\"", 1},
        {"text: a\nflag: {}\n", "s.yaml:2:7: error: a value is required here", 1},
        {"text: a\nchoice: Red\n", "s.yaml:2:9: error: unknown value \"Red\"", 1},
        {"text: a\nday: 2026-02-29\n", "s.yaml:2:6: error: \"2026-02-29\" is not a day", 1},
        {"text: a\nday: [b]\n", "s.yaml:2:6: error: a value is required here", 1},
        {"text: a\nlist: b\n", "s.yaml:2:7: error: a list is required here", 1},
        {"text: a\nmap: [b]\n", "s.yaml:2:6: error: a map of key: value lines is required here", 1},
        {"text: a\nword: bcd\n", "s.yaml:2:7: error: \"bcd\" is not short", 1},
        {"text: a\nword: [b]\n", "s.yaml:2:7: error: a value is required here", 1},
        {"text: a\nwords: bcd\n", "s.yaml:2:8: error: \"bcd\" is not short", 1},
        {"text: a\nwords: [b, cde, b]\n", "s.yaml:2:12: error: \"cde\" is not short", 2},
        {"text: a\nwords: [b, c, b]\n", "s.yaml:2:15: error: \"b\" is listed twice", 1},
        {"text: a\nwords: [[b]]\n", "s.yaml:2:9: error: a value is required here", 1},
        {"text: a\nwords: {b: c}\n", "s.yaml:2:8: error: a value is required here", 1},
        {"text: a\nwords: []\n", "s.yaml:2:8: error: the list is empty", 1},
        {"x: 1\ny: 2\nday: z\n", "s.yaml:1:1: error: unknown key \"x\"", 4},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct settings settings;
        struct work work;

        work_init(&work, rows[i].text, 0);
        assert_false(bind(&work, &settings));
        wrong += heard_differs(rows[i].text, &work.heard, rows[i].wanted);
        wrong += work.heard.findings.errors != rows[i].errors;
        free(settings.words.term);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

static void remedies(void **state)
{
    static const char *const names[] = {"a", "b", NULL}, *const none[] = {NULL};
    static const char *const rows[][2] = {
        {"texts: a\n",
         "= remedy: the keys here are text, flag, choice, day, list, map, word, words\n"},
        {"texts: a\n", "= remedy: add a line \"text: …\"\n"},
        {"text: a\nchoice: blue\n", "= remedy: write one of red, green\n"},
        {"text: a\nflag: 1\n", "= remedy: write one of false, true\n"},
        {"text: a\nday: today\n", "= remedy: write a day as YYYY-MM-DD\n"},
        {"text: a\nwords: [abc]\n", "= remedy: write less\n"},
        {"text: a\nwords: []\n", "= remedy: name at least one, or leave the key out\n"},
    };
    char *joined = yaml_names(names);

    (void)state;
    assert_string_equal(joined, "a, b");
    free(joined);
    joined = yaml_names(none);
    assert_string_equal(joined, "");
    free(joined);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct settings settings;
        struct work work;

        work_init(&work, rows[i][0], 0);
        assert_false(bind(&work, &settings));
        assert_non_null(strstr(heard_text(&work.heard).data, rows[i][1]));
        free(settings.words.term);
        work_release(&work);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tree),        cmocka_unit_test(faults),      cmocka_unit_test(bound),
        cmocka_unit_test(words_bound), cmocka_unit_test(bind_faults), cmocka_unit_test(remedies),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
