/* Whether each revision of a document may follow the one before it. */
#ifndef TEADE_REVISION_ORDER_H
#define TEADE_REVISION_ORDER_H

#include "document.h"

/* Findings: days that do not increase, a change without a summary, a change that asks for consent
 * again and is announced less than `notice_period` days before, a purpose, legal basis or recipient
 * that changes in an editorial revision, or one that changes although older answers to it stay
 * valid.  false after errors. */
bool revision_order_check(const struct document *document, int notice_period,
                          struct findings *findings);

#endif
