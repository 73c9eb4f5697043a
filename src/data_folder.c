/* The installed folder is found from the program's own place, so that an installation can be moved
 * as a whole, and a package can be tried in the directory that it was staged in. */
#include "data_folder.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* From the folder of the program: where `make install` puts data, and where they are in a clone. */
static const char *const beside_program[] = {
#include "data_path.inc"
    ".."};

/* The folder of the program, or "." where the system does not tell. */
static void program_folder(char path[PATH_MAX])
{
    ssize_t len = readlink("/proc/self/exe", path, PATH_MAX - 1);
    char *slash;

    path[len > 0 ? len : 0] = '\0';
    slash = strrchr(path, '/');
    strcpy(slash ? slash : path, slash ? "" : ".");
}

char *data_folder(const char *name)
{
    char program[PATH_MAX], resolved[PATH_MAX];

    if (file_exists(name))
        return mem_dups(name);
    program_folder(program);
    for (size_t i = 0; i < sizeof beside_program / sizeof *beside_program; i++) {
        char *path = mem_printf("%s/%s/%s", program, beside_program[i], name);
        bool exists = realpath(path, resolved) != NULL;

        free(path);
        if (exists)
            return mem_dups(resolved);
    }
    return mem_dups(name);
}
