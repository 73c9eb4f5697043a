/* A numeric character reference must not spell a character that the text itself must not
 * contain. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "markdown_private.h"

struct reference {
    size_t start, len;
    int32_t value; /* out of range as well */
};

/* The next one from an offset on; false: there is none. */
static bool next_reference(struct str text, size_t from, struct reference *reference)
{
    const char *end = text.data + text.len, *at;

    while (from < text.len && (at = memmem(text.data + from, text.len - from, "&#", 2))) {
        bool hexadecimal = at + 2 < end && (at[2] | 0x20) == 'x';
        size_t most = hexadecimal ? 6 : 7, len;
        const char *digits = at + 2 + hexadecimal;

        for (len = 0; digits + len < end && len <= most && isxdigit((unsigned char)digits[len]) &&
                      (hexadecimal || isdigit((unsigned char)digits[len]));)
            len++;
        from = (size_t)(digits + len - text.data);
        if (!len || len > most || digits + len == end || digits[len] != ';')
            continue;
        reference->start = (size_t)(at - text.data);
        reference->len = from + 1 - reference->start;
        reference->value = (int32_t)strtol(digits, NULL, hexadecimal ? 16 : 10);
        return true;
    }
    return false;
}

/* What cmark makes of a reference: for what is no character, U+FFFD or a byte that is not UTF-8. */
static void add_spelled(struct buf *out, int32_t c)
{
    if ((c & ~1) == 0xfffe)
        buf_addc(out, (char)c);
    else
        utf8_add(out, !c || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0xfffd : c);
}

static bool has(const char *text, struct str character)
{
    return text && memmem(text, strlen(text), character.data, character.len);
}

/* Code and raw HTML show a reference as it is. */
static bool node_has(cmark_node *node, struct str character)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        return has(cmark_node_get_literal(node), character);
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        return has(cmark_node_get_url(node), character) ||
               has(cmark_node_get_title(node), character);
    case CMARK_NODE_CODE_BLOCK:
        return has(cmark_node_get_fence_info(node), character);
    default:
        return false;
    }
}

static bool tree_has(cmark_node *tree, int32_t c)
{
    cmark_iter *walk = cmark_iter_new(tree);
    struct buf character = BUF_INIT;
    bool found = false;

    add_spelled(&character, c);
    while (!found && cmark_iter_next(walk) != CMARK_EVENT_DONE)
        found = node_has(cmark_iter_get_node(walk), buf_str(&character));
    cmark_iter_free(walk);
    buf_release(&character);
    return found;
}

void markdown_check_references(struct cmark_node *tree, struct str text,
                               void (*take)(void *context, const struct character_fault *fault,
                                            int32_t character, size_t offset),
                               void *context)
{
    struct reference found = {0};

    while (next_reference(text, found.start + found.len, &found)) {
        const struct character_fault *fault = character_fault(found.value, text, found.start);

        if (fault && fault->kind != CHARACTER_UNSEEN && tree_has(tree, found.value))
            take(context, fault, found.value, found.start);
    }
}
