/* Ids of headings: those that editors chose, and those that follow from words. */
#include <stdlib.h>

#include "base/mem.h"
#include "markdown/heading_id.h"
#include "message_private.h"

static bool has_anchor(const struct cut *cut, const char *id)
{
    return json_object_get(cut->ids, id);
}

/* A number is appended to an id that is taken.  The number would change with the next heading of
 * that name, so the finding asks the editor to choose an id. */
static char *free_id(struct cut *cut, const char *wanted, struct place place)
{
    char *id = heading_id_is_taken(wanted) ? mem_printf("section-%s", wanted) : mem_dups(wanted);

    if (!has_anchor(cut, id))
        return id;
    finding(cut->findings, FINDING_WARNING, place,
            "give one of them an id of its own: <!-- id: … --> before the heading",
            "two headings have the id \"%s\"", id);
    for (json_t *last = json_object_get(cut->ids, id); has_anchor(cut, id);) {
        json_int_t number = json_integer_value(last) + 1;

        json_integer_set(last, number);
        free(id);
        id = mem_printf("%s-%lld", wanted, (long long)number);
    }
    return id;
}

static char *chosen_id(struct cut *cut, struct place place)
{
    char *id = cut_take(&cut->id);
    const char *fault = !is_plain_id(id)          ? "use lower-case letters, digits and hyphens"
                        : heading_id_is_taken(id) ? "choose another: pages use it themselves"
                        : has_anchor(cut, id)     ? "choose another: a heading already has it"
                                                  : NULL;

    if (fault)
        finding(cut->findings, FINDING_ERROR, place, fault, "\"%s\" cannot be this heading's id",
                id);
    return id;
}

void cut_heading(struct cut *cut, const struct markdown_event *event)
{
    struct article *article = cut->article;
    struct anchor anchor = {
        .chosen = cut->id.text.len > 0, .place = cut_place(cut, event), .heading = event->node};
    struct buf words = BUF_INIT, wanted = BUF_INIT;

    markdown_plain_leaf(event->node, &words);
    heading_id_of(buf_str(&words), &wanted);
    if (anchor.chosen)
        anchor.id = chosen_id(cut, anchor.place);
    else if (wanted.len)
        anchor.id = free_id(cut, wanted.data, anchor.place);
    if (anchor.id) {
        article->anchors =
            mem_grow(article->anchors, article->anchor_count, sizeof *article->anchors);
        article->anchors[article->anchor_count++] = anchor;
        json_object_set_new(cut->ids, anchor.id, json_integer(1));
        markdown_set_id(event->node, anchor.id);
    }
    buf_release(&wanted);
    buf_release(&words);
}
