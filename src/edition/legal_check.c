/* The list follows GDPR articles 8, 13 and 14, and the Japanese APPI, articles 21, 27, 28 and 32;
 * and what a consent record has by ISO/IEC TS 27560, which takes it from the settings.
 * Whether a gap matters to an organisation is for its lawyers, who may accept it by its name. */
#include "legal_check.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"

struct legal_check {
    const struct edition *edition;
    struct findings *lists; /* or NULL: they are counted alone */
    bool *met;              /* of each gap that site.yaml accepts: it is there */
    struct legal_check_count count;
};

static bool is_accepted(struct legal_check *check, const char *name)
{
    const struct yaml *accepted = check->edition->site.accepted_gaps;

    for (size_t i = 0; accepted && i < accepted->count; i++)
        if (strcmp(accepted->key[i]->text, name) == 0)
            return check->met[i] = true;
    return false;
}

/* One gap; it goes by KIND, or by KIND.SUBJECT where there is one for each purpose or number. */
static void gap(struct legal_check *check, const char *kind, const char *subject,
                struct place place, const char *remedy, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

static void gap(struct legal_check *check, const char *kind, const char *subject,
                struct place place, const char *remedy, const char *format, ...)
{
    char *name = subject ? mem_printf("%s.%s", kind, subject) : mem_dups(kind), *ways;
    struct buf text = BUF_INIT;
    va_list args;

    if (is_accepted(check, name)) {
        check->count.accepted++;
    } else if (++check->count.open && check->lists) {
        ways =
            mem_printf("%s; or give the reason to accept it in site.yaml: accepted_gaps: {%s: …}",
                       remedy, name);
        va_start(args, format);
        buf_addv(&text, format, args);
        va_end(args);
        finding(check->lists, FINDING_WARNING, place, ways, "gap: %s", text.data);
        free(ways);
    }
    buf_release(&text);
    free(name);
}

static const struct {
    const char *text, *law;
} topics[] = {
    [TOPIC_RECIPIENTS] = {"who receives the data", "GDPR art. 13(1)(e), APPI art. 27"},
    [TOPIC_TRANSFERS] = {"whether data go to other countries", "GDPR art. 13(1)(f), APPI art. 28"},
    [TOPIC_RETENTION] = {"how long data are kept", "GDPR art. 13(2)(a)"},
    [TOPIC_RIGHTS] = {"what people may ask for: access, correction, erasure and the like",
                      "GDPR art. 13(2)(b), APPI art. 32"},
    [TOPIC_WITHDRAWAL] = {"that consent can be withdrawn", "GDPR art. 13(2)(c)"},
    [TOPIC_COMPLAINT] = {"where people may complain", "GDPR art. 13(2)(d), APPI art. 32"},
    [TOPIC_CHILDREN] = {"what applies to children", "GDPR art. 8"},
};

static bool rests_on_consent(const struct revision *revision)
{
    for (size_t i = 0; i < revision->purpose_count; i++)
        if (revision->purposes[i].basis == BASIS_CONSENT)
            return true;
    return false;
}

static bool names_recipients(const struct revision *revision)
{
    for (size_t i = 0; i < revision->purpose_count; i++)
        if (revision->purposes[i].recipient_count)
            return true;
    return false;
}

/* Whether a topic is not stated by a comment but by the settings, or does not apply to this text.
 */
static bool is_settled(const struct revision *revision, enum topic topic)
{
    switch (topic) {
    case TOPIC_RECIPIENTS:
        return names_recipients(revision);
    case TOPIC_WITHDRAWAL:
    case TOPIC_CHILDREN:
        return !rests_on_consent(revision);
    default:
        return false;
    }
}

static void report_topic(const struct text *text, enum topic topic, struct legal_check *check)
{
    const struct revision *revision = text->revision;
    char *remedy;

    if (text->topics & 1U << topic || is_settled(revision, topic))
        return;
    remedy = mem_printf("write <!-- states: %s --> before the block that states it; %s",
                        topic_names[topic], topics[topic].law);
    gap(check, topic_names[topic], NULL, (struct place){&revision->source, PLACE_FILE}, remedy,
        "no block is marked as stating %s", topics[topic].text);
    free(remedy);
}

static void report_bases(const struct revision *revision, struct legal_check *check)
{
    if (revision->basis_assumed)
        gap(check, "legal-basis", NULL, yaml_place(revision->front_matter, "basis_assumed"),
            "only a new version of the policy can state it; GDPR art. 13(1)(c)",
            "the legal bases are assumed, the text does not state them");
    for (size_t i = 0; i < revision->purpose_count; i++)
        if (revision->purposes[i].basis == BASIS_NOT_STATED)
            gap(check, "legal-basis", revision->purposes[i].id, revision->purposes[i].place,
                "only a new version of the policy can state it; GDPR art. 13(1)(c)",
                "the text does not state the legal basis of \"%s\"", revision->purposes[i].id);
}

static void report_contacts(const struct site *site, struct legal_check *check)
{
    const struct yaml *list = yaml_get(site->settings, "controllers");

    for (size_t i = 0; i < site->controller_count; i++) {
        const struct controller *who = &site->controllers[i];

        if (!who->address && !who->email && !who->phone)
            gap(check, "contact", NULL, list->item[i]->place,
                "add address, and email or phone; GDPR art. 13(1)(a), APPI art. 32, ISO/IEC TS "
                "27560 (party_address, party_contact)",
                "there is no way to reach %s", who->name);
        else if (!who->address)
            gap(check, "address", NULL, list->item[i]->place,
                "add address; ISO/IEC TS 27560 (party_address)", "there is no address of %s",
                who->name);
        else if (!who->email && !who->phone)
            gap(check, "contact", NULL, list->item[i]->place,
                "add email or phone; ISO/IEC TS 27560 (party_contact)",
                "there is no e-mail address or telephone number of %s", who->name);
    }
}

/* What is to be known of every record and no setting tells it. */
static void report_settings(const struct site *site, struct legal_check *check)
{
    static const struct {
        const char *key, *kind, *remedy, *text;
    } rows[] = {
        {"retention", "record-retention",
         "add retention: and a number of months (without it, 36); GDPR art. 13(2)(a)",
         "how long records are kept"},
        {"jurisdiction", "jurisdiction",
         "add jurisdiction: and a country, or several; ISO/IEC TS 27560",
         "which country's law governs what is recorded"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!yaml_get(site->settings, rows[i].key))
            gap(check, rows[i].kind, NULL, site->settings->place, rows[i].remedy,
                "site.yaml does not state %s", rows[i].text);
}

/* Whether digits stand somewhere that are this number and no part of another. */
static bool has_number(const char *text, int number)
{
    for (const char *at = text; (at = strpbrk(at, "0123456789"));) {
        char *end;

        if (strtol(at, &end, 10) == number)
            return true;
        at = end;
    }
    return false;
}

/* A document has no variables: a number of the settings that it tells of can go astray. */
static void report_numbers(size_t d, struct legal_check *check)
{
    const struct edition *edition = check->edition;
    const struct site *site = &edition->site;
    const struct {
        const char *key;
        int months;
    } rows[] = {{"consent_validity", site->consent_validity}, {"retention", site->retention}};
    const struct text *text = edition_text_current(edition, d, 0);

    for (size_t l = 0; strcmp(text->language, text->revision->language) != 0; l++)
        text = edition_text_current(edition, d, l);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!has_number(text->commonmark.data, rows[i].months))
            gap(check, "months", rows[i].key, (struct place){&text->revision->source, PLACE_FILE},
                "state there, in months, what site.yaml sets", "the text does not mention %s (%s)",
                number_of(rows[i].months, "month", "months").text, rows[i].key);
}

/* Whether the data is stated of each of a purpose's questions. */
static bool data_is_stated(const struct purpose *purpose)
{
    bool of_all = purpose->recipient_count > 0;

    for (size_t i = 0; i < purpose->recipient_count; i++)
        of_all &= purpose->recipients[i].personal_data.count > 0;
    return of_all || purpose->personal_data.count;
}

/* What a record is to say of a purpose that is answered and the front matter does not tell. */
static void report_purpose(const struct purpose *purpose, struct legal_check *check)
{
    const struct {
        bool is_stated;
        const char *kind, *remedy, *text;
    } rows[] = {
        {data_is_stated(purpose), "personal-data",
         "add personal_data: [EmailAddress, …], in terms of the Data Privacy Vocabulary, there or "
         "for each recipient; ISO/IEC TS 27560 (pii_information)",
         "which data it uses"},
        {purpose->retention_period, "retention-period",
         "add retention_period: P25M for 25 months, or UntilEventDuration where an event such as "
         "the withdrawal ends it; ISO/IEC TS 27560",
         "how long its data are kept"},
        {purpose->storage_locations.count, "storage-locations",
         "add storage_locations: and the countries; ISO/IEC TS 27560, GDPR art. 13(1)(f)",
         "in which countries its data are kept"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!rows[i].is_stated)
            gap(check, rows[i].kind, purpose->id, purpose->place, rows[i].remedy,
                "purpose \"%s\" does not state %s", purpose->id, rows[i].text);
}

static void report_purposes(const struct text *text, struct legal_check *check)
{
    const struct purpose *told = NULL;

    for (size_t i = 0; i < text->question_count; i++) {
        const struct question *question = &text->questions[i];

        if (question->kind != QUESTION_NONE && question->purpose != told)
            report_purpose(question->purpose, check);
        told = question->purpose;
    }
}

static void report_text(const struct text *text, struct legal_check *check)
{
    if (!text->revision->purpose_count)
        return;
    report_bases(text->revision, check);
    report_purposes(text, check);
    for (size_t i = 0; topic_names[i]; i++)
        report_topic(text, (enum topic)i, check);
}

/* A purpose goes by its words as well: an editorial change of them may be none. */
static void report_words(const struct edition *edition, size_t d, size_t r,
                         struct findings *findings)
{
    const struct document *document = &edition->site.documents[d];
    const struct revision *revision = &document->revisions[r];
    const struct revision *before = document_before(document, revision);
    const struct text *now, *then;

    if (revision->class != CLASS_EDITORIAL || !before ||
        document_is_over(document, revision, edition->day))
        return;
    now = edition_text(edition, d, r, 0);
    then = edition_text_of(edition, d, before, 0);
    for (size_t i = 0; i < now->question_count && i < then->question_count; i++)
        if (strcmp(now->questions[i].label, then->questions[i].label) != 0)
            finding(findings, FINDING_WARNING, now->questions[i].purpose->place,
                    "if it is no longer the same purpose, write class: notify or class: reconsent",
                    "an editorial version changes the words of purpose \"%s\"",
                    now->questions[i].id);
}

/* What holds today and what is to hold next: until then, what the newest one fills is a gap. */
static void report_document(size_t d, struct legal_check *check)
{
    const struct edition *edition = check->edition;
    const struct document *document = &edition->site.documents[d];
    const struct text *now = edition_text_current(edition, d, 0);
    const struct text *newest = edition_text(edition, d, document->count - 1, 0);

    if (!document_is_over(document, now->revision, edition->day))
        report_text(now, check);
    if (newest != now && !document_is_over(document, newest->revision, edition->day))
        report_text(newest, check);
    if (strcmp(document->id, edition->site.record_of_choices) == 0)
        report_numbers(d, check);
}

/* What was accepted and is no longer missing, or is misspelled. */
static void report_accepted(const struct legal_check *check, struct findings *findings)
{
    const struct yaml *accepted = check->edition->site.accepted_gaps;

    for (size_t i = 0; accepted && i < accepted->count; i++)
        if (!check->met[i])
            finding(findings, FINDING_WARNING, accepted->key[i]->place,
                    "remove it, or write the name that teade check --gaps shows",
                    "no missing statement has the name \"%s\"", accepted->key[i]->text);
}

struct legal_check_count legal_check_report(const struct edition *edition, bool lists,
                                            struct findings *findings)
{
    const struct site *site = &edition->site;
    const struct yaml *accepted = site->accepted_gaps;
    struct legal_check check = {.edition = edition,
                                .lists = lists ? findings : NULL,
                                .met = mem_alloc(accepted ? accepted->count : 0)};

    report_contacts(site, &check);
    report_settings(site, &check);
    for (size_t d = 0; d < site->document_count; d++) {
        for (size_t r = 0; r < site->documents[d].count; r++)
            report_words(edition, d, r, findings);
        report_document(d, &check);
    }
    report_accepted(&check, findings);
    free(check.met);
    return check.count;
}
