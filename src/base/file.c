#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"

bool file_read(const char *path, struct buf *out)
{
    char block[16384];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = -1;

    if (fd < 0)
        return false;
    while ((got = read(fd, block, sizeof block)) != 0) {
        if (got < 0 && errno != EINTR)
            break;
        if (got > 0)
            buf_add(out, block, (size_t)got);
    }
    if (got < 0) {
        int error = errno;

        close(fd);
        errno = error;
        return false;
    }
    close(fd);
    return true;
}

static bool write_all(int fd, struct str content)
{
    while (content.len) {
        ssize_t put = write(fd, content.data, content.len);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        content.data += put;
        content.len -= (size_t)put;
    }
    return true;
}

/* Closes in every case; a failing close is a failing write (NFS, quota). */
static bool write_and_close(int fd, struct str content, bool flush)
{
    bool ok = write_all(fd, content) && (!flush || fsync(fd) == 0);
    int error = errno;

    if (close(fd) != 0 && ok)
        return false;
    errno = error;
    return ok;
}

static bool directory_above(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *parent;
    bool ok;

    if (!slash || slash == path)
        return true;
    parent = mem_dup(path, (size_t)(slash - path));
    ok = directory_make(parent);
    free(parent);
    return ok;
}

bool file_create(const char *path, struct str content)
{
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    int fd = open(path, flags, 0644);

    if (fd < 0 && errno == ENOENT && directory_above(path))
        fd = open(path, flags, 0644);
    return fd >= 0 && write_and_close(fd, content, false);
}

bool file_link(const char *from, const char *to)
{
    if (link(from, to) == 0)
        return true;
    return errno == ENOENT && file_exists(from) && directory_above(to) && link(from, to) == 0;
}

bool file_replace(const char *path, struct str content)
{
    char *temporary = mem_printf("%s.%ld.tmp", path, (long)getpid());
    int fd, error;
    bool ok;

    fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0 && errno == ENOENT && directory_above(path))
        fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    ok = fd >= 0 && write_and_close(fd, content, true) && rename(temporary, path) == 0;
    error = errno;
    if (!ok && fd >= 0)
        unlink(temporary);
    free(temporary);
    errno = error;
    return ok;
}

bool file_flush_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? mem_dup(path, (size_t)(slash - path) + 1) : mem_dups(".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    int error = errno;

    if (fd >= 0)
        close(fd);
    free(folder);
    errno = error;
    return ok;
}

bool file_rename(const char *from, const char *to)
{
    return rename(from, to) == 0 && file_flush_folder(to);
}

bool file_append(const char *path, struct str content)
{
    bool made = !file_exists(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);

    return fd >= 0 && write_and_close(fd, content, true) && (!made || file_flush_folder(path));
}

bool file_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

bool directory_make(const char *path)
{
    struct stat status;

    if (mkdir(path, 0755) == 0)
        return true;
    if (errno == ENOENT)
        return directory_above(path) && mkdir(path, 0755) == 0;
    if (errno == EEXIST && stat(path, &status) == 0 && !S_ISDIR(status.st_mode))
        errno = ENOTDIR;
    else if (errno == EEXIST)
        return true;
    return false;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    return remove(path);
}

bool directory_remove(const char *path)
{
    return nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT;
}

bool directory_is_empty(const char *path)
{
    DIR *directory = opendir(path);
    size_t count = 0;

    if (!directory)
        return false;
    while (readdir(directory))
        count++; /* . and .. are two */
    closedir(directory);
    return count == 2;
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int byte_order(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

bool directory_list(const char *path, struct names *names)
{
    struct dirent **entries;
    int count = scandir(path, &entries, visible, byte_order);

    *names = (struct names){0};
    if (count < 0)
        return false;
    for (int i = 0; i < count; i++) {
        names->name = mem_grow(names->name, names->count, sizeof *names->name);
        names->name[names->count++] = mem_dups(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return true;
}

void names_release(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->name[i]);
    free(names->name);
    *names = (struct names){0};
}
