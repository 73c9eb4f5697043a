#include "message.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "address.h"
#include "base/mem.h"
#include "markdown/heading_id.h"
#include "markdown/markdown_review.h"
#include "wording.h"

const char *const topic_names[] = {"recipients", "transfers", "retention", "rights",
                                   "withdrawal", "complaint", "children",  NULL};

/* The walk in progress: directives wait for the block they speak of. */
struct cut {
    struct article *article;
    struct findings *findings;
    struct waiting {
        struct str text; /* empty: none waits */
        struct place place;
    } note, context, id;
    json_t *ids;                    /* of headings so far; each with the last number that went behind it */
    struct cmark_node *skipped;     /* the block that <!-- skip --> spoke of last */
    struct differing {
        struct cmark_node *block; /* that <!-- links: may-differ --> spoke of last, or NULL */
        struct place place;
        bool has_links;
    } differing;
    struct cmark_node **directives; /* to be taken out of the tree */
    size_t directive_count;
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

    if (!revision->front_matter)
        return;
    add_message(article, mem_dups(revision->title), "title", revision->title_place);
    if (revision->summary)
        add_message(article, mem_dups(revision->summary), "summary", revision->summary_place);
    for (size_t p = 0; p < revision->purpose_count; p++)
        for (size_t r = 0; r < revision->purposes[p].recipient_count; r++) {
            const struct recipient *recipient = &revision->purposes[p].recipients[r];
            char *path = mem_printf("purposes.%s.%s", revision->purposes[p].id, recipient->id);

            add_message(article, mem_dups(recipient->data), path, recipient->place);
            free(path);
        }
}

static void review_front_matter(const struct article *article, struct findings *findings)
{
    for (size_t i = 0; i < article->message_count; i++) {
        const struct message *message = &article->messages[i];

        if (!message->leaf)
            markdown_review_plain(message->msgid, message->place, findings);
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

static void hold(struct cut *cut, struct waiting *waiting, const struct markdown_event *event)
{
    if (waiting->text.len)
        finding(cut->findings, FINDING_ERROR, place_of(cut, event),
                "write one comment of each kind before a block; it may have many lines",
                "a second \"%.*s\" for the same block", (int)event->key.len, event->key.data);
    *waiting = (struct waiting){event->value, place_of(cut, event)};
}

/* Headings */

static bool has_anchor(const struct cut *cut, const char *id)
{
    return json_object_get(cut->ids, id);
}

/* A number goes behind an id that is there already; it would move with the next heading of
 * that name, so the editor had better choose one. */
static char *free_id(struct cut *cut, const char *wanted, struct place place)
{
    char *id = anchor_is_taken(wanted) ? mem_printf("section-%s", wanted) : mem_dups(wanted);

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
    char *id = take_waiting(&cut->id);
    const char *fault = !is_plain_id(id)                  ? "use small letters, digits and hyphens"
                        : anchor_is_taken(id)             ? "choose another: pages use it themselves"
                        : has_anchor(cut, id)               ? "choose another: it is there already"
                                                          : NULL;

    if (fault)
        finding(cut->findings, FINDING_ERROR, place, fault, "\"%s\" cannot be this heading's id",
                id);
    return id;
}

static void cut_heading(struct cut *cut, const struct markdown_event *event)
{
    struct article *article = cut->article;
    struct anchor anchor = {.chosen = cut->id.text.len > 0,
                            .place = place_of(cut, event),
                            .heading = event->node};
    struct buf words = BUF_INIT, wanted = BUF_INIT;

    markdown_plain_leaf(event->node, &words);
    anchor_of(buf_str(&words), &wanted);
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

/* Leaves */

/* A message, while it is cut. */
struct cut_words {
    const struct article *article;
    const struct message *message;
};

static struct place place_of_words(const void *where, size_t offset)
{
    const struct cut_words *cut = where;

    return message_place(cut->article, cut->message, offset);
}

/* What a page would not show, or not as it was meant. */
static void check_words(const struct cut *cut, const struct message *message)
{
    struct cut_words where = {cut->article, message};
    struct wording wording = {.words = message->msgid,
                              .map = {place_of_words, &where},
                              .severity = cut->article->severity,
                              .findings = cut->findings};

    if (markdown_is_plain_text(str_of(message->msgid)))
        return;
    markdown_show(&wording.shown, message->msgid, false);
    wording_check(&wording, NULL);
    markdown_shown_release(&wording.shown);
}

/* Whether a reader sees none of the words of a leaf, such as a no-break space alone: such a leaf is
 * no message. */
static bool words_say_nothing(const char *words)
{
    struct markdown_shown shown;
    bool nothing;

    if (!strchr(words, '&'))
        return character_all_blank(str_of(words));
    markdown_show(&shown, words, false);
    nothing = !shown.count && character_all_blank(buf_str(&shown.text));
    markdown_shown_release(&shown);
    return nothing;
}

static void warn_of_lost_table(const struct cut *cut, const struct markdown_event *event)
{
    struct markdown_event line = *event;

    if (markdown_looks_like_table(&cut->article->markdown, event->node, &line.offset))
        finding(cut->findings, FINDING_WARNING, place_of(cut, &line),
                "a table begins with its head and | --- | --- | below it, with as many cells; "
                "no empty line and no comment goes between its rows",
                "this looks like a table, and is shown as text");
}

/* What a comment says of a table is said of all its cells. */
static void take_remarks(struct cut *cut, struct message *message)
{
    const struct message *before = cut->article->message_count > 1 ? message - 1 : NULL;

    if (before && before->leaf && markdown_in_one_table(before->leaf, message->leaf)) {
        message->note = before->note ? mem_dups(before->note) : NULL;
        message->context = before->context ? mem_dups(before->context) : NULL;
    } else {
        message->note = take_waiting(&cut->note);
        message->context = take_waiting(&cut->context);
    }
}

static char *count_outside(void *context, const char *url)
{
    size_t *count = context;

    *count += address_is_outside(url);
    return NULL;
}

/* Whether the links of a message may lead elsewhere in a translation; its translators are told. */
static bool links_may_differ(struct cut *cut, struct message *message)
{
    static const char remark[] = "Links to other sites may lead to pages in your language.";
    struct differing *differing = &cut->differing;
    size_t count = 0;
    char *note;

    if (!differing->block || !markdown_is_within(message->leaf, differing->block))
        return false;
    markdown_links(message->leaf, count_outside, &count);
    differing->has_links |= count > 0;
    if (!count || (message->note && strstr(message->note, remark)))
        return count > 0;
    note = message->note ? mem_printf("%s\n%s", message->note, remark) : mem_dups(remark);
    free(message->note);
    message->note = note;
    return true;
}

/* Where it stands; a heading goes by its own id.  To be freed. */
static char *path_of(const struct markdown_event *event)
{
    const char *id = markdown_is_heading(event->node) ? markdown_id(event->node) : NULL;

    return id ? mem_printf("%s.heading", id) : mem_dups(event->path);
}

static void cut_leaf(struct cut *cut, const struct markdown_event *event)
{
    struct buf words = BUF_INIT;
    struct message *message;
    char *path;

    if (markdown_is_heading(event->node))
        cut_heading(cut, event);
    if (!markdown_words(&cut->article->markdown, event->node, &words)) {
        finding(cut->findings, cut->article->severity, place_of(cut, event),
                "simplify its markup, for example by writing links and emphasis apart",
                "this block does not mean the same when it stands alone");
        buf_release(&words);
        return;
    }
    if (words_say_nothing(words.data)) { /* an empty heading, or a space to keep blocks apart */
        buf_release(&words);
        return;
    }
    path = path_of(event);
    message = add_message(cut->article, buf_detach(&words), path, place_of(cut, event));
    free(path);
    message->leaf = event->node;
    take_remarks(cut, message);
    message->links_may_differ = links_may_differ(cut, message);
    message->skipped = cut->skipped && markdown_is_within(event->node, cut->skipped);
    check_words(cut, message);
    warn_of_lost_table(cut, event);
}

/* Directives */

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
        finding(cut->findings, FINDING_ERROR, place_of(cut, event),
                "put the comment before a heading", "an id is for a heading");
    else if (!event->value.len)
        finding(cut->findings, FINDING_ERROR, place_of(cut, event), "write <!-- id: … -->",
                "an id without a name");
    else
        hold(cut, &cut->id, event);
}

static void take_skip(struct cut *cut, const struct markdown_event *event)
{
    cut->skipped = markdown_next_block(event->node);
    if (!cut->skipped || event->value.len)
        finding(cut->findings, FINDING_ERROR, place_of(cut, event),
                "write <!-- skip --> before the block that is for no translator",
                "a \"skip\" with %s", cut->skipped ? "something to say" : "no block behind it");
}

static void require_links(const struct cut *cut)
{
    if (cut->differing.block && !cut->differing.has_links)
        finding(cut->findings, FINDING_ERROR, cut->differing.place,
                "put the comment before the block whose links may lead elsewhere",
                "a \"links\" with no link to another site behind it");
}

static void take_links(struct cut *cut, const struct markdown_event *event)
{
    require_links(cut);
    cut->differing =
        (struct differing){markdown_next_block(event->node), place_of(cut, event), false};
    if (!cut->differing.block || !str_is(event->value, "may-differ"))
        finding(cut->findings, FINDING_ERROR, place_of(cut, event),
                "write <!-- links: may-differ --> before the block whose links to other sites may "
                "lead to a page in its own language",
                "a \"links\" %s",
                cut->differing.block ? "that does not say may-differ" : "with no block behind it");
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
    finding(cut->findings, FINDING_ERROR, place_of(cut, event),
            has_block ? remedy : "put the comment before the block that it speaks of",
            has_block ? "unknown topic \"%.*s\"" : "a \"states: %.*s\" with no block behind it",
            (int)event->value.len, event->value.data);
    free(remedy);
    free(topics);
}

static void require_block(const struct cut *cut, const struct waiting *waiting, const char *key)
{
    if (waiting->text.len)
        finding(cut->findings, FINDING_ERROR, waiting->place,
                "put the comment before the block that it speaks of",
                "a \"%s\" with no block behind it", key);
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
        return "is stated by more than paragraphs";
    *remedy = "write in the item what the purpose is";
    return has_words(item) ? NULL : "is stated without words";
}

static void take_purpose(struct cut *cut, const struct markdown_event *event)
{
    struct article *article = cut->article;
    const struct purpose *purpose = revision_purpose(article->revision, event->value);
    const char *remedy, *fault = mark_fault(article, purpose, event->item, &remedy);

    if (!article->revision->front_matter)
        return; /* a copy: what it declares is nobody's concern */
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
    {"id", take_id},
    {"skip", take_skip},
    {"links", take_links},
    {"states", take_states},
};

/* A comment that is not closed goes on to the end of the next one, over legal text. */
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
    finding(cut->findings, FINDING_WARNING, place_of(cut, event),
            "take it away when it is done; <!-- note: … --> speaks to translators",
            "a reminder to yourself, which no page shows: \"%.*s\"", (int)event->key.len,
            event->key.data);
    if (cut->article->severity == FINDING_ERROR)
        remove_later(cut, event->node);
}

/* false: it is none of ours. */
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
        finding(cut->findings, cut->article->severity, place_of(cut, event),
                "put it before the table, or an empty line before it",
                "a comment ends the table above it");
}

static void cut_directive(struct cut *cut, const struct markdown_event *event)
{
    warn_of_cut_table(cut, event);
    if (holds_a_comment(event->key) || holds_a_comment(event->value))
        finding(cut->findings, cut->article->severity, place_of(cut, event), "close the first with -->",
                "a comment inside a comment");
    else if (is_reminder(event->key))
        take_reminder(cut, event);
    else if (!take_directive(cut, event))
        finding(cut->findings, cut->article->severity, place_of(cut, event),
                "comments are <!-- purpose: … -->, <!-- note: … -->, <!-- context: … -->, "
                "<!-- id: … -->, <!-- states: … -->, <!-- links: may-differ --> and <!-- skip -->; "
                "one to yourself begins with TODO",
                "unknown comment \"%.*s\"", (int)event->key.len, event->key.data);
}

/* Blocks that a page would not show, or not as they were meant. */
static const struct {
    const char *remedy, *text;
} block_faults[] = {
    [MARKDOWN_RAW_HTML] = {"write it as Markdown", "raw HTML never reaches a page"},
    [MARKDOWN_COMMENTED_WORDS] =
        {"put the comment on a line of its own: with it, its line is raw HTML",
         "raw HTML never reaches a page"},
    [MARKDOWN_INDENTED_CODE] =
        {"take the spaces away; what is meant as code goes between lines of ```",
         "four spaces make code, which is not translated"},
    [MARKDOWN_TOO_DEEP] = {"nest fewer lists and quotes", "nested too deep to be translated"},
    [MARKDOWN_LONG_ROW] = {"give the table another column, or write \\| for a | that ends no cell",
                           "this row has more cells than the table has columns: the rest of it is "
                           "not shown"},
};

static void cut_event(void *context, const struct markdown_event *event)
{
    struct cut *cut = context;

    if (event->kind == MARKDOWN_LEAF)
        cut_leaf(cut, event);
    else if (event->kind == MARKDOWN_DIRECTIVE)
        cut_directive(cut, event);
    else
        finding(cut->findings, cut->article->severity, place_of(cut, event), block_faults[event->kind].remedy,
                "%s", block_faults[event->kind].text);
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

static void review(const struct article *article, struct findings *findings)
{
    const struct revision *revision = article->revision;

    markdown_review(&article->markdown,
                    &(struct review){.text = {&revision->source, revision->body},
                                     .title = revision->title,
                                     .language = revision->language},
                    findings);
}

static void report_reference(void *context, const struct character_fault *fault, int32_t character,
                             size_t offset)
{
    const struct cut *cut = context;
    const struct revision *revision = cut->article->revision;

    character_report(fault, character,
                     (struct place){&revision->source, revision->body + offset},
                     cut->article->severity, cut->findings);
}

bool article_cut(struct article *article, const struct revision *revision,
                 struct findings *findings)
{
    struct str text = buf_str(&revision->source.text);
    struct cut cut = {.article = article, .findings = findings, .ids = json_object()};
    size_t errors = findings->errors;
    bool muted = findings->muted;

    findings->muted |= revision->is_published;
    *article = (struct article){
        .revision = revision,
        .severity = revision->front_matter ? FINDING_ERROR : FINDING_WARNING};
    markdown_parse(&article->markdown,
                   (struct str){text.data + revision->body, text.len - revision->body});
    markdown_check_references(article->markdown.tree, article->markdown.text, report_reference, &cut);
    cut_front_matter(article);
    markdown_walk(&article->markdown, cut_event, &cut);
    require_block(&cut, &cut.note, "note");
    require_block(&cut, &cut.context, "context");
    require_links(&cut);
    require_marks(article, findings);
    review_front_matter(article, findings);
    review(article, findings);
    for (size_t i = 0; i < cut.directive_count; i++)
        markdown_remove(cut.directives[i]);
    free(cut.directives);
    json_decref(cut.ids);
    findings->muted = muted;
    return findings->errors == errors;
}

struct place message_place(const struct article *article, const struct message *message,
                           size_t offset)
{
    if (!message->leaf)
        return message->place;
    return (struct place){&article->revision->source,
                          article->revision->body + markdown_place(&article->markdown, message->leaf,
                                                                   message->msgid, offset)};
}

void article_release(struct article *article)
{
    for (size_t i = 0; i < article->message_count; i++) {
        free(article->messages[i].msgid);
        free(article->messages[i].context);
        free(article->messages[i].note);
        free(article->messages[i].path);
    }
    for (size_t i = 0; i < article->anchor_count; i++)
        free(article->anchors[i].id);
    free(article->anchors);
    free(article->messages);
    free(article->marks);
    markdown_release(&article->markdown);
    *article = (struct article){0};
}
