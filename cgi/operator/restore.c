/* All is made ready beside the database, as DATABASE.restoring: checked, what
 * came after it carried over, whoever was erased since closed in it and out of its bytes.  Only
 * then does it take the database's place (replace_database.h).  Whatever interrupts before leaves
 * the database as it was, and the next run begins anew. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/instant.h"
#include "base/mem.h"
#include "base/number.h"
#include "backup.h"
#include "commands.h"
#include "keeper/anchor_file.h"
#include "replace_database.h"
#include "say.h"
#include "store/store_merge.h"
#include "store/store_reapply.h"

struct restore {
    const char *path, *file, *anchor;
    char *new, *new_name; /* DATABASE.restoring, and as store_open() has it */
    struct store *copy;   /* the same, open */
    struct store *live;   /* NULL: not there, or it cannot be read */
    bool live_closed;     /* it was opened and closed again */
    struct store_since since;
    bool compared; /* `since` is all of it */
    struct store_carried carried;
    char *names; /* the file that names what of it is lost */
    struct erased erased;
    struct backup_account account;
    int64_t closed; /* records that were erased since, and were in the backup */
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
    restore->copy = store_open(restore->new_name, STORE_LOCKED, false, &restore->why);
    if (!restore->copy)
        return refuse_backup(restore);
    say_progress("checking", restore->file);
    if (!backup_check(restore->copy, restore->file, &restore->account))
        return say_about(EXIT_FAILURE, restore->file, "does not match itself and is not restored");
    return EX_OK;
}

/* What is known of the time since. */

static void open_live(struct restore *restore)
{
    char *name = mem_printf("sqlite:%s", restore->path), *label = mem_dups(restore->path);

    if (file_exists(restore->path)) {
        restore->live = store_open(name, STORE_LOCKED, false, &restore->why);
        if (!restore->live)
            say_reason(EX_OK, &restore->why);
    }
    if (restore->live) {
        say_progress("comparing with", restore->path);
        restore->compared =
            store_compare(restore->live, restore->copy, &restore->since, say_fault, label);
        if (!restore->compared)
            say_about(EX_OK, restore->path, "not all of it can be read");
    }
    free(label);
    free(name);
}

/* Before those who were erased go: what the database has of them is closed, and carried by none. */
static bool carry(struct restore *restore)
{
    if (!restore->live)
        return true;
    say_progress("carrying over from", restore->path);
    return store_carry(restore->live, restore->copy, restore->since.related, &restore->carried);
}

static int look_back(struct restore *restore)
{
    if (!erased_read(&restore->erased, restore->path, &restore->why))
        return say_reason(EX_NOINPUT, &restore->why);
    open_live(restore);
    if (!carry(restore)) {
        buf_addf(&restore->why,
                 "%s: cannot be carried over: %s; to restore without what it knows, "
                 "move it away",
                 restore->path, store_why(restore->copy));
        return say_reason(EX_IOERR, &restore->why);
    }
    if (!store_replay(restore->copy, &restore->since, &restore->erased, time(NULL),
                      &restore->closed))
        return say_about(EX_IOERR, restore->new, store_why(restore->copy));
    return EX_OK;
}

/* Nobody knows who was erased since. */
static bool is_blind(const struct restore *restore)
{
    return !restore->since.follows && !restore->erased.is_there && restore->account.count.records;
}

/* Agreement. */

static void add_acts(struct buf *text, const struct store_acts *acts, int64_t unknown)
{
    const struct {
        int64_t count;
        const char *one, *many;
    } kinds[] = {
        {acts->said[ANSWER_GIVEN], "yes", "yes"},
        {acts->said[ANSWER_REFUSED], "no", "no"},
        {acts->said[ANSWER_OBJECTED], "objection", "objections"},
        {acts->said[ANSWER_WITHDRAWN], "withdrawal", "withdrawals"},
        {acts->acknowledgements, "acknowledgement", "acknowledgements"},
        {acts->provisions, "provision", "provisions"},
        {unknown, "record that cannot be read", "records that cannot be read"},
    };
    size_t begin = text->len;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].count)
            buf_addf(text, "%s%s", text->len > begin ? ", " : "",
                     number_of(kinds[i].count, kinds[i].one, kinds[i].many).text);
    if (text->len == begin)
        buf_adds(text, "nothing");
}

static void tell_carried(const struct restore *restore)
{
    const struct store_carried *carried = &restore->carried;
    struct buf text = BUF_INIT;

    buf_adds(&text, "Carried over from them: ");
    add_acts(&text, &carried->kept, 0);
    buf_adds(&text, ".\nLOST of them: ");
    add_acts(&text, &carried->lost, carried->unknown);
    if (carried->names.len)
        buf_addf(&text, ".  A yes that was taken back there stands again:\n%s will name them",
                 restore->names);
    fprintf(stderr,
            "%s.\nCheckpoints that were signed since are not carried over: the endpoint signs new "
            "ones.\n",
            text.data);
    buf_release(&text);
}

static void tell_since(const struct restore *restore)
{
    const struct store_since *since = &restore->since;
    char from[INSTANT_SIZE], until[INSTANT_SIZE];

    if (!file_exists(restore->path))
        return;
    if (!restore->live || !restore->compared)
        fprintf(stderr, "What was recorded since and cannot be read is lost; how much that is "
                        "cannot be told.\nA yes that was taken back there stands again.\n");
    if (!restore->live)
        return;
    fprintf(stderr, "%s has %s that the backup lacks, with %s", restore->path,
            number_of(since->entries, "entry", "entries").text,
            number_of(since->records, "record", "records").text);
    if (since->records) {
        instant_write(since->from, from);
        instant_write(since->until, until);
        fprintf(stderr, "\nfrom %s until %s", from, until);
    }
    fprintf(stderr, ".\n");
    if (!since->related)
        fprintf(stderr, "It is no continuation of the backup: nothing of it is carried over.\n");
    if (since->entries)
        tell_carried(restore);
}

static void tell(const struct restore *restore)
{
    char until[INSTANT_SIZE];

    instant_write(restore->account.until, until);
    fprintf(stderr, "%s: %s, %s", restore->file,
            number_of(restore->account.count.entries, "entry", "entries").text,
            number_of(restore->account.count.records, "record", "records").text);
    fprintf(stderr, restore->account.until ? ", the last one of %s.\n" : ".\n", until);
    tell_since(restore);
    fprintf(stderr, "%lld of its records %s.\n", (long long)restore->closed,
            restore->closed == 1 ? "was erased or not needed any more since: it stays away"
                                 : "were erased or not needed any more since: they stay away");
    if (is_blind(restore))
        fprintf(
            stderr,
            "Who else was erased since %s is UNKNOWN: neither a database that goes on where the\n"
            "backup ends nor %s.erased is there.  Whoever was comes back.\n",
            until, restore->path);
}

static int agree(const struct restore *restore, bool yes)
{
    tell(restore);
    if (!yes && is_blind(restore))
        return say_failure(EX_USAGE, "this needs --yes");
    return yes || say_asks("restore it?") ? EX_OK : say_failure(EXIT_FAILURE, "nothing was changed");
}

/* What was closed is noted outside of the database. */

static void add_line(void *context, enum closing_reason reason, const uint8_t hash[CANONICAL_ENTRY])
{
    erased_line(context, reason, hash);
}

static bool note(const struct restore *restore, struct store *store, int64_t *last)
{
    struct buf lines = BUF_INIT;
    bool ok = store_begin(store) && store_pending_wipes(store, -1, last, add_line, &lines);

    store_rollback(store);
    if (!ok)
        say_about(EX_IOERR, store_path(store), store_why(store));
    else if (lines.len && !(ok = erased_note(restore->path, buf_str(&lines))))
        say("what was deleted cannot be noted: %s", strerror(errno));
    buf_release(&lines);
    return ok;
}

/* The database that goes knows of closings that are not noted yet; other backups may need them.
 * That it cannot be read is no reason to keep it in place. */
static bool note_both(struct restore *restore, int64_t *last)
{
    int64_t ignored;

    if (restore->live && !note(restore, restore->live, &ignored) && restore->compared)
        return false;
    return note(restore, restore->copy, last);
}

static bool name_lost(const struct restore *restore)
{
    struct str names = buf_str(&restore->carried.names);

    if (!names.len || file_append(restore->names, names))
        return true;
    say_about(EX_IOERR, restore->names, strerror(errno));
    return false;
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

    say_progress("overwriting what was erased in", restore->new);
    if (!store_compact(restore->copy, &done))
        return say_about(EX_IOERR, restore->new, store_why(restore->copy));
    if (!done)
        return say_about(EX_TEMPFAIL, restore->new, "another program is reading it");
    if (!note_both(restore, &last) || !name_lost(restore))
        return EX_IOERR;
    if (!clear_pending_wipes(restore->copy, last))
        return say_about(EX_IOERR, restore->new, store_why(restore->copy));
    say_progress("checking", restore->new);
    if (!backup_check(restore->copy, restore->new, &restore->account))
        return say_about(EXIT_FAILURE, restore->new, "does not match itself; nothing was changed");
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
        printf("%s: what was there; nobody erases anything in it, so remove it in time\n", kept);
    if (ok && restore->carried.names.len)
        printf("%s: what is lost, and whose it was\n", restore->names);
    if (ok && lifted)
        printf("%s: its anchor; the endpoint makes a new one when it starts\n", lifted);
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
    store_carried_release(&restore->carried);
    store_since_release(&restore->since);
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
        return say_about(EX_USAGE, restore->path, "is not a file; name the database itself");
    if (stat(restore->file, &backup) != 0 || !S_ISREG(backup.st_mode))
        return say_about(EX_NOINPUT, restore->file, "does not exist, or is not a file");
    if (stat(restore->path, &there) == 0 && is_same_file(&there, &backup))
        return say_about(EX_USAGE, restore->file, "is the database itself");
    if (is_left_over(restore->path, &backup))
        return say_about(EX_USAGE, restore->file,
                    "was left by a run that was interrupted; give it another name first");
    return EX_OK;
}

static int restore_locked(struct restore *restore, bool yes)
{
    int lock = store_lock(restore->path, &restore->why), status;

    if (lock < 0)
        return say_reason(EX_TEMPFAIL, &restore->why);
    restore->new = mem_printf("%s.restoring", restore->path);
    restore->new_name = mem_printf("sqlite:%s", restore->new);
    restore->names = mem_printf("%s.lost", restore->path);
    status = run(restore, yes);
    free(restore->names);
    free(restore->new_name);
    free(restore->new);
    close(lock);
    return status;
}

static int restore_from(const char *database, const char *file, const char *anchor, bool yes)
{
    struct restore restore = {
        .file = file, .anchor = anchor, .carried.names = BUF_INIT, .why = BUF_INIT};
    int status;

    restore.path = store_path_of(database, &restore.why);
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
