#include "catalog_writer.h"

#include <errno.h>
#include <gettext-po.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "language/plural.h"
#include "po_report.h"

struct catalog_writer {
    po_file_t file;
    po_message_iterator_t end;
    po_message_t header;
    po_message_t *messages; /* without the header */
    size_t count;
    json_t *index; /* by context and msgid, into them */
};

struct catalog_writer *catalog_writer_new(void)
{
    struct catalog_writer *writer = mem_alloc(sizeof *writer);
    po_message_t header = po_message_create();

    writer->header = header;
    writer->index = json_object();
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

void catalog_writer_set_language(struct catalog_writer *writer, const char *tag, const char *day)
{
    const char *forms = plural_forms_of(tag);
    struct buf header = BUF_INIT;

    buf_addf(&header,
             "Project-Id-Version: Teade\nReport-Msgid-Bugs-To: \nPO-Revision-Date: %s 00:00+0000\n"
             "Last-Translator: Automatically generated\nLanguage-Team: none\nLanguage: %s\n"
             "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
             "Content-Transfer-Encoding: 8bit\n",
             day, tag);
    for (char *c = strstr(header.data, "Language: "); *c != '\n'; c++)
        *c = *c == '-' ? '_' : *c; /* gettext writes pt_BR where the Web has pt-BR */
    if (forms)
        buf_addf(&header, "Plural-Forms: %s\n", forms);
    po_message_set_msgstr(writer->header, header.data);
    po_message_set_fuzzy(writer->header, 0);
    buf_release(&header);
}

/* As MO files spell it; to be freed. */
static char *key_of(const char *context, const char *msgid)
{
    return context ? mem_printf("%s\4%s", context, msgid) : mem_dups(msgid);
}

static po_message_t writer_message(struct catalog_writer *writer, const char *context,
                                   const char *msgid)
{
    char *key = key_of(context, msgid);
    json_t *found = json_object_get(writer->index, key);
    po_message_t message;

    if (found) {
        message = writer->messages[json_integer_value(found)];
    } else {
        message = po_message_create();
        if (context)
            po_message_set_msgctxt(message, context);
        po_message_set_msgid(message, msgid);
        po_message_insert(writer->end, message);
        json_object_set_new(writer->index, key, json_integer((json_int_t)writer->count));
        writer->messages = mem_grow(writer->messages, writer->count, sizeof *writer->messages);
        writer->messages[writer->count++] = message;
    }
    free(key);
    return message;
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
    po_message_t message = writer_message(writer, context, msgid);

    add_note(message, note);
    po_message_add_filepos(message, reference, (size_t)-1);
}

void catalog_writer_translate(struct catalog_writer *writer, const char *context, const char *msgid,
                              const char *msgstr)
{
    po_message_set_msgstr(writer_message(writer, context, msgid), msgstr);
}

/* Whether the text ends with the last of its messages. */
static bool is_whole(const struct catalog_writer *writer, struct str text)
{
    static const char msgstr[] = "\nmsgstr \"", end[] = "\"\n";
    size_t len = sizeof end - 1, messages = 0;

    for (const char *at = text.data; (at = strstr(at, msgstr)); at++)
        messages++;
    return messages == writer->count + 1 && text.len > len &&
           memcmp(text.data + text.len - len, end, len) == 0;
}

/* The library does not report a failed write, for example on a full disk.  So it writes to memory,
 * and Teade writes the result to the disk. */
static bool print_catalog(const struct catalog_writer *writer, const char *name, struct buf *out,
                          struct findings *findings)
{
    struct source target = {.path = (char *)name, .text = BUF_INIT};
    int memory = memfd_create("catalog", MFD_CLOEXEC);
    char *path = mem_printf("/proc/self/fd/%d", memory);
    bool ok;

    ok = memory >= 0 && po_file_write(writer->file, path, po_report_to(findings, &target)) &&
         file_read(path, out);
    if (memory >= 0)
        close(memory);
    free(path);
    if (ok && !is_whole(writer, buf_str(out))) {
        errno = ENOSPC;
        ok = false;
    }
    return ok;
}

static bool fail_to_write(const char *path, const char *remedy, struct findings *findings)
{
    struct source target = {.path = (char *)path, .text = BUF_INIT};

    finding_error(findings, EX_CANTCREAT, (struct place){&target, PLACE_FILE}, remedy,
                  "cannot write: %s", strerror(errno));
    return false;
}

bool catalog_writer_write(const struct catalog_writer *writer, const char *path,
                          struct findings *findings)
{
    struct buf text = BUF_INIT;
    bool ok = print_catalog(writer, path, &text, findings) && file_replace(path, buf_str(&text));

    buf_release(&text);
    return ok || fail_to_write(path, "check permissions and free space, or choose another --locale",
                               findings);
}

bool catalog_writer_print(const struct catalog_writer *writer, FILE *out, struct findings *findings)
{
    static const char name[] = "standard output";
    struct buf text = BUF_INIT;
    bool ok = print_catalog(writer, name, &text, findings) &&
              fwrite(text.data, 1, text.len, out) == text.len && fflush(out) == 0;

    buf_release(&text);
    return ok || fail_to_write(name, "check where the output goes", findings);
}

void catalog_writer_free(struct catalog_writer *writer)
{
    po_message_iterator_free(writer->end);
    po_file_free(writer->file);
    json_decref(writer->index);
    free(writer->messages);
    free(writer);
}
