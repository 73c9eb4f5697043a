/* The calls that change files, in place of the C library's: they do the same, and record it.
 * libsqlite3 is linked dynamically, so that its calls come here as well. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disk.h"

/* POSIX has it that a pointer to an object can be one to a function; ISO C has not. */
#define NEXT(name)                   \
    ((union {                        \
         void *object;               \
         __typeof__(&name) function; \
     }){dlsym(RTLD_NEXT, #name)}     \
         .function)

static int open_file(const char *path, int flags, mode_t mode)
{
    struct stat status;
    const char *name = flags & O_CREAT ? disk_name(path) : NULL;
    bool made = name && stat(path, &status) != 0;
    int descriptor = NEXT(open64)(path, flags, mode);

    if (descriptor >= 0 && made)
        disk_record(DISK_CREATE, name, NULL, 0, NULL, 0);
    else if (descriptor >= 0 && flags & O_TRUNC && (name = disk_name(path)))
        disk_record(DISK_TRUNCATE, name, NULL, 0, NULL, 0);
    return descriptor;
}

#define OPEN(function)                                     \
    int function(const char *path, int flags, ...)         \
    {                                                      \
        mode_t mode;                                       \
        va_list rest;                                      \
                                                           \
        va_start(rest, flags);                             \
        mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                      \
        return open_file(path, flags, mode);               \
    }
OPEN(open)
OPEN(open64)

static void record_write(int descriptor, int64_t offset, const void *bytes, ssize_t len)
{
    const char *name = len > 0 ? disk_name_of(descriptor) : NULL;

    if (name)
        disk_record(DISK_WRITE, name, NULL, offset, bytes, (size_t)len);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t len, off64_t offset)
{
    ssize_t put = NEXT(pwrite64)(descriptor, bytes, len, offset);

    record_write(descriptor, offset, bytes, put);
    return put;
}

ssize_t write(int descriptor, const void *bytes, size_t len)
{
    ssize_t put = NEXT(write)(descriptor, bytes, len);

    if (disk_name_of(descriptor)) /* the position behind it also where it appends */
        record_write(descriptor, lseek(descriptor, 0, SEEK_CUR) - put, bytes, put);
    return put;
}

int ftruncate64(int descriptor, off64_t size)
{
    int status = NEXT(ftruncate64)(descriptor, size);
    const char *name = status == 0 ? disk_name_of(descriptor) : NULL;

    if (name)
        disk_record(DISK_TRUNCATE, name, NULL, size, NULL, 0);
    return status;
}

/* In memory nothing needs to reach a disk. */
static int flush(int descriptor)
{
    const char *name = disk_name_of(descriptor);

    if (name)
        disk_record(DISK_FLUSH, name, NULL, 0, NULL, 0);
    return 0;
}

int fsync(int descriptor)
{
    return flush(descriptor);
}

int fdatasync(int descriptor)
{
    return flush(descriptor);
}

int rename(const char *from, const char *to)
{
    const char *name = disk_name(from), *other = disk_name(to);
    int status = NEXT(rename)(from, to);

    if (status == 0 && name && other)
        disk_record(DISK_RENAME, name, other, 0, NULL, 0);
    return status;
}

int unlink(const char *path)
{
    const char *name = disk_name(path);
    int status = NEXT(unlink)(path);

    if (status == 0 && name)
        disk_record(DISK_UNLINK, name, NULL, 0, NULL, 0);
    return status;
}
