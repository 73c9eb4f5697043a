/* Tags, and messages as pieces: words, variables of this rendering and of the
 * later one.  A translation is a stranger's text: what does not read as a tag
 * is words, and nothing here can fail. */
#include "template_private.h"

#include <string.h>

#define SIGILS "#^/>!=&{"

const struct template_tags template_tags_usual = {"{{", "}}", NULL, NULL};
const struct template_tags template_tags_two_phase = {"<%", "%>", "{{", "}}"};

struct phases template_phases(const struct template_tags *tags)
{
    struct phases phases = {.now = {str_of(tags->open), str_of(tags->close)}};

    if (tags->later_open)
        phases.later = (struct delimiters){str_of(tags->later_open), str_of(tags->later_close)};
    return phases;
}

static bool begins_with(struct str text, struct str start)
{
    return text.len >= start.len && memcmp(text.data, start.data, start.len) == 0;
}

/* The offset of the closing delimiter that has `before` in front of it (0: anything);
 * text.len if there is none. */
static size_t find_close(struct str text, struct str close, char before)
{
    const char *end = text.data + text.len, *at = text.data;

    for (; (at = memmem(at, (size_t)(end - at), close.data, close.len)); at++)
        if (!before || (at > text.data && at[-1] == before))
            return (size_t)(at - text.data);
    return text.len;
}

bool template_tag_read(struct str text, const struct delimiters *delimiters, struct tag *tag)
{
    struct str open = delimiters->open, close = delimiters->close, inner;
    size_t len;

    if (!begins_with(text, open))
        return false;
    inner = (struct str){text.data + open.len, text.len - open.len};
    tag->sigil = inner.len && strchr(SIGILS, inner.data[0]) ? inner.data[0] : '\0';
    if (tag->sigil)
        inner.data++, inner.len--;
    tag->end = tag->sigil == '{' ? '}' : tag->sigil == '=' ? '=' : '\0';
    len = find_close(inner, close, tag->end);
    if (len == inner.len)
        return false;
    tag->text = (struct str){text.data, (size_t)(inner.data + len - text.data) + close.len};
    tag->name = str_trim((struct str){inner.data, len - (tag->end ? 1 : 0)});
    return true;
}

/* One word; a dot stands between two parts, or alone. */
bool template_is_name(struct str name)
{
    char last = '.';

    if (str_is(name, "."))
        return true;
    if (!name.len || strchr(SIGILS, name.data[0]))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];

        if ((unsigned char)c <= ' ' || c == 0x7f || strchr("{}<>", c) || (c == '.' && last == '.'))
            return false;
        last = c;
    }
    return last != '.';
}

static bool read_tag_piece(struct str text, const struct phases *phases, struct piece *piece)
{
    const struct {
        const struct delimiters *delimiters;
        enum piece_kind variable;
    } kinds[] = {{&phases->now, PIECE_VARIABLE}, {&phases->later, PIECE_LATER_VARIABLE}};
    struct tag tag;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].delimiters->open.len && template_tag_read(text, kinds[i].delimiters, &tag)) {
            bool plain = !tag.sigil && template_is_name(tag.name);

            *piece =
                (struct piece){plain ? kinds[i].variable : PIECE_OTHER_TAG, tag.text, tag.name};
            return true;
        }
    return false;
}

static struct str str_skip(struct str text, size_t len)
{
    return (struct str){text.data + len, text.len - len};
}

/* An opening without a closing anywhere behind it is the last one looked at: thousands of
 * them would each be followed to the end. */
static void stop_looking(struct delimiters *delimiters, struct str rest)
{
    if (delimiters->open.len && begins_with(rest, delimiters->open) &&
        find_close(rest, delimiters->close, '\0') == rest.len)
        delimiters->open.len = 0;
}

bool template_piece_next(struct str *message, const struct phases *phases, struct piece *piece)
{
    struct phases left = *phases;
    struct piece next;
    size_t words = 0;

    if (!message->len)
        return false;
    if (!read_tag_piece(*message, phases, piece)) {
        do {
            stop_looking(&left.now, str_skip(*message, words));
            stop_looking(&left.later, str_skip(*message, words));
            words++;
        } while (words < message->len && !read_tag_piece(str_skip(*message, words), &left, &next));
        *piece = (struct piece){.kind = PIECE_WORDS, .text = {message->data, words}};
    }
    *message = str_skip(*message, piece->text.len);
    return true;
}

bool template_message_has(struct str message, const struct phases *phases,
                          const struct piece *variable)
{
    struct piece piece;

    while (template_piece_next(&message, phases, &piece))
        if (piece.kind == variable->kind && str_equal(piece.name, variable->name))
            return true;
    return false;
}

/* The first tag of `message` that is not a variable of `other` too. */
static bool find_difference(struct str message, struct str other, const struct phases *phases,
                            struct piece *piece)
{
    while (template_piece_next(&message, phases, piece))
        if (piece->kind == PIECE_OTHER_TAG ||
            (piece->kind != PIECE_WORDS && !template_message_has(other, phases, piece)))
            return true;
    return false;
}

bool template_same_variables(const char *msgid, const char *translation,
                             const struct template_tags *tags, struct buf *why)
{
    struct phases phases = template_phases(tags);
    struct str ours = str_of(msgid), theirs = str_of(translation);
    struct piece piece;

    if (find_difference(theirs, ours, &phases, &piece)) {
        buf_adds(why, "has ");
        buf_addstr(why, piece.text);
        buf_adds(why, ", which the message does not have");
        return false;
    }
    if (find_difference(ours, theirs, &phases, &piece)) {
        buf_adds(why, "lacks ");
        buf_addstr(why, piece.text);
        return false;
    }
    return true;
}
