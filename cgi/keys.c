/* A key is either whole on disk under its name or not there: written beside it, flushed, and
 * linked, which unlike a renaming never replaces what is there. */
#include "keys.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "identity.h"

/* The id is random too: a browser that still has a cookie of an earlier installation is then
 * a stranger, where one signed by another key of the same id would look forged. */
static bool write_key(int fd)
{
    enum { FIRST_ID_MAX = 99999 };
    char hex[2 * IDENTITY_KEY + 1], line[16 + sizeof hex];
    uint8_t key[IDENTITY_KEY];
    ssize_t put;
    int len;

    randombytes_buf(key, sizeof key);
    sodium_bin2hex(hex, sizeof hex, key, sizeof key);
    len = snprintf(line, sizeof line, "%u %s\n", randombytes_uniform(FIRST_ID_MAX) + 1, hex);
    put = write(fd, line, (size_t)len);
    sodium_memzero(key, sizeof key);
    sodium_memzero(hex, sizeof hex);
    sodium_memzero(line, sizeof line);
    return put == len && fsync(fd) == 0;
}

static bool write_beside(const char *temporary)
{
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write_key(fd);
    int error = errno;

    if (fd >= 0 && close(fd) != 0 && ok)
        return false;
    errno = error;
    return ok;
}

static bool make_folder(const char *folder)
{
    return file_exists(folder) || (directory_make(folder) && chmod(folder, 0700) == 0);
}

bool keys_make(const char *folder, bool *made, struct buf *why)
{
    char *path = mem_printf("%s/visitor.key", folder);
    char *temporary = mem_printf("%s.%ld.tmp", path, (long)getpid());
    bool ok;

    *made = false;
    ok = make_folder(folder) && (file_exists(path) || write_beside(temporary));
    if (ok && !file_exists(path)) {
        *made = link(temporary, path) == 0;
        ok = (*made || errno == EEXIST) && file_flush_folder(path);
    }
    if (!ok)
        buf_addf(why, "%s: cannot be made: %s", path, strerror(errno));
    unlink(temporary);
    free(temporary);
    free(path);
    return ok;
}
