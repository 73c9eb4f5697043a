#include "new.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"
#include "catalog/gettext.h"
#include "catalog/interface.h"
#include "extract.h"

/* Catalogues */

/* The catalogues that a language needs: none into the language that a text is written in, and none
 * of the interface where one came with the templates. */
struct wanted {
    const char **names;
    size_t count;
};

static void wanted_init(struct wanted *wanted, const struct edition_options *options,
                        const struct site *site, const char *tag)
{
    *wanted = (struct wanted){mem_alloc((site->document_count + 1) * sizeof *wanted->names), 0};
    if (interface_is_own(options->locale, options->templates, tag))
        wanted->names[wanted->count++] = "site";
    for (size_t d = 0; d < site->document_count; d++)
        if (document_language(&site->documents[d]) &&
            strcmp(tag, document_language(&site->documents[d])) != 0)
            wanted->names[wanted->count++] = site->documents[d].id;
}

static char *catalog_path(const struct edition_options *options, const char *tag, const char *name)
{
    return mem_printf("%s/%s/LC_MESSAGES/%s.po", options->locale, tag, name);
}

static bool is_missing(const struct edition_options *options, const struct wanted *wanted,
                       const char *tag)
{
    bool missing = false;

    for (size_t i = 0; i < wanted->count; i++) {
        char *path = catalog_path(options, tag, wanted->names[i]);

        missing |= !file_exists(path);
        free(path);
    }
    return missing;
}

static bool want_catalog(const struct edition_options *options, const char *name, const char *tag,
                         FILE *out, struct findings *findings)
{
    char *pot = mem_printf("%s/%s.pot", options->locale, name);
    char *path = catalog_path(options, tag, name);
    bool is_there = file_exists(path);
    bool ok = is_there || gettext_new_catalog(pot, path, tag, findings);

    if (ok)
        fprintf(out, "%s %s\n", is_there ? "kept" : "created", path);
    free(path);
    free(pot);
    return ok;
}

static bool make_catalogs(const struct edition_options *options, const struct wanted *wanted,
                          const char *tag, FILE *out, struct findings *findings)
{
    char *folder = mem_printf("%s/%s/LC_MESSAGES", options->locale, tag);
    struct source source = {.path = folder};
    bool ok = directory_make(folder);

    if (!ok)
        finding_error(findings, EX_CANTCREAT, (struct place){&source, PLACE_FILE},
                      "check permissions, or choose another --locale", "cannot write there: %s",
                      strerror(errno));
    for (size_t i = 0; ok && i < wanted->count; i++)
        ok = want_catalog(options, wanted->names[i], tag, out, findings);
    free(folder);
    return ok;
}

/* site.yaml */

/* Where a new item goes into [a, b] or into a list with a line each, behind the last one; and what
 * goes there.  No list: at the end of the file. */
static size_t item_end(const struct yaml *list, struct str file, const char *tag, struct buf *item)
{
    const char *text = file.data;
    size_t last, start;

    if (!list) {
        buf_addf(item, "%sin_progress: [%s]\n", text[file.len - 1] == '\n' ? "" : "\n", tag);
        return file.len;
    }
    if (!list->count) {
        buf_adds(item, tag);
        return list->place.offset + 1;
    }
    start = last = list->item[list->count - 1]->place.offset;
    if (text[list->place.offset] == '[') {
        buf_addf(item, ", %s", tag);
        return last + strcspn(text + last, ",] \t\n");
    }
    while (start > 0 && text[start - 1] != '\n')
        start--;
    buf_addf(item, "\n%*s- %s", (int)strspn(text + start, " "), "", tag);
    return last + strcspn(text + last, "\n"); /* a comment stays with its line */
}

/* The same offset in the file, where \r\n has the two bytes that source_read makes one. */
static size_t offset_in_file(struct str file, size_t offset)
{
    size_t at = 0;

    for (; offset > 0; at++)
        if (file.data[at] != '\r' || file.data[at + 1] != '\n')
            offset--;
    return at;
}

static void add_tag(const struct site *site, struct str file, const char *tag, struct buf *out)
{
    struct buf item = BUF_INIT;
    const struct yaml *list = yaml_get(site->settings, "in_progress");
    size_t end = offset_in_file(file, item_end(list, buf_str(&site->source.text), tag, &item));
    const char *line_end = memmem(file.data, file.len, "\r\n", 2) ? "\r\n" : "\n";

    buf_add(out, file.data, end);
    for (const char *c = item.data; *c; c++)
        *c == '\n' ? buf_adds(out, line_end) : buf_addc(out, *c);
    buf_add(out, file.data + end, file.len - end);
    buf_release(&item);
}

/* YAML can be written in more ways than item_end knows: what was meant must be what is read. */
static bool is_added(const struct site *site, struct str text, const char *tag,
                     struct findings *findings)
{
    struct source source;
    struct yaml *settings = NULL;
    const struct yaml *list = NULL;
    bool ok;

    if (source_set(&source, site->source.path, text, findings))
        settings = yaml_parse(&source, 0, source.text.len, findings);
    if (settings)
        list = yaml_get(settings, "in_progress");
    ok = list && list->kind == YAML_LIST && list->count == site->in_progress + 1 &&
         settings->count == site->settings->count + !site->in_progress_list &&
         strcmp(list->item[site->in_progress]->text, tag) == 0;
    for (size_t i = 0; ok && i < site->in_progress; i++)
        ok = strcmp(list->item[i]->text, site->languages[site->language_count + i]) == 0;
    yaml_discard(settings);
    source_release(&source);
    return ok;
}

static bool replace_site(const struct site *site, const char *tag, struct findings *findings)
{
    struct place place = {&site->source, PLACE_FILE};
    struct buf file = BUF_INIT, text = BUF_INIT;
    bool ok = false;

    if (file_read(site->source.path, &file))
        add_tag(site, buf_str(&file), tag, &text);
    if (text.len && !is_added(site, buf_str(&text), tag, findings))
        finding(findings, FINDING_ERROR, yaml_place(site->settings, "in_progress"),
                "add it by hand, or write the list on one line: in_progress: [fr, de]",
                "cannot add \"%s\" to a list that is written like this", tag);
    else if (!text.len || !file_replace(site->source.path, buf_str(&text)))
        finding_error(findings, EX_CANTCREAT, place, "check permissions and free space",
                      "cannot write: %s", strerror(errno));
    else
        ok = true;
    buf_release(&text);
    buf_release(&file);
    return ok;
}

static bool add_to_site(const struct site *site, const char *tag, FILE *out,
                        struct findings *findings)
{
    bool ok = replace_site(site, tag, findings);

    if (ok)
        fprintf(out,
                "%s: the language %s is in progress; move it to languages to show it to visitors\n",
                site->source.path, tag);
    return ok;
}

static bool is_listed(const struct site *site, const char *tag)
{
    for (size_t i = 0; i < site->language_count + site->in_progress; i++)
        if (strcmp(site->languages[i], tag) == 0)
            return true;
    return false;
}

static bool do_new(const struct edition_options *options, const struct site *site, const char *tag,
                   const struct wanted *wanted, FILE *out, struct findings *findings)
{
    bool is_there = is_listed(site, tag), ok;

    if (is_there && !is_missing(options, wanted, tag)) {
        finding(findings, FINDING_ERROR, yaml_place(site->settings, "languages"),
                "teade status lists what is left to translate", "language \"%s\" already exists",
                tag);
        return false;
    }
    ok = extract(options, tag, findings) && make_catalogs(options, wanted, tag, out, findings) &&
         (is_there || add_to_site(site, tag, out, findings));
    if (!ok)
        fprintf(out, "%s is unchanged; fix that, then run teade new %s again\n", site->source.path,
                tag);
    return ok;
}

bool new_language(const struct edition_options *options, const char *tag, FILE *out,
                  struct findings *findings)
{
    struct site site;
    struct wanted wanted = {NULL, 0};
    bool ok = site_read(&site, options->content, options->day, findings);

    if (ok) {
        wanted_init(&wanted, options, &site, tag);
        ok = do_new(options, &site, tag, &wanted, out, findings);
    }
    if (ok)
        fprintf(out,
                "Next: translate the catalogues in %s/%s/LC_MESSAGES, for example in Poedit; "
                "teade status shows their progress, teade check --draft their faults.\n",
                options->locale, tag);
    free(wanted.names);
    site_release(&site);
    return ok;
}
