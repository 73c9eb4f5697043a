/* The texts of a site, put into the database before anything can be said about them. */
#ifndef TEADE_SITE_TEXTS_H
#define TEADE_SITE_TEXTS_H

#include "site/bundle.h"
#include "store/store.h"

/* Stores every text that the site offers or offered.  Inside a transaction; when it fails, with the
 * reason in store_why(), the caller rolls back. */
bool site_store_texts(const struct bundle *bundle, struct store *store);

#endif
