/* The guard against posts from other sites, without tokens: where the browser says a
 * request came from.
 *
 *   Sec-Fetch-Site   same-origin passes; same-site and cross-site are refused
 *                    and so is what no browser sends
 *   none or absent   Origin decides: equal to the base URL or refused ("null" is refused)
 *   no Origin        Referer decides: under the base URL or refused; absent is refused
 *
 * A site on a loopback address is the same under 127.0.0.1, localhost and [::1].
 */
#ifndef TEADE_ORIGIN_H
#define TEADE_ORIGIN_H

#include "http.h"

/* `base_url` is scheme, host and perhaps port, as site.yaml has it. */
bool origin_is_ours(const struct request *request, const char *base_url);

#endif
