#include "new_site.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "extract.h"
#include "language/language.h"
#include "language/zone.h"
#include "new.h"
#include "starter.h"

/* Tags, the first `count` of which Teade has words in. */
struct tags {
    char *text; /* they point into it */
    const char *tag[INIT_LANGUAGES];
    size_t count, all;
};

/* false: one is not a language, is named twice, or they are too many. */
static bool split_tags(const char *list, struct tags *tags)
{
    char *rest;

    *tags = (struct tags){.text = mem_dups(list)};
    rest = tags->text;
    for (char *tag; (tag = strsep(&rest, ","));) {
        if (tags->all == INIT_LANGUAGES || !language_known(tag += strspn(tag, " ")))
            return false;
        for (size_t i = 0; i < tags->all; i++)
            if (strcmp(tags->tag[i], tag) == 0)
                return false;
        tags->tag[tags->all++] = tag;
    }
    return true;
}

/* Those that Teade has words in come first, in their order. */
static void sort_tags(struct tags *tags, const char *templates)
{
    const char *others[INIT_LANGUAGES];
    size_t count = 0;

    for (size_t i = 0; i < tags->all; i++)
        if (starter_has_language(templates, tags->tag[i]))
            tags->tag[tags->count++] = tags->tag[i];
        else
            others[count++] = tags->tag[i];
    memcpy(tags->tag + tags->count, others, count * sizeof *others);
}

static bool read_line(const struct option_reader *reader, const char *value, void *member)
{
    (void)reader;
    return options_text(utf8_invalid(str_of(value)) == strlen(value) && !strpbrk(value, "\n\r\t") &&
                            str_trim(str_of(value)).len == strlen(value),
                        value, member);
}

/* As CommonMark has it, which makes a link of one. */
static bool read_email(const struct option_reader *reader, const char *value, void *member)
{
    static const char alphanumeric[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    size_t at = strcspn(value, "@");
    char *local = mem_printf("%s.!#$%%&'*+/=?^_`{|}~-", alphanumeric);
    char *host = mem_printf("%s.-", alphanumeric);
    bool ok = at && strspn(value, local) == at && value[at] &&
              isalnum((unsigned char)value[at + 1]) &&
              isalnum((unsigned char)value[strlen(value) - 1]) &&
              !value[at + 1 + strspn(value + at + 1, host)];

    (void)reader;
    free(host);
    free(local);
    return options_text(ok, value, member);
}

static bool read_languages(const struct option_reader *reader, const char *value, void *member)
{
    struct tags tags;
    bool ok = split_tags(value, &tags);

    (void)reader;
    free(tags.text);
    return options_text(ok, value, member);
}

static bool read_time_zone(const struct option_reader *reader, const char *value, void *member)
{
    (void)reader;
    return options_text(zone_known(value), value, member);
}

const struct option_reader init_line = {read_line, "a line of text in UTF-8", 0, 0};
const struct option_reader init_email = {read_email, "an e-mail address", 0, 0};
const struct option_reader init_languages = {
    read_languages, "a list of languages; write BCP 47 tags, each once, as in et,en", 0, 0};
const struct option_reader init_time_zone = {
    read_time_zone, "a time zone; write a name such as Europe/Tallinn or UTC", 0, 0};

static bool is_free(const char *directory, struct findings *findings)
{
    struct source source = {.path = (char *)directory};

    if (!file_exists(directory) || directory_is_empty(directory))
        return true;
    finding_error(findings, EX_CANTCREAT, (struct place){&source, PLACE_FILE}, "name another one",
                  "is not an empty directory; nothing in it was touched");
    return false;
}

/* Whether the documents can be written in one of the languages. */
static bool has_words(const struct tags *tags, const char *first, struct findings *findings)
{
    if (tags->count && strcmp(tags->tag[0], first) == 0)
        return true;
    finding_error(findings, EX_USAGE, (struct place){NULL, 0},
                  "name one first that it has, such as en; the others can be translated from it",
                  "Teade has no words in %s yet", first);
    return false;
}

static bool write_site(const struct edition_options *options, const struct starter *starter,
                       const struct tags *tags, FILE *out, struct findings *findings)
{
    char *content = mem_printf("%s/content", starter->directory);
    char *locale = mem_printf("%s/locale", starter->directory);
    struct edition_options of_site = {
        .content = content, .locale = locale, .templates = options->templates, .day = starter->day};
    bool ok = starter_write(starter, findings);

    findings->muted = true; /* reminders of what is to be stated */
    ok = ok && directory_make(locale) && extract(&of_site, NULL, findings);
    for (size_t i = tags->count; ok && i < tags->all; i++)
        ok = new_language(&of_site, tags->tag[i], out, findings);
    findings->muted = false;
    free(locale);
    free(content);
    return ok;
}

/* What a site that failed has left: all in a directory that was empty. */
static void undo(const char *directory, bool existed)
{
    static const char *const names[] = {"content", "locale", ".gitignore"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = mem_printf("%s/%s", directory, names[i]);

        if (unlink(path) != 0)
            directory_remove(path);
        free(path);
    }
    if (!existed)
        rmdir(directory);
}

static void print_next(const char *directory, const char *day, FILE *out)
{
    char *policy = mem_printf("content/privacy-policy/%s.md", day);
    const struct {
        const char *what, *does;
    } steps[] = {
        {"teade check", "lists what the policy does not state yet"},
        {policy, "state it here, then translate it (teade po)"},
        {"teade build", "writes the site to build/site"},
        {"teade publish --to DIR", "puts it online; what is published is frozen"},
    };

    fprintf(out, "%s is a site.  Next, in that directory:\n", directory);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        fprintf(out, "  %-*s  %s\n", (int)strlen(policy), steps[i].what, steps[i].does);
    free(policy);
}

static bool make_site(const struct edition_options *options, const struct init_answers *answers,
                      const struct tags *tags, const char *directory, FILE *out,
                      struct findings *findings)
{
    bool existed = file_exists(directory), ok;
    struct templates templates;
    struct starter starter = {
        .directory = directory,
        .templates = &templates,
        .name = answers->name,
        .base_url = options->base_url ? options->base_url : "http://127.0.0.1:8080",
        .time_zone = answers->time_zone,
        .address = answers->address,
        .email = answers->email,
        .phone = answers->phone,
        .languages = tags->tag,
        .language_count = tags->count,
        .day = *options->day.iso ? options->day : zone_today(answers->time_zone)};

    ok = templates_read(&templates, options->templates, findings) &&
         write_site(options, &starter, tags, out, findings);
    if (ok)
        print_next(directory, starter.day.iso, out);
    else
        undo(directory, existed);
    templates_release(&templates);
    return ok;
}

bool init_site(const struct edition_options *options, const struct init_answers *answers,
               const char *directory, FILE *out, struct findings *findings)
{
    struct tags tags;
    char *first = mem_dup(answers->languages, strcspn(answers->languages, ","));
    bool ok = split_tags(answers->languages, &tags) && is_free(directory, findings);

    sort_tags(&tags, options->templates);
    ok = ok && has_words(&tags, first, findings) &&
         make_site(options, answers, &tags, directory, out, findings);
    free(tags.text);
    free(first);
    return ok;
}
