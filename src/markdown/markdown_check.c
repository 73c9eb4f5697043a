/* Where the links of a leaf lead. */
#include <stdlib.h>

#include "markdown_private.h"

/* Most leaves are, and need no walk. */
static bool is_one_text(cmark_node *leaf)
{
    cmark_node *first = cmark_node_first_child(leaf);

    return first && !cmark_node_next(first) && cmark_node_get_type(first) == CMARK_NODE_TEXT;
}

void markdown_links(struct cmark_node *leaf, char *(*lead)(void *context, const char *url),
                    void *context)
{
    cmark_iter *walk;
    cmark_event_type step;

    if (is_one_text(leaf))
        return;
    walk = cmark_iter_new(leaf);
    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        char *address;

        if (step != CMARK_EVENT_ENTER || cmark_node_get_type(node) != CMARK_NODE_LINK)
            continue;
        address = lead(context, cmark_node_get_url(node));
        if (address)
            cmark_node_set_url(node, address);
        free(address);
    }
    cmark_iter_free(walk);
}

