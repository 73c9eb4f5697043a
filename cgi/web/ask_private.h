/* One question to the keeper: for ask.c and ask_listing.c. */
#ifndef TEADE_ASK_PRIVATE_H
#define TEADE_ASK_PRIVATE_H

#include "ask.h"

/* `fields` are released. */
bool ask_keeper(struct keeper_client *keeper, enum wire_kind kind, struct buf *fields,
                struct wire_reader *reply);

#endif
