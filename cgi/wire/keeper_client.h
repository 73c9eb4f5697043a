/* A worker's side of the wire: ask, and wait for the answer. */
#ifndef TEADE_KEEPER_CLIENT_H
#define TEADE_KEEPER_CLIENT_H

#include "wire.h"

struct keeper_client {
    int socket;
    uint64_t sequence;
    bool lost; /* no answer, or not one to the question: the worker must not ask again */
    char reply[WIRE_MAX];
};

/* Sends a message (`fields` behind the header) and reads the reply's fields, which stay
 * valid until the next call.  false: the keeper is gone or did not answer within
 * `seconds`; what was asked may have been done all the same. */
bool keeper_ask(struct keeper_client *keeper, enum wire_kind kind, struct str fields, int seconds,
                struct wire_reader *reply);

#endif
