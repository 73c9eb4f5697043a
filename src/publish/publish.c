#include "publish.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <jansson.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "build_record.h"

/* Lies in every site and every stage: it tells them from folders of other people. */
static const char marker[] = ".teade";

static const char one_file_system[] =
    "use a folder that is not a mount point, on a file system that can rename folders";

static const char *const halves[] = {"private", "public"};
enum { PRIVATE, PUBLIC, HALVES };

static bool fail(struct publish *publish, const char *path, const char *what, const char *remedy)
{
    struct source source = {.path = mem_dups(path)};

    finding_error(publish->findings, EX_CANTCREAT, (struct place){&source, PLACE_FILE}, remedy,
                  "%s: %s", what, strerror(errno));
    free(source.path);
    return false;
}

static bool refuse(struct publish *publish, const char *path, const char *what, const char *remedy)
{
    struct source source = {.path = mem_dups(path)};

    finding_error(publish->findings, EX_CANTCREAT, (struct place){&source, PLACE_FILE}, remedy,
                  "%s", what);
    free(source.path);
    return false;
}

static void release(struct publish *publish)
{
    if (publish->lock >= 0)
        close(publish->lock);
    json_decref(publish->parts_there);
    json_decref(publish->parts);
    json_decref(publish->unpacked);
    free(publish->stage);
    free(publish->output);
    *publish = (struct publish){.lock = -1};
}

/* One build at a time in a folder; a second one waits for its turn. */
static bool lock_parent(struct publish *publish)
{
    char *copy = mem_dups(publish->output);
    char *parent = dirname(copy);
    bool ok = directory_make(parent) &&
              (publish->lock = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) >= 0 &&
              flock(publish->lock, LOCK_EX) == 0;

    if (!ok)
        fail(publish, parent, "cannot write there", "choose another folder");
    free(copy);
    return ok;
}

/* Whether a path is free for us: nothing is there, an empty folder, or one of ours. */
static bool is_ours(struct publish *publish, const char *path)
{
    char *inside = mem_printf("%s/%s", path, marker);
    bool ours = file_exists(inside) || !file_exists(path) || directory_is_empty(path);

    free(inside);
    return ours || refuse(publish, path, "not a site, so it is not replaced",
                          "choose another folder, or remove this one yourself");
}

/* The marker goes last: what is left after a kill is still known as ours. */
static bool remove_stage(const struct publish *publish)
{
    bool ok = true;

    for (size_t i = 0; i < HALVES; i++) {
        char *half = mem_printf("%s/%s", publish->stage, halves[i]);

        ok &= directory_remove(half);
        free(half);
    }
    return ok && directory_remove(publish->stage);
}

static bool make_stage(struct publish *publish)
{
    char *inside = mem_printf("%s/%s", publish->stage, marker);
    bool ok = remove_stage(publish) &&
              file_create(inside, str_of("teade build made this folder and replaces it.\n"));

    free(inside);
    return ok || fail(publish, publish->stage, "cannot write there", "choose another folder");
}

char *publish_folder(const char *output)
{
    struct stat status;
    size_t len = strlen(output);

    if (lstat(output, &status) == 0 && S_ISLNK(status.st_mode)) {
        char *real = realpath(output, NULL);

        if (real)
            return real;
    }
    while (len > 1 && output[len - 1] == '/')
        len--;
    return mem_dup(output, len);
}

static char *unpacked_path(const char *site)
{
    return mem_printf("%s/private/unpacked", site);
}

/* The names in the list of a site, one a line; it has none where all files have packed copies. */
static json_t *read_unpacked(const char *site)
{
    char *path = unpacked_path(site), *rest, *name;
    struct buf text = BUF_INIT;
    json_t *names = json_object();

    rest = file_read(path, &text) ? text.data : NULL;
    while ((name = strsep(&rest, "\n")))
        json_object_set_new(names, name, json_true());
    buf_release(&text);
    free(path);
    return names;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

bool publish_note_unpacked(struct publish *publish)
{
    char *public = mem_printf("%s/public", publish->stage);
    char *const roots[] = {public, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, by_name);
    struct buf names = BUF_INIT;
    FTSENT *entry;
    bool ok;

    while (walk && (entry = fts_read(walk)))
        if (entry->fts_info != FTS_D && entry->fts_info != FTS_DP) {
            const char *name = entry->fts_path + strlen(public);

            buf_addf(&names, "%s\n", name);
            json_object_set_new(publish->unpacked, name, json_true());
        }
    if (walk)
        fts_close(walk);
    ok = publish_file(publish, "private/unpacked", buf_str(&names));
    buf_release(&names);
    free(public);
    return ok;
}

/* What is known of the site that is there. */
static void look_at_site(struct publish *publish)
{
    struct build_record record;

    publish->unpacked = read_unpacked(publish->output);
    publish->parts = json_object();
    publish->is_untouched =
        build_record_read(&record, publish->output) && build_record_holds(&record, publish->output);
    if (publish->is_untouched)
        publish->parts_there = json_loads(record.parts, 0, NULL);
    build_record_release(&record);
}

bool publish_begin(struct publish *publish, const char *output, struct findings *findings)
{
    *publish = (struct publish){.lock = -1, .findings = findings};
    publish->output = publish_folder(output);
    publish->stage = mem_printf("%s.stage", publish->output);
    if (lock_parent(publish) && is_ours(publish, publish->output) &&
        is_ours(publish, publish->stage) && make_stage(publish)) {
        look_at_site(publish);
        return true;
    }
    release(publish);
    return false;
}

static void note_path(struct publish *publish, const char *path)
{
    if (publish->paths)
        json_array_append_new(publish->paths, json_string(path));
}

/* A symbolic link could be made to lead to other words later. */
static bool is_regular(const char *path)
{
    struct stat status;

    return lstat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static bool keep(struct publish *publish, const char *path)
{
    char *from = mem_printf("%s/%s", publish->output, path);
    char *to = mem_printf("%s/%s", publish->stage, path);
    bool ok = is_regular(from) && file_link(from, to);

    free(from);
    free(to);
    publish->files += ok;
    publish->kept += ok;
    if (ok)
        note_path(publish, path);
    return ok;
}

bool publish_keep(struct publish *publish, const char *path)
{
    return publish->is_untouched && keep(publish, path);
}

static bool is_there(const struct publish *publish, const char *path, struct str content)
{
    char *from = mem_printf("%s/%s", publish->output, path);
    struct buf old = BUF_INIT;
    bool same = is_regular(from) && file_read(from, &old) && str_equal(buf_str(&old), content);

    buf_release(&old);
    free(from);
    return same;
}

bool publish_file(struct publish *publish, const char *path, struct str content)
{
    char *full;
    bool ok;

    if (is_there(publish, path, content) && keep(publish, path))
        return true;
    full = mem_printf("%s/%s", publish->stage, path);
    ok = file_create(full, content);
    publish->files++;
    note_path(publish, path);
    if (!ok)
        fail(publish, full, "cannot write", "check free space and permissions");
    free(full);
    return ok;
}

struct publish publish_part(const struct publish *publish, const char *key,
                            struct findings *findings)
{
    struct publish part = *publish;

    snprintf(part.key, sizeof part.key, "%s", key);
    part.paths = json_array();
    part.files = part.kept = 0;
    part.findings = findings;
    return part;
}

void publish_join(struct publish *publish, struct publish *part)
{
    publish->files += part->files;
    publish->kept += part->kept;
    if (*part->key)
        json_object_set(publish->parts, part->key, part->paths);
    json_decref(part->paths);
    part->paths = NULL;
}

/* Takes away again what was added of a part. */
static void take_back(struct publish *part)
{
    const json_t *path;
    size_t i;

    json_array_foreach(part->paths, i, path)
    {
        char *full = mem_printf("%s/%s", part->stage, json_string_value(path));

        unlink(full);
        free(full);
    }
    json_array_clear(part->paths);
    part->files = part->kept = 0;
}

bool publish_keep_part(struct publish *part)
{
    const json_t *paths = json_object_get(part->parts_there, part->key), *path;
    size_t i;

    json_array_foreach(paths, i, path)
    {
        if (!keep(part, json_string_value(path))) {
            take_back(part);
            return false;
        }
    }
    return paths != NULL;
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

/* Two folders change places, or the one there is takes the place of the other. */
static bool swap(const char *stage, const char *output)
{
    if (renameat2(AT_FDCWD, stage, AT_FDCWD, output, RENAME_EXCHANGE) == 0)
        return true;
    if (errno != ENOENT)
        return false;
    return file_exists(stage) ? rename(stage, output) == 0
                              : !file_exists(output) || rename(output, stage) == 0;
}

static bool swap_half(struct publish *publish, size_t half)
{
    char *stage = mem_printf("%s/%s", publish->stage, halves[half]);
    char *output = mem_printf("%s/%s", publish->output, halves[half]);
    bool ok = swap(stage, output);

    if (!ok)
        fail(publish, output, "cannot put the new site in place", one_file_system);
    free(stage);
    free(output);
    return ok;
}

static bool swap_halves(struct publish *publish, bool (*between)(void *context), void *context)
{
    if (!swap_half(publish, PRIVATE))
        return false;
    if ((!between || between(context)) && swap_half(publish, PUBLIC))
        return true;
    swap_half(publish, PRIVATE);
    return false;
}

/* The first time there is nothing to swap with, and nobody who reads. */
static bool put_in_place(struct publish *publish, bool (*between)(void *context), void *context)
{
    if (!flush(publish->stage)) {
        fail(publish, publish->stage, "cannot write", "check free space and permissions");
        return false;
    }
    if (file_exists(publish->output) && !directory_is_empty(publish->output))
        return swap_halves(publish, between, context);
    if (!swap(publish->stage, publish->output))
        return fail(publish, publish->output, "cannot put the new site in place", one_file_system);
    if (!between || between(context))
        return true;
    rename(publish->output, publish->stage); /* nobody has taken it: it is not published */
    return false;
}

bool publish_finish(struct publish *publish, bool (*between)(void *context), void *context)
{
    bool ok = put_in_place(publish, between, context);

    remove_stage(publish); /* what is in it now is not wanted, whichever site it is */
    return ok;
}

void publish_abandon(struct publish *publish)
{
    if (publish->lock >= 0)
        remove_stage(publish);
    release(publish);
}
