/* What machines look for at fixed places: the map of the site, what robots may read, whether
 * Global Privacy Control is honoured, and what each text is, as linked data. */
#ifndef TEADE_DISCOVERY_H
#define TEADE_DISCOVERY_H

#include "emission.h"

/* Writes public/robots.txt; public/sitemap.xml (sitemaps.org 0.9, with hreflang) unless the site
 * is a preview, which no machine should read; and public/.well-known/gpc.json where site.yaml
 * declares it. */
bool discovery_emit(struct emission *emission);

#endif
