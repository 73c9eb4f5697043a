/* What the command does is the operator's: it ends once the endpoint has taken the site, as
 * `teade-records wait` does, and fails where it has not. */
#include "reload.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"

static const char variable[] = "TEADE_MANIFEST";

static bool fail(const struct reload *reload, const char *remedy, const char *what)
{
    struct source source = {.path = mem_dups(reload->site)};

    finding_error(reload->findings, EX_TEMPFAIL, (struct place){&source, PLACE_FILE}, remedy, "%s",
                  what);
    free(source.path);
    return false;
}

/* false: there is no site. */
static bool digest_of(const char *site, char digest[HASH_HEX + 1])
{
    char *path = mem_printf("%s/private/manifest.json", site);
    struct buf manifest = BUF_INIT;
    bool there = file_read(path, &manifest);

    hash_hex(buf_str(&manifest), digest);
    buf_release(&manifest);
    free(path);
    return there;
}

/* The command gets no terminal to wait at. */
static bool run(const char *command, const char *digest)
{
    char *line = mem_printf("exec </dev/null\n%s", command);
    bool ok = setenv(variable, digest, true) == 0 && system(line) == 0;

    unsetenv(variable);
    free(line);
    return ok;
}

bool reload_run(void *context)
{
    struct reload *reload = context;
    char digest[HASH_HEX + 1];

    if (!digest_of(reload->site, digest))
        return fail(reload, "try again", "the new manifest cannot be read");
    reload->ran = reload->command != NULL;
    if (reload->ran && !run(reload->command, digest))
        return fail(reload, "run it by hand to see why", "the command of --reload failed");
    return !reload->taken || reload->taken(reload->context);
}

void reload_undo(const struct reload *reload)
{
    char digest[HASH_HEX + 1];

    if (reload->ran && digest_of(reload->site, digest) && !run(reload->command, digest))
        fail(reload, "reload the endpoint by hand: the old site is in place again",
             "the command of --reload failed for the old site");
}
