/* libgettextpo reads and writes; it calls its error handlers without a context, so
 * the findings they report to stand in a static variable for the length of a call. */
#include "catalog.h"

#include <errno.h>
#include <gettext-po.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"

struct catalog_entry {
    const char *context; /* "" for none: gettext, too, tells the two apart by this */
    const char *msgid;
    struct entry entry;
};

struct catalog {
    struct source source;
    po_file_t file; /* owns the strings */
    struct catalog_entry *entries;
    size_t count;
};

static struct {
    struct findings *findings;
    const struct source *source;
} now;

static void report(int severity, size_t line, size_t column, const char *text)
{
    struct place place = {now.source, PLACE_FILE};
    struct str message = str_trim(str_of(text));

    if (line != (size_t)-1)
        place = place_at_line(now.source, line, column == (size_t)-1 ? 1 : column);
    finding(now.findings, severity == PO_SEVERITY_WARNING ? FINDING_WARNING : FINDING_ERROR, place,
            "msgfmt --check FILE shows the same; Poedit mends most", "%.*s", (int)message.len,
            message.data);
    if (severity == PO_SEVERITY_FATAL_ERROR)
        exit(EX_DATAERR); /* the library must not be returned to */
}

static void on_error(int severity, po_message_t message, const char *file, size_t line,
                     size_t column, int multiline, const char *text)
{
    (void)message, (void)file, (void)multiline;
    report(severity, line, column, text);
}

static void on_error2(int severity, po_message_t message1, const char *file1, size_t line1,
                      size_t column1, int multiline1, const char *text1, po_message_t message2,
                      const char *file2, size_t line2, size_t column2, int multiline2,
                      const char *text2)
{
    (void)message1, (void)file1, (void)multiline1;
    (void)message2, (void)file2, (void)line2, (void)column2, (void)multiline2, (void)text2;
    report(severity, line1, column1, text1);
}

static const struct po_xerror_handler handlers = {on_error, on_error2};

static int by_key(const void *a, const void *b)
{
    const struct catalog_entry *x = a, *y = b;
    int order = strcmp(x->msgid, y->msgid);

    return order ? order : strcmp(x->context, y->context);
}

/* The library does not say where a message stands, but hands messages out in the order
 * of the file, and each begins with a line `msgid`. */
static size_t next_msgid(const struct source *source, size_t from)
{
    const char *line = source->text.data + from;

    while (line && strncmp(line, "msgid ", 6) != 0) {
        line = strchr(line, '\n');
        if (line)
            line++;
    }
    return line ? (size_t)(line - source->text.data) : source->text.len;
}

static void collect(struct catalog *catalog)
{
    po_message_iterator_t walk = po_message_iterator(catalog->file, NULL);
    po_message_t message;
    size_t offset = 0;

    while ((message = po_next_message(walk))) {
        struct catalog_entry *entry;
        const char *context = po_message_msgctxt(message);

        if (po_message_is_obsolete(message))
            continue;
        offset = next_msgid(&catalog->source, offset);
        catalog->entries = mem_grow(catalog->entries, catalog->count, sizeof *catalog->entries);
        entry = &catalog->entries[catalog->count++];
        entry->context = context ? context : "";
        entry->msgid = po_message_msgid(message);
        entry->entry = (struct entry){
            po_message_msgstr(message), po_message_is_fuzzy(message), {&catalog->source, offset}};
        offset++;
    }
    po_message_iterator_free(walk);
    qsort(catalog->entries, catalog->count, sizeof *catalog->entries, by_key);
}

struct catalog *catalog_read(const char *path, struct findings *findings)
{
    struct catalog *catalog = mem_alloc(sizeof *catalog);
    size_t errors = findings->errors;

    if (source_read(&catalog->source, path, findings)) {
        now.findings = findings;
        now.source = &catalog->source;
        catalog->file = po_file_read(path, &handlers);
    }
    if (catalog->file && findings->errors == errors) {
        collect(catalog);
        return catalog;
    }
    catalog_free(catalog);
    return NULL;
}

void catalog_free(struct catalog *catalog)
{
    if (!catalog)
        return;
    if (catalog->file)
        po_file_free(catalog->file);
    free(catalog->entries);
    source_release(&catalog->source);
    free(catalog);
}

const struct entry *catalog_find(const struct catalog *catalog, const char *context,
                                 const char *msgid)
{
    struct catalog_entry key = {.context = context ? context : "", .msgid = msgid};
    const struct catalog_entry *found =
        bsearch(&key, catalog->entries, catalog->count, sizeof key, by_key);

    return found ? &found->entry : NULL;
}

struct place catalog_place(const struct catalog *catalog)
{
    return (struct place){&catalog->source, PLACE_FILE};
}

/* Writing */

struct catalog_writer {
    po_file_t file;
    po_message_iterator_t end;
    struct added {
        const char *context, *msgid; /* owned by the message */
        po_message_t message;
    } * added;
    size_t count;
};

struct catalog_writer *catalog_writer_new(void)
{
    struct catalog_writer *writer = mem_alloc(sizeof *writer);
    po_message_t header = po_message_create();

    writer->file = po_file_create();
    writer->end = po_message_iterator(writer->file, NULL);
    po_message_set_msgid(header, "");
    po_message_set_msgstr(header, "Project-Id-Version: Teade\n"
                                  "Report-Msgid-Bugs-To: \n"
                                  "PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\n"
                                  "Last-Translator: FULL NAME <EMAIL@ADDRESS>\n"
                                  "Language-Team: LANGUAGE\n"
                                  "Language: \n"
                                  "MIME-Version: 1.0\n"
                                  "Content-Type: text/plain; charset=UTF-8\n"
                                  "Content-Transfer-Encoding: 8bit\n");
    po_message_set_fuzzy(header, 1);
    po_message_insert(writer->end, header);
    return writer;
}

static po_message_t writer_find(const struct catalog_writer *writer, const char *context,
                                const char *msgid)
{
    for (size_t i = 0; i < writer->count; i++)
        if (strcmp(writer->added[i].msgid, msgid) == 0 &&
            (context ? writer->added[i].context && strcmp(writer->added[i].context, context) == 0
                     : !writer->added[i].context))
            return writer->added[i].message;
    return NULL;
}

static void add_note(po_message_t message, const char *note)
{
    const char *old = po_message_extracted_comments(message);
    char *joined;

    if (!note || strstr(old, note))
        return;
    joined = mem_printf("%s%s\n", old, note);
    po_message_set_extracted_comments(message, joined);
    free(joined);
}

void catalog_writer_add(struct catalog_writer *writer, const char *context, const char *msgid,
                        const char *note, const char *reference)
{
    po_message_t message = writer_find(writer, context, msgid);

    if (!message) {
        message = po_message_create();
        if (context)
            po_message_set_msgctxt(message, context);
        po_message_set_msgid(message, msgid);
        po_message_insert(writer->end, message);
        writer->added = mem_grow(writer->added, writer->count, sizeof *writer->added);
        writer->added[writer->count++] =
            (struct added){po_message_msgctxt(message), po_message_msgid(message), message};
    }
    add_note(message, note);
    po_message_add_filepos(message, reference, (size_t)-1);
}

/* The library ends the program where it cannot write, so that is tried beforehand. */
static bool write_file(po_file_t file, const char *path)
{
    char *temporary = mem_printf("%s.tmp", path);
    bool ok = file_replace(temporary, str_of(""));

    if (ok) {
        po_file_write(file, temporary, &handlers);
        ok = rename(temporary, path) == 0;
    }
    free(temporary);
    return ok;
}

bool catalog_writer_finish(struct catalog_writer *writer, const char *path,
                           struct findings *findings)
{
    struct source target = {.path = mem_dups(path)};
    size_t errors = findings->errors;

    now.findings = findings;
    now.source = &target;
    if (!write_file(writer->file, path))
        finding_error(findings, EX_CANTCREAT, (struct place){&target, PLACE_FILE},
                      "check permissions, or choose another --locale", "cannot write: %s",
                      strerror(errno));
    source_release(&target);
    po_message_iterator_free(writer->end);
    po_file_free(writer->file);
    free(writer->added);
    free(writer);
    return findings->errors == errors;
}
