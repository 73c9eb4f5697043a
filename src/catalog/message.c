#include "message.h"

#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "base/mem.h"
#include "markdown/markdown_review.h"
#include "message_private.h"
#include "wording.h"

struct place cut_place(const struct cut *cut, const struct markdown_event *event)
{
    const struct revision *revision = cut->article->revision;

    return (struct place){&revision->source, revision->body + event->offset};
}

char *cut_take(struct waiting *waiting)
{
    struct str text = waiting->text;

    waiting->text.len = 0;
    return text.len ? mem_dup(text.data, text.len) : NULL;
}

static struct message *add_message(struct article *article, char *msgid, const char *path,
                                   struct place place)
{
    struct message *message;

    article->messages =
        mem_grow(article->messages, article->message_count, sizeof *article->messages);
    message = &article->messages[article->message_count++];
    message->msgid = msgid;
    message->words = msgid;
    markdown_show_plain(&message->shown, msgid);
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
                              .shown = message->shown,
                              .map = {place_of_words, &where},
                              .severity = cut->article->severity,
                              .findings = cut->findings};

    if (!markdown_is_plain_text(str_of(message->msgid)))
        wording_check(&wording, NULL);
}

/* Whether a leaf has nothing visible, such as only a no-break space.  Such a leaf is no message. */
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
        finding(cut->findings, FINDING_WARNING, cut_place(cut, &line),
                "begin a table with a header row, and | --- | --- | below it with as many cells; "
                "put no empty line and no comment between the rows",
                "this looks like a table, and is shown as text");
}

/* A comment before a table applies to all its cells. */
static void take_remarks(struct cut *cut, struct message *message)
{
    const struct message *before = cut->article->message_count > 1 ? message - 1 : NULL;

    if (before && before->leaf && markdown_in_one_table(before->leaf, message->leaf)) {
        message->note = before->note ? mem_dups(before->note) : NULL;
        message->context = before->context ? mem_dups(before->context) : NULL;
    } else {
        message->note = cut_take(&cut->note);
        message->context = cut_take(&cut->context);
    }
}

static char *count_outside(void *context, const char *url)
{
    size_t *count = context;

    *count += address_is_outside(url);
    return NULL;
}

/* Whether the links of a message may have other addresses in a translation.  If so, a note to
 * translators is added. */
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

/* The path of the block; a heading is named by its own id.  The caller frees it. */
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
        finding(cut->findings, cut->article->severity, cut_place(cut, event),
                "simplify its markup, for example by writing links and emphasis apart",
                "this block does not mean the same when it is alone");
        buf_release(&words);
        return;
    }
    if (words_say_nothing(words.data)) { /* an empty heading, or a space to keep blocks apart */
        buf_release(&words);
        return;
    }
    path = path_of(event);
    message = add_message(cut->article, buf_detach(&words), path, cut_place(cut, event));
    free(path);
    message->leaf = event->node;
    markdown_shown_release(&message->shown);
    markdown_show(&message->shown, message->msgid, false);
    take_remarks(cut, message);
    message->links_may_differ = links_may_differ(cut, message);
    message->skipped = cut->skipped && markdown_is_within(event->node, cut->skipped);
    check_words(cut, message);
    warn_of_lost_table(cut, event);
}

/* Blocks that a page would not show, or not as they were meant. */
static const struct {
    const char *remedy, *text;
} block_faults[] = {
    [MARKDOWN_RAW_HTML] = {"write it as Markdown", "raw HTML never reaches a page"},
    [MARKDOWN_COMMENTED_WORDS] =
        {"put the comment on a line of its own: with other words, the whole line is raw HTML",
         "raw HTML never reaches a page"},
    [MARKDOWN_INDENTED_CODE] = {"remove the spaces; write code between lines of ```",
                                "four spaces make code, which is not translated"},
    [MARKDOWN_TOO_DEEP] = {"nest fewer lists and quotes", "nested too deep to be translated"},
    [MARKDOWN_LONG_ROW] =
        {"add a column to the table, or write \\| for a | that does not end a cell",
         "this row has more cells than the table has columns: the rest of it is "
         "not shown"},
};

static void cut_event(void *context, const struct markdown_event *event)
{
    struct cut *cut = context;

    if (event->kind == MARKDOWN_LEAF)
        cut_leaf(cut, event);
    else if (event->kind == MARKDOWN_DIRECTIVE)
        cut_comment(cut, event);
    else
        finding(cut->findings, cut->article->severity, cut_place(cut, event),
                block_faults[event->kind].remedy, "%s", block_faults[event->kind].text);
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

    character_report(fault, character, (struct place){&revision->source, revision->body + offset},
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
        .revision = revision, .severity = revision->front_matter ? FINDING_ERROR : FINDING_WARNING};
    markdown_parse(&article->markdown,
                   (struct str){text.data + revision->body, text.len - revision->body});
    markdown_check_references(article->markdown.tree, article->markdown.text, report_reference,
                              &cut);
    cut_front_matter(article);
    markdown_walk(&article->markdown, cut_event, &cut);
    cut_comments_end(&cut);
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
                          article->revision->body + markdown_place(&article->markdown,
                                                                   message->leaf, message->msgid,
                                                                   offset)};
}

void article_release(struct article *article)
{
    for (size_t i = 0; i < article->message_count; i++) {
        markdown_shown_release(&article->messages[i].shown);
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
