#include "database_name.h"

#include <string.h>

const char *database_file(const char *name)
{
    static const char scheme[] = "sqlite:";

    return strncmp(name, scheme, sizeof scheme - 1) == 0 ? name + sizeof scheme - 1 : name;
}

const char *database_path(const char *name, struct buf *why)
{
    const char *path = database_file(name);

    if (path == name && name[strcspn(name, ":/")] == ':') {
        buf_addf(why, "%s: is not the name of a database; use PATH or sqlite:PATH", name);
        return NULL;
    }
    if (*path && *path != ':') /* to SQLite, :memory: is no file */
        return path;
    buf_addf(why, "%s: is not the path of a file", name);
    return NULL;
}
