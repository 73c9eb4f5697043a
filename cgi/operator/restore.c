/* All is made ready beside the database, as DATABASE.restoring: checked, whoever was erased since
 * closed in it and out of its bytes, what was withdrawn since withdrawn again.  Only then does it
 * take the database's place (replace_database.h).  Whatever interrupts before leaves the database
 * as it was, and the next run begins again.
 *
 * What came after the backup is lost otherwise, also where the database can still be read: one that
 * can be is to be repaired, not replaced. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "backup.h"
#include "base/file.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/number.h"
#include "commands.h"
#include "database/database_name.h"
#include "keeper/anchor_file.h"
#include "replace_database.h"
#include "say.h"
#include "store/store_reapply.h"

struct restore {
    const char *path, *file, *anchor;
    char *new, *new_name; /* DATABASE.restoring, and as store_open() has it */
    struct store *copy;   /* the same, open */
    struct store *live;   /* NULL: not there, or it cannot be read */
    bool live_closed;     /* it was opened and closed again */
    bool live_read;       /* all that it knows to be closed */
    int64_t lost;         /* entries at least that the backup lacks; -1: unknown */
    struct erased erased;
    struct backup_account account;
    struct store_reapplied reapplied;
    struct buf why;
};

/* The copy. */

/* What is wrong with the copy is wrong with the backup, which alone the operator knows. */
static int refuse_backup(struct restore *restore)
{
    size_t len = strlen(restore->new);
    bool of_copy = strncmp(restore->why.data, restore->new, len) == 0 &&
                   strncmp(restore->why.data + len, ": ", 2) == 0;

    if (of_copy)
        say_about(EX_NOINPUT, restore->file, restore->why.data + len + 2);
    else
        say_reason(EX_NOINPUT, &restore->why);
    return EX_NOINPUT;
}

static int open_copy(struct restore *restore)
{
    say_progress("copying", restore->file);
    replace_remove(restore->new);
    if (!replace_copy(restore->file, restore->new, &restore->why))
        return say_reason(EX_NOINPUT, &restore->why);
    restore->copy = store_open(restore->new_name, STORE_LOCKED, &restore->why);
    if (!restore->copy)
        return refuse_backup(restore);
    say_progress("checking", restore->file);
    if (!backup_check(restore->copy, restore->file, &restore->account))
        return say_about(EXIT_FAILURE, restore->file, "is damaged and is not restored");
    return EX_OK;
}

/* What is known of the time since. */

static void add_line(void *context, enum closing_reason reason, const uint8_t hash[CANONICAL_ENTRY])
{
    erased_line(context, (enum erased_kind)reason, hash);
}

/* What the database there has closed, beside what is noted. */
static bool read_closed(struct restore *restore)
{
    struct buf lines = BUF_INIT;
    bool ok = store_begin(restore->live) && store_closed(restore->live, add_line, &lines);

    store_rollback(restore->live);
    erased_add(&restore->erased, buf_str(&lines));
    buf_release(&lines);
    return ok;
}

static void open_live(struct restore *restore)
{
    char *name = mem_printf("sqlite:%s", restore->path);

    if (file_exists(restore->path)) {
        restore->live = store_open(name, STORE_LOCKED, &restore->why);
        if (!restore->live)
            say_reason(EX_OK, &restore->why);
    }
    free(name);
    if (!restore->live)
        return;
    restore->live_read = read_closed(restore);
    if (!restore->live_read)
        say_about(EX_OK, restore->path, "cannot be read completely");
}

/* By the anchor, or by the database that is there. */
static void count_lost(struct restore *restore)
{
    int64_t known = 0, size;

    if (store_begin(restore->copy))
        known = anchor_size(restore->anchor, restore->copy);
    store_rollback(restore->copy);
    if (restore->live && store_begin(restore->live) && store_log_size(restore->live, &size))
        known = size > known ? size : known;
    if (restore->live)
        store_rollback(restore->live);
    size = restore->account.count.entries;
    restore->lost = known == 0 ? -1 : known > size ? known - size : 0;
}

static int look_back(struct restore *restore)
{
    if (!erased_read(&restore->erased, restore->path, &restore->why))
        return say_reason(EX_NOINPUT, &restore->why);
    open_live(restore);
    count_lost(restore);
    if (!store_reapply(restore->copy, &restore->erased, time(NULL), &restore->reapplied))
        return say_about(EX_IOERR, restore->new, store_why(restore->copy));
    return EX_OK;
}

/* Nobody knows what was withdrawn since, and by this file alone who was erased. */
static bool is_blind(const struct restore *restore)
{
    return !restore->erased.is_there && restore->account.count.records;
}

/* Agreement. */

static void tell_lost(const struct restore *restore)
{
    if (restore->lost < 0)
        fprintf(stderr, "How much was recorded after the backup is unknown.  It will be lost.\n");
    else if (restore->lost)
        fprintf(stderr, "The log has at least %s after the backup.  These will be lost.\n",
                number_of(restore->lost, "entry", "entries").text);
}

static void tell_reapplied(const struct restore *restore)
{
    const struct store_reapplied *reapplied = &restore->reapplied;

    if (restore->erased.is_cut)
        fprintf(stderr, "The last line of %s.erased is incomplete and cannot be applied.\n",
                restore->path);
    fprintf(stderr, "%s deleted or expired later, and will be removed.\n",
            number_of(reapplied->closed, "record of the backup was", "records of the backup were")
                .text);
    if (reapplied->withdrawn || reapplied->objections)
        fprintf(stderr, "Applied again, from %s.erased: %s, %s.\n", restore->path,
                number_of(reapplied->withdrawn, "withdrawal", "withdrawals").text,
                number_of(reapplied->objections, "objection", "objections").text);
}

static void tell(const struct restore *restore)
{
    char until[INSTANT_SIZE];

    instant_write(restore->account.until, until);
    fprintf(stderr, "%s: %s, %s", restore->file,
            number_of(restore->account.count.entries, "entry", "entries").text,
            number_of(restore->account.count.records, "record", "records").text);
    fprintf(stderr, restore->account.until ? ", the last one from %s.\n" : ".\n", until);
    tell_lost(restore);
    tell_reapplied(restore);
    if (is_blind(restore))
        fprintf(stderr,
                "What was deleted or withdrawn since %s is UNKNOWN: %s.erased does not exist.\n"
                "Records deleted since then will be back, and consent withdrawn since then will be "
                "valid again.\n",
                until, restore->path);
}

static int agree(const struct restore *restore, bool yes)
{
    tell(restore);
    if (!yes && is_blind(restore))
        return say_failure(EX_USAGE, "use --yes to restore it anyway");
    return yes || say_asks("restore it?") ? EX_OK
                                          : say_failure(EXIT_FAILURE, "nothing was changed");
}

/* What was closed is noted outside of the database. */

static bool note(const struct restore *restore, struct store *store, int64_t *last)
{
    struct buf lines = BUF_INIT;
    bool ok = store_begin(store) && store_pending_wipes(store, -1, last, add_line, &lines);

    store_rollback(store);
    if (!ok)
        say_about(EX_IOERR, store_path(store), store_why(store));
    else if (lines.len && !(ok = erased_note(restore->path, buf_str(&lines))))
        say("%s.erased: cannot be written: %s", restore->path, strerror(errno));
    buf_release(&lines);
    return ok;
}

/* The database that goes knows of closings that are not noted yet; other backups may need them.
 * That it cannot be read is no reason to keep it in place. */
static bool note_both(struct restore *restore, int64_t *last)
{
    int64_t ignored;

    if (restore->live && !note(restore, restore->live, &ignored) && restore->live_read)
        return false;
    return note(restore, restore->copy, last);
}

static bool clear_pending_wipes(struct store *copy, int64_t last)
{
    bool ok = store_begin(copy) && store_clear_pending_wipes(copy, last) && store_commit(copy);

    store_rollback(copy);
    return ok;
}

static int finish_copy(struct restore *restore)
{
    int64_t last;
    bool done;

    say_progress("overwriting deleted records in", restore->new);
    if (!store_compact(restore->copy, &done))
        return say_about(EX_IOERR, restore->new, store_why(restore->copy));
    if (!done)
        return say_about(EX_TEMPFAIL, restore->new, "another program is reading it");
    if (!note_both(restore, &last))
        return EX_IOERR;
    if (!clear_pending_wipes(restore->copy, last))
        return say_about(EX_IOERR, restore->new, store_why(restore->copy));
    say_progress("checking", restore->new);
    if (!backup_check(restore->copy, restore->new, &restore->account))
        return say_about(EXIT_FAILURE, restore->new, "is damaged; nothing was changed");
    return EX_OK;
}

/* Putting in place. */

static void close_both(struct restore *restore)
{
    store_close(restore->copy);
    restore->live_closed = restore->live != NULL;
    store_close(restore->live);
    restore->copy = restore->live = NULL;
}

static bool denies(struct restore *restore)
{
    bool is_there, holds = store_begin(restore->copy) &&
                           anchor_holds(restore->anchor, restore->copy, &is_there, &restore->why);

    store_rollback(restore->copy);
    buf_reset(&restore->why);
    return !holds && file_exists(restore->anchor);
}

/* The anchor goes before the database, so that nobody is left with a new one and an anchor that
 * denies it; the old one is fine without. */
static bool replace_both(struct restore *restore, char **kept, char **lifted)
{
    bool lifts = denies(restore);

    *kept = *lifted = NULL;
    close_both(restore);
    if (lifts && !(*lifted = replace_set_aside(restore->anchor, &restore->why)))
        return false;
    if (replace_database(restore->new, restore->path, restore->live_closed, kept, &restore->why))
        return true;
    if (*lifted)
        file_rename(*lifted, restore->anchor);
    return false;
}

static int put_in_place(struct restore *restore)
{
    char *kept, *lifted;
    bool ok = replace_both(restore, &kept, &lifted);

    if (ok)
        printf("%s: restored, %s, %s: everything matches\n", restore->path,
               number_of(restore->account.count.entries, "entry", "entries").text,
               number_of(restore->account.count.records, "record", "records").text);
    if (ok && kept)
        printf("%s: the previous database; later deletions do not reach it, so remove it in time\n",
               kept);
    if (ok && lifted)
        printf("%s: its anchor; the endpoint creates a new one when it starts\n", lifted);
    free(lifted);
    free(kept);
    return ok ? EX_OK : say_reason(EX_CANTCREAT, &restore->why);
}

static int run(struct restore *restore, bool yes)
{
    int status = open_copy(restore);

    if (status == EX_OK)
        status = look_back(restore);
    if (status == EX_OK)
        status = agree(restore, yes);
    if (status == EX_OK)
        status = finish_copy(restore);
    if (status == EX_OK)
        status = put_in_place(restore);
    close_both(restore);
    replace_remove(restore->new);
    erased_release(&restore->erased);
    return status;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* What an interrupted run left is removed before the next one begins. */
static bool is_left_over(const char *path, const struct stat *backup)
{
    char *new = mem_printf("%s.restoring", path);
    struct stat status;
    bool is = stat(new, &status) == 0 && is_same_file(&status, backup);

    free(new);
    return is;
}

/* Under a link the lock and the WAL would be another file's. */
static int check_names(const struct restore *restore)
{
    struct stat there, backup;

    if (lstat(restore->path, &there) == 0 && !S_ISREG(there.st_mode))
        return say_about(EX_USAGE, restore->path,
                         "is not a file; use the path of the database itself");
    if (stat(restore->file, &backup) != 0 || !S_ISREG(backup.st_mode))
        return say_about(EX_NOINPUT, restore->file, "does not exist, or is not a file");
    if (stat(restore->path, &there) == 0 && is_same_file(&there, &backup))
        return say_about(EX_USAGE, restore->file, "is the database itself");
    if (is_left_over(restore->path, &backup))
        return say_about(EX_USAGE, restore->file,
                         "is left over from an interrupted restore; rename it first");
    return EX_OK;
}

static int restore_locked(struct restore *restore, bool yes)
{
    int lock = store_lock(restore->path, &restore->why), status;

    if (lock < 0)
        return say_reason(EX_TEMPFAIL, &restore->why);
    restore->new = mem_printf("%s.restoring", restore->path);
    restore->new_name = mem_printf("sqlite:%s", restore->new);
    status = run(restore, yes);
    free(restore->new_name);
    free(restore->new);
    close(lock);
    return status;
}

static int restore_from(const char *database, const char *file, const char *anchor, bool yes)
{
    struct restore restore = {.file = file, .anchor = anchor, .why = BUF_INIT};
    int status;

    restore.path = database_path(database, &restore.why);
    if (!restore.path)
        status = say_reason(EX_USAGE, &restore.why);
    else if ((status = check_names(&restore)) == EX_OK)
        status = restore_locked(&restore, yes);
    buf_release(&restore.why);
    return status;
}

int command_restore(const struct options *options)
{
    char *anchor;
    int status;

    if (!options->yes && !isatty(STDIN_FILENO))
        return options_misuse(options, "standard input is not a terminal; use --yes");
    anchor = command_anchor(options);
    status = restore_from(options->database, options->from, anchor, options->yes);
    free(anchor);
    return status;
}
