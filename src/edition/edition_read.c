/* The generator's first steps.  edition_read() has their order: read the content and the templates,
 * choose the day, read catalogues and frozen texts, and make every text.  make_texts_of() has the
 * steps for one revision: cut it into messages once, then translate it into each language. */
#include "edition_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/manifest.h"
#include "base/mem.h"
#include "content/revision_order.h"
#include "edition_catalogs.h"
#include "erratum.h"
#include "jobs/jobs.h"
#include "jobs/timings.h"
#include "language/zone.h"
#include "text/link.h"

/* Whether the catalogues that a document needs in a language could be read. */
static bool has_catalogs(const struct edition *edition, size_t document, size_t language)
{
    const struct site *site = &edition->site;
    const char *tag = site->languages[language];

    return (edition->site_catalogs[language] || strcmp(tag, template_language) == 0) &&
           (edition->document_catalogs[document][language] ||
            strcmp(tag, document_language(&site->documents[document])) == 0);
}

/* Bytes of a form: the fields that name the text, and one answer without its question's ID. */
enum {
    FORM_HEAD = sizeof "document=&revision=2026-11-22.999&digest=&all=refused" + HASH_HEX,
    FORM_ANSWER = sizeof "&choice.%401234567890123456=refused" - 1
};

static bool same_questions(const struct text *a, const struct text *b)
{
    if (a->question_count != b->question_count)
        return false;
    for (size_t i = 0; i < a->question_count; i++)
        if (strcmp(a->questions[i].id, b->questions[i].id) != 0)
            return false;
    return true;
}

/* A revision asks the same in all its languages, and is corrected in all of them. */
static bool languages_agree(const struct edition *edition, size_t document,
                            const struct revision *revision, bool corrects,
                            struct findings *findings)
{
    const struct text *first = edition_text_of(edition, document, revision, 0);
    bool ok = true, corrected = false;

    for (size_t l = 0; l < edition->site.language_count; l++)
        corrected |= corrects && !edition_text_of(edition, document, revision, l)->is_frozen;
    for (size_t l = 0; l < edition->site.language_count; l++) {
        const struct text *text = edition_text_of(edition, document, revision, l);
        const char *fault =
            !same_questions(first, text)   ? "does not ask the same questions as the others"
            : corrected && text->is_behind ? "lacks the translation of what is corrected"
                                           : NULL;

        if (!fault)
            continue;
        finding(findings, FINDING_ERROR, (struct place){&revision->source, PLACE_FILE},
                "translate what was changed (teade status), and publish all languages together",
                "version %s in \"%s\" %s", revision->id, text->language, fault);
        ok = false;
    }
    return ok;
}

static struct place place_of(const struct question *question)
{
    return question->recipient ? question->recipient->place : question->purpose->place;
}

/* Whether one form can answer every question of a revision.  The number of answers in a record and
 * the size of a form are limited (manifest.h). */
static bool can_be_answered(const char *document, const struct text *text,
                            struct findings *findings)
{
    const struct question *last = NULL;
    size_t count = 0, len = strlen(document) + FORM_HEAD;

    for (size_t i = 0; i < text->question_count; i++) {
        if (text->questions[i].kind == QUESTION_NONE)
            continue;
        len += strlen(text->questions[i].id) + FORM_ANSWER;
        if (++count <= MANIFEST_QUESTIONS_MAX + 1)
            last = &text->questions[i];
    }
    if (count > MANIFEST_QUESTIONS_MAX)
        finding(findings, FINDING_ERROR, place_of(last),
                "ask about several recipients at once, or in another document",
                "version %s asks %zu questions; one record can have %d answers", text->revision->id,
                count, MANIFEST_QUESTIONS_MAX);
    else if (len > MANIFEST_FORM_MAX)
        finding(findings, FINDING_ERROR, place_of(last),
                "shorten the ids of purposes and recipients, or ask fewer questions",
                "the answers to version %s are a form of %zu bytes; the endpoint takes %d",
                text->revision->id, len, MANIFEST_FORM_MAX);
    return count <= MANIFEST_QUESTIONS_MAX && len <= MANIFEST_FORM_MAX;
}

static bool is_offered(const struct edition *edition, const struct document *document,
                       const struct revision *revision)
{
    enum state state = document_state(document, revision, edition->day);

    return state == STATE_ANNOUNCED || state == STATE_IN_FORCE;
}

static struct text_options text_options_of(const struct edition *edition,
                                           const struct edition_options *from, size_t document,
                                           size_t revision, size_t language)
{
    const struct document *of = &edition->site.documents[document];

    return (struct text_options){
        .site = &edition->site,
        .templates = &edition->templates,
        .document = of->id,
        .language = edition->site.languages[language],
        .document_catalog = edition->document_catalogs[document][language],
        .site_catalog = edition->site_catalogs[language],
        .allow_untranslated = from->allow_untranslated || from->draft,
        .in_progress = language >= edition->finished,
        .frozen = &edition->frozen[document][revision],
        .is_offered = is_offered(edition, of, &of->revisions[revision]),
        .corrects = from->erratum,
        .freezes = from->freezes};
}

/* Translates an article into every language of the site. */
static bool translate_article(struct edition *edition, const struct edition_options *from,
                              struct article *article, size_t document, size_t revision,
                              struct findings *findings)
{
    size_t count = edition->site.language_count;
    struct text *texts = &edition->texts[document][revision * count];
    bool ok = true;

    for (size_t l = 0; l < count; l++) {
        struct text_options options = text_options_of(edition, from, document, revision, l);

        ok &= has_catalogs(edition, document, l) &&
              text_make(&texts[l], article, &options, findings);
    }
    return ok;
}

/* The texts of a revision in all languages; it is cut once. */
static bool make_texts_of(struct edition *edition, size_t document, size_t revision,
                          const struct edition_options *from, struct link_book *book,
                          struct findings *findings)
{
    const struct document *of = &edition->site.documents[document];
    const struct frozen *frozen = &edition->frozen[document][revision];
    bool was_muted = findings->muted, reports_once = !findings->reported, cut, ok;
    struct article article;

    if (reports_once) /* what is the same in all languages */
        findings_report_once(findings);
    findings->muted |=
        !from->erratum && document_is_over(of, &of->revisions[revision], edition->day);
    cut = article_cut(&article, &of->revisions[revision], findings);
    link_book_add(book, of, &article,
                  frozen->count ? json_object_get(frozen->texts[0].record, "ids") : NULL);
    ok = cut && translate_article(edition, from, &article, document, revision, findings) &&
         languages_agree(edition, document, article.revision, from->erratum, findings) &&
         can_be_answered(of->id, edition_text(edition, document, revision, 0), findings);
    findings->muted = was_muted;
    if (reports_once)
        findings_report_again(findings);
    article_release(&article);
    return ok;
}

static bool read_frozen(struct edition *edition, const struct edition_options *from,
                        struct findings *findings)
{
    const struct site *site = &edition->site;
    bool ok = true;

    edition->frozen = mem_alloc(site->document_count * sizeof *edition->frozen);
    for (size_t d = 0; d < site->document_count; d++) {
        const struct document *document = &site->documents[d];
        char *folder = mem_printf("%s/%s", from->content, document->id);

        edition->frozen[d] = mem_alloc(document->count * sizeof **edition->frozen);
        for (size_t r = 0; r < document->count; r++)
            ok &= frozen_read(&edition->frozen[d][r], folder, document->revisions[r].id,
                              from->frozen, findings) &&
                  frozen_agrees(&edition->frozen[d][r], &document->revisions[r], edition->day,
                                findings);
        ok &= site->is_partial || frozen_has_sources(folder, document, findings);
        free(folder);
    }
    return ok;
}

/* The texts of all revisions; each is a part of the work (jobs.h). */
struct making {
    struct edition *edition;
    const struct edition_options *from;
    struct made {
        size_t document, revision;
        struct link_book book;
    } * made; /* per part */
    size_t count;
};

static bool make_part(void *context, size_t index, struct findings *findings)
{
    struct making *making = context;
    struct made *made = &making->made[index];

    made->book.site = &making->edition->site;
    return make_texts_of(making->edition, made->document, made->revision, making->from,
                         &made->book, findings);
}

static void plan_texts(struct making *making)
{
    struct edition *edition = making->edition;
    const struct site *site = &edition->site;

    edition->texts = mem_alloc(site->document_count * sizeof *edition->texts);
    for (size_t d = 0; d < site->document_count; d++) {
        size_t count = site->documents[d].count;

        edition->texts[d] = mem_alloc(count * site->language_count * sizeof **edition->texts);
        for (size_t r = 0; r < count; r++) {
            making->made = mem_grow(making->made, making->count, sizeof *making->made);
            making->made[making->count++] = (struct made){.document = d, .revision = r};
        }
    }
}

static bool make_texts(struct edition *edition, const struct edition_options *from,
                       struct findings *findings)
{
    const struct site *site = &edition->site;
    struct making making = {.edition = edition, .from = from};
    struct link_book book = {.site = site};
    bool ok;

    plan_texts(&making);
    ok = jobs_run(from->jobs, making.count, make_part, &making, findings);
    for (size_t i = 0; i < making.count; i++)
        link_book_join(&book, &making.made[i].book);
    ok &= site->is_partial || link_book_check(&book, findings);
    link_book_release(&book);
    free(making.made);
    return ok;
}

static bool asks(const struct edition *edition, const struct document *document)
{
    for (size_t r = 0; r < document->count; r++)
        if (document->revisions[r].purpose_count &&
            is_offered(edition, document, &document->revisions[r]))
            return true;
    return false;
}

/* A document may ask questions only once the document about records is published. */
static bool record_is_told(const struct edition *edition, struct findings *findings)
{
    const struct site *site = &edition->site;
    const char *record = site->record_of_choices;

    if (!site_is_waiting(site, site_document(site, str_of(record))))
        return true;
    for (size_t d = 0; d < site->document_count; d++)
        if (asks(edition, &site->documents[d])) {
            finding(findings, FINDING_ERROR, yaml_place(site->settings, "record_of_choices"),
                    "publish it together with the first document that has questions, or name "
                    "another one until then",
                    "\"%s\" has questions, but \"%s\", which says what is recorded, is not "
                    "published yet",
                    site->documents[d].id, record);
            return false;
        }
    return true;
}

/* The rules between revisions, and between documents. */
static bool fits_together(const struct edition *edition, struct findings *findings)
{
    const struct site *site = &edition->site;
    bool ok = true;

    for (size_t d = 0; d < site->document_count; d++)
        ok &= revision_order_check(&site->documents[d], site->notice_period, findings);
    return record_is_told(edition, findings) && ok;
}

/* A preview includes languages in progress, and versions up to the last one's day. */
static void show_drafts(struct edition *edition, const struct edition_options *options)
{
    struct site *site = &edition->site;
    struct date last = site_last_day(site);

    site->language_count += site->in_progress;
    site->in_progress = 0;
    if (!*options->day.iso && strcmp(last.iso, edition->day.iso) > 0)
        edition->day = last;
}

static void apply_options(struct edition *edition, const struct edition_options *options)
{
    edition->base_url = options->base_url ? options->base_url : edition->site.base_url;
    edition->day = *options->day.iso ? options->day : zone_today(edition->site.time_zone);
    edition->finished = edition->site.language_count;
    if (options->draft)
        show_drafts(edition, options);
}

bool edition_read(struct edition *edition, const struct edition_options *options,
                  struct findings *findings)
{
    bool sound;

    *edition = (struct edition){0};
    sound = site_read(&edition->site, options->content, options->day, findings);
    if (!templates_read(&edition->templates, options->templates, findings) ||
        !(sound || edition->site.is_partial))
        return false;
    apply_options(edition, options);
    timings_step(options->timings, "read content and templates");
    site_set_day(&edition->site, edition->day, findings);
    /* Steps after a fault are still taken, so that one run reports as much as possible. */
    sound = sound && fits_together(edition, findings);
    sound &= edition_read_catalogs(edition, options->locale, findings);
    timings_step(options->timings, "read catalogues");
    sound &= read_frozen(edition, options, findings) && make_texts(edition, options, findings);
    timings_step(options->timings, "translate and check texts");
    if (sound)
        erratum_check(edition, options->erratum, findings);
    return sound;
}
