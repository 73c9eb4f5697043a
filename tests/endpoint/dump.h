/* A database as text, for comparing: every row of its tables, and what they are. */
#ifndef TEADE_DUMP_H
#define TEADE_DUMP_H

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

static inline void dump_value(sqlite3_stmt *row, int column, struct buf *out)
{
    const uint8_t *bytes = sqlite3_column_blob(row, column);
    int len = sqlite3_column_bytes(row, column);

    if (sqlite3_column_type(row, column) != SQLITE_BLOB) {
        buf_addf(out, " %s", bytes ? (const char *)sqlite3_column_text(row, column) : "NULL");
        return;
    }
    buf_adds(out, " x");
    for (int i = 0; i < len; i++) {
        buf_addc(out, "0123456789abcdef"[bytes[i] >> 4]);
        buf_addc(out, "0123456789abcdef"[bytes[i] & 15]);
    }
}

/* A line for each row of a query; false: it cannot be carried out. */
static inline bool dump_query(sqlite3 *db, const char *sql, struct buf *out)
{
    sqlite3_stmt *row;
    int result = sqlite3_prepare_v2(db, sql, -1, &row, NULL);

    while (result == SQLITE_OK || result == SQLITE_ROW) {
        result = sqlite3_step(row);
        for (int i = 0; result == SQLITE_ROW && i < sqlite3_column_count(row); i++)
            dump_value(row, i, out);
        if (result == SQLITE_ROW)
            buf_addc(out, '\n');
    }
    sqlite3_finalize(row);
    return result == SQLITE_DONE;
}

#endif
