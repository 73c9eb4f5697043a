/* Who a visitor is: 128 random bits in a signed cookie, known to nobody.
 *
 * Three values are derived from one key by three separate ways, so that none helps to
 * make another: the cookie's tag, the database's key of the visitor, and (in the keeper, from
 * that key and randomness) the principal id of each record.  The bits are stored nowhere.
 *
 * A visitor keeps the key of the first day, also when a newer one makes new cookies: another
 * key would be another visitor.  The callers have called sodium_init().
 *
 * The tag is of the cookie's name as well: the lasting cookie and the one that waits for its first
 * record have tags by two ways, and the other's name begins with its own bits.  So neither is taken
 * for the other: no pseudonym that was erased begins once more as a new one. */
#ifndef TEADE_IDENTITY_H
#define TEADE_IDENTITY_H

#include "act.h"
#include "base/buf.h"

enum {
    IDENTITY_BITS = 16,        /* bytes of the pseudonym */
    IDENTITY_KEY = 32,         /* bytes of a key */
    IDENTITY_KEYS_MAX = 16,    /* old keys are kept so that old cookies go on */
    IDENTITY_DAYS = 400,       /* browsers keep no cookie longer */
    IDENTITY_NEW_SECONDS = 300, /* one that waits is sent back at once, over whatever network */
    IDENTITY_NEW_DAYS = 1,     /* the same in the days of a cookie: it may be past midnight */
    IDENTITY_COOKIE_MAX = 128, /* characters of the value, without the NUL */
    IDENTITY_HANDLE = 32
};

struct identity_keys {
    struct identity_key {
        unsigned id; /* from 1 */
        uint8_t key[IDENTITY_KEY];
        bool cookies_only; /* it begins no visitor, and codes by it (code.h) are not taken */
    } keys[IDENTITY_KEYS_MAX];
    size_t count; /* the last is used for new cookies */
};

/* Reads the file's text: one key a line, "ID HEX64", ids rising; all but the last may be
 * "ID HEX64 cookies-only".  false: `why` says where, but
 * nothing of a key, and the keys are wiped. */
bool identity_keys_parse(struct identity_keys *keys, struct str text, struct buf *why);

struct identity {
    unsigned key_id;
    uint8_t bits[IDENTITY_BITS];
    int64_t issued; /* UTC seconds, whole days */
};

/* The cookie's name follows from the base URL: __Host-teade on https, teade on a loopback http
 * address.  A pseudonym that waits for its first record is in a cookie of a name of its own, with
 * _new_ and its first 8 digits behind: of two answers that are on their way to one browser neither
 * replaces the other's, and whoever is sent both sees which one was first. */
const char *identity_cookie_name(const char *base_url);
void identity_new_name(const char *base_url, const struct identity *identity, struct buf *name);

enum identity_name { IDENTITY_NAME_LASTING, IDENTITY_NAME_NEW, IDENTITY_NAME_OTHER };
enum identity_name identity_name_of(const char *base_url, struct str name);

enum identity_cookie {
    IDENTITY_VALID,
    IDENTITY_STALE, /* older than such a cookie lasts, or by a key that is gone, or that begins no
                       visitor: a stranger */
    IDENTITY_FORGED /* not one of ours, or not of this name */
};

/* Reads a cookie; compares tags in constant time.  Unless VALID the identity is zero. */
enum identity_cookie identity_read(struct identity *identity, const char *base_url, struct str name,
                                   struct str value, const struct identity_keys *keys, int64_t now);

/* A new pseudonym from the system's randomness. */
void identity_make(struct identity *identity, const struct identity_keys *keys, int64_t now);

/* The same visitor for another IDENTITY_DAYS. */
void identity_renew(struct identity *identity, int64_t now);

/* The value of a cookie of a lasting or a new name, NUL-terminated: VERSION.KEY.DAY.BITS.TAG, all
 * of [0-9a-f.v]. */
void identity_write(const struct identity *identity, enum identity_name name,
                    const struct identity_keys *keys, char value[IDENTITY_COOKIE_MAX + 1]);

/* The database's key of this visitor. */
void identity_visitor(const struct identity *identity, const struct identity_keys *keys,
                      uint8_t visitor[ACT_VISITOR]);

/* What the organisation may keep beside a customer's account: SHA-256("teade-handle-v1\0" || the
 * database's key).  It leads to the visitor's records in this database, and to no cookie. */
void identity_handle(const uint8_t visitor[ACT_VISITOR], uint8_t handle[IDENTITY_HANDLE]);

/* The header's value, Secure on https; one that waits lasts for a short time; an empty cookie value
 * takes the cookie away. */
void identity_set_cookie(const char *base_url, struct str name, const char *value,
                         struct buf *header_value);

#endif
