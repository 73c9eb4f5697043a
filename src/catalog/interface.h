/* The catalogues of the interface, site.po: the words of the templates.  They are installed with
 * the templates, in TEMPLATES/../locale.  A catalogue in the site's own locale directory replaces
 * the installed one. */
#ifndef TEADE_INTERFACE_H
#define TEADE_INTERFACE_H

#include <stdbool.h>

/* A path beside the folder of templates, where what came with them is.  The caller frees it. */
char *beside_templates(const char *templates, const char *path);

/* The path of the catalogue in a language; the site's own where there is neither.  The caller frees
 * it. */
char *interface_catalog(const char *locale, const char *templates, const char *tag);

/* Whether that is the site's own; English, which the templates are written in, needs none. */
bool interface_is_own(const char *locale, const char *templates, const char *tag);

#endif
