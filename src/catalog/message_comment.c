/* Comments before blocks: directives that describe the block to Teade. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "message_private.h"

const char *const topic_names[] = {"recipients", "transfers", "retention", "rights",
                                   "withdrawal", "complaint", "children",  NULL};

static void hold(struct cut *cut, struct waiting *waiting, const struct markdown_event *event)
{
    if (waiting->text.len)
        finding(cut->findings, FINDING_ERROR, cut_place(cut, event),
                "write one comment of each kind before a block; it may have many lines",
                "a second \"%.*s\" for the same block", (int)event->key.len, event->key.data);
    *waiting = (struct waiting){event->value, cut_place(cut, event)};
}

static void take_note(struct cut *cut, const struct markdown_event *event)
{
    hold(cut, &cut->note, event);
}

static void take_context(struct cut *cut, const struct markdown_event *event)
{
    hold(cut, &cut->context, event);
}

static void take_id(struct cut *cut, const struct markdown_event *event)
{
    struct cmark_node *next = markdown_next_block(event->node);

    if (!next || !markdown_is_heading(next))
        finding(cut->findings, FINDING_ERROR, cut_place(cut, event),
                "put the comment before a heading", "only a heading can have an id");
    else if (!event->value.len)
        finding(cut->findings, FINDING_ERROR, cut_place(cut, event), "write <!-- id: … -->",
                "the id is empty");
    else
        hold(cut, &cut->id, event);
}

static void take_skip(struct cut *cut, const struct markdown_event *event)
{
    cut->skipped = markdown_next_block(event->node);
    if (!cut->skipped || event->value.len)
        finding(cut->findings, FINDING_ERROR, cut_place(cut, event),
                "write <!-- skip --> before the block that is not to be translated",
                "a \"skip\" with %s", cut->skipped ? "text in it" : "no block after it");
}

static void require_links(const struct cut *cut)
{
    if (cut->differing.block && !cut->differing.has_links)
        finding(cut->findings, FINDING_ERROR, cut->differing.place,
                "put the comment before the block whose links may lead elsewhere",
                "a \"links\" with no link to another site after it");
}

static void take_links(struct cut *cut, const struct markdown_event *event)
{
    require_links(cut);
    cut->differing =
        (struct differing){markdown_next_block(event->node), cut_place(cut, event), false};
    if (!cut->differing.block || !str_is(event->value, "may-differ"))
        finding(cut->findings, FINDING_ERROR, cut_place(cut, event),
                "write <!-- links: may-differ --> before the block whose links to other sites may "
                "lead to a page in its own language",
                "a \"links\" %s",
                cut->differing.block ? "without may-differ" : "with no block after it");
}

static void take_states(struct cut *cut, const struct markdown_event *event)
{
    bool has_block = markdown_next_block(event->node);
    char *topics, *remedy;

    for (unsigned i = 0; topic_names[i]; i++)
        if (str_is(event->value, topic_names[i]) && has_block) {
            cut->article->topics |= 1U << i;
            return;
        }
    topics = yaml_names(topic_names);
    remedy = mem_printf("write one of the topics: %s", topics);
    finding(cut->findings, FINDING_ERROR, cut_place(cut, event),
            has_block ? remedy : "put the comment before the block that it is about",
            has_block ? "unknown topic \"%.*s\"" : "a \"states: %.*s\" with no block after it",
            (int)event->value.len, event->value.data);
    free(remedy);
    free(topics);
}

static void require_block(const struct cut *cut, const struct waiting *waiting, const char *key)
{
    if (waiting->text.len)
        finding(cut->findings, FINDING_ERROR, waiting->place,
                "put the comment before the block that it is about",
                "a \"%s\" with no block after it", key);
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
    *remedy = "move lists, quotations, headings, tables and code out of the item";
    if (!markdown_is_plain(item))
        return "is in an item that has more than paragraphs";
    *remedy = "write in the item what the purpose is";
    return has_words(item) ? NULL : "is stated without words";
}

static void take_purpose(struct cut *cut, const struct markdown_event *event)
{
    struct article *article = cut->article;
    const struct purpose *purpose = revision_purpose(article->revision, event->value);
    const char *remedy, *fault = mark_fault(article, purpose, event->item, &remedy);

    if (!article->revision->front_matter)
        return; /* a copy: its declarations do not matter */
    if (fault) {
        finding(cut->findings, FINDING_ERROR, cut_place(cut, event), remedy, "purpose \"%.*s\" %s",
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
    {"purpose", take_purpose}, {"note", take_note},   {"context", take_context}, {"id", take_id},
    {"skip", take_skip},       {"links", take_links}, {"states", take_states},
};

/* A comment that is not closed extends to the end of the next one, and hides legal text. */
static bool holds_a_comment(struct str text)
{
    return memmem(text.data, text.len, "<!--", 4) != NULL;
}

/* What people write to themselves, by its first word; no page shows it. */
static bool is_reminder(struct str key)
{
    static const char *const words[] = {"todo", "fixme", "tbd", "xxx"};
    size_t len = strcspn(key.data, " \t\n:,.;!?()-");

    len = len < key.len ? len : key.len;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (len == strlen(words[i]) && strncasecmp(key.data, words[i], len) == 0)
            return true;
    return false;
}

static void remove_later(struct cut *cut, struct cmark_node *node)
{
    cut->directives = mem_grow(cut->directives, cut->directive_count, sizeof *cut->directives);
    cut->directives[cut->directive_count++] = node;
}

/* A file that is only a text keeps it: there it is not ours. */
static void take_reminder(struct cut *cut, const struct markdown_event *event)
{
    finding(cut->findings, FINDING_WARNING, cut_place(cut, event),
            "remove it when it is done; <!-- note: … --> is for translators",
            "a reminder to yourself, which no page shows: \"%.*s\"", (int)event->key.len,
            event->key.data);
    if (cut->article->severity == FINDING_ERROR)
        remove_later(cut, event->node);
}

/* false: it is not one of ours. */
static bool take_directive(struct cut *cut, const struct markdown_event *event)
{
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (str_is(event->key, directives[i].key)) {
            directives[i].take(cut, event);
            remove_later(cut, event->node);
            return true;
        }
    return false;
}

static void warn_of_cut_table(const struct cut *cut, const struct markdown_event *event)
{
    if (markdown_cuts_table(&cut->article->markdown, event->node))
        finding(cut->findings, cut->article->severity, cut_place(cut, event),
                "put the comment before the table, or an empty line before the comment",
                "a comment ends the table above it");
}

void cut_comment(struct cut *cut, const struct markdown_event *event)
{
    warn_of_cut_table(cut, event);
    if (holds_a_comment(event->key) || holds_a_comment(event->value))
        finding(cut->findings, cut->article->severity, cut_place(cut, event),
                "close the first with -->", "a comment inside a comment");
    else if (is_reminder(event->key))
        take_reminder(cut, event);
    else if (!take_directive(cut, event))
        finding(cut->findings, cut->article->severity, cut_place(cut, event),
                "comments are <!-- purpose: … -->, <!-- note: … -->, <!-- context: … -->, "
                "<!-- id: … -->, <!-- states: … -->, <!-- links: may-differ --> and <!-- skip -->; "
                "a reminder to yourself begins with TODO",
                "unknown comment \"%.*s\"", (int)event->key.len, event->key.data);
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
                    "purpose \"%s\" is not stated in the text", purpose->id);
    }
}

void cut_comments_end(const struct cut *cut)
{
    require_block(cut, &cut->note, "note");
    require_block(cut, &cut->context, "context");
    require_links(cut);
    require_marks(cut->article, cut->findings);
}
