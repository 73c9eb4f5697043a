/* libgettextpo reads and writes; it calls its error handlers without a context, so
 * the findings they report to stand in a static variable for the length of a call. */
#include "catalog.h"

#include <ctype.h>
#include <errno.h>
#include <gettext-po.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/characters.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "language/language.h"
#include "language/plural.h"
#include "language/visible.h"
#include "po_place.h"

struct catalog_entry {
    const char *context; /* "" for none; gettext would tell the two apart, we do not */
    const char *msgid;
    char *key; /* the msgid in its composed form (visible.h), which looks the same */
    struct entry entry;
};

struct catalog {
    struct source source;
    po_file_t file; /* owns the strings */
    struct catalog_entry *entries;
    size_t count;
    char *language; /* by the header, or NULL */
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
            "msgfmt --check FILE shows the same; Poedit fixes most", "%.*s", (int)message.len,
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
        entry->entry = (struct entry){
            msgstr_of(message), po_message_is_fuzzy(message),
            po_note(&catalog->source, from, offset), po_words(&catalog->source, offset)};
        offset++;
    }
    po_message_iterator_free(walk);
    if (catalog->count) /* the array of an empty catalogue is NULL */
        qsort(catalog->entries, catalog->count, sizeof *catalog->entries, by_key);
}

/* Checking */

/* The line of a field of the header, or where the header begins. */
static struct place place_of_field(const struct catalog *catalog, const char *line)
{
    const char *found = strstr(catalog->source.text.data, line);

    return (struct place){&catalog->source, found ? (size_t)(found - catalog->source.text.data)
                                                  : po_next_msgid(&catalog->source, 0)};
}

/* gettext writes pt_BR where the Web has pt-BR. */
static bool same_language(const char *gettext, const char *tag)
{
    for (; *gettext && *tag; gettext++, tag++)
        if (tolower(*gettext == '_' ? '-' : *gettext) != tolower(*tag))
            return false;
    return *gettext == *tag;
}

static void check_language(const struct catalog *catalog, const char *language, const char *header,
                           struct findings *findings)
{
    char *is = po_header_field(header, "Language");

    if (!is || !same_language(is, language)) {
        char *remedy =
            mem_printf("write \"Language: %s\\n\", or move the file to the folder of its "
                       "language",
                       language);

        finding(findings, FINDING_ERROR, place_of_field(catalog, "\"Language:"), remedy,
                "the header says that the language is \"%s\", not \"%s\"", is ? is : "", language);
        free(remedy);
    }
    free(is);
}

static bool has_plurals(const struct catalog *catalog)
{
    po_message_iterator_t walk = po_message_iterator(catalog->file, NULL);
    po_message_t message;
    bool has = false;

    while ((message = po_next_message(walk)))
        has |= po_message_msgid_plural(message) != NULL;
    po_message_iterator_free(walk);
    return has;
}

/* To be freed. */
static char *plurals_remedy(const char *language, int count)
{
    const char *forms = plural_forms_of(language);

    if (forms)
        return mem_printf("write \"Plural-Forms: %s\\n\" in the header", forms);
    return mem_printf("write the line \"Plural-Forms: nplurals=%d; plural=…;\\n\" that "
                      "CLDR's plural rules for whole numbers make",
                      count);
}

/* As many forms as CLDR has for the language; some tools leave out the one of round millions. */
static void check_plurals(const struct catalog *catalog, const char *language, const char *header,
                          struct findings *findings)
{
    char *forms = po_header_field(header, "Plural-Forms");
    const char *number = forms ? strstr(forms, "nplurals=") : NULL;
    long is = number ? strtol(number + 9, NULL, 10) : 0;
    struct plural_forms wanted = language_plural_forms(language);
    char *remedy = plurals_remedy(language, wanted.usual);
    struct place place = place_of_field(catalog, "\"Plural-Forms:");

    if (!forms && has_plurals(catalog))
        finding(findings, FINDING_WARNING, place, remedy,
                "the header does not say how many plural forms \"%s\" has", language);
    else if (forms && is != wanted.count && is != wanted.usual)
        finding(findings, FINDING_WARNING, place, remedy,
                "the header gives \"%s\" %s, CLDR %d", language,
                number_of(is, "plural form", "plural forms").text, wanted.usual);
    free(remedy);
    free(forms);
}

static void read_language(struct catalog *catalog)
{
    const char *header = po_file_domain_header(catalog->file, NULL);

    catalog->language = po_header_field(header ? header : "", "Language");
}

static void check_header(const struct catalog *catalog, const char *language,
                         struct findings *findings)
{
    const char *header = po_file_domain_header(catalog->file, NULL);
    char *type = po_header_field(header ? header : "", "Content-Type");

    if (!type || !strcasestr(type, "charset=UTF-8"))
        finding(findings, FINDING_ERROR, place_of_field(catalog, "\"Content-Type:"),
                "write \"Content-Type: text/plain; charset=UTF-8\\n\" in the header",
                "the header does not say that the file is UTF-8");
    if (language) {
        check_language(catalog, language, header ? header : "", findings);
        check_plurals(catalog, language, header ? header : "", findings);
    }
    free(type);
}

/* The library turns numbers into bytes: any, also such as are not UTF-8, and a NUL, which
 * ends the text. */
static void check_escapes(const struct catalog *catalog, struct findings *findings)
{
    const struct source *source = &catalog->source;

    for (const char *line = source->text.data, *end; *line; line = end + (*end != '\0')) {
        end = strchrnul(line, '\n');
        for (const char *at = line; *line != '#' && at + 1 < end; at++) {
            if (*at != '\\')
                continue;
            if (strchr("01234567x", *++at))
                finding(findings, FINDING_ERROR,
                        (struct place){source, (size_t)(at - 1 - source->text.data)},
                        "write the character itself", "a character written as a number");
        }
    }
}

/* msgfmt refuses such a catalogue, and so does `make po`. */
static void check_line_feeds(const struct catalog_entry *entry, struct findings *findings)
{
    size_t ours = strlen(entry->msgid), theirs = strlen(entry->entry.msgstr);
    const char *msgstr = entry->entry.msgstr;

    if (!theirs || entry->entry.fuzzy || !ours)
        return;
    if ((entry->msgid[ours - 1] == '\n') != (msgstr[theirs - 1] == '\n'))
        finding(findings, FINDING_WARNING, entry_place(&entry->entry, theirs - 1),
                "end the translation as the message ends, with \\n or without",
                "message and translation do not both end with a line feed");
    if ((entry->msgid[0] == '\n') != (msgstr[0] == '\n'))
        finding(findings, FINDING_WARNING, entry_place(&entry->entry, 0),
                "begin the translation as the message begins, with \\n or without",
                "message and translation do not both begin with a line feed");
}

struct catalog *catalog_read(const char *path, const char *language, struct findings *findings)
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
        read_language(catalog);
        check_header(catalog, language, findings);
        check_escapes(catalog, findings);
        for (size_t i = 0; i < catalog->count; i++)
            check_line_feeds(&catalog->entries[i], findings);
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

/* Writing */

struct catalog_writer {
    po_file_t file;
    po_message_iterator_t end;
    po_message_t *messages; /* without the header */
    size_t count;
    json_t *index; /* by context and msgid, into them */
};

struct catalog_writer *catalog_writer_new(void)
{
    struct catalog_writer *writer = mem_alloc(sizeof *writer);
    po_message_t header = po_message_create();

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

/* The library says nothing of a write that failed, for example on a full disk.  So it
 * writes into memory, and what has come there goes to the disk by our own hands. */
static bool print_catalog(const struct catalog_writer *writer, const char *name, struct buf *out,
                          struct findings *findings)
{
    struct source target = {.path = (char *)name, .text = BUF_INIT};
    int memory = memfd_create("catalog", MFD_CLOEXEC);
    char *path = mem_printf("/proc/self/fd/%d", memory);
    bool ok;

    now.findings = findings;
    now.source = &target;
    ok = memory >= 0 && po_file_write(writer->file, path, &handlers) && file_read(path, out);
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

bool catalog_writer_print(const struct catalog_writer *writer, FILE *out,
                          struct findings *findings)
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
