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
#include "base/validate.h"
#include "record/identity.h"

/* The id is random too: a browser that still has a cookie of an earlier installation is then
 * a stranger, where one signed by another key of the same id would look forged. */
static int write_visitor_key(char *line, size_t size, const char *hex)
{
    enum { FIRST_ID_MAX = 99999 };

    return snprintf(line, size, "%u %s\n", randombytes_uniform(FIRST_ID_MAX) + 1, hex);
}

static int write_log_key(char *line, size_t size, const char *hex)
{
    return snprintf(line, size, "%s\n", hex);
}

const struct keys_file keys_files[] = {
    {"visitor.key", write_visitor_key},
    {"log.key", write_log_key},
    {NULL, NULL},
};

static bool write_key(int fd, const struct keys_file *file)
{
    char hex[2 * IDENTITY_KEY + 1], line[16 + sizeof hex];
    uint8_t key[IDENTITY_KEY];
    ssize_t put;
    int len;

    randombytes_buf(key, sizeof key);
    sodium_bin2hex(hex, sizeof hex, key, sizeof key);
    len = file->write(line, sizeof line, hex);
    put = write(fd, line, (size_t)len);
    sodium_memzero(key, sizeof key);
    sodium_memzero(hex, sizeof hex);
    sodium_memzero(line, sizeof line);
    return put == len && fsync(fd) == 0;
}

static bool write_beside(const char *temporary, const struct keys_file *file)
{
    int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write_key(fd, file);
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

bool keys_make(const char *folder, const struct keys_file *file, bool *made, struct buf *why)
{
    char *path = mem_printf("%s/%s", folder, file->name);
    char *temporary = mem_printf("%s.%ld.tmp", path, (long)getpid());
    bool ok;

    *made = false;
    ok = make_folder(folder) && (file_exists(path) || write_beside(temporary, file));
    if (ok && !file_exists(path)) {
        *made = link(temporary, path) == 0;
        ok = (*made || errno == EEXIST) && file_flush_folder(path);
    }
    if (!ok)
        buf_addf(why, "%s: cannot be created: %s", path, strerror(errno));
    unlink(temporary);
    free(temporary);
    free(path);
    return ok;
}

void keys_say_unread(const char *path, struct buf *why)
{
    const char *remedy = errno == ENOENT   ? "; `teade-records init` creates it"
                         : errno == EACCES ? "; the account that runs this program must own it"
                                           : "";

    buf_addf(why, "%s: %s%s", path, strerror(errno), remedy);
}

/* Whether only root and this account can read the key or replace it.  What
 * systemd passes as a credential to an account may belong to root and its group, whose bits are
 * then the mask of an access list. */
static bool is_private(const char *path, const struct stat *key, const struct stat *folder,
                       struct buf *why)
{
    bool is_passed = key->st_uid == 0 && key->st_gid == 0 && geteuid() != 0;

    if (key->st_uid != 0 && key->st_uid != geteuid())
        buf_addf(why, "%s: belongs to another account than the one that runs this program", path);
    else if (key->st_mode & (is_passed ? 07 : 077))
        buf_addf(why, "%s: other accounts can read it; chmod 600 it and consider a new key", path);
    else if (folder->st_mode & 022)
        buf_addf(why, "%s: other accounts can replace it; chmod 700 its directory", path);
    else
        return true;
    return false;
}

bool keys_read(const char *folder, const char *name, struct buf *text, struct buf *why)
{
    char *path = mem_printf("%s/%s", folder, name);
    struct stat key, around;
    bool ok = file_read(path, text) && stat(path, &key) == 0 && stat(folder, &around) == 0;

    if (!ok)
        keys_say_unread(path, why);
    ok = ok && is_private(path, &key, &around, why);
    free(path);
    return ok;
}

bool keys_read_log(const char *folder, uint8_t seed[KEYS_SEED], struct buf *why)
{
    struct buf text = BUF_INIT;
    bool ok = keys_read(folder, "log.key", &text, why);

    if (ok && !(ok = text.len == 2 * KEYS_SEED + 1 && text.data[2 * KEYS_SEED] == '\n' &&
                     validate_hex((struct str){text.data, 2 * KEYS_SEED}, seed, KEYS_SEED)))
        buf_addf(why, "%s/log.key: is not one line of %d hex digits", folder, 2 * KEYS_SEED);
    sodium_memzero(text.data, text.len);
    buf_release(&text);
    return ok;
}
