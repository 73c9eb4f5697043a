/* Whether each revision of a document may follow the one before it. */
#ifndef TEADE_REVISION_ORDER_H
#define TEADE_REVISION_ORDER_H

#include "document.h"

/* Findings: days that do not rise, a change without a summary, a change that asks for consent
 * again and is announced for less than `notice_period` days, a purpose, basis or recipient that
 * changes in an editorial revision, one that changes although its older answers stay valid.  false
 * after errors. */
bool revision_order_check(const struct document *document, int notice_period,
                          struct findings *findings);

#endif
