#include "stray.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdlib.h>

#include "base/mem.h"

struct kind {
    const char *what, *remedy;
};

static const struct kind
    backup = {"a backup copy", "remove it, if nothing in it is needed"},
    conflict = {"a copy of a file that was changed in two places",
                "compare it with the file, merge what differs, and remove the copy"},
    lock = {"the lock or swap file of an editor",
            "finish and save what is being edited; after a crash, recover it or remove the file"},
    leftover = {"a file that an interrupted program left", "remove it"},
    foreign = {"a file of the operating system", "remove it, and let version control ignore it"};

/* Shell patterns, upper and lower case alike; the first that fits counts. */
static const struct {
    const char *pattern;
    const struct kind *kind;
} rows[] = {
    {".DS_Store", &foreign},
    {"._*", &foreign},
    {"Thumbs.db", &foreign},
    {"ehthumbs.db", &foreign},
    {"desktop.ini", &foreign},
    {"Icon\r", &foreign},
    {".directory", &foreign},
    {"*conflicted copy*", &conflict},
    {"*conflicted version*", &conflict},
    {"*conflict-copy*", &conflict},
    {"*.sync-conflict-*", &conflict},
    {"*_conf([0-9])*", &conflict},
    {"*konfliktkopie*", &conflict},
    {"*_BACKUP_*", &conflict},
    {"*_BASE_*", &conflict},
    {"*_LOCAL_*", &conflict},
    {"*_REMOTE_*", &conflict},
    {"*.orig", &conflict},
    {"*.rej", &conflict},
    {"*.mine", &conflict},
    {"*.theirs", &conflict},
    {".#*", &lock},
    {".~lock.*", &lock},
    {"~$*", &lock},
    {"#*#", &lock},
    {"*.sw[a-p]", &lock},
    {"*.kate-swp", &lock},
    {"*~", &backup},
    {"*.bak", &backup},
    {"*.old", &backup},
    {"*.backup", &backup},
    {"* copy.*", &backup},
    {"* copy [0-9]*.*", &backup},
    {"* - copy.*", &backup},
    {"* - copy (*).*", &backup},
    {"copy of *", &backup},
    {"* ([0-9]).*", &backup},
    {"* ([0-9][0-9]).*", &backup},
    {"*.tmp", &leftover},
    {"*.temp", &leftover},
    {"*.part", &leftover},
    {"*.crdownload", &leftover},
    {".nfs*", &leftover},
};

static const struct kind *kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (fnmatch(rows[i].pattern, name, FNM_CASEFOLD) == 0)
            return rows[i].kind;
    return NULL;
}

bool stray_is(const char *name)
{
    return kind_of(name) != NULL;
}

static int is_stray_entry(const struct dirent *entry)
{
    return stray_is(entry->d_name);
}

void stray_report(const char *folder, struct findings *findings)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_stray_entry, alphasort);

    for (int i = 0; i < count; i++) {
        const struct kind *kind = kind_of(entries[i]->d_name);
        struct source source = {.path = mem_printf("%s/%s", folder, entries[i]->d_name)};

        finding(findings, FINDING_WARNING, (struct place){&source, PLACE_FILE}, kind->remedy,
                "%s: it is ignored", kind->what);
        free(source.path);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}
