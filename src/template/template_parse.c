/* A template becomes a flat list of nodes in the order of the source; a section
 * knows where its children end.  Nothing recurses, so no source can exhaust the
 * stack, and freeing is one loop.  Texts and names look at the source. */
#include "template_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct parser {
    struct template *template; /* what there is so far */
    struct str text;           /* the whole source */
    size_t offset;             /* the source before it is parsed */
    struct phases phases;
    struct findings *findings;
    struct str note;   /* for the next message; data NULL: none */
    struct str indent; /* before the tag, if it is alone on its line; else data NULL */
    struct {
        size_t node;
        size_t body; /* the offset behind the opening tag */
    } open[TEMPLATE_DEPTH];
    size_t depth; /* sections that are open */
};

static struct place place_of(const struct parser *parser, struct str text)
{
    return (struct place){parser->template->source, (size_t)(text.data - parser->text.data)};
}

/* A finding at some part of the source; false, to be returned. */
static bool fail(const struct parser *parser, struct str where, const char *remedy,
                 const char *message)
{
    finding(parser->findings, FINDING_ERROR, place_of(parser, where), remedy, "%s", message);
    return false;
}

/* The same with both texts from mem_printf, which it frees. */
static bool fail_free(const struct parser *parser, struct str where, char *remedy, char *message)
{
    fail(parser, where, remedy, message);
    free(message);
    free(remedy);
    return false;
}

/* The tag as the editor would write it: {{/name}}.  To be freed. */
static char *tag_written(const struct parser *parser, char sigil, struct str name)
{
    const struct delimiters *now = &parser->phases.now;

    return mem_printf("%.*s%c%.*s%.*s", (int)now->open.len, now->open.data, sigil, (int)name.len,
                      name.data, (int)now->close.len, now->close.data);
}

static struct template_node *add_node(struct parser *parser, enum node_kind kind, struct str text,
                             size_t offset)
{
    struct template *template = parser->template;
    struct template_node *node;

    template->nodes = mem_grow(template->nodes, template->count, sizeof *template->nodes);
    node = &template->nodes[template->count++];
    *node = (struct template_node){
        .kind = kind, .text = text, .offset = offset, .end = template->count};
    return node;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* White space folded to single spaces and trimmed; to be freed. */
static char *folded(struct str text)
{
    struct buf out = BUF_INIT;

    text = str_trim(text);
    for (size_t i = 0; i < text.len; i++)
        if (!is_space(text.data[i]))
            buf_addc(&out, text.data[i]);
        else if (!is_space(text.data[i - 1]))
            buf_addc(&out, ' ');
    return buf_detach(&out);
}

static bool take_variable(struct parser *parser, const struct tag *tag, enum node_kind kind)
{
    add_node(parser, kind, tag->name, place_of(parser, tag->text).offset);
    return true;
}

static bool take_partial(struct parser *parser, const struct tag *tag, enum node_kind kind)
{
    struct template_node *node =
        add_node(parser, kind, tag->name, place_of(parser, tag->text).offset);

    node->indent = parser->indent;
    return true;
}

static bool take_section(struct parser *parser, const struct tag *tag, enum node_kind kind)
{
    struct template_node *node;

    if (parser->depth == TEMPLATE_DEPTH)
        return fail_free(parser, tag->text, mem_dups("nest fewer sections"),
                         mem_printf("sections nested deeper than %d", TEMPLATE_DEPTH));
    node = add_node(parser, kind, tag->name, place_of(parser, tag->text).offset);
    if (kind == NODE_SECTION && str_is(tag->name, "_")) {
        node->kind = NODE_MESSAGE;
        node->message = mem_alloc(sizeof *node->message);
        node->message->phases = parser->phases;
        node->message->note = parser->note.data ? folded(parser->note) : NULL;
        parser->note = (struct str){0};
    }
    parser->open[parser->depth].node = parser->template->count - 1;
    parser->open[parser->depth++].body = parser->offset;
    return true;
}

static bool end_message(const struct parser *parser, struct template_message *message,
                        struct str body)
{
    struct str rest = body;
    struct piece piece;

    message->msgid = folded(body);
    if (!*message->msgid)
        return fail(parser, body, "write its words between the tags", "the message is empty");
    while (template_piece_next(&rest, &message->phases, &piece))
        if (piece.kind == PIECE_OTHER_TAG)
            return fail(parser, piece.text, "end the message before this tag",
                        "a message contains only words and variables");
    return true;
}

static bool take_end(struct parser *parser, const struct tag *tag, enum node_kind kind)
{
    struct template_node *node;
    size_t body, end = place_of(parser, tag->text).offset;

    (void)kind;
    if (!parser->depth)
        return fail_free(parser, tag->text, mem_dups("remove it, or open the section before it"),
                         mem_printf("section \"%.*s\" is closed but not open", (int)tag->name.len,
                                    tag->name.data));
    node = &parser->template->nodes[parser->open[parser->depth - 1].node];
    body = parser->open[--parser->depth].body;
    if (!str_equal(node->text, tag->name)) {
        char *wanted = tag_written(parser, '/', node->text);
        char *remedy = mem_printf("write %s before it", wanted);

        free(wanted);
        return fail_free(parser, tag->text, remedy,
                         mem_printf("section \"%.*s\" is closed while \"%.*s\" is open",
                                    (int)tag->name.len, tag->name.data, (int)node->text.len,
                                    node->text.data));
    }
    node->end = parser->template->count;
    return !node->message ||
           end_message(parser, node->message, (struct str){parser->text.data + body, end - body});
}

static bool take_comment(struct parser *parser, const struct tag *tag, enum node_kind kind)
{
    static const char note[] = "note:";
    const size_t len = sizeof note - 1;

    (void)kind;
    if (tag->name.len >= len && memcmp(tag->name.data, note, len) == 0)
        parser->note = (struct str){tag->name.data + len, tag->name.len - len};
    return true;
}

/* Two words without an equals sign between equals signs. */
static bool take_delimiters(struct parser *parser, const struct tag *tag, enum node_kind kind)
{
    struct str open = tag->name, close;

    (void)kind;
    for (open.len = 0; open.len < tag->name.len && !is_space(open.data[open.len]);)
        open.len++;
    close = str_trim((struct str){open.data + open.len, tag->name.len - open.len});
    for (size_t i = 0; i < close.len; i++)
        if (is_space(close.data[i]))
            close.len = 0;
    if (!open.len || !close.len || memchr(tag->name.data, '=', tag->name.len)) {
        char *remedy, *example = tag_written(parser, '=', str_of("OPEN CLOSE="));

        remedy = mem_printf("write %s", example);
        free(example);
        return fail_free(parser, tag->text, remedy,
                         mem_dups("a tag that sets delimiters needs two words"));
    }
    parser->phases.now = (struct delimiters){open, close};
    return true;
}

static const struct form {
    char sigil;
    bool named; /* between the delimiters is a name */
    bool alone; /* takes its line with it if there is nothing else on it */
    enum node_kind kind;
    bool (*take)(struct parser *parser, const struct tag *tag, enum node_kind kind);
} forms[] = {
    {'#', true, true, NODE_SECTION, take_section},  {'^', true, true, NODE_INVERTED, take_section},
    {'/', true, true, NODE_SECTION, take_end},      {'>', true, true, NODE_PARTIAL, take_partial},
    {'!', false, true, NODE_TEXT, take_comment},    {'=', false, true, NODE_TEXT, take_delimiters},
    {'{', true, false, NODE_RAW, take_variable},    {'&', true, false, NODE_RAW, take_variable},
    {0, true, false, NODE_VARIABLE, take_variable},
};

static const struct form *form_of(char sigil)
{
    const struct form *form = forms;

    while (form->sigil != sigil)
        form++;
    return form;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Whether [*start, *end) is alone on its line; then they become the line's. */
static bool widen_to_line(struct str text, size_t *start, size_t *end)
{
    size_t from = *start, to = *end;

    while (from && is_blank(text.data[from - 1]))
        from--;
    while (to < text.len && is_blank(text.data[to]))
        to++;
    if (from && text.data[from - 1] != '\n')
        return false;
    if (to + 1 < text.len && text.data[to] == '\r' && text.data[to + 1] == '\n')
        to++;
    if (to < text.len && text.data[to] != '\n')
        return false;
    *start = from;
    *end = to < text.len ? to + 1 : to;
    return true;
}

static void add_text(struct parser *parser, size_t end)
{
    struct str text = {parser->text.data + parser->offset, end - parser->offset};

    if (text.len)
        add_node(parser, NODE_TEXT, text, parser->offset);
}

static bool check_name(const struct parser *parser, const struct tag *tag)
{
    if (!tag->name.len)
        return fail(parser, tag->text, "write a name between the delimiters",
                    "the tag has no name");
    if (!template_is_name(tag->name))
        return fail(parser, tag->text,
                    "close the tag, or write a name without white space, braces and <>",
                    "the tag does not contain a name");
    return true;
}

static bool take_tag(struct parser *parser, const struct tag *tag)
{
    const struct form *form = form_of(tag->sigil);
    size_t offset = place_of(parser, tag->text).offset;
    size_t start = offset, end = offset + tag->text.len;
    bool message;

    if (form->named && !check_name(parser, tag))
        return false;
    parser->indent = (struct str){0};
    message = form->kind == NODE_SECTION && str_is(tag->name, "_");
    if (form->alone && !message && widen_to_line(parser->text, &start, &end))
        parser->indent = (struct str){parser->text.data + start, offset - start};
    add_text(parser, start);
    parser->offset = end;
    return form->take(parser, tag, form->kind);
}

static bool fail_unclosed_tag(const struct parser *parser, struct str rest, char end)
{
    struct str close = parser->phases.now.close;

    return fail_free(
        parser, rest,
        mem_printf("write %s%.*s at its end", (char[]){end, 0}, (int)close.len, close.data),
        mem_dups("the tag is not closed"));
}

static bool fail_unclosed_section(const struct parser *parser)
{
    const struct template_node *node =
        &parser->template->nodes[parser->open[parser->depth - 1].node];
    struct str where = {parser->text.data + node->offset, 0};
    char *wanted = tag_written(parser, '/', node->text);
    char *remedy = mem_printf("write %s where it ends", wanted);

    free(wanted);
    return fail_free(
        parser, where, remedy,
        mem_printf("section \"%.*s\" is not closed", (int)node->text.len, node->text.data));
}

static bool parse(struct parser *parser)
{
    for (;;) {
        struct str rest = {parser->text.data + parser->offset, parser->text.len - parser->offset};
        struct str open = parser->phases.now.open;
        const char *at = memmem(rest.data, rest.len, open.data, open.len);
        struct tag tag;

        if (!at)
            break;
        rest = (struct str){at, (size_t)(rest.data + rest.len - at)};
        if (!template_tag_read(rest, &parser->phases.now, &tag))
            return fail_unclosed_tag(parser, rest, tag.end);
        if (!take_tag(parser, &tag))
            return false;
    }
    add_text(parser, parser->text.len);
    return !parser->depth || fail_unclosed_section(parser);
}

struct template *template_parse(const struct source *source, const struct template_tags *tags,
                                struct findings *findings)
{
    struct parser parser = {
        .text = buf_str(&source->text), .phases = template_phases(tags), .findings = findings};

    assert(*tags->open && *tags->close);
    parser.template = mem_alloc(sizeof *parser.template);
    parser.template->source = source;
    if (parse(&parser))
        return parser.template;
    template_free(parser.template);
    return NULL;
}

static void message_free(struct template_message *message)
{
    if (!message)
        return;
    free(message->msgid);
    free(message->note);
    free(message);
}

void template_free(struct template *template)
{
    if (!template)
        return;
    for (size_t i = 0; i < template->count; i++)
        message_free(template->nodes[i].message);
    free(template->nodes);
    free(template);
}

void template_messages(const struct template *template,
                       void (*take)(void *context, const char *msgid, const char *note,
                                    struct place place),
                       void *context)
{
    for (size_t i = 0; i < template->count; i++) {
        const struct template_node *node = &template->nodes[i];

        if (node->message)
            take(context, node->message->msgid, node->message->note,
                 (struct place){template->source, node->offset});
    }
}
