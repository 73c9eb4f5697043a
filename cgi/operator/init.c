/* What a new installation needs. */
#include <sysexits.h>

#include "base/buf.h"
#include "commands.h"
#include "keeper/keys.h"
#include "say.h"
#include "store/store.h"

static int init_keys(const char *folder)
{
    struct buf why = BUF_INIT;
    bool made, ok = true;

    for (const struct keys_file *file = keys_files; ok && file->name; file++) {
        ok = keys_make(folder, file, &made, &why);
        if (ok)
            say("%s/%s: %s", folder, file->name,
                made ? "created; back it up separately from the database" : "already exists");
        else
            say_reason(EX_CANTCREAT, &why);
    }
    buf_release(&why);
    return ok ? EX_OK : EX_CANTCREAT;
}

static int init_database(const char *database)
{
    struct buf why = BUF_INIT;
    struct store *store = store_open(database, STORE_CREATE, &why);

    if (store)
        say("%s: ready", database);
    else
        say_reason(EX_CANTCREAT, &why);
    store_close(store);
    buf_release(&why);
    return store ? EX_OK : EX_CANTCREAT;
}

int command_init(const struct options *options)
{
    int status = EX_OK;

    if (!options->keys && !options->database)
        return options_misuse(options, "missing option: --keys or --database");
    if (options->keys)
        status = init_keys(options->keys);
    if (options->database && status == EX_OK)
        status = init_database(options->database);
    return status;
}
