/* `teade po`: templates for translators (.pot), and the catalogues (.po) brought up to date. */
#ifndef TEADE_PO_H
#define TEADE_PO_H

#include "edition/edition_read.h"

/* Extracts, and updates every catalogue that has a template; each is named on standard error, with
 * how far it is.  false after findings. */
bool po_update(const struct edition_options *options, struct findings *findings);

#endif
