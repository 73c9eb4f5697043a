/* The messages between a worker, or the operator, and the keeper, over a SEQPACKET socket.
 *
 * A message is: version (1 byte), kind (1 byte), sequence (8 bytes), then the kind's
 * fields.  Numbers are big-endian; a text is its length in 2 bytes and its bytes.  The
 * keeper's reply repeats kind and sequence.  No message is longer than WIRE_MAX. */
#ifndef TEADE_WIRE_H
#define TEADE_WIRE_H

#include "base/buf.h"
#include "record/act.h"

enum { WIRE_VERSION = 9, WIRE_MAX = 65536, WIRE_TITLE_MAX = 512 };

enum wire_kind {
    WIRE_ACT,        /* an act → result, id of the record that says it, id of the visitor's newest
                        record then */
    WIRE_STANDING,   /* visitor, how many to skip → whether known, standings as store_standing()
                        orders them, whether there are more */
    WIRE_WORDING,    /* a standing → title of the text where it was said, the question's words and
                        recipient; "" where nothing was offered */
    WIRE_CODE,       /* a code's index and tag → result, record id */
    WIRE_WITHDRAWAL, /* record id → whether it is a withdrawal; its time and version */
    WIRE_RECORDS, /* visitor, before which index → records (index, canonical bytes, salt, title,
                     each question's words and recipient), whether there are more */
    WIRE_ERASE,   /* visitor → result, once it is noted outside of the database as well */
    WIRE_CHECKPOINT, /* → the newest public checkpoint, "" before there is one */
    WIRE_TILE,       /* whether of entries, level, index, width → its bytes, "" where the log that
                        the public knows has no such tile: tile.h */
    WIRE_PROVIDE, /* what is provided (disclosure_request.h) → result, the id, the time, why not or
                     what the consent covers */
    WIRE_PROVISIONS, /* visitor, how many to skip → provisions, oldest first (index, canonical
                        bytes, salt), whether there are more */
    WIRE_RECEIPT,    /* visitor, record id → whether it is one of theirs; its index, canonical
                        bytes, salt, title; the newest checkpoint that it is in, the proof's hashes,
                        the signer's key */
    WIRE_TEXT,       /* digest, from which byte on → bytes of the text, whether there are more; ""
                        where there is no such text */
    WIRE_HEALTH, /* → enum wire_health, and why it is not healthy; the manifest's digest; whether
                    bytes of what was erased are still to be overwritten; whether a worker
                    still shows the site before this one */
    WIRE_KIND_COUNT
};

enum wire_health {
    HEALTH_UNAVAILABLE, /* a commit would not succeed now */
    HEALTH_OK,
    HEALTH_DOUBTED, /* it would, but its time is in doubt: the newest entry is ahead of the clock */
    HEALTH_ALARM,   /* that was so within the last day */
    HEALTH_COUNT
};

/* Reading: a message that is too short, or holds what a field may not, sets `bad`, and
 * everything read afterwards is zero.  The reader must have reached the end as well. */
struct wire_reader {
    struct str rest;
    bool bad;
};

uint64_t wire_take_number(struct wire_reader *reader, size_t bytes);
void wire_take_bytes(struct wire_reader *reader, void *to, size_t len);
struct str wire_take_text(struct wire_reader *reader);
/* Into a NUL-terminated array of `size` bytes; a longer text or one with a NUL is bad. */
void wire_take_name(struct wire_reader *reader, char *to, size_t size);
bool wire_done(const struct wire_reader *reader);

void wire_put_number(struct buf *out, uint64_t number, size_t bytes);
void wire_put_text(struct buf *out, struct str text); /* at most 65535 bytes */

struct wire_header {
    enum wire_kind kind;
    uint64_t sequence;
};
void wire_put_header(struct buf *out, struct wire_header header);
/* false: not a message of this version. */
bool wire_take_header(struct wire_reader *reader, struct wire_header *header);

void wire_put_act(struct buf *out, const struct act *act);
void wire_take_act(struct wire_reader *reader, struct act *act);
void wire_put_standing(struct buf *out, const struct standing *standing);
void wire_take_standing(struct wire_reader *reader, struct standing *standing);

#endif
