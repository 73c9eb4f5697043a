#include "po.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "catalog/gettext.h"
#include "extract.h"

/* The catalogue of a template in a folder of LOCALE, if it has one. */
static bool update_catalog(const char *locale, const char *tag, struct str name,
                           struct findings *findings)
{
    char *pot = mem_printf("%s/%.*s.pot", locale, (int)name.len, name.data);
    char *path = mem_printf("%s/%s/LC_MESSAGES/%.*s.po", locale, tag, (int)name.len, name.data);
    bool ok = true;

    if (file_exists(path)) {
        fprintf(stderr, "%s: ", path);
        ok = gettext_update_catalog(pot, path, findings);
    }
    free(path);
    free(pot);
    return ok;
}

bool po_update(const struct edition_options *options, struct findings *findings)
{
    static const char ending[] = ".pot";
    struct names names;
    bool ok = extract(options, NULL, findings);

    if (!ok || !directory_list(options->locale, &names))
        return ok;
    for (size_t i = 0; i < names.count; i++) {
        struct str name = {names.name[i], strlen(names.name[i])};

        if (name.len < sizeof ending || strcmp(name.data + name.len - strlen(ending), ending) != 0)
            continue;
        name.len -= strlen(ending);
        for (size_t tag = 0; tag < names.count; tag++)
            ok &= update_catalog(options->locale, names.name[tag], name, findings);
    }
    names_release(&names);
    return ok;
}
