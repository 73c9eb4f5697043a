/* The part of YAML 1.1 that settings need: maps with plain keys, lists, scalars.
 * Anchors, aliases, tags, several documents and duplicate keys are findings.
 *
 * A map is bound to a struct by a table, one row per key, so that a new key is
 * one row; keys that no row names are findings. */
#ifndef TEADE_YAML_H
#define TEADE_YAML_H

#include "base/finding.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
    enum yaml_kind kind;
    struct place place;
    char *text;         /* YAML_SCALAR: the value, NUL-terminated */
    struct yaml **item; /* YAML_LIST and YAML_MAP: the values */
    struct yaml **key;  /* YAML_MAP: scalars, as many as items */
    size_t count;
};

/* Parses text[start, end) of a source.  NULL after a finding. */
struct yaml *yaml_parse(const struct source *source, size_t start, size_t end,
                        struct findings *findings);
void yaml_discard(struct yaml *yaml); /* yaml_free is libyaml's own */

struct yaml_field {
    const char *key;
    bool required;
    /* Stores the value at `member`; false after a finding.  What is stored may
     * point into the tree, which then must outlive it. */
    bool (*read)(const struct yaml *value, void *member, const void *argument,
                 struct findings *findings);
    size_t offset;        /* of the member in the struct */
    const void *argument; /* for `read` */
};

/* Binds a map to a struct by a table of `count` fields.  Absent optional keys leave
 * their member as it is.  Reports every fault; false if there was one. */
bool yaml_bind(const struct yaml *map, const struct yaml_field *fields, size_t count, void *target,
               struct findings *findings);

/* Readers for fields.  The argument is unused unless a comment describes it. */
bool yaml_read_text(const struct yaml *value, void *member /* const char * */, const void *argument,
                    struct findings *findings);
bool yaml_read_bool(const struct yaml *value, void *member /* bool */, const void *argument,
                    struct findings *findings);
bool yaml_read_date(const struct yaml *value, void *member /* struct date */, const void *argument,
                    struct findings *findings);
/* A whole number from 0 to the argument (const int *). */
bool yaml_read_number(const struct yaml *value, void *member /* int */, const void *argument,
                      struct findings *findings);
/* The value's index in a NULL-terminated array of names, the argument. */
bool yaml_read_choice(const struct yaml *value, void *member /* int */, const void *argument,
                      struct findings *findings);
/* The node itself, of the kind that the argument (enum yaml_kind *) requires. */
bool yaml_read_node(const struct yaml *value, void *member /* const struct yaml * */,
                    const void *argument, struct findings *findings);

/* An argument: a kind of term, such as a country code. */
struct yaml_term_kind {
    bool (*is_one)(const char *term);
    const char *what;   /* completes "… is not": a country code */
    const char *remedy; /* write the two capital letters */
};
bool yaml_read_term(const struct yaml *value, void *member /* const char * */, const void *argument,
                    struct findings *findings);

/* Terms of one kind: a list of at least one, without repetition, or a single term.  The caller of
 * yaml_bind() frees the array; the terms belong to the tree. */
struct yaml_terms {
    const char **term;
    size_t count;
};
bool yaml_read_terms(const struct yaml *value, void *member /* struct yaml_terms */,
                     const void *argument, struct findings *findings);

extern const enum yaml_kind yaml_list, yaml_map; /* arguments for yaml_read_node */

/* The value of a key, or NULL. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);
/* The place of a key's value, or of the map itself if it has no such key. */
struct place yaml_place(const struct yaml *map, const char *key);

/* Joins names for a remedy: "a, b, c"; the caller frees. */
char *yaml_names(const char *const *names);

#endif
