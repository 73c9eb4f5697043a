/* The way in for the operator while the endpoint runs: the keeper alone writes the database, so
 * that teade-records has it do what changes something.  DATABASE.socket is for its owner only and
 * takes the messages of wire.h. */
#ifndef TEADE_CONTROL_H
#define TEADE_CONTROL_H

#include "store/store.h"
#include "wire/keeper_client.h"

/* The keeper's end: listens at DATABASE.socket, where nothing but a dead keeper's can be.  -1 with
 * the reason in `why`. */
int control_listen(const char *database, struct buf *why);
void control_unlisten(const char *database, int listener); /* -1 is fine */

/* The operator's end: the database as it can be changed now, by the keeper or by ourselves. */
struct control {
    struct keeper_client *keeper; /* to the keeper, or NULL */
    struct store *store;          /* open for writing, where no keeper runs; else NULL */
};

/* To the keeper only.  false, with the reason in `why`: nobody listens.  Close it either way. */
bool control_reach(struct control *control, const char *database, struct buf *why);

/* false with the reason in `why`.  Close it either way. */
bool control_open(struct control *control, const char *database, struct buf *why);
void control_close(struct control *control);

#endif
