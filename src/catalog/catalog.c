#include "catalog.h"

#include <gettext-po.h>
#include <stdlib.h>
#include <string.h>

#include "base/characters.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "catalog_private.h"
#include "language/visible.h"
#include "po_place.h"
#include "po_report.h"

static int by_key(const void *a, const void *b)
{
    const struct catalog_entry *x = a, *y = b;
    int order = strcmp(x->key, y->key);

    return order ? order : strcmp(x->context, y->context);
}

/* Its words, or "" where a reader would see none. */
static const char *msgstr_of(po_message_t message)
{
    const char *msgstr = po_message_msgstr(message);

    return character_all_blank(str_of(msgstr)) ? "" : msgstr;
}

/* To be freed. */
static char *composed(const char *text)
{
    struct buf out = BUF_INIT;

    if (utf8_invalid(str_of(text)) < strlen(text)) /* escape sequences, which are errors */
        return mem_dups(text);
    visible_compose(str_of(text), &out);
    return out.len ? buf_detach(&out) : mem_dups("");
}

static void collect(struct catalog *catalog)
{
    po_message_iterator_t walk = po_message_iterator(catalog->file, NULL);
    po_message_t message;
    size_t offset = 0, from;

    while ((message = po_next_message(walk))) {
        struct catalog_entry *entry;
        const char *context = po_message_msgctxt(message);

        if (po_message_is_obsolete(message))
            continue;
        from = offset;
        offset = po_next_msgid(&catalog->source, from);
        catalog->entries = mem_grow(catalog->entries, catalog->count, sizeof *catalog->entries);
        entry = &catalog->entries[catalog->count++];
        entry->context = context ? context : "";
        entry->msgid = po_message_msgid(message);
        entry->key = composed(entry->msgid);
        entry->entry = (struct entry){msgstr_of(message), po_message_is_fuzzy(message),
                                      po_note(&catalog->source, from, offset),
                                      po_words(&catalog->source, offset)};
        offset++;
    }
    po_message_iterator_free(walk);
    if (catalog->count) /* the array of an empty catalogue is NULL */
        qsort(catalog->entries, catalog->count, sizeof *catalog->entries, by_key);
}

static void read_language(struct catalog *catalog)
{
    const char *header = po_file_domain_header(catalog->file, NULL);

    catalog->language = po_header_field(header ? header : "", "Language");
}

struct catalog *catalog_read(const char *path, const char *language, struct findings *findings)
{
    struct catalog *catalog = mem_alloc(sizeof *catalog);
    size_t errors = findings->errors;

    if (source_read(&catalog->source, path, findings)) {
        catalog->file = po_file_read(path, po_report_to(findings, &catalog->source));
    }
    if (catalog->file && findings->errors == errors) {
        collect(catalog);
        read_language(catalog);
        catalog_check(catalog, language, findings);
        if (findings->errors == errors)
            return catalog;
    }
    catalog_free(catalog);
    return NULL;
}

struct catalog *catalog_unread(const char *path, const char *language)
{
    struct catalog *catalog = mem_alloc(sizeof *catalog);

    catalog->source = (struct source){.path = mem_dups(path), .text = BUF_INIT};
    catalog->language = mem_dups(language);
    return catalog;
}

bool catalog_is_unread(const struct catalog *catalog)
{
    return !catalog->file;
}

void catalog_free(struct catalog *catalog)
{
    if (!catalog)
        return;
    if (catalog->file)
        po_file_free(catalog->file);
    for (size_t i = 0; i < catalog->count; i++)
        free(catalog->entries[i].key);
    free(catalog->entries);
    free(catalog->language);
    source_release(&catalog->source);
    free(catalog);
}

static struct entry *find(const struct catalog *catalog, const char *context, const char *msgid)
{
    struct catalog_entry key = {.context = context ? context : "", .key = composed(msgid)};
    struct catalog_entry *found =
        catalog->count ? bsearch(&key, catalog->entries, catalog->count, sizeof key, by_key) : NULL;

    free(key.key);
    return found ? &found->entry : NULL;
}

const struct entry *catalog_find(const struct catalog *catalog, const char *context,
                                 const char *msgid)
{
    return find(catalog, context, msgid);
}

void catalog_reject(struct catalog *catalog, const char *context, const char *msgid)
{
    find(catalog, context, msgid)->fuzzy = true;
}

struct place entry_place(const struct entry *entry, size_t offset)
{
    return po_msgstr(entry->place, offset);
}

static void check_note(const struct entry *entry, struct findings *findings)
{
    const struct source *source = entry->place.source;
    size_t start;

    if (!entry->note.len)
        return;
    start = (size_t)(entry->note.data - source->text.data);
    characters_check(source, start, start + entry->note.len, FINDING_ERROR, findings);
}

void entry_check(const struct entry *entry, struct findings *findings)
{
    struct str text = str_of(entry->msgstr);

    check_note(entry, findings);
    for (struct str rest = text; rest.len;) {
        size_t at = text.len - rest.len;
        int32_t c = utf8_next(&rest);
        const struct character_fault *fault = character_fault(c, text, at);

        if (fault)
            character_report(fault, c, entry_place(entry, at), FINDING_ERROR, findings);
    }
}

const char *catalog_language(const struct catalog *catalog)
{
    return catalog->language && *catalog->language ? catalog->language : NULL;
}

struct place catalog_place(const struct catalog *catalog)
{
    return (struct place){&catalog->source, PLACE_FILE};
}
