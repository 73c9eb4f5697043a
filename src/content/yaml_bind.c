/* A map of settings is read into a struct by a table with a row for each key. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "yaml.h"

static char *field_names(const struct yaml_field *fields, size_t count)
{
    const char **names = mem_alloc((count + 1) * sizeof *names);
    char *joined;

    for (size_t i = 0; i < count; i++)
        names[i] = fields[i].key;
    joined = yaml_names(names);
    free(names);
    return joined;
}

static const struct yaml_field *field_find(const struct yaml_field *fields, size_t count,
                                           const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].key, key) == 0)
            return &fields[i];
    return NULL;
}

static void report_unknown(const struct yaml *key, const struct yaml_field *fields, size_t count,
                           struct findings *findings)
{
    char *names = field_names(fields, count);
    char *remedy = mem_printf("the keys here are %s", names);

    finding(findings, FINDING_ERROR, key->place, remedy, "unknown key \"%s\"", key->text);
    free(remedy);
    free(names);
}

static bool report_missing(const struct yaml *map, const struct yaml_field *field,
                           struct findings *findings)
{
    char *remedy;

    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->key[i]->text, field->key) == 0)
            return false;
    remedy = mem_printf("add a line \"%s: …\"", field->key);
    finding(findings, FINDING_ERROR, map->place, remedy, "key \"%s\" is missing", field->key);
    free(remedy);
    return true;
}

bool yaml_bind(const struct yaml *map, const struct yaml_field *fields, size_t count, void *target,
               struct findings *findings)
{
    bool ok = true;

    if (map->kind != YAML_MAP) {
        finding(findings, FINDING_ERROR, map->place, "write key: value lines",
                "key: value lines are required here");
        return false;
    }
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_field *field = field_find(fields, count, map->key[i]->text);

        if (!field)
            report_unknown(map->key[i], fields, count, findings);
        if (!field ||
            !field->read(map->item[i], (char *)target + field->offset, field->argument, findings))
            ok = false;
    }
    for (size_t i = 0; i < count; i++)
        if (fields[i].required && report_missing(map, &fields[i], findings))
            ok = false;
    return ok;
}

static bool require_scalar(const struct yaml *value, struct findings *findings)
{
    if (value->kind == YAML_SCALAR && *value->text)
        return true;
    finding(findings, FINDING_ERROR, value->place, "write the value on the key's line",
            "a value is required here");
    return false;
}

bool yaml_read_text(const struct yaml *value, void *member, const void *argument,
                    struct findings *findings)
{
    (void)argument;
    if (!require_scalar(value, findings))
        return false;
    *(const char **)member = value->text;
    return true;
}

bool yaml_read_choice(const struct yaml *value, void *member, const void *argument,
                      struct findings *findings)
{
    const char *const *names = argument;
    char *list, *remedy;

    if (!require_scalar(value, findings))
        return false;
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], value->text) == 0) {
            *(int *)member = i;
            return true;
        }
    list = yaml_names(names);
    remedy = mem_printf("write one of %s", list);
    finding(findings, FINDING_ERROR, value->place, remedy, "unknown value \"%s\"", value->text);
    free(remedy);
    free(list);
    return false;
}

bool yaml_read_bool(const struct yaml *value, void *member, const void *argument,
                    struct findings *findings)
{
    static const char *const names[] = {"false", "true", NULL};
    int choice;

    (void)argument;
    if (!yaml_read_choice(value, &choice, names, findings))
        return false;
    *(bool *)member = choice;
    return true;
}

bool yaml_read_date(const struct yaml *value, void *member, const void *argument,
                    struct findings *findings)
{
    (void)argument;
    if (!require_scalar(value, findings))
        return false;
    if (date_parse(str_of(value->text), member))
        return true;
    finding(findings, FINDING_ERROR, value->place, "write a day as YYYY-MM-DD",
            "\"%s\" is not a day", value->text);
    return false;
}

bool yaml_read_number(const struct yaml *value, void *member, const void *argument,
                      struct findings *findings)
{
    const int max = *(const int *)argument;
    int number = 0;
    const char *digit;
    char *remedy;

    if (!require_scalar(value, findings))
        return false;
    for (digit = value->text; *digit >= '0' && *digit <= '9' && number <= max; digit++)
        number = number * 10 + (*digit - '0');
    if (digit > value->text && !*digit && number <= max) {
        *(int *)member = number;
        return true;
    }
    remedy = mem_printf("write a whole number from 0 to %d", max);
    finding(findings, FINDING_ERROR, value->place, remedy, "\"%s\" is not a valid number here",
            value->text);
    free(remedy);
    return false;
}

bool yaml_read_term(const struct yaml *value, void *member, const void *argument,
                    struct findings *findings)
{
    const struct yaml_term_kind *kind = argument;

    if (!require_scalar(value, findings))
        return false;
    *(const char **)member = value->text;
    if (kind->is_one(value->text))
        return true;
    finding(findings, FINDING_ERROR, value->place, kind->remedy, "\"%s\" is not %s", value->text,
            kind->what);
    return false;
}

static bool add_term(struct yaml_terms *terms, const struct yaml *value,
                     const struct yaml_term_kind *kind, struct findings *findings)
{
    const char *term;

    if (!yaml_read_term(value, &term, kind, findings))
        return false;
    for (size_t i = 0; i < terms->count; i++)
        if (strcmp(terms->term[i], term) == 0) {
            finding(findings, FINDING_ERROR, value->place, "name it once", "\"%s\" is listed twice",
                    term);
            return false;
        }
    terms->term = mem_grow(terms->term, terms->count, sizeof *terms->term);
    terms->term[terms->count++] = term;
    return true;
}

bool yaml_read_terms(const struct yaml *value, void *member, const void *argument,
                     struct findings *findings)
{
    struct yaml_terms *terms = member;
    const struct yaml_term_kind *kind = argument;
    bool ok = true;

    if (value->kind != YAML_LIST)
        return add_term(terms, value, kind, findings);
    if (!value->count)
        finding(findings, FINDING_ERROR, value->place, "name at least one, or leave the key out",
                "the list is empty");
    for (size_t i = 0; i < value->count; i++)
        ok &= add_term(terms, value->item[i], kind, findings);
    return ok && value->count;
}

bool yaml_read_node(const struct yaml *value, void *member, const void *argument,
                    struct findings *findings)
{
    enum yaml_kind kind = *(const enum yaml_kind *)argument;

    if (value->kind != kind) {
        finding(findings, FINDING_ERROR, value->place,
                kind == YAML_LIST ? "write [one, two], or lines that begin with -"
                                  : "write key: value lines, each indented below this key",
                "%s is required here", kind == YAML_LIST ? "a list" : "a map of key: value lines");
        return false;
    }
    *(const struct yaml **)member = value;
    return true;
}
