/* Front matter is bound by tables: a new key is one row here and one member in revision.h. */
#include "revision.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/characters.h"
#include "base/mem.h"
#include "language/language.h"

const char *const class_names[] = {"editorial", "notify", "reconsent", NULL};
const char *const basis_names[] = {"consent",          "legitimate-interests", "contract",
                                   "legal-obligation", "not-stated",           NULL};

bool is_plain_id(const char *id)
{
    size_t len = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return len > 0 && len <= 64 && !id[len] && id[0] != '-';
}

static bool read_id(const struct yaml *value, void *member, const void *argument,
                    struct findings *findings)
{
    if (!yaml_read_text(value, member, argument, findings))
        return false;
    if (is_plain_id(value->text))
        return true;
    finding(findings, FINDING_ERROR, value->place, "use lower-case letters, digits and hyphens",
            "\"%s\" cannot be an id", value->text);
    return false;
}

const struct yaml_term_kind country_codes = {
    country_known, "a country code",
    "write a two-letter ISO 3166-1 code in capitals, such as EE or JP"};

/* A capital letter, then letters and digits: names of classes in RDF. */
static bool is_term(const char *word)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    return *word >= 'A' && *word <= 'Z' && strlen(word) <= 64 && !word[strspn(word, letters)];
}

static const struct yaml_term_kind data_terms = {
    is_term, "a term for personal data",
    "write terms of the Data Privacy Vocabulary's personal data extension, such as EmailAddress"};

/* Reads "25M3D" by its units, each at most once and in order; NULL: it is something else. */
static const char *skip_parts(const char *text, const char *units)
{
    while (*text >= '0' && *text <= '9') {
        text += strspn(text, "0123456789");
        units = *text ? strchr(units, *text) : NULL;
        if (!units)
            return NULL;
        units++;
        text++;
    }
    return text;
}

/* A duration of ISO 8601 (P25M, P1Y6M, PT12H, P2W), or what DPV calls one that ends with an event,
 * such as a withdrawal. */
static bool is_period(const char *word)
{
    const char *days, *hours;

    if (strcmp(word, "UntilEventDuration") == 0)
        return true;
    if (*word != 'P' || strlen(word) > 32)
        return false;
    days = skip_parts(word + 1, strchr(word, 'W') ? "W" : "YMD");
    if (!days || *days != 'T')
        return days && !*days && days > word + 1;
    hours = skip_parts(days + 1, "HMS");
    return hours && !*hours && hours > days + 1 && !strchr(word, 'W');
}

static const struct yaml_term_kind periods = {
    is_period, "a period",
    "write an ISO 8601 duration, such as P25M or P2Y, or UntilEventDuration where an event such as "
    "the withdrawal ends it"};

static bool recipient_is_new(const struct purpose *purpose, const struct recipient *recipient,
                             struct findings *findings)
{
    for (const struct recipient *other = purpose->recipients; other < recipient; other++)
        if (other->id && strcmp(other->id, recipient->id) == 0) {
            finding(findings, FINDING_ERROR, recipient->place, "give each recipient its own id",
                    "recipient \"%s\" is listed twice", recipient->id);
            return false;
        }
    return true;
}

static bool read_recipients(const struct yaml *value, void *member, const void *argument,
                            struct findings *findings)
{
    static const struct yaml_field fields[] = {
        {"id", true, read_id, offsetof(struct recipient, id), NULL},
        {"name", true, yaml_read_text, offsetof(struct recipient, name), NULL},
        {"country", true, yaml_read_term, offsetof(struct recipient, country), &country_codes},
        {"data", true, yaml_read_text, offsetof(struct recipient, data), NULL},
        {"personal_data", false, yaml_read_terms, offsetof(struct recipient, personal_data),
         &data_terms},
    };
    struct purpose *purpose = member;
    bool ok = true;

    (void)argument;
    if (value->kind != YAML_LIST) {
        finding(findings, FINDING_ERROR, value->place,
                "write a list of name, country and data, or [] where there is no recipient",
                "recipients are a list");
        return false;
    }
    purpose->has_recipients = true;
    for (size_t i = 0; i < value->count; i++) {
        struct recipient *recipient;

        purpose->recipients =
            mem_grow(purpose->recipients, purpose->recipient_count, sizeof *purpose->recipients);
        recipient = &purpose->recipients[purpose->recipient_count++];
        recipient->place = value->item[i]->place;
        ok &= yaml_bind(value->item[i], fields, sizeof fields / sizeof *fields, recipient,
                        findings) &&
              recipient_is_new(purpose, recipient, findings);
    }
    return ok;
}

static bool purpose_read(struct purpose *purpose, const struct yaml *key, const struct yaml *value,
                         struct findings *findings)
{
    static const struct yaml_field fields[] = {
        {"basis", true, yaml_read_choice, offsetof(struct purpose, basis), basis_names},
        {"recipients", false, read_recipients, 0, NULL},
        {"personal_data", false, yaml_read_terms, offsetof(struct purpose, personal_data),
         &data_terms},
        {"retention_period", false, yaml_read_term, offsetof(struct purpose, retention_period),
         &periods},
        {"storage_locations", false, yaml_read_terms, offsetof(struct purpose, storage_locations),
         &country_codes},
    };

    purpose->place = key->place;
    if (!read_id(key, &purpose->id, NULL, findings) ||
        !yaml_bind(value, fields, sizeof fields / sizeof *fields, purpose, findings))
        return false;
    if (purpose->has_recipients && purpose->basis != BASIS_CONSENT) {
        finding(findings, FINDING_ERROR, key->place,
                "set basis: consent, or leave the recipients out",
                "only a purpose based on consent is asked for each recipient");
        return false;
    }
    return true;
}

static bool read_purposes(const struct yaml *value, void *member, const void *argument,
                          struct findings *findings)
{
    struct revision *revision = member;
    bool ok = true;

    (void)argument;
    if (value->kind != YAML_MAP) {
        finding(findings, FINDING_ERROR, value->place,
                "write the id of each purpose, with its legal basis (basis)", "purposes are a map");
        return false;
    }
    for (size_t i = 0; i < value->count; i++) {
        revision->purposes =
            mem_grow(revision->purposes, revision->purpose_count, sizeof *revision->purposes);
        ok &= purpose_read(&revision->purposes[revision->purpose_count++], value->key[i],
                           value->item[i], findings);
    }
    return ok;
}

static bool read_language(const struct yaml *value, void *member, const void *argument,
                          struct findings *findings)
{
    const char *problem;

    if (!yaml_read_text(value, member, argument, findings))
        return false;
    problem = language_problem(value->text);
    if (!problem)
        return true;
    finding(findings, FINDING_ERROR, value->place, "write a BCP 47 tag such as et, ja or pt-BR",
            "\"%s\" %s", value->text, problem);
    return false;
}

static bool read_authoritative(const struct yaml *value, void *member, const void *argument,
                               struct findings *findings)
{
    if (value->kind == YAML_SCALAR && strcmp(value->text, "not-stated") == 0)
        return true;
    return read_language(value, member, argument, findings);
}

static bool read_source_date(const struct yaml *value, void *member, const void *argument,
                             struct findings *findings)
{
    struct revision *revision = member;
    struct date date;

    if (value->kind == YAML_SCALAR && strcmp(value->text, "unknown") == 0) {
        revision->undated = true;
        return true;
    }
    return yaml_read_date(value, &date, argument, findings) &&
           yaml_read_text(value, &revision->source_date, argument, findings);
}

static bool read_title(const struct yaml *value, void *member, const void *argument,
                       struct findings *findings)
{
    struct revision *revision = member;

    revision->title_place = value->place;
    return yaml_read_text(value, &revision->title, argument, findings);
}

static bool read_summary(const struct yaml *value, void *member, const void *argument,
                         struct findings *findings)
{
    struct revision *revision = member;

    revision->summary_place = value->place;
    return yaml_read_text(value, &revision->summary, argument, findings);
}

static const struct yaml_field front_matter_fields[] = {
    {"title", true, read_title, 0, NULL},
    {"language", true, read_language, offsetof(struct revision, language), NULL},
    {"published", true, yaml_read_date, offsetof(struct revision, published), NULL},
    {"effective", true, yaml_read_date, offsetof(struct revision, effective), NULL},
    {"retracted", false, yaml_read_date, offsetof(struct revision, retracted), NULL},
    {"class", true, yaml_read_choice, offsetof(struct revision, class), class_names},
    {"summary", false, read_summary, 0, NULL},
    {"reconsent", false, yaml_read_node, offsetof(struct revision, reconsent), &yaml_list},
    {"source_date", false, read_source_date, 0, NULL},
    {"authoritative", true, read_authoritative, offsetof(struct revision, authoritative), NULL},
    {"basis_assumed", false, yaml_read_bool, offsetof(struct revision, basis_assumed), NULL},
    {"purposes", false, read_purposes, 0, NULL},
};

/* Front matter is between a first line --- and the next line ---. */
static bool find_front_matter(struct revision *revision, size_t *start, size_t *end,
                              struct findings *findings)
{
    struct str text = buf_str(&revision->source.text);
    const char *fence;

    if (text.len < 4 || memcmp(text.data, "---\n", 4) != 0) {
        finding(findings, FINDING_ERROR, (struct place){&revision->source, 0},
                "begin the file with ---, the keys, and --- again", "there is no front matter");
        return false;
    }
    *start = 4;
    fence = strstr(text.data + 3, "\n---\n");
    if (!fence) {
        finding(findings, FINDING_ERROR, (struct place){&revision->source, 0},
                "end the front matter with a line ---", "the front matter does not end");
        return false;
    }
    *end = (size_t)(fence + 1 - text.data);
    revision->body = *end + 4;
    return true;
}

static bool days_fit(const struct revision *revision, struct findings *findings)
{
    const struct yaml *front_matter = revision->front_matter;
    struct date day;
    int number;

    revision_id_parse(str_of(revision->id), &day, &number);
    if (strcmp(day.iso, revision->published.iso) != 0) {
        finding(findings, FINDING_ERROR, yaml_place(front_matter, "published"),
                "name the file by the day it is published, or correct \"published\"",
                "version %s says it is published on %s", revision->id, revision->published.iso);
        return false;
    }
    if (strcmp(revision->effective.iso, revision->published.iso) < 0) {
        finding(findings, FINDING_ERROR, yaml_place(front_matter, "effective"),
                "a text takes effect when it is published or later",
                "effective %s is before published %s", revision->effective.iso,
                revision->published.iso);
        return false;
    }
    if (*revision->retracted.iso &&
        (strcmp(revision->retracted.iso, revision->published.iso) < 0 ||
         strcmp(revision->retracted.iso, revision->effective.iso) >= 0)) {
        finding(findings, FINDING_ERROR, yaml_place(front_matter, "retracted"),
                "retract an announcement before it takes effect; after that, publish a new version",
                "retracted %s is not between published %s and effective %s",
                revision->retracted.iso, revision->published.iso, revision->effective.iso);
        return false;
    }
    return true;
}

/* Whose answers a change asks for again: purposes of this very text. */
static bool reconsent_fits(const struct revision *revision, struct findings *findings)
{
    const struct yaml *list = revision->reconsent;
    bool wanted = revision->class == CLASS_RECONSENT, ok = true;

    if (wanted != (list && list->count > 0)) {
        finding(findings, FINDING_ERROR,
                yaml_place(revision->front_matter, wanted ? "class" : "reconsent"),
                "write class: reconsent and reconsent: [ID, …], or neither",
                wanted ? "class %s without the purposes that must be answered again"
                       : "reconsent names purposes, but the class is %s",
                class_names[revision->class]);
        return false;
    }
    for (size_t i = 0; wanted && i < list->count; i++) {
        const struct yaml *item = list->item[i];
        const struct purpose *purpose =
            item->kind == YAML_SCALAR ? revision_purpose(revision, str_of(item->text)) : NULL;

        if (purpose &&
            (purpose->basis == BASIS_CONSENT || purpose->basis == BASIS_LEGITIMATE_INTERESTS))
            continue;
        finding(
            findings, FINDING_ERROR, item->place,
            "name purposes of this version whose legal basis is consent or legitimate-interests",
            "\"%s\" is not a purpose that visitors answer",
            item->kind == YAML_SCALAR ? item->text : "this");
        ok = false;
    }
    return ok;
}

const struct yaml_terms *purpose_data(const struct purpose *purpose,
                                      const struct recipient *recipient)
{
    return recipient && recipient->personal_data.count ? &recipient->personal_data
                                                       : &purpose->personal_data;
}

const struct purpose *revision_purpose(const struct revision *revision, struct str id)
{
    for (size_t i = 0; i < revision->purpose_count; i++)
        if (str_is(id, revision->purposes[i].id))
            return &revision->purposes[i];
    return NULL;
}

/* What a lawyer reads on the screen must be what is published. */
static void check_body(const struct revision *revision, enum severity severity,
                       struct findings *findings)
{
    characters_check(&revision->source, revision->body, revision->source.text.len, severity,
                     findings);
}

static bool bind_front_matter(struct revision *revision, struct findings *findings)
{
    size_t start, end, errors = findings->errors;

    if (!find_front_matter(revision, &start, &end, findings))
        return false;
    check_body(revision, FINDING_ERROR, findings);
    revision->front_matter = yaml_parse(&revision->source, start, end, findings);
    if (!revision->front_matter || findings->errors != errors)
        return false;
    return yaml_bind(revision->front_matter, front_matter_fields,
                     sizeof front_matter_fields / sizeof *front_matter_fields, revision,
                     findings) &&
           days_fit(revision, findings) && reconsent_fits(revision, findings);
}

bool revision_read(struct revision *revision, const char *path, const char *id,
                   struct findings *findings)
{
    revision->id = mem_dups(id);
    return source_read(&revision->source, path, findings) && bind_front_matter(revision, findings);
}

/* The offset of the text after front matter of any program; 0 if there is none.  A thematic break
 * is not followed by a key. */
static size_t behind_front_matter(const char *text)
{
    size_t key;
    const char *end;

    if (strncmp(text, "---\n", 4) != 0)
        return 0;
    key = strcspn(text + 4, ": \n");
    end = strstr(text + 3, "\n---\n");
    return key && text[4 + key] == ':' && end ? (size_t)(end - text) + 5 : 0;
}

/* The id in .../ID.md, or NULL. */
static char *id_of_path(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t len = strlen(name);
    struct date day;
    int number;

    if (len > 3 && strcmp(name + len - 3, ".md") == 0 &&
        revision_id_parse((struct str){name, len - 3}, &day, &number))
        return mem_dup(name, len - 3);
    return NULL;
}

static bool read_source(struct revision *revision, const char *path, struct findings *findings)
{
    bool ok = source_read(&revision->source, path, findings);

    if (ok)
        revision->body = behind_front_matter(revision->source.text.data);
    return ok;
}

bool revision_read_text(struct revision *revision, const char *path, struct findings *findings)
{
    bool ok = read_source(revision, path, findings);

    if (ok)
        check_body(revision, FINDING_WARNING, findings);
    return ok;
}

/* Front matter where it is ours. */
static bool bind_file(struct revision *revision, const char *path, struct findings *findings)
{
    const char *published = strstr(revision->source.text.data, "\npublished:");

    revision->id = id_of_path(path);
    if (revision->id && published && published < revision->source.text.data + revision->body)
        return bind_front_matter(revision, findings);
    check_body(revision, FINDING_WARNING, findings);
    return true;
}

bool revision_read_file(struct revision *revision, const char *path, struct findings *findings)
{
    return read_source(revision, path, findings) && bind_file(revision, path, findings);
}

bool revision_set_file(struct revision *revision, const char *path, struct str text,
                       struct findings *findings)
{
    if (!source_set(&revision->source, path, text, findings))
        return false;
    revision->body = behind_front_matter(revision->source.text.data);
    return bind_file(revision, path, findings);
}

static void release_purpose(struct purpose *purpose)
{
    for (size_t i = 0; i < purpose->recipient_count; i++)
        free(purpose->recipients[i].personal_data.term);
    free(purpose->recipients);
    free(purpose->personal_data.term);
    free(purpose->storage_locations.term);
}

void revision_release(struct revision *revision)
{
    for (size_t i = 0; i < revision->purpose_count; i++)
        release_purpose(&revision->purposes[i]);
    free(revision->purposes);
    free(revision->id);
    yaml_discard(revision->front_matter);
    source_release(&revision->source);
    *revision = (struct revision){0};
}
