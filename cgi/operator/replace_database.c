/* The order is everything.  What is there gets a second name, then loses its WAL, which is empty by
 * then or has a second name as well; renaming over it is the one moment that decides.  A WAL that
 * outlived its database would be played into the next one of that name, so it goes first; and there
 * is never no database, for the endpoint would make an empty one. */
#include "replace_database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

static bool fails(struct buf *why, const char *path, const char *what)
{
    buf_addf(why, "%s: %s: %s", path, what, strerror(errno));
    return false;
}

static void remove_beside(const char *path, const char *ending)
{
    char *name = mem_printf("%s%s", path, ending);

    unlink(name);
    free(name);
}

void replace_remove(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        remove_beside(path, endings[i]);
}

static bool has_wal(const char *path)
{
    char *wal = mem_printf("%s-wal", path);
    struct stat status;
    bool has = stat(wal, &status) == 0 && status.st_size > 0;

    free(wal);
    return has;
}

static bool write_all(int to, const char *bytes, size_t len)
{
    for (ssize_t put; len; bytes += put, len -= (size_t)put)
        if ((put = write(to, bytes, len)) < 0)
            return false;
    return true;
}

static bool copy_bytes(int from, int to)
{
    char bytes[65536];
    ssize_t got;

    while ((got = read(from, bytes, sizeof bytes)) > 0)
        if (!write_all(to, bytes, (size_t)got))
            return false;
    return got == 0 && fsync(to) == 0;
}

bool replace_copy(const char *from, const char *to, struct buf *why)
{
    int in, out = -1;
    bool ok;

    if (has_wal(from)) {
        buf_addf(why, "%s: is a database in use; make a backup of it and restore that", from);
        return false;
    }
    in = open(from, O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return fails(why, from, "cannot be opened");
    out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    ok = (out >= 0 && copy_bytes(in, out)) || fails(why, to, "cannot be written");
    if (out >= 0)
        close(out);
    close(in);
    return ok;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;

    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/* A second name, which can be there from a run that was interrupted. */
static bool name_twice(const char *path, const char *name)
{
    if (link(path, name) == 0)
        return true;
    if (errno != EEXIST || is_same_file(path, name))
        return errno == EEXIST;
    errno = EEXIST;
    return false;
}

static bool name_wal_twice(const char *path, const char *name)
{
    char *wal = mem_printf("%s-wal", path), *second = mem_printf("%s-wal", name);
    bool ok = !has_wal(path) || name_twice(wal, second);

    free(second);
    free(wal);
    return ok;
}

/* The account that restores may be another one than the one that serves. */
static bool give_to_owner(const char *new, const char *path, struct buf *why)
{
    struct stat status;

    return stat(path, &status) != 0 || chown(new, status.st_uid, status.st_gid) == 0 ||
           fails(why, path, "belongs to another account");
}

static char *keep(const char *path, struct buf *why)
{
    char *name = mem_printf("%s.before-restore", path);

    for (int n = 2; !name_twice(path, name); n++) {
        if (errno != EEXIST) {
            fails(why, name, "cannot be created");
            free(name);
            return NULL;
        }
        free(name);
        name = mem_printf("%s.before-restore-%d", path, n);
    }
    if (name_wal_twice(path, name) && file_flush_folder(path))
        return name;
    fails(why, name, "cannot be created");
    free(name);
    return NULL;
}

char *replace_set_aside(const char *path, struct buf *why)
{
    char *name = keep(path, why);

    if (!name || (unlink(path) == 0 && file_flush_folder(path)))
        return name;
    fails(why, path, "cannot be removed");
    free(name);
    return NULL;
}

bool replace_database(const char *new, const char *path, bool closed, char **kept, struct buf *why)
{
    *kept = NULL;
    if (closed && has_wal(path)) {
        buf_addf(why, "%s: another program is reading it; try again when that has ended", path);
        return false;
    }
    if (!give_to_owner(new, path, why) || (file_exists(path) && !(*kept = keep(path, why))))
        return false;
    remove_beside(path, "-wal");
    remove_beside(path, "-shm");
    remove_beside(path, "-journal");
    if (file_flush_folder(path) && file_rename(new, path))
        return true;
    fails(why, path, "cannot be replaced");
    if (*kept && is_same_file(path, *kept))
        unlink(*kept);
    return false;
}
