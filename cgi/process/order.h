/* What the supervisor sends to the keeper. */
#ifndef TEADE_ORDER_H
#define TEADE_ORDER_H

#include <stdbool.h>

#include "keeper/keeper.h"
#include "site/bundle.h"

/* Sends an order with a descriptor, which stays open here.  Never blocks: false where the keeper
 * takes none. */
bool order_send(int control, enum keeper_order order, int descriptor);

/* Gives the keeper a site.  Its answer comes when it has time: it may be at work on the database,
 * which takes minutes where that is large, and must be left to it. */
bool order_send_site(int control, const struct bundle *bundle);

#endif
