#include "gettext.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "catalog.h"
#include "language/plural.h"

extern char **environ;

static char *joined(char *const words[])
{
    struct buf line = BUF_INIT;

    for (size_t i = 0; words[i]; i++)
        buf_addf(&line, "%s%s", i ? " " : "run this to see the cause: ", words[i]);
    return buf_detach(&line);
}

static bool fail(char *const words[], int error, struct findings *findings)
{
    char *remedy = joined(words);
    struct place nowhere = {NULL, 0};

    if (error == ENOENT)
        finding_error(findings, EX_UNAVAILABLE, nowhere, "install the package gettext",
                      "cannot find %s", words[0]);
    else if (error)
        finding_error(findings, EX_OSERR, nowhere, "check permissions and free space", "%s: %s",
                      words[0], strerror(error));
    else
        finding_error(findings, EX_SOFTWARE, nowhere, remedy, "%s failed", words[0]);
    free(remedy);
    return false;
}

/* Runs a program whose output goes to a new file.  Its messages are shown only when it fails.  If
 * `path` is NULL, the program makes no file and its messages are the result. */
static bool run(char *const words[], const char *path, struct findings *findings)
{
    posix_spawn_file_actions_t actions;
    int status = 0, error;
    pid_t pid;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, path ? path : "/dev/null",
                                     path ? O_WRONLY | O_CREAT | O_EXCL : O_WRONLY, 0666);
    if (path)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    error = posix_spawnp(&pid, words[0], &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error)
        return fail(words, error, findings);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) || fail(words, 0, findings);
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

/* Every catalogue goes through msgfilter, which empties its translations: to msginit a message
 * is its own translation into English, whatever it is written in. */
static bool fill_catalog(const char *pot, const char *full, const char *empty, const char *tag,
                         struct findings *findings)
{
    char *locale = gettext_locale(tag);
    char *const init[] = {"msginit",   "--no-translator", "--locale", locale, "--input",
                          (char *)pot, "--output-file",   "-",        NULL};
    char *const filter[] = {"msgfilter", "--keep-header", "--input", (char *)full, "--output-file",
                            "-",         "sed",           "d",       NULL};
    bool ok = run(init, full, findings) && run(filter, empty, findings);

    free(locale);
    return ok;
}

static bool begins(const char *line, const char *field)
{
    return strncmp(line, field, strlen(field)) == 0;
}

/* msginit takes the template's date, and ours have none: they change only with the messages. */
static void add_revision_date(struct buf *out)
{
    char date[sizeof "2026-11-22 12:00+0000"];
    time_t now = time(NULL);
    struct tm utc;

    strftime(date, sizeof date, "%Y-%m-%d %H:%M+0000", gmtime_r(&now, &utc));
    buf_addf(out, "\"PO-Revision-Date: %s\\n\"\n", date);
}

/* The header that msginit writes names the language without its country where that is the usual
 * one, and has the plural forms that gettext knew when it was released. */
static void add_header(const char *text, const char *tag, struct buf *out)
{
    char *locale = gettext_locale(tag);
    const char *forms = plural_forms_of(tag);
    bool skips = false;

    for (size_t len; *text && *text != '\n'; text += len) {
        len = strcspn(text, "\n") + 1;
        if (begins(text, "\"Language: ")) {
            buf_addf(out, "\"Language: %.*s\\n\"\n", (int)strcspn(locale, "."), locale);
            if (forms)
                buf_addf(out, "\"Plural-Forms: %s\\n\"\n", forms);
            continue;
        }
        if (begins(text, "\"PO-Revision-Date: ")) {
            add_revision_date(out);
            continue;
        }
        skips = begins(text, "\"Plural-Forms:") ? forms != NULL : skips;
        if (!skips)
            buf_add(out, text, len);
        skips = skips && strncmp(text + len - 4, "\\n\"\n", 4) != 0; /* it continues */
    }
    buf_adds(out, text);
    free(locale);
}

static bool correct_header(const char *path, const char *tag, struct findings *findings)
{
    struct source target = {.path = (char *)path, .text = BUF_INIT};
    struct buf text = BUF_INIT, out = BUF_INIT;
    bool ok = file_read(path, &text);

    if (ok)
        add_header(text.data, tag, &out);
    ok = ok && file_replace(path, buf_str(&out));
    if (!ok)
        finding_error(findings, EX_CANTCREAT, (struct place){&target, PLACE_FILE},
                      "check permissions and free space", "cannot create it: %s", strerror(errno));
    buf_release(&out);
    buf_release(&text);
    return ok;
}

/* Renames the new file when it is complete, unless a file of that name exists.  A file that cannot
 * be read as a catalogue in that language is removed again. */
static bool put_catalog(const char *made, const char *path, const char *tag,
                        struct findings *findings)
{
    struct source target = {.path = (char *)path, .text = BUF_INIT};
    struct catalog *catalog;

    if (link(made, path) != 0) {
        finding_error(findings, EX_CANTCREAT, (struct place){&target, PLACE_FILE},
                      "check permissions and free space", "cannot create it: %s", strerror(errno));
        return false;
    }
    catalog = catalog_read(path, tag, findings);
    if (!catalog)
        unlink(path);
    catalog_free(catalog);
    return catalog != NULL;
}

bool gettext_new_catalog(const char *pot, const char *path, const char *tag,
                         struct findings *findings)
{
    char *full = mem_printf("%s.full", path), *empty = mem_printf("%s.empty", path);
    bool ok;

    unlink(full), unlink(empty); /* of a run that was killed */
    ok = fill_catalog(pot, full, empty, tag, findings) && correct_header(empty, tag, findings) &&
         put_catalog(empty, path, tag, findings);
    unlink(full), unlink(empty);
    free(empty);
    free(full);
    return ok;
}

/* Takes the new text, unless the catalogue has it already. */
static bool take_merged(const char *merged, const char *path, struct findings *findings)
{
    struct source target = {.path = (char *)path, .text = BUF_INIT};
    struct buf before = BUF_INIT, after = BUF_INIT;
    bool ok = file_read(path, &before) && file_read(merged, &after) &&
              (str_equal(buf_str(&before), buf_str(&after)) || file_replace(path, buf_str(&after)));

    if (!ok)
        finding_error(findings, EX_CANTCREAT, (struct place){&target, PLACE_FILE},
                      "check permissions and free space", "cannot write: %s", strerror(errno));
    buf_release(&after);
    buf_release(&before);
    return ok;
}

bool gettext_update_catalog(const char *pot, const char *path, struct findings *findings)
{
    char *merged = mem_printf("%s.merged", path);
    char *const merge[] = {"msgmerge", "--quiet",    "--previous", "--output-file",
                           "-",        (char *)path, (char *)pot,  NULL};
    char *const check[] = {"msgfmt",     "--check", "--statistics", "--output-file", "/dev/null",
                           (char *)path, NULL};
    bool ok;

    unlink(merged); /* of a run that was killed */
    ok = run(merge, merged, findings) && take_merged(merged, path, findings) &&
         run(check, NULL, findings);
    unlink(merged);
    free(merged);
    return ok;
}
