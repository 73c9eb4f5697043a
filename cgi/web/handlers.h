/* What answers each address of the endpoint's table (endpoint.c). */
#ifndef TEADE_HANDLERS_H
#define TEADE_HANDLERS_H

#include "exchange.h"
#include "form.h"

/* Pages for visitors.  page_erase() asks before erasing: a page that is itself the response to a
 * form cannot be gone back to, so a form without `confirm` leads there. */
void page_choices(struct exchange *exchange);
void page_receipt(struct exchange *exchange);
void page_erase(struct exchange *exchange);

/* Files and facts for visitors' programs, the organisation's pages, monitoring and witnesses. */
void page_export(struct exchange *exchange);
void page_status(struct exchange *exchange);
void page_health(struct exchange *exchange);
void page_checkpoint(struct exchange *exchange);
void page_tile(struct exchange *exchange);

/* Forms that fit their rules and came from this site. */
void choices_record(struct exchange *exchange, const struct form *form);
void choices_acknowledge(struct exchange *exchange, const struct form *form);
void choices_hide(struct exchange *exchange, const struct form *form);
void choices_withdraw(struct exchange *exchange, const struct form *form);
void choices_erase(struct exchange *exchange, const struct form *form);

#endif
