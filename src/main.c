/* teade: the editor's program.  The tables below are both dispatch and help. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/number.h"
#include "base/options.h"
#include "base/output.h"
#include "base/utf8.h"
#include "build.h"
#include "command/compare.h"
#include "command/extract.h"
#include "command/new.h"
#include "command/new_site.h"
#include "command/po.h"
#include "command/render.h"
#include "command/revise.h"
#include "command/status.h"
#include "data_folder.h"
#include "edition/freeze.h"
#include "jobs/jobs.h"
#include "jobs/timings.h"
#include "language/language.h"

struct options {
    struct command_line line;
    const char *content, *locale, *templates, *output, *base_url, *catalog, *lang, *file;
    const char *to, *erratum, *reload;
    struct date day;
    bool allow_untranslated, draft, gaps, json, move, no_compression, timings;
    uint32_t jobs; /* 0: as many as there are processors */
    struct option_list withdraw;
    struct init_answers answers;
};

enum {
    CONTENT = 1,
    LOCALE = 2,
    TEMPLATES = 4,
    OUTPUT = 8,
    DATE = 16,
    BASE_URL = 32,
    ALLOW_UNTRANSLATED = 64,
    CATALOG = 128,
    LANG = 256,
    STDOUT = 512,
    JSON = 1024,
    TO = 2048,
    ERRATUM = 4096,
    RELOAD = 8192,
    MOVE = 32768,
    WITHDRAW = 65536,
    GAPS = 131072,
    DRAFT = 262144,
    JOBS = 524288,
    NO_COMPRESSION = 1048576,
    ANSWERS = 2097152,
    TIMINGS = 4194304,
    SOURCES = CONTENT | LOCALE | TEMPLATES,
};

static bool read_base_url(const struct option_reader *reader, const char *value, void *member)
{
    (void)reader;
    return options_text(base_url_is_usable(value), value, member);
}

/* What visitors will read beside the corrected words. */
static bool read_reason(const struct option_reader *reader, const char *value, void *member)
{
    (void)reader;
    return options_text(utf8_invalid(str_of(value)) == strlen(value) && str_trim(str_of(value)).len,
                        value, member);
}

static const struct option_reader base_url_reader = {
    read_base_url,
    "usable; write https:// and the host without a path, or http:// on a loopback address", 0, 0};
static const struct option_reader reason_reader = {read_reason, "a sentence in UTF-8 that says why",
                                                   0, 0};

static const struct option_reader jobs_reader = {options_number, "a number from 1 to 256", 1,
                                                 JOBS_MAX};

#define MEMBER(name) offsetof(struct options, name)

static const struct option option_rows[] = {
    {CONTENT, "--content", "DIR", MEMBER(content), "documents and site.yaml (content)", NULL},
    {LOCALE, "--locale", "DIR", MEMBER(locale), "translations (locale)", NULL},
    {TEMPLATES, "--templates", "DIR", MEMBER(templates),
     "page templates (templates, else those that came with teade)", NULL},
    {OUTPUT, "--output", "DIR", MEMBER(output), "write the site to this folder (build/site)", NULL},
    {DATE, "--date", "YYYY-MM-DD", MEMBER(day), "the day to assume (today in the site's time zone)",
     &option_day},
    {BASE_URL, "--base-url", "URL", MEMBER(base_url), "address of the site (base_url in site.yaml)",
     &base_url_reader},
    {ALLOW_UNTRANSLATED, "--allow-untranslated", NULL, MEMBER(allow_untranslated),
     "show untranslated text in its original language, marked as such", NULL},
    {DRAFT, "--draft", NULL, MEMBER(draft),
     "include drafts, languages in progress and untranslated text, as of the day of the last draft",
     NULL},
    {CATALOG, "--catalog", "FILE.po", MEMBER(catalog), "the translations to use", NULL},
    {LANG, "--lang", "TAG", MEMBER(lang), "the language of the result", NULL},
    {STDOUT, "--stdout", "FILE.md", MEMBER(file),
     "write that file's messages to standard output instead", NULL},
    {TO, "--to", "DIR", MEMBER(to), "folder of the site that is served", NULL},
    {ERRATUM, "--erratum", "WHY", MEMBER(erratum),
     "publish a correction of frozen words; the site shows WHY, written in the document's language "
     "and "
     "translated like its text",
     &reason_reader},
    {RELOAD, "--reload", "COMMAND", MEMBER(reload),
     "a shell command that makes the endpoint load the new site, and fails if it does not; "
     "TEADE_MANIFEST is the HASH for `teade-records wait --manifest`",
     NULL},
    {MOVE, "--move", NULL, MEMBER(move), "allow the site to move to another address", NULL},
    {WITHDRAW, "--withdraw", "LANG|DOC", MEMBER(withdraw),
     "allow a language or document to go offline; may be given several times", &option_values},
    {GAPS, "--gaps", NULL, MEMBER(gaps),
     "list missing statements that the law or a record requires", NULL},
    {JOBS, "--jobs", "N", MEMBER(jobs),
     "number of threads (of processors); the output does not depend on it", &jobs_reader},
    {NO_COMPRESSION, "--no-compression", NULL, MEMBER(no_compression),
     "write no compressed copies of pages: faster, for a preview", NULL},
    {TIMINGS, "--timings", NULL, MEMBER(timings), "print where the time went", NULL},
    {JSON, "--json", NULL, MEMBER(json), "print JSON, one object per line", NULL},
    {ANSWERS, "--name", "TEXT", MEMBER(answers.name),
     "name of the controller, who is responsible for the data", &init_line},
    {ANSWERS, "--languages", "TAGS", MEMBER(answers.languages),
     "the site's languages, comma-separated, as in et,en; the policy is written in the first",
     &init_languages},
    {ANSWERS, "--time-zone", "ZONE", MEMBER(answers.time_zone),
     "where a version's day begins, such as Europe/Tallinn", &init_time_zone},
    {ANSWERS, "--address", "TEXT", MEMBER(answers.address), "the controller's postal address",
     &init_line},
    {ANSWERS, "--email", "TEXT", MEMBER(answers.email), "the controller's e-mail address",
     &init_email},
    {ANSWERS, "--phone", "TEXT", MEMBER(answers.phone), "the controller's telephone number",
     &init_line},
};

static int run_build(const struct options *options);
static int run_check(const struct options *options);
static int run_extract(const struct options *options);
static int run_init(const struct options *options);
static int run_po(const struct options *options);
static int run_render(const struct options *options);
static int run_status(const struct options *options);
static int run_diff(const struct options *options);
static int run_publish(const struct options *options);
static int run_revise(const struct options *options);
static int run_new(const struct options *options);

static const struct command commands[] = {
    {"init",
     ANSWERS | BASE_URL | TEMPLATES | DATE,
     0,
     run_init,
     "create a new site in a directory; on a terminal, ask for what the options do not give",
     {"DIR"},
     NULL},
    {"build",
     SOURCES | OUTPUT | DATE | BASE_URL | ALLOW_UNTRANSLATED | DRAFT | JOBS | NO_COMPRESSION |
         TIMINGS,
     0,
     run_build,
     "write the site",
     {NULL},
     NULL},
    {"check",
     SOURCES | DATE | BASE_URL | ALLOW_UNTRANSLATED | DRAFT | GAPS | JSON | JOBS | TIMINGS,
     0,
     run_check,
     "check content and translations, write nothing; exit 1 if there are errors",
     {NULL},
     NULL},
    {"extract",
     SOURCES | STDOUT,
     0,
     run_extract,
     "write the translators' templates, LOCALE/*.pot",
     {NULL},
     NULL},
    {"po",
     SOURCES,
     0,
     run_po,
     "bring the catalogues up to date with content and templates, and print their progress",
     {NULL},
     NULL},
    {"publish",
     SOURCES | TO | DATE | BASE_URL | MOVE | ERRATUM | WITHDRAW | RELOAD | JOBS,
     TO,
     run_publish,
     "check, build, freeze the texts of published versions, and put the site online",
     {NULL},
     NULL},
    {"revise",
     SOURCES | DATE,
     0,
     run_revise,
     "start a new version of a document from a copy of the previous one",
     {"DOC", "YYYY-MM-DD"},
     NULL},
    {"render",
     CATALOG | LANG,
     0,
     run_render,
     "write a Markdown file's article, translated, to standard output as HTML",
     {"FILE.md"},
     NULL},
    {"diff",
     LANG | TEMPLATES | LOCALE,
     0,
     run_diff,
     "write a page with the changes between two Markdown files to standard output; the language is "
     "--lang, else the newer file's `language`, else English; exit 0 if a reader sees no "
     "difference, 1 if there is one",
     {"OLD.md", "NEW.md"},
     NULL},
    {"new",
     SOURCES,
     0,
     run_new,
     "add a language: its catalogues, and its tag in site.yaml",
     {"LANG"},
     NULL},
    {"status",
     SOURCES | DATE | JSON,
     0,
     run_status,
     "show the translation progress of each text, and the next step",
     {NULL},
     NULL},
};

static const struct program program = {
    .name = "teade",
    .purpose = "Publishes privacy policies in several languages, with every change to them.",
    .options = option_rows,
    .option_count = sizeof option_rows / sizeof *option_rows,
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
};

static struct edition_options edition_options(const struct options *options)
{
    return (struct edition_options){.content = options->content,
                                    .locale = options->locale,
                                    .templates = options->templates,
                                    .day = options->day,
                                    .base_url = options->base_url,
                                    .allow_untranslated = options->allow_untranslated,
                                    .draft = options->draft,
                                    .unpacked = options->no_compression,
                                    .jobs = options->jobs ? options->jobs : jobs_default()};
}

static int finish(const struct findings *findings)
{
    if (findings->errors || findings->warnings)
        fprintf(
            stderr, "teade: %s, %s\n",
            number_of((long long)(findings->errors - findings->repeated), "error", "errors").text,
            number_of((long long)findings->warnings, "warning", "warnings").text);
    return findings->status;
}

static void print_summary(const char *output, const struct build_summary *summary)
{
    fprintf(stderr, "teade: %s for %s: %s in %s, %s, %zu of them new\n", output, summary->day.iso,
            number_of((long long)summary->documents, "document", "documents").text,
            number_of((long long)summary->languages, "language", "languages").text,
            number_of((long long)summary->files, "file", "files").text,
            summary->files - summary->kept);
    if (summary->foreign.count)
        fprintf(stderr, "teade: kept %s from other sources in public/: %s%s\n",
                number_of((long long)summary->foreign.count, "file", "files").text,
                summary->foreign.some, summary->foreign.count > 3 ? ", …" : "");
}

static void measure(struct edition_options *edition, struct timings *timings,
                    const struct options *options)
{
    timings_begin(timings);
    if (options->timings)
        edition->timings = timings;
}

static void print_timings(const struct timings *timings, const struct options *options)
{
    if (options->timings)
        timings_print(timings, stderr);
}

static int run_build(const struct options *options)
{
    struct edition_options edition = edition_options(options);
    struct build_summary summary;
    struct timings timings;
    struct findings findings;

    findings_init(&findings, stderr);
    measure(&edition, &timings, options);
    if (build(&edition, options->output, NULL, &summary, &findings))
        print_summary(options->output, &summary);
    else
        fprintf(stderr, "teade: nothing was written; existing files are unchanged\n");
    print_timings(&timings, options);
    free(summary.foreign.some);
    return finish(&findings);
}

static void warn_of_loopback(const char *base_url)
{
    if (strncmp(base_url, "http:", 5) == 0)
        fprintf(stderr,
                "teade: the address in the pages is %s; for a public site, give --base-url\n",
                base_url);
}

struct publication {
    const char *content;
    struct findings *findings;
};

static bool commit(void *context)
{
    const struct publication *publication = context;

    return freeze_commit(publication->content, publication->findings);
}

/* Builds with the prepared texts as if they were frozen.  Warnings were printed when they were
 * prepared. */
static bool put_online(const struct options *options, struct edition_options *edition,
                       struct findings *findings)
{
    struct publication publication = {options->content, findings};
    struct reload reload = {.command = options->reload,
                            .site = options->to,
                            .taken = commit,
                            .context = &publication,
                            .findings = findings};
    struct build_summary summary;

    edition->erratum = NULL;
    edition->frozen = FROZEN_NEXT;
    findings->muted = true;
    if (build(edition, options->to, &reload, &summary, findings)) {
        print_summary(options->to, &summary);
        warn_of_loopback(summary.base_url);
    } else {
        reload_undo(&reload);
    }
    free(summary.foreign.some);
    return !findings->errors;
}

static int publish(const struct options *options, struct edition_options *edition,
                   struct findings *findings)
{
    const struct served_site_options changes = {options->move, options->withdraw.values,
                                                options->withdraw.count};
    size_t texts;

    edition->erratum = options->erratum;
    if (freeze_prepare(edition, options->to, &changes, &texts, findings) &&
        put_online(options, edition, findings)) {
        if (texts)
            fprintf(stderr, "teade: %s frozen; keep content/ under version control\n",
                    number_of((long long)texts, "text", "texts").text);
    } else {
        freeze_abandon(options->content);
        fprintf(stderr, "teade: nothing is frozen, and the site that is served is unchanged\n");
    }
    return finish(findings);
}

static int run_publish(const struct options *options)
{
    struct edition_options edition = edition_options(options);
    struct findings findings;
    int lock, status;

    findings_init(&findings, stderr);
    lock = freeze_lock(options->content);
    status = publish(options, &edition, &findings);
    if (lock >= 0)
        close(lock);
    return status;
}

static int run_revise(const struct options *options)
{
    struct edition_options edition = edition_options(options);
    struct findings findings;

    findings_init(&findings, stderr);
    revise(&edition, options->line.arguments[0], options->line.arguments[1], stdout, &findings);
    return finish(&findings);
}

static void print_gaps(const struct legal_check_count *gaps, bool listed)
{
    if (!gaps->open && !gaps->accepted)
        return;
    fprintf(stderr, "teade: %s that the law or a record requires, and %zu accepted%s\n",
            number_of((long long)gaps->open, "missing statement", "missing statements").text,
            gaps->accepted, gaps->open && !listed ? "; `teade check --gaps` lists them" : "");
}

static int run_check(const struct options *options)
{
    struct edition_options edition = edition_options(options);
    struct build_summary summary;
    struct timings timings;
    struct findings findings;

    findings_init(&findings, stdout);
    measure(&edition, &timings, options);
    findings.json = options->json;
    edition.lists_gaps = options->gaps;
    if (build(&edition, NULL, NULL, &summary, &findings)) {
        fprintf(stderr, "teade: no errors for %s\n", summary.day.iso);
        print_gaps(&summary.gaps, options->gaps);
    }
    print_timings(&timings, options);
    finish(&findings);
    return findings.errors ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int run_extract(const struct options *options)
{
    struct edition_options edition = edition_options(options);
    struct findings findings;

    findings_init(&findings, stderr);
    if (options->file) {
        extract_file(options->file, stdout, &findings);
        return finish(&findings);
    }
    extract(&edition, NULL, &findings);
    return finish(&findings);
}

/* Asked for on a terminal where no option gives it; elsewhere the first ones are required. */
static const struct {
    const char *option, *question;
    size_t offset;
    bool may_be_empty;
} questions[] = {
    {"--name", "Name of the controller (who is responsible for the data)", MEMBER(answers.name),
     false},
    {"--languages", "Languages, as in et,en", MEMBER(answers.languages), false},
    {"--time-zone", "Time zone, such as Europe/Tallinn", MEMBER(answers.time_zone), false},
    {"--base-url", "Address of the site, such as https://www.example.com", MEMBER(base_url), true},
    {"--address", "Postal address", MEMBER(answers.address), true},
    {"--email", "E-mail address", MEMBER(answers.email), true},
    {"--phone", "Telephone number", MEMBER(answers.phone), true},
};

enum { QUESTIONS = sizeof questions / sizeof *questions };

/* EX_OK, or EX_USAGE.  `given` are the lines to be freed. */
static int ask_missing(struct options *options, char *given[QUESTIONS])
{
    for (size_t i = 0; i < QUESTIONS; i++) {
        const char *const *member = (void *)((char *)options + questions[i].offset);

        if (*member || (questions[i].may_be_empty && !isatty(STDIN_FILENO)))
            continue;
        if (isatty(STDIN_FILENO))
            given[i] = options_ask(options, questions[i].option, questions[i].question,
                                   questions[i].may_be_empty);
        if (!*member && !questions[i].may_be_empty)
            return options_misuse(options, "missing option: %s", questions[i].option);
    }
    return EX_OK;
}

static int run_init(const struct options *options)
{
    struct options answered = *options;
    char *given[QUESTIONS] = {NULL};
    int status = ask_missing(&answered, given);
    struct edition_options edition = edition_options(&answered);
    struct findings findings;

    findings_init(&findings, stderr);
    if (status == EX_OK)
        init_site(&edition, &answered.answers, answered.line.arguments[0], stdout, &findings);
    for (size_t i = 0; i < QUESTIONS; i++)
        free(given[i]);
    return status == EX_OK ? finish(&findings) : status;
}

static int run_po(const struct options *options)
{
    struct edition_options edition = edition_options(options);
    struct findings findings;

    findings_init(&findings, stderr);
    po_update(&edition, &findings);
    return finish(&findings);
}

static int check_language(const struct options *options, const char *tag)
{
    char *spelling;
    int status;

    if (language_known(tag))
        return EX_OK;
    spelling = language_spelling(tag);
    status = options_misuse(options, "%s is not a language; write %s", tag,
                            spelling ? spelling : "a BCP 47 tag such as et or ja");
    free(spelling);
    return status;
}

static int run_render(const struct options *options)
{
    struct findings findings;

    findings_init(&findings, stderr);
    if (options->lang && check_language(options, options->lang) != EX_OK)
        return EX_USAGE;
    render(options->line.arguments[0], options->catalog, options->lang, stdout, &findings);
    return finish(&findings);
}

static int run_diff(const struct options *options)
{
    struct edition_options edition = edition_options(options);
    struct findings findings;
    bool same;

    findings_init(&findings, stderr);
    if (options->lang && check_language(options, options->lang) != EX_OK)
        return EX_USAGE;
    if (!compare_files(options->line.arguments[0], options->line.arguments[1], options->lang,
                       &edition, stdout, &same, &findings))
        return finish(&findings);
    finish(&findings);
    return same ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int run_status(const struct options *options)
{
    struct edition_options edition = edition_options(options);
    struct findings findings;

    findings_init(&findings, stderr);
    status(&edition, options->json, stdout, &findings);
    return finish(&findings);
}

static int run_new(const struct options *options)
{
    struct edition_options edition = edition_options(options);
    struct findings findings;

    findings_init(&findings, stderr);
    if (check_language(options, options->line.arguments[0]) != EX_OK)
        return EX_USAGE;
    new_language(&edition, options->line.arguments[0], stdout, &findings);
    return finish(&findings);
}

int main(int argc, char **argv)
{
    char *templates = data_folder("templates");
    struct options options = {
        .content = "content", .locale = "locale", .templates = templates, .output = "build/site"};
    int status;

    output_in_order();
    umask(022); /* the web server reads what is built */
    status = options_run(&program, &options, argv + (argc > 0));
    free(templates);
    return status;
}
