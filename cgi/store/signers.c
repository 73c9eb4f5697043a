#include "signers.h"

#include <stdlib.h>

#include "base/mem.h"

static void take_key(void *context, const char *text)
{
    struct signers *signers = context;

    signers->keys = mem_grow(signers->keys, signers->count, sizeof *signers->keys);
    if (note_key_parse(&signers->keys[signers->count], str_of(text)))
        signers->count++;
}

bool signers_read(struct signers *signers, struct store *store)
{
    *signers = (struct signers){0};
    return store_signers(store, take_key, signers);
}

void signers_release(struct signers *signers)
{
    free(signers->keys);
    *signers = (struct signers){0};
}
