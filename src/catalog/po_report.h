/* Where libgettextpo reports the faults that it finds. */
#ifndef TEADE_PO_REPORT_H
#define TEADE_PO_REPORT_H

#include <gettext-po.h>

#include "base/finding.h"

/* The handlers for one call of the library, which report to `findings` at places in `source`.  A
 * fatal error ends the process, as the library must not be returned to. */
const struct po_xerror_handler *po_report_to(struct findings *findings,
                                             const struct source *source);

#endif
