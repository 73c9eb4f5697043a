/* Nodes and values become text.  The context stack lives on the C stack, one
 * frame for each open section; sections and partials together are counted, so
 * neither can exhaust it.
 *
 * A partial that stands alone on its line is indented as a whole: the lines of
 * its template, not those of its values.  So indentation is written when a line
 * of a template turns out to have something on it. */
#include "template_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct rendering {
    const struct template_renderer *renderer;
    struct buf *out;
    struct findings *findings;
    struct buf indent;          /* of the lines of the partial */
    bool line_start;            /* of a line of the template: nothing of it is written yet */
    size_t depth;               /* sections and partials we are in */
    bool stopped;               /* by too deep nesting */
    const struct template_node **faulty; /* there has been a finding for these */
    size_t faulty_count;
};

/* Where we are: a node of a template, and what names mean there. */
struct spot {
    const struct template *template;
    const struct template_node *node;
    const struct frame *top;
};

static void render_nodes(struct rendering *rendering, const struct template *template, size_t first,
                         size_t end, const struct frame *top);

static struct place spot_place(const struct spot *spot)
{
    return (struct place){spot->template->source, spot->node->offset};
}

/* Notes the node as faulty; false if it was noted before (in a loop). */
static bool first_fault(struct rendering *rendering, const struct template_node *node)
{
    for (size_t i = 0; i < rendering->faulty_count; i++)
        if (rendering->faulty[i] == node)
            return false;
    rendering->faulty =
        mem_grow(rendering->faulty, rendering->faulty_count, sizeof *rendering->faulty);
    rendering->faulty[rendering->faulty_count++] = node;
    return true;
}

/* One finding for each node; frees `remedy` (or NULL). */
__attribute__((format(printf, 4, 5))) static void
fault(struct rendering *rendering, const struct spot *spot, char *remedy, const char *format, ...)
{
    struct buf message = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_addv(&message, format, args);
    va_end(args);
    if (first_fault(rendering, spot->node))
        finding(rendering->findings, FINDING_ERROR, spot_place(spot), remedy, "%s", message.data);
    buf_release(&message);
    free(remedy);
}

/* The value of the spot's name, or NULL, after a finding if strict. */
static const json_t *spot_value(struct rendering *rendering, const struct spot *spot)
{
    struct str name = spot->node->text;
    const json_t *value = template_look_up(name, spot->top);

    if (!value && rendering->renderer->strict)
        fault(rendering, spot, template_names(spot->top), "unknown slot \"%.*s\"", (int)name.len,
              name.data);
    return value;
}

static void begin_line(struct rendering *rendering)
{
    if (rendering->line_start)
        buf_addstr(rendering->out, buf_str(&rendering->indent));
    rendering->line_start = false;
}

static void render_text(struct rendering *rendering, const struct spot *spot)
{
    struct str text = spot->node->text;

    while (text.len) {
        const char *newline = memchr(text.data, '\n', text.len);
        size_t len = newline ? (size_t)(newline - text.data) + 1 : text.len;

        begin_line(rendering);
        buf_add(rendering->out, text.data, len);
        rendering->line_start = newline != NULL;
        text = (struct str){text.data + len, text.len - len};
    }
}

static void render_variable(struct rendering *rendering, const struct spot *spot)
{
    const json_t *value = spot_value(rendering, spot);
    struct str name = spot->node->text, text;
    char number[TEMPLATE_NUMBER_SIZE];

    begin_line(rendering);
    if (!value)
        return;
    if (rendering->renderer->strict && (json_is_array(value) || json_is_object(value)))
        fault(rendering, spot, mem_dups("make it a section, or name what is in it"),
              "slot \"%.*s\" is a list or an object", (int)name.len, name.data);
    text = template_value_text(value, number);
    if (spot->node->kind == NODE_RAW)
        buf_addstr(rendering->out, text);
    else
        rendering->renderer->escape(rendering->out, text);
}

/* Counts the nesting around a rendering of nodes; too much ends all rendering. */
static void render_deeper(struct rendering *rendering, const struct spot *spot,
                          const struct template *template, size_t first, size_t end,
                          const struct frame *top)
{
    if (rendering->depth == TEMPLATE_DEPTH) {
        rendering->stopped = true;
        fault(rendering, spot, mem_dups("check whether a partial includes itself"),
              "sections and partials nested deeper than %d", TEMPLATE_DEPTH);
        return;
    }
    rendering->depth++;
    render_nodes(rendering, template, first, end, top);
    rendering->depth--;
}

static void render_children(struct rendering *rendering, const struct spot *spot,
                            const struct frame *top)
{
    size_t index = (size_t)(spot->node - spot->template->nodes);

    render_deeper(rendering, spot, spot->template, index + 1, spot->node->end, top);
}

static void render_section(struct rendering *rendering, const struct spot *spot)
{
    const json_t *value = spot_value(rendering, spot), *element;
    struct frame frame = {value, spot->top};
    size_t i;

    if (!template_is_true(value))
        return;
    if (!json_is_array(value)) {
        render_children(rendering, spot, &frame);
        return;
    }
    json_array_foreach(value, i, element)
    {
        frame.value = element;
        render_children(rendering, spot, &frame);
    }
}

static void render_inverted(struct rendering *rendering, const struct spot *spot)
{
    if (!template_is_true(spot_value(rendering, spot)))
        render_children(rendering, spot, spot->top);
}

/* The node of a variable of the msgid; NULL: the msgid has no such variable. */
static const struct template_node *find_child(const struct spot *spot, struct str name)
{
    const struct template_node *end = spot->template->nodes + spot->node->end;

    for (const struct template_node *child = spot->node + 1; child < end; child++)
        if (child->kind == NODE_VARIABLE && str_equal(child->text, name))
            return child;
    return NULL;
}

static void render_piece(struct rendering *rendering, const struct spot *spot,
                         const struct piece *piece)
{
    const struct template_message *message = spot->node->message;
    struct spot variable = *spot;

    variable.node = piece->kind == PIECE_VARIABLE ? find_child(spot, piece->name) : NULL;
    if (variable.node)
        render_variable(rendering, &variable);
    else if (piece->kind == PIECE_LATER_VARIABLE &&
             template_message_has(str_of(message->msgid), &message->phases, piece))
        buf_addstr(rendering->out, piece->text);
    else
        rendering->renderer->escape(rendering->out, piece->text);
}

static void render_message(struct rendering *rendering, const struct spot *spot)
{
    const struct template_renderer *renderer = rendering->renderer;
    const struct template_message *message = spot->node->message;
    const char *translation;
    struct piece piece;
    struct str rest;

    if (!renderer->translate) {
        render_section(rendering, spot);
        return;
    }
    translation = renderer->translate(renderer->context, message->msgid, spot_place(spot));
    rest = str_of(translation ? translation : message->msgid);
    begin_line(rendering);
    while (template_piece_next(&rest, &message->phases, &piece))
        render_piece(rendering, spot, &piece);
}

static const struct template *find_partial(struct rendering *rendering, const struct spot *spot)
{
    const struct template_renderer *renderer = rendering->renderer;
    char *name = mem_dup(spot->node->text.data, spot->node->text.len);
    const struct template *partial =
        renderer->partial ? renderer->partial(renderer->context, name) : NULL;

    if (!partial && renderer->strict)
        fault(rendering, spot, mem_dups("check the name, or write the template"),
              "unknown partial \"%s\"", name);
    free(name);
    return partial;
}

/* Alone on its line its lines go on from ours, with more indentation; within a
 * line they have none, and the line goes on behind it. */
static void render_partial(struct rendering *rendering, const struct spot *spot)
{
    const struct template *partial = find_partial(rendering, spot);
    bool alone = spot->node->indent.data != NULL;
    struct buf outer = rendering->indent;

    if (!partial)
        return;
    rendering->indent = (struct buf)BUF_INIT;
    if (alone) {
        buf_addstr(&rendering->indent, buf_str(&outer));
        buf_addstr(&rendering->indent, spot->node->indent);
    } else if (rendering->line_start) {
        buf_addstr(rendering->out, buf_str(&outer));
    }
    rendering->line_start = true;
    render_deeper(rendering, spot, partial, 0, partial->count, spot->top);
    rendering->line_start = alone;
    buf_release(&rendering->indent);
    rendering->indent = outer;
}

static void render_nodes(struct rendering *rendering, const struct template *template, size_t first,
                         size_t end, const struct frame *top)
{
    static void (*const render[])(struct rendering *, const struct spot *) = {
        [NODE_TEXT] = render_text,         [NODE_VARIABLE] = render_variable,
        [NODE_RAW] = render_variable,      [NODE_SECTION] = render_section,
        [NODE_INVERTED] = render_inverted, [NODE_MESSAGE] = render_message,
        [NODE_PARTIAL] = render_partial,
    };
    const struct template_node *nodes = template->nodes;

    for (size_t i = first; i < end && !rendering->stopped; i = nodes[i].end)
        render[nodes[i].kind](rendering, &(struct spot){template, &nodes[i], top});
}

bool template_render(const struct template *template, const struct template_renderer *renderer,
                     const json_t *data, struct buf *out, struct findings *findings)
{
    struct frame root = {data, NULL};
    struct rendering rendering = {.renderer = renderer,
                                  .out = out,
                                  .findings = findings,
                                  .indent = BUF_INIT,
                                  .line_start = true};

    assert(renderer->escape && data);
    render_nodes(&rendering, template, 0, template->count, &root);
    free(rendering.faulty);
    return rendering.faulty_count == 0;
}
