/* What visitors do with their choices: one handler per address.  Each gets a form that
 * fits its rules and came from this site. */
#ifndef TEADE_CHOICES_H
#define TEADE_CHOICES_H

#include "form.h"
#include "visitor.h"

void choices_record(struct exchange *exchange, const struct form *form);
void choices_acknowledge(struct exchange *exchange, const struct form *form);
void choices_hide(struct exchange *exchange, const struct form *form);
void choices_withdraw(struct exchange *exchange, const struct form *form);
void choices_erase(struct exchange *exchange, const struct form *form);

/* The page that says what erasing means.  A form without `confirm` leads to it, for a page that is
 * itself the answer to a form cannot be gone back to. */
void choices_ask_erase(struct exchange *exchange);

#endif
