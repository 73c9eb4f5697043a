/* What the log vouches for is kept in canonical bytes: JSON (RFC 8259) in UTF-8 without white
 * space, its keys sorted by code point; nothing is escaped but ", \ and control characters.
 * record.h, closing.h and disclosure.h say which fields.
 *
 * The entry of such bytes is SHA-256(version || 0x00 || salt || bytes): a number to the public, a
 * proof to whoever holds salt and bytes.  The version keeps the kinds apart. */
#ifndef TEADE_CANONICAL_H
#define TEADE_CANONICAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { CANONICAL_SALT = 32, CANONICAL_ENTRY = 32 };

/* The first and the last instant that a record can have, UTC seconds. */
#define CANONICAL_TIME_MAX INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

void canonical_write(const json_t *json, struct buf *out);

/* Whether bytes are what their own values are written as: no second spelling, order or space. */
bool canonical_is(const json_t *json, struct str bytes);

void canonical_entry(const char *version, const uint8_t salt[CANONICAL_SALT], struct str bytes,
                     uint8_t entry[CANONICAL_ENTRY]);

static inline bool canonical_is_time(int64_t seconds)
{
    return seconds >= 0 && seconds <= CANONICAL_TIME_MAX;
}

/* A time that is so much later than now was not said by a clock that is right: either the one that
 * made it was ahead, or ours is behind. */
enum { CANONICAL_AHEAD = 5 * 60 /* seconds */ };
static inline bool canonical_is_ahead(int64_t seconds, int64_t now)
{
    return seconds > now && seconds - now > CANONICAL_AHEAD;
}

/* YYYY-MM-DDTHH:MM:SSZ, and back; false: not an instant so written.  A number that is no time, as
 * an altered database can have it, is written as the nearest one: verify tells of it. */
void canonical_time(int64_t seconds, char time[21]);
bool canonical_read_time(const char *time, int64_t *seconds);

#endif
