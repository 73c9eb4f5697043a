/* A backup has its name once it is whole, on disk and compared with itself.  Until then it is
 * FILE.tmp; what an interrupted run left there is removed by the next one. */
#include "backup.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands.h"
#include "say.h"
#include "subject.h"

/* Checking a copy. */

bool backup_check(struct store *copy, const char *name, struct backup_account *account)
{
    char *label = mem_dups(name);
    struct store_stats stats;
    bool ok;

    store_verify(copy, &(struct fault_sink){say_fault, label}, &account->count);
    ok = store_stats(copy, &stats);
    if (!ok)
        say_about(EXIT_FAILURE, name, store_why(copy));
    account->until = ok ? stats.until : 0;
    free(label);
    return ok && account->count.faults == 0;
}

/* Backup. */

struct backup {
    const char *file;
    char *temporary, *lock_name;
    int fd, lock; /* of the temporary file, and of the one that keeps other runs away; or -1 */
    struct backup_account account;
    int64_t bytes;
    char sha256[2 * crypto_hash_sha256_BYTES + 1];
};

/* Another run that writes the same file holds the lock; one that just ended has removed it.  (It is
 * no lock of the temporary file itself: on some file systems that would keep SQLite out.) */
static bool claim(struct backup *backup)
{
    struct stat ours, named;

    backup->lock = open(backup->lock_name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (backup->lock < 0)
        return say_about(false, backup->lock_name, strerror(errno));
    if (flock(backup->lock, LOCK_EX | LOCK_NB) == 0 && fstat(backup->lock, &ours) == 0 &&
        stat(backup->lock_name, &named) == 0 && ours.st_ino == named.st_ino)
        return true;
    close(backup->lock);
    backup->lock = -1;
    return say_about(false, backup->file, "another backup is writing it");
}

static bool make_temporary(struct backup *backup)
{
    unlink(backup->temporary);
    backup->fd = open(backup->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return backup->fd >= 0 || say_about(false, backup->temporary, strerror(errno));
}

/* One read transaction for as long as the copying takes, also longer than the second that readers
 * otherwise keep to: a copy made of many transactions would be of no moment at all, and the writer
 * does not wait for it.  Meanwhile the WAL cannot be written back and grows by what is recorded,
 * and erased bytes are overwritten only after.  SQLite's other way, page by page, starts again
 * whenever somebody writes, and copies what was deleted. */
static bool copy(struct store *store, struct backup *backup)
{
    say_progress("copying", store_path(store));
    if (!store_fill(store, backup->temporary))
        return say_about(false, backup->temporary, store_why(store));
    return fsync(backup->fd) == 0 || say_about(false, backup->temporary, strerror(errno));
}

static bool check(struct backup *backup)
{
    char *name = mem_printf("sqlite:%s", backup->temporary);
    struct buf why = BUF_INIT;
    struct store *store = store_open(name, STORE_READ, &why);
    bool ok = false;

    say_progress("checking", backup->temporary);
    if (store)
        ok = backup_check(store, backup->temporary, &backup->account);
    else
        say_reason(EXIT_FAILURE, &why);
    store_close(store);
    buf_release(&why);
    free(name);
    return ok;
}

static bool hash(struct backup *backup)
{
    crypto_hash_sha256_state state;
    uint8_t digest[crypto_hash_sha256_BYTES], bytes[65536];
    ssize_t got;

    crypto_hash_sha256_init(&state);
    while ((got = pread(backup->fd, bytes, sizeof bytes, backup->bytes)) > 0) {
        crypto_hash_sha256_update(&state, bytes, (size_t)got);
        backup->bytes += got;
    }
    crypto_hash_sha256_final(&state, digest);
    sodium_bin2hex(backup->sha256, sizeof backup->sha256, digest, sizeof digest);
    return got == 0 || say_about(false, backup->temporary, strerror(errno));
}

/* Under the lock, so that no other run can have taken the name since. */
static bool give_name(struct backup *backup)
{
    if (file_exists(backup->file))
        return say_about(false, backup->file, "was just created by another program and is kept");
    return file_rename(backup->temporary, backup->file) ||
           say_about(false, backup->file, strerror(errno));
}

static void print_account(const struct backup *backup)
{
    const struct store_count *count = &backup->account.count;

    printf("%s: %s, %s, %s, %s: everything matches\nSHA-256 %s\n", backup->file,
           number_of(count->entries, "entry", "entries").text,
           number_of(count->records, "record", "records").text,
           number_of(count->texts, "text", "texts").text,
           number_of(backup->bytes, "byte", "bytes").text, backup->sha256);
}

static void print_account_json(const struct backup *backup)
{
    const struct store_count *count = &backup->account.count;

    print_json(json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:s}", "file", backup->file, "bytes",
                         (json_int_t)backup->bytes, "entries", (json_int_t)count->entries,
                         "records", (json_int_t)count->records, "removed",
                         (json_int_t)count->closed, "texts", (json_int_t)count->texts, "sha256",
                         backup->sha256));
}

static bool write_backup(struct store *store, struct backup *backup)
{
    bool ok = make_temporary(backup) && copy(store, backup) && check(backup) && hash(backup) &&
              give_name(backup);

    if (!ok)
        unlink(backup->temporary);
    if (backup->fd >= 0)
        close(backup->fd);
    return ok;
}

static int back_up(struct store *store, const char *file, bool json)
{
    struct backup backup = {.file = file, .fd = -1, .lock = -1};
    bool ok;

    if (file_exists(file))
        return say_about(EX_CANTCREAT, file, "already exists; name another file");
    backup.temporary = mem_printf("%s.tmp", file);
    backup.lock_name = mem_printf("%s.lock", file);
    ok = claim(&backup) && write_backup(store, &backup);
    if (backup.lock >= 0) {
        unlink(backup.lock_name);
        close(backup.lock);
    }
    if (ok)
        (json ? print_account_json : print_account)(&backup);
    free(backup.lock_name);
    free(backup.temporary);
    return ok ? EX_OK : EXIT_FAILURE;
}

int command_backup(const struct options *options)
{
    struct store *store = subject_database(options);
    int status = store ? back_up(store, options->to, options->json) : EX_NOINPUT;

    store_close(store);
    return status;
}
