/* The template room.  Every behaviour has a row of its own here; the public
 * specification's cases are run from $TEST_DATA/mustache as well, if it is there. */
#include "../fixtures/test.h"

#include "base/html.h"
#include "template/template.h"

/* A template and its partials, given as JSON texts by name. */
struct work {
    struct source source;
    struct template *template;
    const json_t *partials; /* or NULL */
    struct work *parsed;    /* partials in use */
    char *name;             /* of a partial */
    struct work *next;
    FILE *stream;
    char *found; /* what findings printed */
    size_t found_len;
    struct findings findings;
    struct buf out;
    const struct template_tags *tags;
    const char *translation; /* of every message; NULL: none */
};

static void work_init(struct work *work, const struct template_tags *tags)
{
    *work = (struct work){.tags = tags, .out = BUF_INIT};
    work->stream = open_memstream(&work->found, &work->found_len);
    findings_init(&work->findings, work->stream);
}

static bool work_parse(struct work *work, struct str text)
{
    if (source_set(&work->source, "t", text, &work->findings))
        work->template = template_parse(&work->source, work->tags, &work->findings);
    fflush(work->stream);
    return work->template != NULL;
}

static void work_release(struct work *work)
{
    while (work->parsed) {
        struct work *partial = work->parsed;

        work->parsed = partial->next;
        work_release(partial);
        free(partial->name);
        free(partial);
    }
    template_free(work->template);
    source_release(&work->source);
    fclose(work->stream);
    free(work->found);
    buf_release(&work->out);
}

static const struct template *find_partial(void *context, const char *name)
{
    struct work *work = context, *partial = work->parsed;
    const json_t *text = json_object_get(work->partials, name);

    while (partial && strcmp(partial->name, name) != 0)
        partial = partial->next;
    if (partial || !text)
        return partial ? partial->template : NULL;
    partial = mem_alloc(sizeof *partial);
    work_init(partial, work->tags);
    assert_true(work_parse(partial, str_of(json_string_value(text))));
    partial->name = mem_dups(name);
    partial->next = work->parsed;
    work->parsed = partial;
    return partial->template;
}

static const char *translate(void *context, const char *msgid, struct place place)
{
    (void)msgid;
    assert_non_null(place.source);
    return ((struct work *)context)->translation;
}

static bool work_render(struct work *work, struct template_renderer renderer, const json_t *data)
{
    bool fine;

    renderer.context = work;
    renderer.partial = find_partial;
    if (!renderer.escape)
        renderer.escape = html_text;
    fine = template_render(work->template, &renderer, data, &work->out, &work->findings);
    fflush(work->stream);
    return fine;
}

static json_t *json_of(const char *text)
{
    json_error_t error;
    json_t *json = json_loads(text, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);

    if (!json)
        fail_msg("%s: %s", text, error.text);
    return json;
}

struct row {
    const char *template, *data, *wanted;
    const char *partials; /* or NULL */
};

static size_t try_row(const struct row *row, const struct template_tags *tags,
                      struct template_renderer renderer)
{
    json_t *data = json_of(row->data), *partials = row->partials ? json_of(row->partials) : NULL;
    struct work work;
    size_t wrong;

    work_init(&work, tags);
    work.partials = partials;
    if (work_parse(&work, str_of(row->template)))
        work_render(&work, renderer, data);
    wrong = differs(row->template, buf_str(&work.out), row->wanted);
    wrong += differs(row->template, str_of(work.found), "");
    work_release(&work);
    json_decref(partials);
    json_decref(data);
    return wrong;
}

static void mustache(void **state)
{
    static const struct row rows[] = {
        /* variables */
        {"", "{}", "", NULL},
        {"{ } {x} }}\n", "{}", "{ } {x} }}\n", NULL},
        {"{{a}}{{ a }}{{\na\n}}", "{\"a\": \"x\"}", "xxx", NULL},
        {"{{a}} {{{a}}} {{&a}} {{{ a }}} {{& a }}", "{\"a\": \"<&\"}", "&lt;&amp; <& <& <& <&",
         NULL},
        {"{{a}}}", "{\"a\": 1}", "1}", NULL},
        {"({{a}})({{b}})", "{\"a\": null}", "()()", NULL},
        {"{{a}} {{b}}", "{\"a\": true, \"b\": false}", "true false", NULL},
        {"{{a}}", "{\"a\": \"{{b}}\", \"b\": 1}", "{{b}}", NULL},
        {"({{a}}{{b}})", "{\"a\": [1], \"b\": {\"c\": 1}}", "()", NULL},
        {"{{õ}} {{a-b_c@1/2}}", "{\"õ\": 1, \"a-b_c@1/2\": 2}", "1 2", NULL},
        /* numbers */
        {"{{#.}}{{.}} {{/.}}",
         "[0, -7, 9223372036854775807, 1.21, 0.1, 20.0, 100000.0, -0.5, 0.30000000000000004, 1e300,"
         " 3.141592653589793]",
         "0 -7 9223372036854775807 1.21 0.1 20 100000 -0.5 0.30000000000000004 1e+300 "
         "3.141592653589793 ",
         NULL},
        /* names */
        {"{{.}}", "\"x\"", "x", NULL},
        {"{{a.b.c}}", "{\"a\": {\"b\": {\"c\": 1}}}", "1", NULL},
        {"({{a.b}})", "{\"a.b\": 1, \"a\": {}}", "()", NULL},
        {"({{#a}}{{b.c}}{{/a}})", "{\"a\": {\"b\": {}}, \"b\": {\"c\": 1}}", "()", NULL},
        {"{{#a}}{{b}}{{c}}{{/a}}", "{\"a\": {\"b\": 1}, \"b\": 2, \"c\": 3}", "13", NULL},
        {"({{#a}}{{b}}{{/a}})", "{\"a\": {\"b\": null}, \"b\": 2}", "()", NULL},
        /* sections */
        {"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": true}", "yes", NULL},
        {"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": {}}", "yes", NULL},
        {"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": -1}", "yes", NULL},
        {"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": 0.5}", "yes", NULL},
        {"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": \"x\"}", "yes", NULL},
        {"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": false}", "no", NULL},
        {"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": null}", "no", NULL},
        {"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": 0}", "no", NULL},
        {"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": \"\"}", "no", NULL},
        {"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": []}", "no", NULL},
        {"{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{}", "no", NULL},
        {"{{#a}}{{.}},{{/a}}", "{\"a\": [0, \"\", \"<\", true]}", "0,,&lt;,true,", NULL},
        {"{{#a}}{{#.}}{{.}}{{/.}};{{/a}}", "{\"a\": [[1, 2], [3]]}", "12;3;", NULL},
        {"{{#a}}{{b}}{{#a}}{{b}}{{/a}}{{/a}}", "{\"a\": {\"a\": {\"b\": 2}, \"b\": 1}}", "12",
         NULL},
        /* tags alone on their line */
        {"a\n{{#x}}\nb\n{{/x}}\nc", "{\"x\": 1}", "a\nb\nc", NULL},
        {"a\r\n \t{{#x}} \r\nb\r\n  {{/x}}", "{\"x\": 1}", "a\r\nb\r\n", NULL},
        {" {{#x}}\n{{/x}} .", "{\"x\": 1}", " .", NULL},
        {" {{#x}} {{/x}}\n", "{\"x\": 1}", "  \n", NULL},
        {"a\n  {{! two\n  lines }}\nb", "{}", "a\nb", NULL},
        {"a\n  {{! x }} {{! y }}\nb", "{}", "a\n   \nb", NULL},
        {"  {{x}}\n", "{\"x\": 1}", "  1\n", NULL},
        /* comments, delimiters */
        {"1{{! no {{ tag }}2", "{}", "12", NULL},
        {"{{=<% %>=}}<%a%>{{a}}<%={{ }}=%>{{a}}<%a%>", "{\"a\": 1}", "1{{a}}1<%a%>", NULL},
        {"{{= | | =}}|a||#a|b|/a|", "{\"a\": 1}", "1b", NULL},
        {"{{=<% %>=}}<%{a}%><%&a%>", "{\"a\": \"<\"}", "<<", NULL},
        /* partials */
        {"{{>p}}{{> p }}", "{\"a\": 1}", "[1][1]", "{\"p\": \"[{{a}}]\"}"},
        {"({{>q}})", "{}", "()", "{}"},
        {"{{=| |=}}|>p|", "{\"a\": 1}", "1|a|", "{\"p\": \"{{a}}|a|\"}"},
        {"{{>p}}", "{\"a\": 1, \"l\": [{\"a\": 2, \"l\": []}]}", "1(2())",
         "{\"p\": \"{{a}}({{#l}}{{>p}}{{/l}})\"}"},
        {"  {{>p}}\nz", "{\"a\": \"1\\n2\"}", "  x\n  1\n2\n  y\nz",
         "{\"p\": \"x\\n{{a}}\\ny\\n\"}"},
        {" {{>p}}\nz", "{}", " x\n  y\n  y\n z\nz",
         "{\"p\": \"x\\n {{>q}}\\nz\\n\", \"q\": \"y\\ny\\n\"}"},
        {" {{>p}}\n", "{\"b\": [1, 2]}", " x\n 1\n 2\n y\n",
         "{\"p\": \"x\\n{{#b}}\\n{{.}}\\n{{/b}}\\ny\\n\"}"},
        {" {{>p}}\n", "{}", " 1\n2 3\n 4\n", "{\"p\": \"{{>q}} 3\\n4\\n\", \"q\": \"1\\n2\"}"},
        {"x{{#f}}\n{{/f}}\n {{>p}}", "{}", "x y", "{\"p\": \"y\"}"},
        {"- {{>p}}\n", "{}", "- x\ny\n", "{\"p\": \"x\\ny\"}"},
        /* `_` without translations */
        {"{{#_}}a {{x}}{{/_}}{{^_}}no{{/_}}", "{\"_\": true, \"x\": 1}", "a 1", NULL},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        wrong += try_row(&rows[i], &template_tags_usual, (struct template_renderer){0});
    assert_int_equal(wrong, 0);
}

static size_t try_case(const char *file, const json_t *test)
{
    const char *text = json_string_value(json_object_get(test, "template"));
    char *name = mem_printf("%s: %s", file, json_string_value(json_object_get(test, "name")));
    struct work work;
    size_t wrong;

    work_init(&work, &template_tags_usual);
    work.partials = json_object_get(test, "partials");
    if (work_parse(&work, str_of(text)))
        work_render(&work, (struct template_renderer){0}, json_object_get(test, "data"));
    wrong = differs(name, buf_str(&work.out), json_string_value(json_object_get(test, "expected")));
    wrong += differs(name, str_of(work.found), "");
    work_release(&work);
    free(name);
    return wrong;
}

static void specification(void **state)
{
    static const char *const files[] = {"comments", "delimiters", "interpolation",
                                        "inverted", "partials",   "sections"};
    char *folder = test_data("mustache");
    size_t wrong = 0, cases = 0, i;
    const json_t *test;

    (void)state;
    for (size_t f = 0; f < COUNT(files); f++) {
        char *path = mem_printf("%s/%s.json", folder, files[f]);
        json_t *spec = json_load_file(path, 0, NULL);

        assert_non_null(spec);
        json_array_foreach(json_object_get(spec, "tests"), i, test)
        {
            wrong += try_case(files[f], test);
            cases++;
        }
        json_decref(spec);
        free(path);
    }
    print_message("# %zu cases of the specification\n", cases);
    free(folder);
    assert_int_equal(wrong, 0);
}

/* Strangers' values, as JSON texts. */
static const char *const hostile[] = {
    "\"{{x}}\"",
    "\"{{{x}}}\"",
    "\"{{#x}}\"",
    "\"{{=| |=}}\"",
    "\"<%x%>\"",
    "\"<%={{ }}=%>\"",
    "\"&\"",
    "\"&#123;&#123;x}}\"",
    "\"<script>alert(1)</script>\"",
    "\"\\\" onload='x' \\\"\"",
    "\"a\\u0000<b>{{x}}\"",
    "\"\\u202egnp.exe\"",
    "\"{\"",
    "\"}\"",
    "\"}}\"",
    "\"{{\"",
    "\"{{x\"",
    "\"\"",
};

static bool has_any(struct str text, const char *bytes)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] && strchr(bytes, text.data[i]))
            return true;
    return false;
}

/* A page of both phases in which the value stands alone, in a message, and between
 * braces of the template's own: it comes out three times as text, each in (). */
static void try_both_phases(const json_t *value)
{
    static const char page[] = "(<%v%>)(<%#_%><%v%><%/_%>){{#x}}({<%v%>}){{/x}}";
    json_t *data = json_pack("{s:O, s:s}", "v", value, "x", "SLOT");
    struct template_renderer first = {.escape = html_text_for_template, .translate = translate};
    struct buf wanted = BUF_INIT, escaped = BUF_INIT;
    struct work work, later;

    html_text_for_template(&escaped,
                           (struct str){json_string_value(value), json_string_length(value)});
    work_init(&work, &template_tags_two_phase);
    work_init(&later, &template_tags_usual);
    assert_true(work_parse(&work, str_of(page)));
    assert_true(work_render(&work, first, data));
    assert_false(has_any(buf_str(&escaped), "<>\"'{"));
    for (size_t i = 0; i < 3; i++) {
        buf_adds(&wanted, i < 2 ? "(" : "({");
        buf_addstr(&wanted, buf_str(&escaped));
        buf_adds(&wanted, i < 2 ? ")" : "})");
    }
    if (memchr(work.out.data, '\0', work.out.len)) {
        assert_false(work_parse(&later, buf_str(&work.out)));
    } else {
        assert_true(work_parse(&later, buf_str(&work.out)));
        assert_true(work_render(&later, (struct template_renderer){.strict = true}, data));
        assert_int_equal(later.out.len, wanted.len);
        assert_memory_equal(later.out.data, wanted.data, wanted.len);
    }
    work_release(&later);
    work_release(&work);
    buf_release(&escaped);
    buf_release(&wanted);
    json_decref(data);
}

static void hostile_values(void **state)
{
    char *long_text = mem_alloc(100001);
    json_t *value;

    (void)state;
    for (size_t i = 0; i < COUNT(hostile); i++) {
        value = json_of(hostile[i]);
        try_both_phases(value);
        json_decref(value);
    }
    for (size_t i = 0; i < 100000; i++)
        long_text[i] = "{{x}}<%x%>&\"'"[i % 13];
    value = json_string(long_text);
    try_both_phases(value);
    json_decref(value);
    free(long_text);
}

/* In the page's own phase: escaped once, whole, also behind a NUL. */
static void hostile_values_one_phase(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(hostile); i++) {
        json_t *value = json_of(hostile[i]), *data = json_pack("{s:O, s:s}", "v", value, "x", "y");
        struct buf wanted = BUF_INIT;
        struct work work;

        html_text(&wanted, (struct str){json_string_value(value), json_string_length(value)});
        work_init(&work, &template_tags_usual);
        assert_true(work_parse(&work, str_of("{{v}}")));
        assert_true(work_render(&work, (struct template_renderer){0}, data));
        assert_int_equal(work.out.len, wanted.len);
        assert_memory_equal(work.out.data, wanted.data, wanted.len);
        work_release(&work);
        buf_release(&wanted);
        json_decref(data);
        json_decref(value);
    }
}

static void messages_rendered(void **state)
{
    static const struct {
        const char *template, *translation, *wanted;
        const struct template_tags *tags;
    } rows[] = {
        /* of one phase; x is <X>, y is Y */
        {"{{#_}}of {{x}}{{/_}}", NULL, "of &lt;X&gt;", &template_tags_usual},
        {"{{#_}} of\n  {{ x }} {{/_}}", NULL, "of &lt;X&gt;", &template_tags_usual},
        {"{{#_}}of {{x}}{{/_}}", "{{x}}: {{ x }}", "&lt;X&gt;: &lt;X&gt;", &template_tags_usual},
        {"{{#_}}of {{x}}{{/_}}", "", "", &template_tags_usual},
        {"{{#_}}R&D{{/_}}", NULL, "R&amp;D", &template_tags_usual},
        {"a\n  {{#_}}b{{/_}}\nc", "同意", "a\n  同意\nc", &template_tags_usual},
        {"a\n{{#_}}\nb\n{{/_}}\nc", NULL, "a\nb\nc", &template_tags_usual},
        {"{{^_}}no{{/_}}", NULL, "no", &template_tags_usual},
        /* a translation that should not be there */
        {"{{#_}}{{x}}{{/_}}", "<b>&amp;", "&lt;b&gt;&amp;amp;", &template_tags_usual},
        {"{{#_}}{{x}}{{/_}}", "{{y}}{{x.z}}{{.}}", "{{y}}{{x.z}}{{.}}", &template_tags_usual},
        {"{{#_}}{{x}}{{/_}}", "{{{x}}} {{&x}}", "{{{x}}} {{&amp;x}}", &template_tags_usual},
        {"{{#_}}{{x}}{{/_}}", "{{#x}}1{{/x}}{{>x}}{{^x}}", "{{#x}}1{{/x}}{{&gt;x}}{{^x}}",
         &template_tags_usual},
        {"{{#_}}{{x}}{{/_}}", "{{=| |=}}|x|{{!x}}", "{{=| |=}}|x|{{!x}}", &template_tags_usual},
        {"{{#_}}{{x}}{{/_}}", "{{", "{{", &template_tags_usual},
        {"{{#_}}{{x}}{{/_}}", "{{x", "{{x", &template_tags_usual},
        {"{{#_}}{{x}}{{/_}}", "{{}}{{ }}{{x y}}}}", "{{}}{{ }}{{x y}}}}", &template_tags_usual},
        {"{{#_}}{{x}}{{/_}}", "{{#{{x}}", "{{#{{x}}", &template_tags_usual},
        /* of two phases */
        {"<%#_%>{{d}} <%x%><%/_%>", NULL, "{{d}} &lt;X&gt;", &template_tags_two_phase},
        {"<%#_%>{{d}} <%x%><%/_%>", "<%x%>:{{ d }}", "&lt;X&gt;:{{ d }}", &template_tags_two_phase},
        {"{{#d}}<%#_%>{ {{d}} }<%/_%>{{/d}}", NULL, "{{#d}}&#123; {{d}} }{{/d}}",
         &template_tags_two_phase},
        {"<%#_%>{{d}}<%/_%>", "{{x}}", "&#123;&#123;x}}", &template_tags_two_phase},
        {"<%#_%>{{d}}<%/_%>", "{{{d}}}", "&#123;&#123;&#123;d}}}", &template_tags_two_phase},
        {"<%#_%>{{d}}<%/_%>", "{{d}}}", "{{d}}}", &template_tags_two_phase},
        {"<%#_%>{{d}}<%/_%>", "{ {{#d}}{{", "&#123; &#123;&#123;#d}}&#123;&#123;",
         &template_tags_two_phase},
        {"<%#_%>{{d}}<%/_%>", "<%d%> <%x%>", "&lt;%d%&gt; &lt;%x%&gt;", &template_tags_two_phase},
        {"<%#_%>{{d}} <%x%><%/_%>", "{<%x%>{d}}", "&#123;&lt;X&gt;&#123;d}}",
         &template_tags_two_phase},
        /* delimiters that the template sets itself */
        {"{{=[ ]=}}[#_]of [x][/_]", "[x] {{x}}", "&lt;X&gt; {{x}}", &template_tags_usual},
    };
    json_t *data = json_of("{\"x\": \"<X>\", \"y\": \"Y\"}");
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool later = rows[i].tags->later_open != NULL;
        struct template_renderer renderer = {.escape = later ? html_text_for_template : html_text,
                                             .translate = translate};
        struct work work;

        work_init(&work, rows[i].tags);
        work.translation = rows[i].translation;
        if (work_parse(&work, str_of(rows[i].template)))
            work_render(&work, renderer, data);
        wrong += differs(rows[i].template, buf_str(&work.out), rows[i].wanted);
        wrong += differs(rows[i].template, str_of(work.found), "");
        work_release(&work);
    }
    json_decref(data);
    assert_int_equal(wrong, 0);
}

static void note_message(void *context, const char *msgid, const char *note, struct place place)
{
    buf_addf(context, "%zu: %s%s%s\n", place_line(place), msgid, note ? " | " : "",
             note ? note : "");
}

static void messages_listed(void **state)
{
    struct buf list = BUF_INIT;
    struct work work;

    (void)state;
    work_init(&work, &template_tags_usual);
    assert_true(work_parse(&work, str_of("{{! note: old }}{{! note:  a\n button }}{{! comment }}\n"
                                         "{{#x}}<p>{{#_}} I\tagree \n to  {{ a }}.{{/_}}{{/x}}\n"
                                         "{{#_}}Õ\xc2\xa0同意{{/_}}{{^x}}\n"
                                         "{{! note: last }}{{^_}}{{/_}}{{#_}}No{{/_}}{{/x}}\n")));
    template_messages(work.template, note_message, &list);
    assert_string_equal(list.data, "3: I agree to {{ a }}. | a button\n"
                                   "5: Õ\xc2\xa0同意\n"
                                   "6: No | last\n");
    work_release(&work);
    buf_release(&list);
}

static void same_variables(void **state)
{
    static const struct {
        const char *msgid, *translation, *why; /* NULL: they are the same */
        const struct template_tags *tags;
    } rows[] = {
        {"", "", NULL, &template_tags_usual},
        {"of {{a}}, {{b}}", "{{b}} {{ a }}{{b}}", NULL, &template_tags_usual},
        {"{{a}}{{a}}", "{{a}} <b> { }}", NULL, &template_tags_usual},
        {"{{a}}", "", "lacks {{a}}", &template_tags_usual},
        {"{{a}} {{b}}", "{{a}}", "lacks {{b}}", &template_tags_usual},
        {"a", "{{a}}", "has {{a}}, which the message does not have", &template_tags_usual},
        {"{{a}}", "{{A}}", "has {{A}}, which the message does not have", &template_tags_usual},
        {"{{a}}", "{{{a}}}", "has {{{a}}}, which the message does not have", &template_tags_usual},
        {"{{a}}", "{{#a}}{{a}}", "has {{#a}}, which the message does not have",
         &template_tags_usual},
        {"{{a}}", "{{a}}{{! x }}", "has {{! x }}, which the message does not have",
         &template_tags_usual},
        {"{{a}}", "{{a", "lacks {{a}}", &template_tags_usual},
        {"{{a}}", "{{a}}{{", NULL, &template_tags_usual},
        {"{{a}}", "}}{{a}}{{{{", NULL, &template_tags_usual},
        {"<%a%>", "{{ <%a%> {{", NULL, &template_tags_two_phase},
        {"{{a}}", "<% {{a}} <%", NULL, &template_tags_two_phase},
        {"{{a}}", "{{a}}<%b%>", NULL, &template_tags_usual},
        {"<%a%>{{b}}", "{{b}}<%a%>", NULL, &template_tags_two_phase},
        {"<%a%>{{b}}", "<%a%>", "lacks {{b}}", &template_tags_two_phase},
        {"<%a%>{{b}}", "{{a}}{{b}}", "has {{a}}, which the message does not have",
         &template_tags_two_phase},
        {"{{b}}", "{{b}}<%#b%>", "has <%#b%>, which the message does not have",
         &template_tags_two_phase},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf why = BUF_INIT;
        bool same = template_same_variables(rows[i].msgid, rows[i].translation, rows[i].tags, &why);

        wrong += differs(rows[i].translation, buf_str(&why), rows[i].why ? rows[i].why : "");
        assert_int_equal(same, !rows[i].why);
        buf_release(&why);
    }
    assert_int_equal(wrong, 0);
}

/* Not followed to the end each: this would take minutes. */
static void open_ends(void **state)
{
    struct buf translation = BUF_INIT, why = BUF_INIT;

    (void)state;
    for (size_t i = 0; i < 500000; i++)
        buf_adds(&translation, "{{");
    assert_true(template_same_variables("", translation.data, &template_tags_usual, &why));
    buf_release(&translation);
    buf_release(&why);
}

static void parse_findings(void **state)
{
    static const struct {
        const char *template, *wanted;
        const struct template_tags *tags;
    } rows[] = {
        {"a {{b",
         "t:1:3: error: the tag is not closed\n"
         "    1 | a {{b\n"
         "      |   ^\n"
         "      = remedy: write }} at its end\n",
         &template_tags_usual},
        {"õ {{{b}}",
         "t:1:3: error: the tag is not closed\n"
         "    1 | õ {{{b}}\n"
         "      |   ^\n"
         "      = remedy: write }}} at its end\n",
         &template_tags_usual},
        {"{{",
         "t:1:1: error: the tag is not closed\n"
         "    1 | {{\n"
         "      | ^\n"
         "      = remedy: write }} at its end\n",
         &template_tags_usual},
        {"a\n {{#}}",
         "t:2:2: error: the tag has no name\n"
         "    2 |  {{#}}\n"
         "      |  ^\n"
         "      = remedy: write a name between the delimiters\n",
         &template_tags_usual},
        {"<% %>",
         "t:1:1: error: the tag has no name\n"
         "    1 | <% %>\n"
         "      | ^\n"
         "      = remedy: write a name between the delimiters\n",
         &template_tags_two_phase},
        {"{{a\n{{b}}",
         "t:1:1: error: the tag does not contain a name\n"
         "    1 | {{a\n"
         "      | ^\n"
         "      = remedy: close the tag, or write a name without white space, braces and <>\n",
         &template_tags_usual},
        {"{{a..b}}",
         "t:1:1: error: the tag does not contain a name\n"
         "    1 | {{a..b}}\n"
         "      | ^\n"
         "      = remedy: close the tag, or write a name without white space, braces and <>\n",
         &template_tags_usual},
        {"{{a.}}",
         "t:1:1: error: the tag does not contain a name\n"
         "    1 | {{a.}}\n"
         "      | ^\n"
         "      = remedy: close the tag, or write a name without white space, braces and <>\n",
         &template_tags_usual},
        {"{{ #a}}",
         "t:1:1: error: the tag does not contain a name\n"
         "    1 | {{ #a}}\n"
         "      | ^\n"
         "      = remedy: close the tag, or write a name without white space, braces and <>\n",
         &template_tags_usual},
        {"{{=}}",
         "t:1:1: error: the tag is not closed\n"
         "    1 | {{=}}\n"
         "      | ^\n"
         "      = remedy: write =}} at its end\n",
         &template_tags_usual},
        {"a\n{{#b}}{{^c}}\n{{/c}}",
         "t:2:1: error: section \"b\" is not closed\n"
         "    2 | {{#b}}{{^c}}\n"
         "      | ^\n"
         "      = remedy: write {{/b}} where it ends\n",
         &template_tags_usual},
        {"{{/b}}",
         "t:1:1: error: section \"b\" is closed but not open\n"
         "    1 | {{/b}}\n"
         "      | ^\n"
         "      = remedy: remove it, or open the section before it\n",
         &template_tags_usual},
        {"<%#a%> <%#b%> <%/a%>",
         "t:1:15: error: section \"a\" is closed while \"b\" is open\n"
         "    1 | <%#a%> <%#b%> <%/a%>\n"
         "      |               ^\n"
         "      = remedy: write <%/b%> before it\n",
         &template_tags_two_phase},
        {"{{=<% %> x=}}",
         "t:1:1: error: a tag that sets delimiters needs two words\n"
         "    1 | {{=<% %> x=}}\n"
         "      | ^\n"
         "      = remedy: write {{=OPEN CLOSE=}}\n",
         &template_tags_usual},
        {"{{==}}",
         "t:1:1: error: a tag that sets delimiters needs two words\n"
         "    1 | {{==}}\n"
         "      | ^\n"
         "      = remedy: write {{=OPEN CLOSE=}}\n",
         &template_tags_usual},
        {"{{=a= b=}}",
         "t:1:1: error: a tag that sets delimiters needs two words\n"
         "    1 | {{=a= b=}}\n"
         "      | ^\n"
         "      = remedy: write {{=OPEN CLOSE=}}\n",
         &template_tags_usual},
        {"{{#_}} {{/_}}",
         "t:1:7: error: the message is empty\n"
         "    1 | {{#_}} {{/_}}\n"
         "      |       ^\n"
         "      = remedy: write its words between the tags\n",
         &template_tags_usual},
        {"{{#_}}a {{#b}}c{{/b}}{{/_}}",
         "t:1:9: error: a message contains only words and variables\n"
         "    1 | {{#_}}a {{#b}}c{{/b}}{{/_}}\n"
         "      |         ^\n"
         "      = remedy: end the message before this tag\n",
         &template_tags_usual},
        {"{{#_}}a {{{b}}}{{/_}}",
         "t:1:9: error: a message contains only words and variables\n"
         "    1 | {{#_}}a {{{b}}}{{/_}}\n"
         "      |         ^\n"
         "      = remedy: end the message before this tag\n",
         &template_tags_usual},
        {"<%#_%>a {{#b}}<%/_%>{{/b}}",
         "t:1:9: error: a message contains only words and variables\n"
         "    1 | <%#_%>a {{#b}}<%/_%>{{/b}}\n"
         "      |         ^\n"
         "      = remedy: end the message before this tag\n",
         &template_tags_two_phase},
    };
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct work work;

        work_init(&work, rows[i].tags);
        assert_false(work_parse(&work, str_of(rows[i].template)));
        wrong += differs(rows[i].template, str_of(work.found), rows[i].wanted);
        work_release(&work);
    }
    assert_int_equal(wrong, 0);
}

static void strict_findings(void **state)
{
    static const struct {
        const char *template, *data, *wanted; /* NULL: nothing is found */
    } rows[] = {
        {"{{a}}{{b}}{{c}}{{#a}}{{/a}}{{^b}}{{/b}}{{#d}}{{/d}}",
         "{\"a\": null, \"b\": false, \"c\": \"\", \"d\": []}", NULL},
        {"{{> p}}", "{}", NULL},
        {" {{x}}", "{\"b\": 1, \"a\": 2}",
         "t:1:2: error: unknown slot \"x\"\n"
         "    1 |  {{x}}\n"
         "      |  ^\n"
         "      = remedy: the names here are a, b\n"},
        {"{{#a}}{{^x}}{{/x}}{{/a}}", "{\"a\": {\"b\": 1}}",
         "t:1:7: error: unknown slot \"x\"\n"
         "    1 | {{#a}}{{^x}}{{/x}}{{/a}}\n"
         "      |       ^\n"
         "      = remedy: the names here are b\n"},
        /* once in a loop; the names are those of the object around */
        {"{{#a}}{{x}}{{/a}}", "{\"a\": [1, 2, 3]}",
         "t:1:7: error: unknown slot \"x\"\n"
         "    1 | {{#a}}{{x}}{{/a}}\n"
         "      |       ^\n"
         "      = remedy: the names here are a\n"},
        {"{{a.b}}", "{\"a\": {}}",
         "t:1:1: error: unknown slot \"a.b\"\n"
         "    1 | {{a.b}}\n"
         "      | ^\n"
         "      = remedy: the names here are a\n"},
        {"{{#_}}a {{x}}{{/_}}", "{}",
         "t:1:9: error: unknown slot \"x\"\n"
         "    1 | {{#_}}a {{x}}{{/_}}\n"
         "      |         ^\n"
         "      = remedy: there are no names here\n"},
        {"{{x}}",
         "{\"n\": 1, \"m\": 1, \"l\": 1, \"k\": 1, \"j\": 1, \"i\": 1, \"h\": 1, \"g\": 1, \"f\": "
         "1,"
         " \"e\": 1, \"d\": 1, \"c\": 1, \"b\": 1, \"a\": 1}",
         "t:1:1: error: unknown slot \"x\"\n"
         "    1 | {{x}}\n"
         "      | ^\n"
         "      = remedy: the names here are a, b, c, d, e, f, g, h, i, j, k, l, …\n"},
        {"{{> q}}", "{}",
         "t:1:1: error: unknown partial \"q\"\n"
         "    1 | {{> q}}\n"
         "      | ^\n"
         "      = remedy: check the name, or write the template\n"},
        {"{{a}}", "{\"a\": []}",
         "t:1:1: error: slot \"a\" is a list or an object\n"
         "    1 | {{a}}\n"
         "      | ^\n"
         "      = remedy: make it a section, or name what is in it\n"},
        {"{{x}}\n{{{y}}}", "{}",
         "t:1:1: error: unknown slot \"x\"\n"
         "    1 | {{x}}\n"
         "      | ^\n"
         "      = remedy: there are no names here\n"
         "t:2:1: error: unknown slot \"y\"\n"
         "    2 | {{{y}}}\n"
         "      | ^\n"
         "      = remedy: there are no names here\n"},
    };
    struct template_renderer strict = {.strict = true, .translate = translate};
    json_t *partials = json_of("{\"p\": \"\"}");
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_t *data = json_of(rows[i].data);
        struct work work;

        work_init(&work, &template_tags_usual);
        work.partials = partials;
        assert_true(work_parse(&work, str_of(rows[i].template)));
        assert_int_equal(work_render(&work, strict, data), !rows[i].wanted);
        wrong +=
            differs(rows[i].template, str_of(work.found), rows[i].wanted ? rows[i].wanted : "");
        work_release(&work);
        json_decref(data);
    }
    json_decref(partials);
    assert_int_equal(wrong, 0);
}

static void nested_sections(struct buf *text, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        buf_adds(text, "{{#a}}");
    for (size_t i = 0; i < depth; i++)
        buf_adds(text, "{{/a}}");
}

static void deep_sections(void **state)
{
    static const struct {
        size_t depth;
        bool fine;
    } rows[] = {{100, true}, {101, false}, {10000, false}};
    json_t *data = json_of("{\"a\": true}");

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf text = BUF_INIT;
        struct work work;

        work_init(&work, &template_tags_usual);
        nested_sections(&text, rows[i].depth);
        assert_int_equal(work_parse(&work, buf_str(&text)), rows[i].fine);
        assert_true(!rows[i].fine || work_render(&work, (struct template_renderer){0}, data));
        assert_int_equal(work.findings.errors, !rows[i].fine);
        assert_true(rows[i].fine || strstr(work.found, "sections nested deeper than 100"));
        work_release(&work);
        buf_release(&text);
    }
    json_decref(data);
}

static void deep_partials(void **state)
{
    static const char *const rows[] = {
        "{\"p\": \"{{>p}}\"}",
        "{\"p\": \"{{>p}}{{>p}}\"}",
        "{\"p\": \"  {{>q}}\\n\", \"q\": \" {{#a}}{{>p}}{{/a}}\\n {{>p}}\"}",
    };
    json_t *data = json_of("{\"a\": [1, 2]}");

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        json_t *partials = json_of(rows[i]);
        struct work work;

        work_init(&work, &template_tags_usual);
        work.partials = partials;
        assert_true(work_parse(&work, str_of("{{>p}}")));
        assert_false(work_render(&work, (struct template_renderer){0}, data));
        assert_int_equal(work.findings.errors, 1);
        assert_non_null(strstr(work.found, "sections and partials nested deeper than 100"));
        work_release(&work);
        json_decref(partials);
    }
    json_decref(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mustache),          cmocka_unit_test(specification),
        cmocka_unit_test(hostile_values),    cmocka_unit_test(hostile_values_one_phase),
        cmocka_unit_test(messages_rendered), cmocka_unit_test(messages_listed),
        cmocka_unit_test(same_variables),    cmocka_unit_test(open_ends),
        cmocka_unit_test(parse_findings),    cmocka_unit_test(strict_findings),
        cmocka_unit_test(deep_sections),     cmocka_unit_test(deep_partials),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
