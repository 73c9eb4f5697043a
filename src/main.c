/* teade: the editor's program.  The tables below are both dispatch and help. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/output.h"
#include "base/utf8.h"
#include "base/version.h"
#include "build.h"
#include "command/compare.h"
#include "command/extract.h"
#include "command/new.h"
#include "command/render.h"
#include "command/revise.h"
#include "command/status.h"
#include "edition/freeze.h"
#include "language/language.h"

struct options {
    const char *content, *locale, *templates, *output, *date, *base_url, *catalog, *lang, *file;
    const char *to, *erratum, *reload, *endpoint;
    const char *allow_untranslated, *draft, *gaps, *json, *move; /* NULL or not */
    struct many {
        const char *value[16];
        size_t count;
    } withdraw;            /* of an option that can be given more than once */
    const char *words[2]; /* what is no option */
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
    ENDPOINT = 16384,
    MOVE = 32768,
    WITHDRAW = 65536,
    GAPS = 131072,
    DRAFT = 262144,
    SOURCES = CONTENT | LOCALE | TEMPLATES,
    MANY = WITHDRAW, /* the offset is that of a struct many */
};

static const struct option {
    int bit;
    const char *name, *value; /* value NULL: it has none */
    size_t offset;
    const char *help;
} options_table[] = {
    {CONTENT, "--content", "DIR", offsetof(struct options, content),
     "documents and site.yaml (content)"},
    {LOCALE, "--locale", "DIR", offsetof(struct options, locale), "translations (locale)"},
    {TEMPLATES, "--templates", "DIR", offsetof(struct options, templates),
     "page templates (templates)"},
    {OUTPUT, "--output", "DIR", offsetof(struct options, output),
     "where the site goes (build/site)"},
    {DATE, "--date", "YYYY-MM-DD", offsetof(struct options, date),
     "the day to build for (today in the site's zone)"},
    {BASE_URL, "--base-url", "URL", offsetof(struct options, base_url),
     "instead of base_url in site.yaml"},
    {ALLOW_UNTRANSLATED, "--allow-untranslated", NULL, offsetof(struct options, allow_untranslated),
     "show what is not translated in its own language, marked"},
    {DRAFT, "--draft", NULL, offsetof(struct options, draft),
     "preview drafts on the last one's day, languages in progress, and what is not translated"},
    {CATALOG, "--catalog", "FILE.po", offsetof(struct options, catalog), "translations to put in"},
    {LANG, "--lang", "TAG", offsetof(struct options, lang), "the language of the result"},
    {STDOUT, "--stdout", "FILE.md", offsetof(struct options, file),
     "write that file's messages to standard output instead"},
    {TO, "--to", "DIR", offsetof(struct options, to), "the site that is served"},
    {ERRATUM, "--erratum", "WHY", offsetof(struct options, erratum),
     "correct published words where their source was changed; the history says why, in the words "
     "of the document's language and their translations"},
    {RELOAD, "--reload", "COMMAND", offsetof(struct options, reload),
     "how to tell the endpoint of a new site, such as \"systemctl reload teade-consent\""},
    {ENDPOINT, "--endpoint", "SOCKET", offsetof(struct options, endpoint),
     "the endpoint's socket: wait there until it has taken the new site"},
    {MOVE, "--move", NULL, offsetof(struct options, move),
     "the site goes to another address than it is served at"},
    {WITHDRAW, "--withdraw", "LANG|DOC", offsetof(struct options, withdraw),
     "a language or document that goes offline; may be given several times"},
    {GAPS, "--gaps", NULL, offsetof(struct options, gaps),
     "list what law and records want and the site does not say"},
    {JSON, "--json", NULL, offsetof(struct options, json), "for programs: JSON, a line each"},
};
enum { OPTION_COUNT = sizeof options_table / sizeof *options_table };

static int run_build(const struct options *options);
static int run_check(const struct options *options);
static int run_extract(const struct options *options);
static int run_render(const struct options *options);
static int run_status(const struct options *options);
static int run_diff(const struct options *options);
static int run_publish(const struct options *options);
static int run_revise(const struct options *options);
static int run_new(const struct options *options);

static const struct command {
    const char *name;
    int options;
    int (*run)(const struct options *options);
    const char *help;
    const char *words[2]; /* what it wants besides options, in order */
} commands[] = {
    {"build",
     SOURCES | OUTPUT | DATE | BASE_URL | ALLOW_UNTRANSLATED | DRAFT,
     run_build,
     "write the site",
     {NULL}},
    {"check",
     SOURCES | DATE | BASE_URL | ALLOW_UNTRANSLATED | DRAFT | GAPS | JSON,
     run_check,
     "find faults and write nothing; exit 1 if there are errors",
     {NULL}},
    {"extract",
     SOURCES | STDOUT,
     run_extract,
     "write the translators' templates, LOCALE/*.pot",
     {NULL}},
    {"publish",
     SOURCES | TO | DATE | BASE_URL | MOVE | ERRATUM | WITHDRAW | RELOAD | ENDPOINT,
     run_publish,
     "check, build, freeze the texts of published versions, and put the site online",
     {NULL}},
    {"revise",
     SOURCES | DATE,
     run_revise,
     "begin a new version of a document with the one it will follow",
     {"DOC", "ID"}},
    {"render",
     CATALOG | LANG,
     run_render,
     "write a Markdown file's article, translated, to standard output as HTML",
     {"FILE.md"}},
    {"diff",
     LANG | TEMPLATES | LOCALE,
     run_diff,
     "write what changed between two Markdown files to standard output as a page, "
     "compared in --lang, else the newer one's `language`, else English; exit 0 if a reader can "
     "tell no difference, 1 if there is one",
     {"OLD.md", "NEW.md"}},
    {"new", SOURCES, run_new, "add a language: its catalogues, and its tag in site.yaml", {"LANG"}},
    {"status",
     SOURCES | DATE | JSON,
     run_status,
     "tell how far each text and its translations are, and what is next",
     {NULL}},
};
enum {
    COMMAND_COUNT = sizeof commands / sizeof *commands,
    WORD_COUNT = sizeof commands->words / sizeof *commands->words
};

static int wrong_use(const char *word, const char *what)
{
    fprintf(stderr, "teade: %s \"%s\"; see `teade --help`\n", what, word);
    return EX_USAGE;
}

static bool edition_options(const struct options *options, struct edition_options *edition)
{
    *edition = (struct edition_options){.content = options->content,
                                        .locale = options->locale,
                                        .templates = options->templates,
                                        .base_url = options->base_url,
                                        .allow_untranslated = options->allow_untranslated,
                                        .draft = options->draft};
    if (options->date && !date_parse(str_of(options->date), &edition->day)) {
        fprintf(stderr, "teade: --date %s is not a day; write YYYY-MM-DD\n", options->date);
        return false;
    }
    if (options->base_url && !base_url_is_usable(options->base_url)) {
        fprintf(stderr,
                "teade: --base-url %s cannot be used; write https:// and the host without a path, "
                "or http:// on a loopback address\n",
                options->base_url);
        return false;
    }
    return true;
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
        fprintf(stderr, "teade: %s of other origin kept in public/: %s%s\n",
                number_of((long long)summary->foreign.count, "file", "files").text,
                summary->foreign.some, summary->foreign.count > 3 ? ", …" : "");
}

static int run_build(const struct options *options)
{
    struct edition_options edition;
    struct build_summary summary;
    struct findings findings;

    findings_init(&findings, stderr);
    if (!edition_options(options, &edition))
        return EX_USAGE;
    if (build(&edition, options->output, NULL, &summary, &findings))
        print_summary(options->output, &summary);
    else
        fprintf(stderr, "teade: nothing was written; what was there before is untouched\n");
    free(summary.foreign.some);
    return finish(&findings);
}

/* What visitors will read beside the corrected words. */
static bool is_reason(const char *why)
{
    if (!why || (utf8_invalid(str_of(why)) == strlen(why) && str_trim(str_of(why)).len))
        return true;
    fprintf(stderr, "teade: --erratum wants a sentence in UTF-8 that says why\n");
    return false;
}

static void warn_of_loopback(const char *base_url)
{
    if (strncmp(base_url, "http:", 5) == 0)
        fprintf(stderr, "teade: pages name %s as their address; on the web, give --base-url\n",
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

/* With the texts prepared as if they were frozen; what there is to warn of was told with them. */
static bool put_online(const struct options *options, struct edition_options *edition,
                       struct findings *findings)
{
    struct publication publication = {options->content, findings};
    struct handover handover = {.reload = options->reload,
                                .socket = options->endpoint,
                                .site = options->to,
                                .taken = commit,
                                .context = &publication,
                                .findings = findings};
    struct build_summary summary;

    edition->erratum = NULL;
    edition->frozen = FROZEN_NEXT;
    findings->muted = true;
    if (build(edition, options->to, &handover, &summary, findings)) {
        print_summary(options->to, &summary);
        warn_of_loopback(summary.base_url);
    } else {
        handover_undo(&handover);
    }
    free(summary.foreign.some);
    return !findings->errors;
}

static int publish(const struct options *options, struct edition_options *edition,
                   struct findings *findings)
{
    const struct witness_options witness = {options->move != NULL, options->withdraw.value,
                                            options->withdraw.count};
    size_t texts;

    edition->erratum = options->erratum;
    if (freeze_prepare(edition, options->to, &witness, &texts, findings) &&
        put_online(options, edition, findings)) {
        if (texts)
            fprintf(stderr, "teade: %s frozen; keep content/ under version control\n",
                    number_of((long long)texts, "text", "texts").text);
    } else {
        freeze_abandon(options->content);
        fprintf(stderr, "teade: nothing is frozen, and the site that is served is untouched\n");
    }
    return finish(findings);
}

static int run_publish(const struct options *options)
{
    struct edition_options edition;
    struct findings findings;
    int lock, status;

    findings_init(&findings, stderr);
    if (!options->to)
        return wrong_use("--to DIR", "missing:");
    if (!edition_options(options, &edition) || !is_reason(options->erratum))
        return EX_USAGE;
    lock = freeze_lock(options->content);
    status = publish(options, &edition, &findings);
    if (lock >= 0)
        close(lock);
    return status;
}

static int run_revise(const struct options *options)
{
    struct edition_options edition;
    struct findings findings;

    findings_init(&findings, stderr);
    if (!edition_options(options, &edition))
        return EX_USAGE;
    revise(&edition, options->words[0], options->words[1], stdout, &findings);
    return finish(&findings);
}

static void print_gaps(const struct gaps_count *gaps, bool listed)
{
    if (!gaps->open && !gaps->accepted)
        return;
    fprintf(stderr, "teade: %s in what the law and a record ask for, and %zu accepted%s\n",
            number_of((long long)gaps->open, "gap", "gaps").text, gaps->accepted,
            gaps->open && !listed ? "; `teade check --gaps` lists them" : "");
}

static int run_check(const struct options *options)
{
    struct edition_options edition;
    struct build_summary summary;
    struct findings findings;

    findings_init(&findings, stdout);
    findings.json = options->json;
    if (!edition_options(options, &edition))
        return EX_USAGE;
    edition.lists_gaps = options->gaps;
    if (build(&edition, NULL, NULL, &summary, &findings)) {
        fprintf(stderr, "teade: no errors for %s\n", summary.day.iso);
        print_gaps(&summary.gaps, options->gaps);
    }
    finish(&findings);
    return findings.errors ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int run_extract(const struct options *options)
{
    struct edition_options edition;
    struct findings findings;

    findings_init(&findings, stderr);
    if (options->file) {
        extract_file(options->file, stdout, &findings);
        return finish(&findings);
    }
    if (!edition_options(options, &edition))
        return EX_USAGE;
    extract(&edition, &findings);
    return finish(&findings);
}

static bool is_language(const char *tag, const char *option)
{
    const char *problem = language_problem(tag);
    char *spelling;

    if (!problem)
        return true;
    spelling = language_spelling(tag);
    fprintf(stderr, "teade: %s%s %s; write %s\n", option, tag, problem,
            spelling ? spelling : "a BCP 47 tag such as et or ja");
    free(spelling);
    return false;
}

static int run_render(const struct options *options)
{
    struct findings findings;

    findings_init(&findings, stderr);
    if (options->lang && !is_language(options->lang, "--lang "))
        return EX_USAGE;
    render(options->words[0], options->catalog, options->lang, stdout, &findings);
    return finish(&findings);
}

static int run_diff(const struct options *options)
{
    struct edition_options edition;
    struct findings findings;
    bool same;

    findings_init(&findings, stderr);
    if ((options->lang && !is_language(options->lang, "--lang ")) ||
        !edition_options(options, &edition))
        return EX_USAGE;
    if (!compare_files(options->words[0], options->words[1], options->lang, &edition, stdout, &same,
                       &findings))
        return finish(&findings);
    finish(&findings);
    return same ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int run_status(const struct options *options)
{
    struct edition_options edition;
    struct findings findings;

    findings_init(&findings, stderr);
    if (!edition_options(options, &edition))
        return EX_USAGE;
    status(&edition, options->json, stdout, &findings);
    return finish(&findings);
}

static int run_new(const struct options *options)
{
    struct edition_options edition;
    struct findings findings;

    findings_init(&findings, stderr);
    if (!is_language(options->words[0], "") || !edition_options(options, &edition))
        return EX_USAGE;
    new_language(&edition, options->words[0], stdout, &findings);
    return finish(&findings);
}

static void print_options(FILE *out, int bits)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options_table[i].bit & bits)
            fprintf(out, "  %s %-*s %s\n", options_table[i].name,
                    (int)(22 - strlen(options_table[i].name)),
                    options_table[i].value ? options_table[i].value : "", options_table[i].help);
}

static void print_usage(FILE *out, const struct command *command)
{
    fprintf(out, "Usage: teade %s", command->name);
    for (size_t i = 0; i < WORD_COUNT && command->words[i]; i++)
        fprintf(out, " %s", command->words[i]);
    fprintf(out, "%s\n", command->options ? " [options]" : "");
}

static void print_help(FILE *out, const struct command *command)
{
    if (command) {
        print_usage(out, command);
        fprintf(out, "\n%s\n\nOptions (defaults):\n", command->help);
        print_options(out, command->options);
        return;
    }
    fprintf(out, "Usage: teade COMMAND [options]\n\nPublishes notices in several languages, and "
                 "every change of them.\n\nCommands:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].help);
    fprintf(out, "\n`teade COMMAND --help` lists a command's options.  `teade --version`\n");
}

static const struct option *find_option(const struct command *command, const char *name, size_t len)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if ((options_table[i].bit & command->options) && strlen(options_table[i].name) == len &&
            strncmp(options_table[i].name, name, len) == 0)
            return &options_table[i];
    return NULL;
}

static int store_value(const struct option *option, const char *value, void *member)
{
    struct many *many = member;

    if (!(option->bit & MANY))
        *(const char **)member = value;
    else if (many->count == sizeof many->value / sizeof *many->value)
        return wrong_use(value, "one value too many:");
    else
        many->value[many->count++] = value;
    return EX_OK;
}

/* Takes an option and its value off the command line. */
static int take_option(const struct command *command, char ***words, struct options *options)
{
    size_t len = strcspn(**words, "=");
    const struct option *option = find_option(command, **words, len);
    const char *value = **words + len;

    if (!option || (!option->value && *value))
        return wrong_use(**words, "unknown option");
    if (option->value)
        value = *value ? value + 1 : *++*words;
    if (!value || (option->value && !*value))
        return wrong_use(option->name, "a value is missing for");
    return store_value(option, value, (char *)options + option->offset);
}

static int run(const struct command *command, char **words)
{
    struct options options = {
        .content = "content", .locale = "locale", .templates = "templates", .output = "build/site"};
    size_t count = 0;

    for (; *words; words++) {
        if (strcmp(*words, "--help") == 0) {
            print_help(stdout, command);
            return EX_OK;
        }
        if (strncmp(*words, "--", 2) != 0) {
            if (count == WORD_COUNT || !command->words[count])
                return wrong_use(*words, "one word too many:");
            options.words[count++] = *words;
        } else if (take_option(command, &words, &options) != EX_OK) {
            return EX_USAGE;
        }
    }
    if (count < WORD_COUNT && command->words[count])
        return wrong_use(command->words[count], "missing:");
    return command->run(&options);
}

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : NULL;

    output_in_order();
    umask(022); /* the web server reads what is built */
    if (!word) {
        print_help(stderr, NULL);
        return EX_USAGE;
    }
    if (strcmp(word, "--help") == 0) {
        print_help(stdout, NULL);
        return EX_OK;
    }
    if (strcmp(word, "--version") == 0) {
        puts("teade " TEADE_VERSION);
        return EX_OK;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, word) == 0)
            return run(&commands[i], argv + 2);
    return wrong_use(word, "unknown command");
}
