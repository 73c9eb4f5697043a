#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "catalog_private.h"
#include "language/language.h"
#include "language/plural.h"
#include "po_place.h"

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
        finding(findings, FINDING_WARNING, place, remedy, "the header gives \"%s\" %s, CLDR %d",
                language, number_of(is, "plural form", "plural forms").text, wanted.usual);
    free(remedy);
    free(forms);
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

void catalog_check(const struct catalog *catalog, const char *language, struct findings *findings)
{
    check_header(catalog, language, findings);
    check_escapes(catalog, findings);
    for (size_t i = 0; i < catalog->count; i++)
        check_line_feeds(&catalog->entries[i], findings);
}
