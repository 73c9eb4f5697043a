#include "site.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "language/language.h"
#include "language/zone.h"
#include "site_page.h"
#include "stray.h"

static const char *const status_names[] = {"preview", "published", NULL};

static bool read_tags(struct site *site, const struct yaml *value, struct findings *findings)
{
    bool ok = true;

    for (size_t i = 0; i < value->count; i++) {
        const struct yaml *item = value->item[i];
        const char *tag = item->kind == YAML_SCALAR ? item->text : "this";
        const char *problem = language_problem(tag);

        if (problem) {
            finding(findings, FINDING_ERROR, item->place,
                    "write a BCP 47 tag such as et, ja or pt-BR", "\"%s\" %s", tag, problem);
            ok = false;
        } else if (site_has_language(site, item->text)) {
            finding(findings, FINDING_ERROR, item->place, "name it once",
                    "language \"%s\" is listed twice", item->text);
            ok = false;
        } else {
            site->languages =
                mem_grow(site->languages, site->language_count, sizeof *site->languages);
            site->languages[site->language_count++] = item->text;
        }
    }
    return ok;
}

static bool read_languages(const struct yaml *value, void *member, const void *argument,
                           struct findings *findings)
{
    (void)argument;
    if (value->kind == YAML_LIST && value->count)
        return read_tags(member, value, findings);
    finding(findings, FINDING_ERROR, value->place, "write languages: [et, ja, en]",
            "languages are a list with at least one tag");
    return false;
}

/* Placed after the languages that visitors read, wherever the key is in the file. */
static bool read_in_progress(struct site *site, struct findings *findings)
{
    size_t count = site->language_count;
    bool ok = !site->in_progress_list || read_tags(site, site->in_progress_list, findings);

    site->in_progress = site->language_count - count;
    site->language_count = count;
    return ok;
}

static bool read_controllers(const struct yaml *value, void *member, const void *argument,
                             struct findings *findings)
{
    static const struct yaml_field fields[] = {
        {"name", true, yaml_read_text, offsetof(struct controller, name), NULL},
        {"address", false, yaml_read_text, offsetof(struct controller, address), NULL},
        {"email", false, yaml_read_text, offsetof(struct controller, email), NULL},
        {"phone", false, yaml_read_text, offsetof(struct controller, phone), NULL},
    };
    struct site *site = member;
    bool ok = true;

    (void)argument;
    if (value->kind != YAML_LIST || value->count == 0) {
        finding(findings, FINDING_ERROR, value->place, "write a list, each item with a name",
                "controllers are a list with at least one item");
        return false;
    }
    for (size_t i = 0; i < value->count; i++) {
        site->controllers =
            mem_grow(site->controllers, site->controller_count, sizeof *site->controllers);
        ok &= yaml_bind(value->item[i], fields, sizeof fields / sizeof *fields,
                        &site->controllers[site->controller_count++], findings);
    }
    return ok;
}

bool base_url_is_usable(const char *url)
{
    static const char *const loopback[] = {"localhost", "127.0.0.1", "[::1]"};
    const char *host = strstr(url, "://");
    size_t len;

    if (!host)
        return false;
    host += 3;
    len = strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-:[]");
    if (len == 0 || host[len])
        return false;
    if (strncmp(url, "https://", 8) == 0)
        return true;
    if (strncmp(url, "http://", 7) != 0)
        return false;
    for (size_t i = 0; i < sizeof loopback / sizeof *loopback; i++) {
        len = strlen(loopback[i]);
        if (strncmp(host, loopback[i], len) == 0 && (!host[len] || host[len] == ':'))
            return true;
    }
    return false;
}

static bool read_base_url(const struct yaml *value, void *member, const void *argument,
                          struct findings *findings)
{
    if (!yaml_read_text(value, member, argument, findings))
        return false;
    if (base_url_is_usable(value->text))
        return true;
    finding(findings, FINDING_ERROR, value->place,
            "write https:// and the host, without a path; http:// only on a loopback address",
            "\"%s\" cannot be the base URL", value->text);
    return false;
}

static bool read_time_zone(const struct yaml *value, void *member, const void *argument,
                           struct findings *findings)
{
    if (!yaml_read_text(value, member, argument, findings))
        return false;
    if (zone_known(value->text))
        return true;
    finding(findings, FINDING_ERROR, value->place,
            "write a name such as Europe/Tallinn or UTC; if the name is right, install or update "
            "the package tzdata",
            "\"%s\" is not a time zone that this machine knows", value->text);
    return false;
}

static const int days_max = 3650, months_max = 120, years_max = 25;

/* A number that must not be 0, and the message if it is. */
static const struct count {
    const int *max;
    const char *remedy, *of_none;
} validity = {&months_max, "write how many months an answer is valid",
              "no answer would ever be valid"},
  retention = {&months_max, "write how many months a record is kept after it is no longer needed",
               "a changed answer could never be proved"},
  age = {&years_max, "write the age from which a person may answer alone, or remove the country",
         "an age of 0 years has no effect"};

static bool read_count(const struct yaml *value, void *member, const void *argument,
                       struct findings *findings)
{
    const struct count *count = argument;
    int number;

    if (!yaml_read_number(value, &number, count->max, findings))
        return false;
    if (number > 0) {
        *(int *)member = number;
        return true;
    }
    finding(findings, FINDING_ERROR, value->place, count->remedy, "%s", count->of_none);
    return false;
}

/* The parser has checked that no country is listed twice. */
static bool read_children(const struct yaml *value, void *member, const void *argument,
                          struct findings *findings)
{
    struct site *site = member;
    bool ok = true;

    (void)argument;
    if (value->kind != YAML_MAP || !value->count) {
        finding(findings, FINDING_ERROR, value->place, "write children: {EE: 13}",
                "children is a map of a country and an age, or of several");
        return false;
    }
    site->children = mem_alloc(value->count * sizeof *site->children);
    for (size_t i = 0; i < value->count; i++) {
        struct child_age *child = &site->children[site->child_age_count++];

        ok &= yaml_read_term(value->key[i], &child->country, &country_codes, findings) &&
              read_count(value->item[i], &child->years, &age, findings);
    }
    return ok;
}

/* Whether there are such gaps is seen when they are looked for. */
static bool read_accepted_gaps(const struct yaml *value, void *member, const void *argument,
                               struct findings *findings)
{
    struct site *site = member;
    const char *reason;
    bool ok = true;

    if (value->kind != YAML_MAP || !value->count) {
        finding(findings, FINDING_ERROR, value->place,
                "write accepted_gaps: {complaint: the reason}",
                "accepted_gaps is a map of missing statements and the reasons to accept them");
        return false;
    }
    site->accepted_gaps = value;
    for (size_t i = 0; i < value->count; i++)
        ok &= yaml_read_text(value->item[i], &reason, argument, findings);
    return ok;
}

/* A text that is on every page, as the slot site_KEY, with the same words in every language.  It
 * has no member: site_shown() reads it. */
static bool read_shown(const struct yaml *value, void *member, const void *argument,
                       struct findings *findings)
{
    const char *text;

    (void)member;
    return yaml_read_text(value, &text, argument, findings);
}

static const struct yaml_field site_fields[] = {
    {"name", true, read_shown, 0, NULL},
    {"base_url", true, read_base_url, offsetof(struct site, base_url), NULL},
    {"languages", true, read_languages, 0, NULL},
    {"time_zone", true, read_time_zone, offsetof(struct site, time_zone), NULL},
    {"status", true, yaml_read_choice, offsetof(struct site, status), status_names},
    {"controllers", true, read_controllers, 0, NULL},
    {"documents", true, yaml_read_node, offsetof(struct site, document_list), &yaml_list},
    {"notice_period", false, yaml_read_number, offsetof(struct site, notice_period), &days_max},
    {"notice_days", false, yaml_read_number, offsetof(struct site, notice_days), &days_max},
    {"consent_validity", false, read_count, offsetof(struct site, consent_validity), &validity},
    {"retention", false, read_count, offsetof(struct site, retention), &retention},
    {"children", false, read_children, 0, NULL},
    {"jurisdiction", false, yaml_read_terms, offsetof(struct site, jurisdiction), &country_codes},
    {"in_progress", false, yaml_read_node, offsetof(struct site, in_progress_list), &yaml_list},
    {"accepted_gaps", false, read_accepted_gaps, 0, NULL},
    {"gpc", false, yaml_read_bool, offsetof(struct site, gpc), NULL},
    {"record_of_choices", true, yaml_read_text, offsetof(struct site, record_of_choices), NULL},
};

static bool document_can_be(const struct site *site, const struct yaml *item,
                            struct findings *findings)
{
    if (item->kind == YAML_SCALAR && site_page_takes(item->text)) {
        finding(findings, FINDING_ERROR, item->place, "give the document another name",
                "\"%s\" is reserved for the site's own pages", item->text);
        return false;
    }
    if (item->kind != YAML_SCALAR || !is_plain_id(item->text)) {
        finding(findings, FINDING_ERROR, item->place,
                "name a folder in content/ with lower-case letters, digits and hyphens",
                "not the name of a document");
        return false;
    }
    for (size_t i = 0; i < site->document_count; i++)
        if (strcmp(site->documents[i].id, item->text) == 0) {
            finding(findings, FINDING_ERROR, item->place, "name it once",
                    "document \"%s\" is listed twice", item->text);
            return false;
        }
    return true;
}

/* Of a draft it is a warning, as all that is wrong with its settings. */
static bool languages_fit(const struct site *site, const struct revision *revision, struct date day,
                          struct findings *findings)
{
    const char *wanted[] = {revision->language, revision->authoritative};
    const char *keys[] = {"language", "authoritative"};
    bool is_draft = strcmp(revision->published.iso, day.iso) > 0, ok = true;

    for (size_t w = 0; w < 2; w++)
        if (wanted[w] && !site_has_language(site, wanted[w])) {
            finding(findings, is_draft ? FINDING_WARNING : FINDING_ERROR,
                    yaml_place(revision->front_matter, keys[w]),
                    "add it to languages in site.yaml, or correct the front matter",
                    "language \"%s\" is not one of the site's", wanted[w]);
            ok = is_draft;
        }
    return ok;
}

static bool read_documents(struct site *site, const char *directory, struct date day,
                           struct findings *findings)
{
    const struct yaml *list = site->document_list;
    bool ok = true;

    site->documents = mem_alloc(list->count * sizeof *site->documents);
    for (size_t i = 0; i < list->count; i++)
        if (document_can_be(site, list->item[i], findings)) {
            struct document *document = &site->documents[site->document_count++];

            ok &= document_read(document, directory, list->item[i]->text, day, findings);
            for (size_t r = 0; r < document->count; r++)
                ok &= languages_fit(site, &document->revisions[r], day, findings);
        } else {
            ok = false;
        }
    return ok;
}

static bool has_record_of_choices(const struct site *site, struct findings *findings)
{
    if (site_document(site, str_of(site->record_of_choices)))
        return true;
    finding(findings, FINDING_ERROR, yaml_place(site->settings, "record_of_choices"),
            "name one of the documents as record_of_choices: it is linked beside every form",
            "\"%s\" is not one of the documents", site->record_of_choices);
    return false;
}

/* Whether a folder looks like that of a document: there is a text in it, or one that was
 * published. */
static bool holds_texts(const char *folder)
{
    struct names names;
    bool holds = false;

    directory_list(folder, &names);
    for (size_t i = 0; i < names.count; i++) {
        size_t len = strlen(names.name[i]);

        holds |= strcmp(names.name[i], "published") == 0 ||
                 (len > 3 && strcmp(names.name[i] + len - 3, ".md") == 0);
    }
    names_release(&names);
    return holds;
}

/* A folder that site.yaml does not name is easily forgotten, or its name was misspelt there. */
static void report_unlisted(const struct site *site, const char *directory,
                            struct findings *findings)
{
    struct names names;

    directory_list(directory, &names);
    for (size_t i = 0; i < names.count; i++) {
        struct source source = {.path = mem_printf("%s/%s", directory, names.name[i])};

        if (!site_document(site, str_of(names.name[i])) && !stray_is(names.name[i]) &&
            holds_texts(source.path))
            finding(findings, FINDING_WARNING, (struct place){&source, PLACE_FILE},
                    "add it to documents in site.yaml, or move it elsewhere",
                    "\"%s\" is not listed in site.yaml: nothing in it is published", names.name[i]);
        free(source.path);
    }
    names_release(&names);
    stray_report(directory, findings);
}

bool site_read(struct site *site, const char *directory, struct date day, struct findings *findings)
{
    char *path = mem_printf("%s/site.yaml", directory);
    bool ok;

    *site = (struct site){
        .notice_period = 30, .notice_days = 30, .consent_validity = 24, .retention = 36};
    ok = source_read(&site->source, path, findings) &&
         (site->settings = yaml_parse(&site->source, 0, site->source.text.len, findings)) &&
         yaml_bind(site->settings, site_fields, sizeof site_fields / sizeof *site_fields, site,
                   findings) &&
         read_in_progress(site, findings);
    if (ok) {
        ok =
            read_documents(site, directory, *day.iso ? day : zone_today(site->time_zone), findings);
        site->is_partial = !ok;
    }
    ok = ok && has_record_of_choices(site, findings);
    if (ok)
        report_unlisted(site, directory, findings);
    free(path);
    return ok;
}

static void report_waiting(const struct site *site, const struct document *document,
                           struct findings *findings)
{
    char *remedy;

    if (!document->drafts) {
        finding(findings, FINDING_WARNING, yaml_place(site->settings, "documents"),
                "correct its first version, see above",
                "document \"%s\" is left out: it has no version that can be read", document->id);
        return;
    }
    remedy =
        mem_printf("--date %s shows it; to announce it, let it be published before it takes effect",
                   document->revisions->published.iso);
    finding(findings, FINDING_WARNING, yaml_place(document->revisions->front_matter, "published"),
            remedy, "document \"%s\" is left out until its first version is published on %s",
            document->id, document->revisions->published.iso);
    free(remedy);
}

void site_set_day(struct site *site, struct date day, struct findings *findings)
{
    size_t count = site->document_count, shown = 0;
    struct document *sorted = mem_alloc(count * sizeof *sorted);

    for (size_t i = 0; i < count; i++)
        document_set_day(&site->documents[i], day);
    for (size_t i = 0; i < count; i++)
        if (site->documents[i].count)
            sorted[shown++] = site->documents[i];
    site->document_count = shown;
    site->waiting = count - shown;
    for (size_t i = 0; i < count; i++)
        if (!site->documents[i].count) {
            report_waiting(site, &site->documents[i], findings);
            sorted[shown++] = site->documents[i];
        }
    free(site->documents);
    site->documents = sorted;
}

const char *site_shown_key(size_t i)
{
    for (size_t f = 0; f < sizeof site_fields / sizeof *site_fields; f++)
        if (site_fields[f].read == read_shown && i-- == 0)
            return site_fields[f].key;
    return NULL;
}

const char *site_shown(const struct site *site, const char *key)
{
    const struct yaml *value = yaml_get(site->settings, key);

    return value ? value->text : NULL;
}

const struct document *site_document(const struct site *site, struct str id)
{
    for (size_t i = 0; i < site->document_count + site->waiting; i++)
        if (str_is(id, site->documents[i].id))
            return &site->documents[i];
    return NULL;
}

struct date site_last_day(const struct site *site)
{
    struct date last = {""};

    for (size_t d = 0; d < site->document_count + site->waiting; d++) {
        const struct document *document = &site->documents[d];
        size_t count = document->count + document->drafts;

        if (count && strcmp(document->revisions[count - 1].published.iso, last.iso) > 0)
            last = document->revisions[count - 1].published;
    }
    return last;
}

struct date site_next_day(const struct site *site, struct date day)
{
    struct date next = {""};

    for (size_t d = 0; d < site->document_count + site->waiting; d++) {
        const struct document *document = &site->documents[d];

        for (size_t r = 0; r < document->count + document->drafts; r++) {
            struct date published = document->revisions[r].published;

            if (strcmp(published.iso, day.iso) > 0 &&
                (!*next.iso || strcmp(published.iso, next.iso) < 0))
                next = published;
        }
    }
    return next;
}

bool site_is_waiting(const struct site *site, const struct document *document)
{
    return document >= site->documents + site->document_count;
}

void site_release(struct site *site)
{
    for (size_t i = 0; i < site->document_count + site->waiting; i++)
        document_release(&site->documents[i]);
    free(site->documents);
    free(site->children);
    free(site->jurisdiction.term);
    free(site->controllers);
    free(site->languages);
    yaml_discard(site->settings);
    source_release(&site->source);
    *site = (struct site){0};
}

bool site_has_language(const struct site *site, const char *language)
{
    for (size_t i = 0; i < site->language_count; i++)
        if (strcmp(site->languages[i], language) == 0)
            return true;
    return false;
}
