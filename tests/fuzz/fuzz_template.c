/* A template and a translation, both a stranger's.  The template is parsed and
 * rendered, also as a partial of itself, and nothing may fall over.  The translation,
 * in a page of two phases, may open no slot but the one of its msgid.
 * The first byte chooses tags and strictness; a NUL stands before the translation. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/html.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "template/template.h"

/* A list has no list in it: no template makes it grow without end. */
static const char values[] =
    "{\"a\": \"<{{a}}<%a%>&\", \"b\": {\"c\": 1, \"d\": {\"e\": 2.5}}, \"f\": false, \"n\": null,"
    " \"l\": [{\"l\": false, \"a\": 1}, {\"l\": [], \"a\": \"\\u0000\"}], \"s\": [\"x\"]}";

struct strange {
    const struct template *template;
    const char *translation;
};

static const char *translate(void *context, const char *msgid, struct place place)
{
    assert(*msgid && place.offset < place.source->text.len);
    return ((struct strange *)context)->translation;
}

static const struct template *partial(void *context, const char *name)
{
    return *name == 'p' ? ((struct strange *)context)->template : NULL;
}

/* Parses and renders; false after a finding. */
static bool run(struct strange *strange, struct str text, const struct template_tags *tags,
                bool strict, const json_t *data, struct buf *out)
{
    const struct template_renderer renderer = {html_text_for_template, strict, strange, translate,
                                               partial};
    FILE *nowhere = fopen("/dev/null", "w");
    struct findings findings;
    struct template *template = NULL;
    struct source source;
    bool fine;

    findings_init(&findings, nowhere);
    if (source_set(&source, "t", text, &findings))
        strange->template = template = template_parse(&source, tags, &findings);
    assert(!template == (findings.errors > 0));
    fine = template && template_render(template, &renderer, data, out, &findings);
    assert(fine == !findings.errors);
    template_free(template);
    source_release(&source);
    fclose(nowhere);
    return fine;
}

static void check_translation(struct strange *strange)
{
    struct str page = str_of("<p><%#_%><%a%> of {{d}}<%/_%>");
    json_t *first = json_pack("{s:s}", "a", "{{x}}"), *later = json_pack("{s:s}", "d", "D");
    struct buf out = BUF_INIT, why = BUF_INIT;

    assert(run(strange, page, &template_tags_two_phase, true, first, &out));
    if (utf8_invalid(buf_str(&out)) == out.len)
        assert(run(strange, buf_str(&out), &template_tags_usual, true, later, &why));
    buf_release(&why);
    assert(template_same_variables("<%a%> of {{d}}", strange->translation, &template_tags_two_phase,
                                   &why) == !why.len);
    buf_release(&why);
    buf_release(&out);
    json_decref(first);
    json_decref(later);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    unsigned choice = size ? *bytes : 0;
    char *text = mem_dup((const char *)bytes + (size > 0), size - (size > 0));
    size_t len = strlen(text), rest = len + 1 < size ? len + 1 : len;
    struct strange strange = {.translation = text + rest};
    json_t *data = json_loads(values, JSON_ALLOW_NUL, NULL);
    struct buf out = BUF_INIT;

    run(&strange, (struct str){text, len},
        choice & 1 ? &template_tags_two_phase : &template_tags_usual, choice & 2, data, &out);
    check_translation(&strange);
    buf_release(&out);
    json_decref(data);
    free(text);
    return 0;
}
