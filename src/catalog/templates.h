/* The folder of templates.  The path of a file decides its kind:
 *
 *   NAME.html           pages, {{ }}
 *   NAME.xml            feeds, {{ }}
 *   parts/NAME.html     what pages share, {{ }}
 *   parts/NAME.txt      words that become a value of another template, which escapes them
 *   choices/NAME.html   the endpoint's pages: filled here with <% %>, later with {{ }}
 *   NAME.md             texts, escaped for CommonMark
 *   starter/NAME.md     the first documents of a new site, escaped for CommonMark
 *   starter/NAME.yaml   its settings, escaped for double quotes
 *   nginx/NAME.conf     not escaped: only validated values go in
 */
#ifndef TEADE_TEMPLATES_H
#define TEADE_TEMPLATES_H

#include "catalog.h"
#include "template/template.h"

struct templates {
    char *directory;
    struct template_file **files;
    size_t count;
};

/* Reads and parses every template.  false after findings.  Release it either way. */
bool templates_read(struct templates *templates, const char *directory, struct findings *findings);
void templates_release(struct templates *templates);

/* Looks every message of every template up; findings for those the catalogue lacks, unless it could
 * not be read, and for translations that have faults: pages show the message instead. */
void templates_check_catalog(const struct templates *templates, struct catalog *catalog,
                             struct findings *findings);

/* Calls `take` for every message of every template. */
void templates_messages(const struct templates *templates,
                        void (*take)(void *context, const char *msgid, const char *note,
                                     struct place place),
                        void *context);

/* Renders one template over `data`; `catalog` NULL keeps the msgids.  false after findings. */
bool templates_render(const struct templates *templates, const char *name,
                      const struct catalog *catalog, const json_t *data, struct buf *out,
                      struct findings *findings);

#endif
