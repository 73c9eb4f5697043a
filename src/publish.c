#include "publish.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* Every site holds it: it tells a site from a folder somebody named by mistake. */
static const char marker[] = "private/manifest.json";

static bool fail(struct publish *publish, const char *path, const char *what, const char *remedy)
{
    struct source source = {.path = mem_dups(path)};

    finding_error(publish->findings, EX_CANTCREAT, (struct place){&source, PLACE_FILE}, remedy,
                  "%s: %s", what, strerror(errno));
    free(source.path);
    return false;
}

static bool lock_parent(struct publish *publish)
{
    char *copy = mem_dups(publish->output);
    char *parent = dirname(copy);
    bool ok = directory_make(parent) &&
              (publish->lock = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) >= 0;

    if (!ok) {
        fail(publish, parent, "cannot write there", "choose another --output");
    } else if (flock(publish->lock, LOCK_EX | LOCK_NB) != 0) {
        ok = fail(publish, parent, "cannot lock", "wait until the other build has ended");
        close(publish->lock);
        publish->lock = -1; /* what is staged is the other build's */
    }
    free(copy);
    return ok;
}

static bool is_replaceable(struct publish *publish)
{
    struct names names;
    char *path = mem_printf("%s/%s", publish->output, marker);
    bool ok = !file_exists(publish->output) || file_exists(path);

    if (!ok && directory_list(publish->output, &names)) {
        ok = names.count == 0;
        names_release(&names);
    }
    free(path);
    errno = EEXIST;
    return ok || fail(publish, publish->output, "not a site, so it is not replaced",
                      "choose another --output, or remove the folder yourself");
}

bool publish_begin(struct publish *publish, const char *output, struct findings *findings)
{
    size_t len = strlen(output);

    *publish = (struct publish){.lock = -1, .findings = findings};
    while (len > 1 && output[len - 1] == '/')
        len--;
    publish->output = mem_dup(output, len);
    publish->stage = mem_printf("%s.stage", publish->output);
    if (lock_parent(publish) && is_replaceable(publish)) {
        if (directory_remove(publish->stage) && directory_make(publish->stage))
            return true;
        fail(publish, publish->stage, "cannot write there", "choose another --output");
    }
    publish_abandon(publish);
    return false;
}

bool publish_file(struct publish *publish, const char *path, struct str content)
{
    char *full = mem_printf("%s/%s", publish->stage, path);
    bool ok = file_create(full, content);

    publish->files++;
    if (!ok)
        fail(publish, full, "cannot write", "check free space and permissions");
    free(full);
    return ok;
}

static void release(struct publish *publish)
{
    if (publish->lock >= 0)
        close(publish->lock);
    free(publish->stage);
    free(publish->output);
    *publish = (struct publish){.lock = -1};
}

/* On disk before it is visible: a power cut must not leave empty files in place. */
static bool flush(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && syncfs(fd) == 0;

    if (fd >= 0)
        close(fd);
    return ok;
}

static bool swap(const char *stage, const char *output)
{
    if (renameat2(AT_FDCWD, stage, AT_FDCWD, output, RENAME_EXCHANGE) == 0)
        return true;
    return errno == ENOENT && rename(stage, output) == 0;
}

bool publish_finish(struct publish *publish)
{
    if (!flush(publish->stage) || !swap(publish->stage, publish->output)) {
        fail(publish, publish->output, "cannot put the new site in place",
             "check that the file system of --output can rename folders");
        publish_abandon(publish);
        return false;
    }
    directory_remove(publish->stage); /* the old site now */
    release(publish);
    return true;
}

void publish_abandon(struct publish *publish)
{
    if (publish->lock >= 0)
        directory_remove(publish->stage);
    release(publish);
}
