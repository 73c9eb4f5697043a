#include "link.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct link_heading {
    const struct revision *revision;
    char *id;
    struct place place;
};

struct link_use {
    const struct document *document; /* the document that contains it */
    const struct revision *revision;
    char *url;
    struct place place;
};

/* Where a link leads. */
struct target {
    enum { OUTSIDE, CHOICES, TEXT, WAITING, NOWHERE } kind;
    const struct document *document;
    const struct revision *revision; /* or NULL: the one in force */
    const char *anchor;              /* with its #, or "" */
};

/* Targets */

/* The revision in ID.md. */
static const struct revision *find_revision(const struct document *document, struct str name)
{
    if (name.len < 3 || memcmp(name.data + name.len - 3, ".md", 3) != 0)
        return NULL;
    name.len -= 3;
    for (size_t i = 0; i < document->count; i++)
        if (str_is(name, document->revisions[i].id))
            return &document->revisions[i];
    return NULL;
}

/* Behind "../": DOCUMENT/ or DOCUMENT/REVISION.md. */
static struct target target_beside(const struct site *site, struct str path, const char *anchor)
{
    const char *slash = memchr(path.data, '/', path.len);
    struct target target = {.kind = NOWHERE, .anchor = anchor};
    struct str rest;

    if (!slash)
        return target;
    rest = (struct str){slash + 1, path.len - (size_t)(slash + 1 - path.data)};
    path.len = (size_t)(slash - path.data);
    if (str_is(path, "choices") && !rest.len && !*anchor)
        target.kind = CHOICES;
    target.document = site_document(site, path);
    if (target.document && rest.len)
        target.revision = find_revision(target.document, rest);
    if (target.document && (target.revision || !rest.len))
        target.kind = TEXT;
    if (target.document && site_is_waiting(site, target.document))
        target.kind = WAITING;
    return target;
}

static struct target target_of(const struct site *site, const struct document *document,
                               const struct revision *revision, const char *url)
{
    size_t len = strcspn(url, "#");
    struct str path = {url, len};
    struct target target = {
        .kind = TEXT, .document = document, .revision = revision, .anchor = url + len};

    if (!len)
        return target;
    if (url[strcspn(url, ":/?#")] == ':' || strncmp(url, "//", 2) == 0)
        return (struct target){.kind = OUTSIDE};
    if (len > 3 && strncmp(url, "../", 3) == 0)
        return target_beside(site, (struct str){url + 3, len - 3}, target.anchor);
    target.revision = find_revision(document, path);
    if (!target.revision)
        target.kind = NOWHERE;
    return target;
}

char *link_address(const struct site *site, const char *document, const char *language,
                   const char *url)
{
    struct target target = target_of(site, site_document(site, str_of(document)), NULL, url);

    if (target.kind == CHOICES)
        return mem_printf("/%s/choices/", language);
    if (target.kind != TEXT || url[0] == '#')
        return NULL;
    return mem_printf("/%s/%s/%s%s%s", language, target.document->id,
                      target.revision ? target.revision->id : "", target.revision ? "/" : "",
                      target.anchor);
}

/* The book */

static void add_uses(struct link_book *book, const struct document *document,
                     const struct article *article, const struct message *message)
{
    for (size_t i = 0; i < message->shown.count; i++) {
        const struct markdown_piece *piece = &message->shown.pieces[i];

        if (piece->kind != PIECE_LINK)
            continue;
        book->uses = mem_grow(book->uses, book->use_count, sizeof *book->uses);
        book->uses[book->use_count++] =
            (struct link_use){document, article->revision, mem_dups(piece->text),
                              message_place(article, message, piece->start)};
    }
}

/* The id that pages have: where the article was published, that of then. */
static const char *id_of(const struct article *article, const struct anchor *anchor,
                         const json_t *ids)
{
    const struct markdown *markdown = &article->markdown;
    const char *id = NULL;

    if (json_array_size(ids) == markdown->heading_count)
        for (size_t i = 0; i < markdown->heading_count; i++)
            if (markdown->headings[i] == anchor->heading)
                id = json_string_value(json_array_get(ids, i));
    return id ? id : anchor->id;
}

void link_book_add(struct link_book *book, const struct document *document,
                   const struct article *article, const json_t *ids)
{
    for (size_t i = 0; i < article->anchor_count; i++) {
        book->headings = mem_grow(book->headings, book->heading_count, sizeof *book->headings);
        book->headings[book->heading_count++] = (struct link_heading){
            article->revision, mem_dups(id_of(article, &article->anchors[i], ids)),
            article->anchors[i].place};
    }
    for (size_t i = 0; i < article->message_count; i++)
        if (article->messages[i].leaf)
            add_uses(book, document, article, &article->messages[i]);
}

void link_book_join(struct link_book *book, struct link_book *other)
{
    for (size_t i = 0; i < other->heading_count; i++) {
        book->headings = mem_grow(book->headings, book->heading_count, sizeof *book->headings);
        book->headings[book->heading_count++] = other->headings[i];
    }
    for (size_t i = 0; i < other->use_count; i++) {
        book->uses = mem_grow(book->uses, book->use_count, sizeof *book->uses);
        book->uses[book->use_count++] = other->uses[i];
    }
    other->heading_count = other->use_count = 0; /* their strings are given away */
    link_book_release(other);
}

static bool has_heading(const struct link_book *book, const struct revision *revision,
                        const char *id)
{
    for (size_t i = 0; i < book->heading_count; i++)
        if (book->headings[i].revision == revision && strcmp(book->headings[i].id, id) == 0)
            return true;
    return false;
}

static void check_use(const struct link_book *book, const struct link_use *use,
                      struct findings *findings)
{
    struct target target = target_of(book->site, use->document, use->revision, use->url);
    const struct revision *revision = target.revision;

    if (target.kind == NOWHERE) {
        finding(findings, FINDING_ERROR, use->place,
                "write #heading, ../DOCUMENT/, ../DOCUMENT/VERSION.md or ../choices/, or the full "
                "address of another site",
                "the link %s has no target on this site", use->url);
        return;
    }
    if (target.kind == WAITING)
        finding(findings, FINDING_ERROR, use->place,
                "publish both on the same day, or announce the other one first",
                "the link %s leads to a document that is not published yet", use->url);
    if (target.kind != TEXT || !*target.anchor)
        return;
    if (!revision) /* whichever is in force; the newest will be */
        revision = &target.document->revisions[target.document->count - 1];
    if (!has_heading(book, revision, target.anchor + 1))
        finding(findings, FINDING_ERROR, use->place,
                "correct it, or give the heading this id: <!-- id: … --> before it",
                "no heading of %s/%s.md has the id \"%s\"", target.document->id, revision->id,
                target.anchor + 1);
}

static void check_lost_headings(const struct link_book *book, const struct document *document,
                                struct findings *findings)
{
    const struct revision *older, *newer;

    if (document->count < 2)
        return;
    newer = &document->revisions[document->count - 1];
    older = newer - 1;
    for (size_t i = 0; i < book->heading_count; i++)
        if (book->headings[i].revision == older && !has_heading(book, newer, book->headings[i].id))
            finding(findings, FINDING_WARNING, book->headings[i].place,
                    "put <!-- id: … --> with this id before the heading that takes its place",
                    "version %s has no heading with the id \"%s\" any more; links to it break",
                    newer->id, book->headings[i].id);
}

bool link_book_check(const struct link_book *book, struct findings *findings)
{
    size_t errors = findings->errors;

    for (size_t i = 0; i < book->use_count; i++)
        check_use(book, &book->uses[i], findings);
    for (size_t i = 0; i < book->site->document_count; i++)
        check_lost_headings(book, &book->site->documents[i], findings);
    return findings->errors == errors;
}

void link_book_release(struct link_book *book)
{
    for (size_t i = 0; i < book->heading_count; i++)
        free(book->headings[i].id);
    for (size_t i = 0; i < book->use_count; i++)
        free(book->uses[i].url);
    free(book->headings);
    free(book->uses);
    *book = (struct link_book){0};
}
