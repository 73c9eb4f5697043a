#include "new.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/mem.h"
#include "extract.h"
#include "language.h"

extern char **environ;

/* One of gettext's programs; its words are its own. */
static bool run(char *const words[], struct findings *findings)
{
    int status = 0;
    pid_t pid;
    int error = posix_spawnp(&pid, words[0], NULL, NULL, words, environ);

    if (error == ENOENT)
        finding_error(findings, EX_UNAVAILABLE, (struct place){NULL, 0},
                      "install the package gettext", "there is no %s", words[0]);
    else if (error)
        finding_error(findings, EX_OSERR, (struct place){NULL, 0}, "try again", "%s: %s", words[0],
                      strerror(error));
    if (error)
        return false;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    finding_error(findings, EX_SOFTWARE, (struct place){NULL, 0}, "see what it says above",
                  "%s failed", words[0]);
    return false;
}

/* gettext writes pt_BR where the Web has pt-BR. */
static char *gettext_locale(const char *tag)
{
    char *locale = mem_printf("%s.UTF-8", tag);

    for (char *p = locale; *p && *p != '.'; p++)
        if (*p == '-')
            *p = '_';
    return locale;
}

/* To gettext a message in English is its own translation, whatever it is written in. */
static bool empty_messages(const char *path, struct findings *findings)
{
    char *const to_fuzzy[] = {"msgattrib", "--set-fuzzy", "--output-file", (char *)path,
                              (char *)path, NULL};
    char *const to_empty[] = {"msgattrib",       "--clear-fuzzy", "--empty", "--output-file",
                              (char *)path, (char *)path,    NULL};

    return run(to_fuzzy, findings) && run(to_empty, findings);
}

static bool make_catalog(const char *pot, const char *path, const char *tag,
                         struct findings *findings)
{
    char *locale = gettext_locale(tag);
    char *const words[] = {"msginit",   "--no-translator", "--locale", locale,
                           "--input",   (char *)pot,       "--output-file", (char *)path,
                           NULL};
    bool ok = run(words, findings) &&
              (strncmp(tag, "en", 2) != 0 || empty_messages(path, findings));

    free(locale);
    return ok;
}

static bool want_catalog(const struct edition_options *options, const char *name, const char *tag,
                         FILE *out, struct findings *findings)
{
    char *pot = mem_printf("%s/%s.pot", options->locale, name);
    char *path = mem_printf("%s/%s/LC_MESSAGES/%s.po", options->locale, tag, name);
    bool is_there = file_exists(path);
    bool ok = is_there || make_catalog(pot, path, tag, findings);

    if (ok)
        fprintf(out, "%s %s\n", is_there ? "kept" : "made", path);
    free(path);
    free(pot);
    return ok;
}

static bool make_catalogs(const struct edition_options *options, const struct site *site,
                          const char *tag, FILE *out, struct findings *findings)
{
    char *folder = mem_printf("%s/%s/LC_MESSAGES", options->locale, tag);
    struct source source = {.path = folder};
    bool ok = directory_make(folder);

    if (!ok)
        finding_error(findings, EX_CANTCREAT, (struct place){&source, PLACE_FILE},
                      "check permissions, or choose another --locale", "cannot write there: %s",
                      strerror(errno));
    if (ok && strcmp(tag, template_language) != 0)
        ok = want_catalog(options, "site", tag, out, findings);
    for (size_t d = 0; ok && d < site->document_count; d++)
        if (strcmp(tag, site->documents[d].revisions[0].language) != 0)
            ok = want_catalog(options, site->documents[d].id, tag, out, findings);
    free(folder);
    return ok;
}

/* Where a new item goes into [a, b] or into a list with a line each, behind the last one; and what
 * goes there. */
static size_t item_end(const struct yaml *list, const char *text, const char *tag, struct buf *item)
{
    size_t last = list->item[list->count - 1]->place.offset, start = last;

    if (text[list->place.offset] == '[') {
        buf_addf(item, ", %s", tag);
        return last + strcspn(text + last, ",] \t\n");
    }
    while (start > 0 && text[start - 1] != '\n')
        start--;
    buf_addf(item, "\n%*s- %s", (int)strspn(text + start, " "), "", tag);
    return last + strcspn(text + last, "\n"); /* a comment stays with its line */
}

static void add_tag(const struct site *site, const char *tag, struct buf *out)
{
    struct str text = buf_str(&site->source.text);
    struct buf item = BUF_INIT;
    size_t end = item_end(yaml_get(site->settings, "languages"), text.data, tag, &item);

    buf_add(out, text.data, end);
    buf_addstr(out, buf_str(&item));
    buf_add(out, text.data + end, text.len - end);
    buf_release(&item);
}

static bool add_to_site(const struct site *site, const char *tag, FILE *out,
                        struct findings *findings)
{
    struct buf text = BUF_INIT;
    bool ok;

    add_tag(site, tag, &text);
    ok = file_replace(site->source.path, buf_str(&text));
    if (ok)
        fprintf(out, "%s has the language %s\n", site->source.path, tag);
    else
        finding_error(findings, EX_CANTCREAT, (struct place){&site->source, PLACE_FILE},
                      "check permissions and free space", "cannot write: %s", strerror(errno));
    buf_release(&text);
    return ok;
}

static bool is_new(const struct site *site, const char *tag, struct findings *findings)
{
    if (!site_has_language(site, tag))
        return true;
    finding(findings, FINDING_ERROR, yaml_place(site->settings, "languages"),
            "teade status tells what is left to translate", "language \"%s\" is there already",
            tag);
    return false;
}

bool new_language(const struct edition_options *options, const char *tag, FILE *out,
                  struct findings *findings)
{
    struct site site;
    bool ok = site_read(&site, options->content, findings) && is_new(&site, tag, findings) &&
              extract(options, findings) && make_catalogs(options, &site, tag, out, findings) &&
              add_to_site(&site, tag, out, findings);

    if (ok)
        fprintf(out, "Next: translate the catalogues in %s/%s/LC_MESSAGES, for example in Poedit; "
                     "teade status tells how far they are, teade check what is wrong.\n",
                options->locale, tag);
    site_release(&site);
    return ok;
}
