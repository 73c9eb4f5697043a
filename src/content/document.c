#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "stray.h"

/* The id in NAME.md, or NULL after a finding. */
static char *revision_id(const char *directory, const char *name, struct findings *findings)
{
    size_t len = strlen(name);
    struct source source = {.path = mem_printf("%s/%s", directory, name)};
    struct date day;
    int number;
    char *id = NULL;

    if (len > 3 && strcmp(name + len - 3, ".md") == 0 &&
        revision_id_parse((struct str){name, len - 3}, &day, &number))
        id = mem_dup(name, len - 3);
    else
        finding(findings, FINDING_ERROR, (struct place){&source, PLACE_FILE},
                "name it YYYY-MM-DD.md by the day it is published, or move it elsewhere",
                "not the name of a version");
    free(source.path);
    return id;
}

int revision_compare(const char *a, const char *b)
{
    size_t day = sizeof(struct date) - 1;
    int order = strncmp(a, b, day);

    if (order || !a[day] || !b[day])
        return order ? order : strcmp(a, b);
    return atoi(a + day + 1) - atoi(b + day + 1);
}

static int by_id(const void *a, const void *b)
{
    return revision_compare(*(char *const *)a, *(char *const *)b);
}

/* A document's catalogues translate from one language. */
static bool language_agrees(const struct document *document, const struct revision *revision,
                            struct findings *findings)
{
    const struct revision *first = document->revisions;

    if (!first->language || strcmp(revision->language, first->language) == 0)
        return true; /* the fault of the first one has been reported */
    finding(findings, FINDING_ERROR, yaml_place(revision->front_matter, "language"),
            "write all versions of a document in one language, or make a new document",
            "version %s is written in \"%s\", the first one in \"%s\"", revision->id,
            revision->language, first->language);
    return false;
}

static bool is_published(const struct document *document, const char *id)
{
    char *record = mem_printf("%s/published/%s.json", document->folder, id);
    bool is = file_exists(record);

    free(record);
    return is;
}

static bool read_revision(struct document *document, const char *path, const char *id,
                          struct date day, struct findings *findings)
{
    struct revision *revision = &document->revisions[document->count++];
    struct findings before = *findings;
    bool is_draft = strncmp(id, day.iso, sizeof day.iso - 1) > 0, muted = findings->muted, ok;

    revision->is_published = is_published(document, id);
    findings->muted |= revision->is_published;
    if (is_draft)
        before = findings_demote(findings);
    ok = revision_read(revision, path, id, findings) &&
         language_agrees(document, revision, findings);
    findings->muted = muted;
    if (is_draft)
        findings_promote(findings, &before);
    if (!ok) {
        revision_release(revision);
        document->count--;
    }
    return ok || is_draft;
}

/* The folder of frozen texts (frozen.h) is in the same directory. */
static bool may_be_revision(const char *name)
{
    return strcmp(name, "published") != 0 && !stray_is(name);
}

static bool read_revisions(struct document *document, const char *folder, struct names *names,
                           struct date day, struct findings *findings)
{
    bool ok = true;

    qsort(names->name, names->count, sizeof *names->name, by_id);
    /* Sources are pointed at by places: the array must not move once they are read. */
    document->revisions = mem_alloc(names->count * sizeof *document->revisions);
    for (size_t i = 0; i < names->count; i++) {
        char *id, *path;

        if (!may_be_revision(names->name[i]))
            continue;
        id = revision_id(folder, names->name[i], findings);
        path = mem_printf("%s/%s", folder, names->name[i]);
        ok &= id && read_revision(document, path, id, day, findings);
        free(path);
        free(id);
    }
    return ok;
}

static size_t count_revisions(const struct names *names)
{
    size_t count = names->count;

    for (size_t i = 0; i < names->count; i++)
        count -= !may_be_revision(names->name[i]);
    return count;
}

bool document_read(struct document *document, const char *directory, const char *id,
                   struct date day, struct findings *findings)
{
    struct source source = {.path = mem_printf("%s/%s", directory, id)};
    struct names names;
    bool ok;

    document->id = mem_dups(id);
    document->folder = source.path;
    if (!directory_list(document->folder, &names) || count_revisions(&names) == 0) {
        finding(findings, FINDING_ERROR, (struct place){&source, PLACE_FILE},
                "put a version there, named YYYY-MM-DD.md", "document \"%s\" has no version", id);
        ok = false;
    } else {
        ok = read_revisions(document, document->folder, &names, day, findings);
    }
    stray_report(document->folder, findings);
    names_release(&names);
    return ok;
}

void document_release(struct document *document)
{
    for (size_t i = 0; i < document->count + document->drafts; i++)
        revision_release(&document->revisions[i]);
    free(document->revisions);
    free(document->folder);
    free(document->id);
    *document = (struct document){0};
}

void document_set_day(struct document *document, struct date day)
{
    while (document->count &&
           strcmp(document->revisions[document->count - 1].published.iso, day.iso) > 0) {
        document->count--;
        document->drafts++;
    }
}

const char *document_language(const struct document *document)
{
    return document->count + document->drafts ? document->revisions[0].language : NULL;
}

static bool has_come(struct date date, struct date day)
{
    return *date.iso && strcmp(date.iso, day.iso) <= 0;
}

const struct revision *document_in_force(const struct document *document, struct date day)
{
    for (size_t i = document->count; i-- > 0;) {
        const struct revision *revision = &document->revisions[i];

        if (!*revision->retracted.iso && has_come(revision->effective, day))
            return revision;
    }
    return NULL;
}

const struct revision *document_current(const struct document *document, struct date day)
{
    const struct revision *in_force = document_in_force(document, day);

    for (size_t i = 0; !in_force && i < document->count; i++)
        if (!has_come(document->revisions[i].retracted, day))
            return &document->revisions[i];
    return in_force || !document->count ? in_force : &document->revisions[document->count - 1];
}

const struct revision *document_newest(const struct document *document, struct date day)
{
    for (size_t i = document->count; i-- > 0;)
        if (!has_come(document->revisions[i].retracted, day))
            return &document->revisions[i];
    return NULL;
}

const struct revision *document_before(const struct document *document,
                                       const struct revision *revision)
{
    for (size_t i = (size_t)(revision - document->revisions); i-- > 0;)
        if (!*document->revisions[i].retracted.iso)
            return &document->revisions[i];
    return NULL;
}

const struct revision *document_after(const struct document *document,
                                      const struct revision *revision)
{
    for (size_t i = (size_t)(revision - document->revisions) + 1; i < document->count; i++)
        if (!*document->revisions[i].retracted.iso)
            return &document->revisions[i];
    return NULL;
}

enum state document_state(const struct document *document, const struct revision *revision,
                          struct date day)
{
    if (has_come(revision->retracted, day))
        return STATE_RETRACTED;
    if (!has_come(revision->effective, day))
        return STATE_ANNOUNCED;
    return document_in_force(document, day) == revision ? STATE_IN_FORCE : STATE_SUPERSEDED;
}

bool document_is_over(const struct document *document, const struct revision *revision,
                      struct date day)
{
    enum state state = document_state(document, revision, day);

    return state == STATE_SUPERSEDED || state == STATE_RETRACTED;
}
