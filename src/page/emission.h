/* What an edition is written to, and what its pages share. */
#ifndef TEADE_EMISSION_H
#define TEADE_EMISSION_H

#include <jansson.h>

#include "base/hash.h"
#include "edition/edition.h"
#include "publish/publish.h"

struct emission {
    const struct edition *edition;
    struct publish *publish; /* NULL: everything is rendered, nothing written (`teade check`) */
    struct findings *findings;
    char look[HASH_HEX + 1]; /* all that pages are made from but the edition (inputs_look) */
    bool packs;      /* public files get packed copies */
    size_t jobs;     /* how many threads render pages, at most; 0: one */
    json_t *assets;  /* "style" and "icon": their paths, once emission_assets() has run */
    json_t *shared;  /* per language: the slots of all its pages, once page_share() has run */
    json_t *shared_keys; /* per language: what they share, as a number (part_key.h) */
    json_t *parts;       /* of the site that was put in place (publish.h) */
};

/* Adds a file at a path below the site, with its packed copies where it is public. */
bool emission_file(struct emission *emission, const char *path, struct str content);

/* Writes the assets, named by their hashes; pages need it first. */
bool emission_assets(struct emission *emission, const char *templates_directory);

/* Lets go of what its pages share. */
void emission_release(struct emission *emission);

#endif
