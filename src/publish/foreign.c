#include "foreign.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* The same path in the site that is there and in the one that is staged. */
struct pair {
    char *from, *to;
};

struct keeping {
    const struct publish *publish;
    struct foreign *foreign;
    dev_t device; /* what lies on another one is mounted there */
};

static struct pair pair_of(const struct publish *publish, const char *path)
{
    return (struct pair){mem_printf("%s/public%s", publish->output, path),
                         mem_printf("%s/public%s", publish->stage, path)};
}

static void pair_release(struct pair *pair)
{
    free(pair->from);
    free(pair->to);
}

static bool refuse(const struct keeping *keeping, const char *path, const char *why)
{
    struct source source = {.path = (char *)path};

    finding_error(keeping->publish->findings, EX_CANTCREAT, (struct place){&source, PLACE_FILE},
                  "move it elsewhere; the web server can serve it from there", "%s", why);
    return false;
}

static bool cannot_keep(const struct keeping *keeping, const char *path)
{
    char *why = mem_printf("it is not part of this site and cannot be kept: %s", strerror(errno));

    refuse(keeping, path, why);
    free(why);
    return false;
}

static bool has_copy(const char *path, size_t len, const char *ending)
{
    char *copy = mem_printf("%.*s%s", (int)len, path, ending);
    bool has = file_exists(copy);

    free(copy);
    return has;
}

/* NAME.HASH.ENDING, with the twelve digits that emission_assets() gives it. */
static bool has_hash(const char *path)
{
    const char *ending = strrchr(path, '.');
    const char *hash = ending ? memrchr(path, '.', (size_t)(ending - path)) : NULL;

    return hash && ending - hash == 13 && strspn(hash + 1, "0123456789abcdef") == 12;
}

/* Whether a file is one of three that belong together, an asset, or listed as ours; `name` is its
 * path below public/. */
static bool is_ours(const struct keeping *keeping, const char *path, const char *name)
{
    size_t len = strlen(path);

    if (has_hash(path) || json_object_get(keeping->publish->unpacked, name))
        return true;
    if (len > 3 && (strcmp(path + len - 3, ".gz") == 0 || strcmp(path + len - 3, ".br") == 0))
        len -= 3;
    return has_copy(path, len, "") && has_copy(path, len, ".gz") && has_copy(path, len, ".br");
}

/* A file of another owner cannot be linked by everybody (proc(5), protected_hardlinks). */
static bool copy(const struct pair *pair, const struct stat *status)
{
    struct buf content = BUF_INIT;
    bool ok = S_ISREG(status->st_mode) && file_read(pair->from, &content) &&
              file_create(pair->to, buf_str(&content)) &&
              chmod(pair->to, status->st_mode & 0777) == 0;

    buf_release(&content);
    return ok;
}

static bool is_same_file(const char *path, const struct stat *as)
{
    struct stat status;

    return lstat(path, &status) == 0 && status.st_dev == as->st_dev && status.st_ino == as->st_ino;
}

/* Whether a name in the stage has the very words of a foreign file: a copy, or a page. */
static bool is_same_content(const struct pair *pair)
{
    struct buf from = BUF_INIT, to = BUF_INIT;
    bool same = file_read(pair->from, &from) && file_read(pair->to, &to) &&
                str_equal(buf_str(&from), buf_str(&to));

    buf_release(&from);
    buf_release(&to);
    return same;
}

static void count(struct foreign *foreign, const char *path)
{
    enum { SOME = 3 };
    char *more;

    if (foreign->count++ >= SOME)
        return;
    more = mem_printf("%s%s%s", foreign->some ? foreign->some : "", foreign->some ? ", " : "",
                      path + 1);
    free(foreign->some);
    foreign->some = more;
}

static bool keep_file(struct keeping *keeping, const struct pair *pair, const char *path,
                      const struct stat *status)
{
    if (!is_same_file(pair->to, status) && !file_link(pair->from, pair->to)) {
        if (errno == EEXIST && !is_same_content(pair))
            return refuse(keeping, pair->from,
                          "it is not part of this site, which now has a file of that name");
        if (errno != EEXIST && !copy(pair, status))
            return cannot_keep(keeping, pair->from);
    }
    count(keeping->foreign, path);
    return true;
}

static bool keep_any(struct keeping *keeping, const char *path);

static int other_than_dots(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* An empty folder waits for somebody's files; whoever owns it must be able to write there. */
static bool keep_empty_folder(const struct keeping *keeping, const struct pair *pair,
                              const struct stat *status)
{
    return (directory_make(pair->to) && chmod(pair->to, status->st_mode & 07777) == 0 &&
            (status->st_uid == geteuid() ||
             chown(pair->to, status->st_uid, status->st_gid) == 0)) ||
           cannot_keep(keeping, pair->from);
}

static bool keep_folder(struct keeping *keeping, const struct pair *pair, const char *path,
                        const struct stat *status)
{
    struct dirent **entries;
    int count = scandir(pair->from, &entries, other_than_dots, alphasort);
    bool ok = true;

    if (count < 0 || status->st_dev != keeping->device) {
        errno = count < 0 ? errno : EXDEV;
        ok = cannot_keep(keeping, pair->from);
    }
    for (int i = 0; i < count; i++) {
        char *below = mem_printf("%s/%s", path, entries[i]->d_name);

        ok = ok && keep_any(keeping, below);
        free(below);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return count == 0 && *path ? keep_empty_folder(keeping, pair, status) : ok;
}

static bool keep_any(struct keeping *keeping, const char *path)
{
    struct pair pair = pair_of(keeping->publish, path);
    struct stat status;
    bool ok = true;

    if (lstat(pair.from, &status) != 0)
        ok = errno == ENOENT || cannot_keep(keeping, pair.from); /* gone meanwhile */
    else if (S_ISDIR(status.st_mode))
        ok = keep_folder(keeping, &pair, path, &status);
    else if (!is_ours(keeping, pair.from, path))
        ok = keep_file(keeping, &pair, path, &status);
    pair_release(&pair);
    return ok;
}

bool foreign_keep(const struct publish *publish, struct foreign *foreign)
{
    struct keeping keeping = {publish, foreign, 0};
    char *public = mem_printf("%s/public", publish->output);
    struct stat status;
    bool there = lstat(public, &status) == 0, ok = true;

    free(foreign->some);
    *foreign = (struct foreign){0, NULL};
    if (there && S_ISLNK(status.st_mode))
        ok = refuse(&keeping, public, "it is a link, which the new site would replace");
    keeping.device = status.st_dev;
    ok = ok && (!there || keep_any(&keeping, ""));
    free(public);
    return ok;
}
