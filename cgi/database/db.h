/* A database as store.c needs it, and no more: what every driver must do, whatever its
 * engine.  Parameters are $1, $2, … in the order of their first use; columns count from 0.
 *
 * Whoever opens for writing is the only writer until it closes: the driver sees to it. */
#ifndef TEADE_DB_H
#define TEADE_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "fault_sink.h"
#include "store_mode.h"

struct db;
struct db_statement;

/* Takes the lock of a database's one writer without opening it, or one that is not there.  Released
 * by close(); -1 with the reason in `why`: another one writes, or the path is a symbolic link. */
int db_lock(const char *path, struct buf *why);

/* NAME is a path or sqlite:PATH; `application` is the number our schema stamps a database
 * with.  NULL with the reason in `why`: also for a database of another program, and for an
 * empty one unless it may be made. */
struct db *db_open(const char *name, enum store_mode mode, int32_t application, struct buf *why);
void db_close(struct db *db); /* its statements are finished first; NULL is fine */

/* What the last call that failed met, as a sentence without its end. */
const char *db_why(const struct db *db);

/* Whether that was a constraint or a trigger of the schema, which undid the statement alone. */
bool db_was_refused(const struct db *db);

/* Its file. */
const char *db_path(const struct db *db);

/* The version its schema is stamped with; 0 while there is none, -1 on failure. */
int64_t db_version(struct db *db);

/* Makes the open transaction write, though it changes nothing. */
bool db_probe(struct db *db);

/* Bytes of its files, once all of it is written back; -1 on failure. */
int64_t db_size(struct db *db);

/* Gives the statement that made each table, index and trigger, as the database keeps it. */
bool db_objects(struct db *db,
                void (*take)(void *context, const char *type, const char *name, const char *sql),
                void *context);

bool db_exec(struct db *db, const char *sql); /* statements without results */

/* NULL on failure. */
struct db_statement *db_prepare(struct db *db, const char *sql);
void db_finish(struct db_statement *statement); /* NULL is fine */

/* Bound bytes must stay until the statement is reset.  A bind that cannot be carried out
 * makes the next step fail. */
void db_bind_int(struct db_statement *statement, int parameter, int64_t value);
void db_bind_blob(struct db_statement *statement, int parameter, const void *data, size_t len);
void db_bind_text(struct db_statement *statement, int parameter, const char *text);

enum db_step { DB_ROW, DB_DONE, DB_FAILED };
enum db_step db_step(struct db_statement *statement);
void db_reset(struct db_statement *statement); /* ends its reading; forgets what was bound */

/* Of the current row, valid until the next step or reset. */
int64_t db_int(struct db_statement *statement, int column);
struct str db_blob(struct db_statement *statement, int column);
/* "" for NULL, and for a text with a NUL in it. */
const char *db_text(struct db_statement *statement, int column);
bool db_is_null(struct db_statement *statement, int column);

/* A transaction: of a writer it begins as a write, of a reader it is one unmoving view. */
bool db_begin(struct db *db);
bool db_commit(struct db *db);
void db_rollback(struct db *db); /* harmless where there is none */
/* false also after a failure that took the whole transaction with it. */
bool db_in_transaction(const struct db *db);

/* Pages that are committed and not yet written back to their place in the file.  A transaction that
 * begins with too many of them writes them back first; write them back earlier to avoid that wait.
 */
int64_t db_backlog(const struct db *db);
bool db_write_back(struct db *db); /* as far as readers let it; not inside a transaction */

/* A part of a transaction that can be undone alone. */
bool db_savepoint(struct db *db);
bool db_savepoint_keep(struct db *db);
bool db_savepoint_undo(struct db *db);

/* Rewrites the files, so that nothing is left in them that was deleted.  *done false: a reader is
 * in the way, and it is to be tried again.  Not inside a transaction. */
bool db_compact(struct db *db, bool *done);

/* Writes what is there at this moment, without anything that was deleted, to a file that is there
 * and empty; it is the caller's to flush.  Not inside a transaction. */
bool db_fill(struct db *db, const char *path);

/* Tells of every inner fault of the database: broken pages, rows without their parent. */
bool db_check(struct db *db, const struct fault_sink *sink);

#endif
