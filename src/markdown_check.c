/* Inline content that changes what a visitor reads or where a click leads, in the source
 * and in translations. */
#include <cmark.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "markdown.h"

/* Relative where nothing before the path ends in a colon (RFC 3986, section 4.2). */
static bool is_safe(const char *url)
{
    static const char *const schemes[] = {"http", "https", "mailto", "tel"};
    size_t len = strcspn(url, ":/?#");

    if (url[len] != ':')
        return true;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strlen(schemes[i]) == len && strncasecmp(schemes[i], url, len) == 0)
            return true;
    return false;
}

static const char *url_of(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    return type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE ? cmark_node_get_url(node) : NULL;
}

static bool check_node(cmark_node *node, struct place place, struct findings *findings)
{
    const char *url = url_of(node);

    if (url && !is_safe(url)) {
        finding(findings, FINDING_ERROR, place,
                "use http:, https:, mailto: or tel:, or a path of this site",
                "a link to %s is not safe", url);
        return false;
    }
    if (cmark_node_get_type(node) == CMARK_NODE_HTML_INLINE) {
        finding(findings, FINDING_ERROR, place, "write \\< or &lt; for <, or use Markdown",
                "raw HTML never reaches a page: %s", cmark_node_get_literal(node));
        return false;
    }
    return true;
}

bool markdown_check(struct cmark_node *leaf, struct place place, struct findings *findings)
{
    cmark_iter *walk = cmark_iter_new(leaf);
    cmark_event_type step;
    bool ok = true;

    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE)
        if (step == CMARK_EVENT_ENTER)
            ok &= check_node(cmark_iter_get_node(walk), place, findings);
    cmark_iter_free(walk);
    return ok;
}

static int by_target(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void collect(struct cmark_node *leaf, struct markdown_targets *targets)
{
    cmark_iter *walk = cmark_iter_new(leaf);
    cmark_event_type step;

    while ((step = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        const char *url = step == CMARK_EVENT_ENTER ? url_of(node) : NULL;

        if (!url)
            continue;
        targets->target = mem_grow(targets->target, targets->count, sizeof *targets->target);
        targets->target[targets->count++] =
            mem_printf("the %s %s", cmark_node_get_type_string(node), url);
    }
    cmark_iter_free(walk);
}

void markdown_targets(struct cmark_node *leaf, struct markdown_targets *targets)
{
    *targets = (struct markdown_targets){0};
    collect(leaf, targets);
    if (targets->count)
        qsort(targets->target, targets->count, sizeof *targets->target, by_target);
}

void markdown_targets_release(struct markdown_targets *targets)
{
    for (size_t i = 0; i < targets->count; i++)
        free(targets->target[i]);
    free(targets->target);
    *targets = (struct markdown_targets){0};
}

const char *markdown_targets_beyond(const struct markdown_targets *targets,
                                    const struct markdown_targets *others)
{
    for (size_t i = 0; i < targets->count; i++)
        if (!others->count || !bsearch(&targets->target[i], others->target, others->count,
                                       sizeof *others->target, by_target))
            return targets->target[i];
    return NULL;
}
