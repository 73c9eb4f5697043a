#include "revise.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"
#include "language/zone.h"

static bool fail(struct findings *findings, int status, const char *path, const char *remedy,
                 const char *what)
{
    struct source source = {.path = mem_dups(path)};

    finding_error(findings, status, (struct place){&source, PLACE_FILE}, remedy, "%s", what);
    free(source.path);
    return false;
}

static bool fail_unknown(const struct site *site, const char *document, struct findings *findings)
{
    finding_error(findings, EX_USAGE, yaml_place(site->settings, "documents"),
                  "name one of the documents in site.yaml", "there is no document \"%s\"",
                  document);
    return false;
}

/* Keys about one revision: they are written again, or (NULL) left to the editor. */
static bool is_own_key(struct str line, const char *day, struct buf *out)
{
    const struct {
        const char *key, *value;
    } own[] = {
        {"published:", day},  {"effective:", day},  {"class:", "notify"},   {"summary:", NULL},
        {"reconsent:", NULL}, {"retracted:", NULL}, {"source_date:", NULL},
    };

    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        size_t len = strlen(own[i].key);

        if (line.len < len || memcmp(line.data, own[i].key, len) != 0)
            continue;
        if (own[i].value)
            buf_addf(out, "%s %s\n", own[i].key, own[i].value);
        return true;
    }
    return false;
}

/* Lines that belong to the key above them: indented ones, and items of a list. */
static bool goes_on(struct str line)
{
    return line.len && strchr(" -\n", line.data[0]);
}

static void copy_settings(const struct revision *revision, struct date day, struct buf *out)
{
    const char *line = revision->source.text.data + strlen("---\n");
    const char *end = revision->source.text.data + revision->body - strlen("---\n");
    bool own = false;

    buf_adds(out, "---\n");
    while (line < end) {
        struct str whole = {line, strcspn(line, "\n") + 1};

        own = is_own_key(whole, day.iso, out) || (own && goes_on(whole));
        if (!own)
            buf_addstr(out, whole);
        line += whole.len;
    }
    buf_adds(out, "---\n");
}

static bool write_draft(const struct revision *from, const char *path, struct date day, FILE *out,
                        struct findings *findings)
{
    struct buf text = BUF_INIT;
    bool ok;

    copy_settings(from, day, &text);
    buf_adds(&text, from->source.text.data + from->body);
    ok = file_create(path, buf_str(&text));
    buf_release(&text);
    if (!ok && errno == EEXIST)
        return fail(findings, EX_CANTCREAT, path, "edit that file, or choose another day",
                    "this version already exists");
    if (!ok)
        return fail(findings, EX_CANTCREAT, path, "check the folder's permissions",
                    strerror(errno));
    fprintf(out,
            "%s is a copy of %s.\n"
            "Change its words, write in summary: what changes, and set effective: and class:.\n"
            "Visitors do not see it before %s.  `teade diff %s %s` shows what changed.\n",
            path, from->id, day.iso, from->source.path, path);
    return true;
}

/* The revision that another will follow: the newest before it that was not retracted. */
static const struct revision *predecessor(const struct document *document, const char *id)
{
    const struct revision *found = NULL;

    for (size_t r = 0; r < document->count; r++)
        if (!*document->revisions[r].retracted.iso &&
            revision_compare(document->revisions[r].id, id) < 0)
            found = &document->revisions[r];
    return found;
}

static bool revise_document(const struct document *document, const char *folder, const char *id,
                            struct date today, FILE *out, struct findings *findings)
{
    const struct revision *from = predecessor(document, id);
    char *path = mem_printf("%s/%s/%s.md", folder, document->id, id);
    struct date day;
    int number;
    bool ok = false;

    if (!revision_id_parse(str_of(id), &day, &number))
        fail(findings, EX_USAGE, path, "write the day it will be published, YYYY-MM-DD",
             "not the name of a version");
    else if (strcmp(day.iso, today.iso) < 0)
        fail(findings, EX_USAGE, path, "choose today or a later day", "that day is in the past");
    else if (!from)
        fail(findings, EX_DATAERR, path, "choose a later day",
             "there is no earlier version to copy");
    else
        ok = write_draft(from, path, day, out, findings);
    free(path);
    return ok;
}

bool revise(const struct edition_options *options, const char *document, const char *id, FILE *out,
            struct findings *findings)
{
    const struct document *found;
    struct site site;
    bool ok = site_read(&site, options->content, options->day, findings);

    if (ok) {
        struct date today = *options->day.iso ? options->day : zone_today(site.time_zone);

        found = site_document(&site, str_of(document));
        ok = found ? revise_document(found, options->content, id, today, out, findings)
                   : fail_unknown(&site, document, findings);
    }
    site_release(&site);
    return ok;
}
