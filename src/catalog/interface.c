#include "interface.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

static char *own_catalog(const char *locale, const char *tag)
{
    return mem_printf("%s/%s/LC_MESSAGES/site.po", locale, tag);
}

/* The folder above, "" for one of the current directory. */
static struct str folder_above(const char *folder)
{
    struct str above = str_of(folder);

    while (above.len > 1 && folder[above.len - 1] == '/')
        above.len--;
    while (above.len && folder[above.len - 1] != '/')
        above.len--;
    return above;
}

char *beside_templates(const char *templates, const char *path)
{
    struct str above = folder_above(templates);

    return mem_printf("%.*s%s", (int)above.len, above.data, path);
}

char *interface_catalog(const char *locale, const char *templates, const char *tag)
{
    char *own = own_catalog(locale, tag), *folder = beside_templates(templates, "locale");
    char *came = own_catalog(folder, tag);
    bool is_own = file_exists(own) || !file_exists(came);

    free(folder);
    free(is_own ? came : own);
    return is_own ? own : came;
}

bool interface_is_own(const char *locale, const char *templates, const char *tag)
{
    char *own = own_catalog(locale, tag), *path = interface_catalog(locale, templates, tag);
    bool is_own = strcmp(tag, "en") != 0 && strcmp(own, path) == 0;

    free(path);
    free(own);
    return is_own;
}
