#include "message.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The walk in progress: directives wait for the block they speak of. */
struct cut {
    struct article *article;
    struct findings *findings;
    struct waiting {
        struct str text; /* empty: none waits */
        struct place place;
    } note, context;
};

static struct message *add_message(struct article *article, char *msgid, const char *path,
                                   struct place place)
{
    struct message *message;

    article->messages =
        mem_grow(article->messages, article->message_count, sizeof *article->messages);
    message = &article->messages[article->message_count++];
    message->msgid = msgid;
    message->words = msgid;
    message->path = mem_dups(path);
    message->place = place;
    return message;
}

static void cut_front_matter(struct article *article)
{
    const struct revision *revision = article->revision;

    add_message(article, mem_dups(revision->title), "title", revision->title_place);
    for (size_t p = 0; p < revision->purpose_count; p++)
        for (size_t r = 0; r < revision->purposes[p].recipient_count; r++) {
            const struct recipient *recipient = &revision->purposes[p].recipients[r];
            char *path = mem_printf("purposes.%s.%s", revision->purposes[p].id, recipient->id);

            add_message(article, mem_dups(recipient->data), path, recipient->place);
            free(path);
        }
}

static struct place place_of(const struct cut *cut, const struct markdown_event *event)
{
    const struct revision *revision = cut->article->revision;

    return (struct place){&revision->source, revision->body + event->offset};
}

static char *take_waiting(struct waiting *waiting)
{
    struct str text = waiting->text;

    waiting->text.len = 0;
    return text.len ? mem_dup(text.data, text.len) : NULL;
}

static void cut_leaf(struct cut *cut, const struct markdown_event *event)
{
    struct buf words = BUF_INIT;
    struct message *message;

    if (!markdown_check(event->node, place_of(cut, event), cut->findings))
        return;
    if (!markdown_words(&cut->article->markdown, event->node, &words)) {
        finding(cut->findings, FINDING_ERROR, place_of(cut, event),
                "simplify its markup, for example by writing links and emphasis apart",
                "this block does not mean the same when it stands alone");
        buf_release(&words);
        return;
    }
    if (!words.len) /* an empty heading has nothing to translate */
        return;
    message = add_message(cut->article, buf_detach(&words), event->path, place_of(cut, event));
    message->leaf = event->node;
    message->note = take_waiting(&cut->note);
    message->context = take_waiting(&cut->context);
}

static void hold(struct cut *cut, struct waiting *waiting, const struct markdown_event *event)
{
    if (waiting->text.len)
        finding(cut->findings, FINDING_ERROR, place_of(cut, event),
                "write one comment of each kind before a block; it may have many lines",
                "a second \"%.*s\" for the same block", (int)event->key.len, event->key.data);
    *waiting = (struct waiting){event->value, place_of(cut, event)};
}

static void take_note(struct cut *cut, const struct markdown_event *event)
{
    hold(cut, &cut->note, event);
}

static void take_context(struct cut *cut, const struct markdown_event *event)
{
    hold(cut, &cut->context, event);
}

static void require_block(const struct cut *cut, const struct waiting *waiting, const char *key)
{
    if (waiting->text.len)
        finding(cut->findings, FINDING_ERROR, waiting->place,
                "put the comment before the block that it speaks of",
                "a \"%s\" with no block behind it", key);
}

static const struct purpose *purpose_find(const struct revision *revision, struct str id)
{
    for (size_t i = 0; i < revision->purpose_count; i++)
        if (str_is(id, revision->purposes[i].id))
            return &revision->purposes[i];
    return NULL;
}

static bool has_words(struct cmark_node *item)
{
    struct buf words = BUF_INIT;
    bool has;

    markdown_plain(item, &words);
    has = str_trim(buf_str(&words)).len > 0;
    buf_release(&words);
    return has;
}

/* The text of an item, as a whole, becomes the question of one purpose. */
static const char *mark_fault(const struct article *article, const struct purpose *purpose,
                              struct cmark_node *item, const char **remedy)
{
    *remedy = "add it to purposes in the front matter";
    if (!purpose)
        return "is not declared";
    *remedy = "put the comment in the item that states the purpose, indented like its text";
    if (!item)
        return "is not inside a list item";
    for (size_t i = 0; i < article->mark_count; i++) {
        *remedy = "mark one item only";
        if (article->marks[i].purpose == purpose)
            return "is stated twice";
        *remedy = "state each purpose in an item of its own";
        if (article->marks[i].item == item)
            return "shares its item with another";
    }
    *remedy = "move lists, quotations, headings and code out of the item";
    if (!markdown_is_plain(item))
        return "is stated by more than paragraphs";
    *remedy = "write in the item what the purpose is";
    return has_words(item) ? NULL : "is stated without words";
}

static void take_purpose(struct cut *cut, const struct markdown_event *event)
{
    struct article *article = cut->article;
    const struct purpose *purpose = purpose_find(article->revision, event->value);
    const char *remedy, *fault = mark_fault(article, purpose, event->item, &remedy);

    if (fault) {
        finding(cut->findings, FINDING_ERROR, place_of(cut, event), remedy, "purpose \"%.*s\" %s",
                (int)event->value.len, event->value.data, fault);
        return;
    }
    article->marks = mem_grow(article->marks, article->mark_count, sizeof *article->marks);
    article->marks[article->mark_count++] = (struct purpose_mark){purpose, event->item};
}

static const struct {
    const char *key;
    void (*take)(struct cut *cut, const struct markdown_event *event);
} directives[] = {
    {"purpose", take_purpose},
    {"note", take_note},
    {"context", take_context},
};

/* A comment that is not closed goes on to the end of the next one, over legal text. */
static bool holds_a_comment(struct str text)
{
    return memmem(text.data, text.len, "<!--", 4) != NULL;
}

static void cut_directive(struct cut *cut, const struct markdown_event *event)
{
    if (holds_a_comment(event->key) || holds_a_comment(event->value)) {
        finding(cut->findings, FINDING_ERROR, place_of(cut, event), "close the first with -->",
                "a comment inside a comment");
        return;
    }
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (str_is(event->key, directives[i].key)) {
            directives[i].take(cut, event);
            return;
        }
    finding(cut->findings, FINDING_ERROR, place_of(cut, event),
            "comments are <!-- purpose: … -->, <!-- note: … --> and <!-- context: … -->",
            "unknown comment \"%.*s\"", (int)event->key.len, event->key.data);
}

static void cut_event(void *context, const struct markdown_event *event)
{
    struct cut *cut = context;

    switch (event->kind) {
    case MARKDOWN_LEAF:
        cut_leaf(cut, event);
        break;
    case MARKDOWN_DIRECTIVE:
        cut_directive(cut, event);
        break;
    case MARKDOWN_RAW_HTML:
        finding(cut->findings, FINDING_ERROR, place_of(cut, event), "write it as Markdown",
                "raw HTML never reaches a page");
        break;
    case MARKDOWN_INDENTED_CODE:
        finding(cut->findings, FINDING_ERROR, place_of(cut, event),
                "take the spaces away; what is meant as code goes between lines of ```",
                "four spaces make code, which is not translated");
        break;
    case MARKDOWN_TOO_DEEP:
        finding(cut->findings, FINDING_ERROR, place_of(cut, event), "nest fewer lists and quotes",
                "nested more than %d deep", MARKDOWN_DEPTH);
        break;
    }
}

static void require_marks(const struct article *article, struct findings *findings)
{
    const struct revision *revision = article->revision;

    for (size_t p = 0; p < revision->purpose_count; p++) {
        const struct purpose *purpose = &revision->purposes[p];
        bool marked = false;

        for (size_t i = 0; i < article->mark_count; i++)
            marked |= article->marks[i].purpose == purpose;
        if (!marked)
            finding(findings, FINDING_ERROR, purpose->place,
                    "add a comment <!-- purpose: ID --> to the list item that states it",
                    "purpose \"%s\" is stated nowhere in the text", purpose->id);
    }
}

bool article_cut(struct article *article, const struct revision *revision,
                 struct findings *findings)
{
    struct str text = buf_str(&revision->source.text);
    struct cut cut = {.article = article, .findings = findings};
    size_t errors = findings->errors;

    *article = (struct article){.revision = revision};
    markdown_parse(&article->markdown,
                   (struct str){text.data + revision->body, text.len - revision->body});
    cut_front_matter(article);
    markdown_walk(&article->markdown, cut_event, &cut);
    require_block(&cut, &cut.note, "note");
    require_block(&cut, &cut.context, "context");
    require_marks(article, findings);
    return findings->errors == errors;
}

void article_release(struct article *article)
{
    for (size_t i = 0; i < article->message_count; i++) {
        free(article->messages[i].msgid);
        free(article->messages[i].context);
        free(article->messages[i].note);
        free(article->messages[i].path);
    }
    free(article->messages);
    free(article->marks);
    markdown_release(&article->markdown);
    *article = (struct article){0};
}
