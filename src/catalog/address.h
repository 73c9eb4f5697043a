/* Where a link leads outside the site: whether the address can lead anywhere at all. */
#ifndef TEADE_ADDRESS_H
#define TEADE_ADDRESS_H

#include <stdbool.h>

struct address_fault {
    const char *text; /* what is wrong; follows the address in a finding */
    const char *remedy;
};

/* What is wrong with the address of a link, or NULL: nothing that the address itself shows.
 * http and https need a host, mailto a mailbox, tel a number; other schemes are refused.  What
 * is relative is for the site to judge (text/link.h). */
const struct address_fault *address_fault(const char *url);

/* Whether it leads outside the site: it has a scheme, or a host. */
bool address_is_outside(const char *url);

#endif
