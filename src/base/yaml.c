/* libyaml's events become a tree that remembers where each value stood, so that
 * a fault found much later still points at the line. */
#include "yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "characters.h"
#include "date.h"
#include "mem.h"
#include "utf8.h"

const enum yaml_kind yaml_list = YAML_LIST, yaml_map = YAML_MAP;

enum { MAX_DEPTH = 16 }; /* deeper than any setting; bounds the recursion */

struct reader {
    yaml_parser_t parser;
    struct place start;
    size_t first_line; /* that of start */
    struct findings *findings;
};

static struct place place_of(const struct reader *reader, yaml_mark_t mark)
{
    return place_at_line(reader->start.source, reader->first_line + mark.line, mark.column + 1);
}

static bool next(struct reader *reader, yaml_event_t *event)
{
    const yaml_parser_t *parser = &reader->parser;

    if (yaml_parser_parse(&reader->parser, event))
        return true;
    finding(reader->findings, FINDING_ERROR, place_of(reader, parser->problem_mark),
            "check the indentation, and quote values that hold : or #", "not YAML: %s",
            parser->problem ? parser->problem : "cannot be read");
    return false;
}

static struct yaml *node_new(const struct reader *reader, const yaml_event_t *event)
{
    struct yaml *node = mem_alloc(sizeof *node);

    node->place = place_of(reader, event->start_mark);
    node->kind = event->type == YAML_SEQUENCE_START_EVENT  ? YAML_LIST
                 : event->type == YAML_MAPPING_START_EVENT ? YAML_MAP
                                                           : YAML_SCALAR;
    return node;
}

static void node_add(struct yaml *node, struct yaml *key, struct yaml *item)
{
    if (node->kind == YAML_MAP)
        node->key = mem_grow(node->key, node->count, sizeof *node->key);
    node->item = mem_grow(node->item, node->count, sizeof *node->item);
    if (key)
        node->key[node->count] = key;
    node->item[node->count++] = item;
}

static bool plain(const struct reader *reader, const yaml_event_t *event)
{
    const char *what = NULL;

    switch (event->type) {
    case YAML_ALIAS_EVENT:
        what = "an alias";
        break;
    case YAML_SCALAR_EVENT:
        what = event->data.scalar.anchor ? "an anchor" : event->data.scalar.tag ? "a tag" : NULL;
        break;
    case YAML_SEQUENCE_START_EVENT:
        what = event->data.sequence_start.anchor ? "an anchor"
               : event->data.sequence_start.tag  ? "a tag"
                                                 : NULL;
        break;
    case YAML_MAPPING_START_EVENT:
        what = event->data.mapping_start.anchor ? "an anchor"
               : event->data.mapping_start.tag  ? "a tag"
                                                : NULL;
        break;
    default:
        break;
    }
    if (what)
        finding(reader->findings, FINDING_ERROR, place_of(reader, event->start_mark),
                "write the value out", "%s is not used in settings", what);
    return !what;
}

static bool key_is_new(const struct reader *reader, const struct yaml *map, const struct yaml *key)
{
    if (key->kind != YAML_SCALAR) {
        finding(reader->findings, FINDING_ERROR, key->place, "write key: value",
                "a key must be a word");
        return false;
    }
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->key[i]->text, key->text) == 0) {
            finding(reader->findings, FINDING_ERROR, key->place, "keep one of the two",
                    "key \"%s\" is here twice, first in line %zu", key->text,
                    place_line(map->key[i]->place));
            return false;
        }
    return true;
}

static struct yaml *read_value(struct reader *reader, yaml_event_t *event, int depth);

/* The children of a list or map, up to its end event; false after a finding. */
static bool read_children(struct reader *reader, struct yaml *node, int depth)
{
    yaml_event_t event;

    while (next(reader, &event)) {
        struct yaml *key = NULL, *item;

        if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            return true;
        }
        item = read_value(reader, &event, depth);
        if (item && node->kind == YAML_MAP) {
            key = item;
            item = key_is_new(reader, node, key) && next(reader, &event)
                       ? read_value(reader, &event, depth)
                       : NULL;
        }
        if (!item) {
            yaml_discard(key);
            return false;
        }
        node_add(node, key, item);
    }
    return false;
}

/* The text that a value was read from. */
static struct str spelling_of(const struct reader *reader, const yaml_event_t *event)
{
    const char *text = reader->start.source->text.data;
    size_t start = place_of(reader, event->start_mark).offset;

    return (struct str){text + start, place_of(reader, event->end_mark).offset - start};
}

/* An escape sequence may spell no character that the file itself may not hold; "\0" would cut the
 * value short. */
static bool escapes_fit(const struct reader *reader, const yaml_event_t *event)
{
    size_t errors = reader->findings->errors;
    struct str spelling, value, rest;

    if (event->type != YAML_SCALAR_EVENT ||
        event->data.scalar.style != YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        return true;
    spelling = spelling_of(reader, event);
    value = (struct str){(const char *)event->data.scalar.value, event->data.scalar.length};
    for (rest = value; rest.len;) {
        size_t at = value.len - rest.len;
        int32_t c = utf8_next(&rest);
        const struct character_fault *fault = character_fault(c, value, at);

        if (fault &&
            !memmem(spelling.data, spelling.len, value.data + at, value.len - rest.len - at))
            character_report(fault, c, place_of(reader, event->start_mark), FINDING_ERROR,
                             reader->findings);
    }
    return reader->findings->errors == errors;
}

/* Takes over the event. */
static struct yaml *read_value(struct reader *reader, yaml_event_t *event, int depth)
{
    struct yaml *node;
    bool ok = plain(reader, event) && escapes_fit(reader, event);

    if (ok && depth >= MAX_DEPTH) {
        finding(reader->findings, FINDING_ERROR, place_of(reader, event->start_mark),
                "settings need no such depth", "nested more than %d deep", MAX_DEPTH);
        ok = false;
    }
    if (!ok) {
        yaml_event_delete(event);
        return NULL;
    }
    node = node_new(reader, event);
    if (node->kind == YAML_SCALAR)
        node->text = mem_dup((const char *)event->data.scalar.value, event->data.scalar.length);
    yaml_event_delete(event);
    if (node->kind != YAML_SCALAR && !read_children(reader, node, depth + 1)) {
        yaml_discard(node);
        return NULL;
    }
    return node;
}

/* Takes one event of a kind that only opens or closes the stream or a document. */
static bool skip(struct reader *reader, yaml_event_type_t *type)
{
    yaml_event_t event;
    bool ok = next(reader, &event);

    if (!ok)
        return false;
    *type = event.type;
    if (*type == YAML_DOCUMENT_START_EVENT || *type == YAML_STREAM_END_EVENT ||
        *type == YAML_STREAM_START_EVENT || *type == YAML_DOCUMENT_END_EVENT) {
        yaml_event_delete(&event);
        return true;
    }
    yaml_event_delete(&event);
    return false;
}

static struct yaml *read_stream(struct reader *reader)
{
    yaml_event_type_t type;
    yaml_event_t event;
    struct yaml *root;

    if (!skip(reader, &type) || !skip(reader, &type))
        return NULL;
    if (type == YAML_STREAM_END_EVENT) {
        finding(reader->findings, FINDING_ERROR, reader->start, "write key: value lines",
                "there are no settings here");
        return NULL;
    }
    if (!next(reader, &event))
        return NULL;
    root = read_value(reader, &event, 0);
    if (!root)
        return NULL;
    if (!skip(reader, &type) || !skip(reader, &type)) {
        yaml_discard(root);
        return NULL;
    }
    if (type == YAML_STREAM_END_EVENT)
        return root;
    finding(reader->findings, FINDING_ERROR, place_of(reader, reader->parser.mark),
            "remove the second --- and what follows", "more than one YAML document");
    yaml_discard(root);
    return NULL;
}

struct yaml *yaml_parse(const struct source *source, size_t start, size_t end,
                        struct findings *findings)
{
    struct reader reader = {.start = {source, start}, .findings = findings};
    size_t errors = findings->errors;
    struct yaml *root;

    characters_check(source, start, end, FINDING_ERROR, findings);
    if (findings->errors != errors)
        return NULL;
    reader.first_line = place_line(reader.start);
    if (!yaml_parser_initialize(&reader.parser))
        mem_die(sizeof reader.parser);
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)source->text.data + start,
                                 end - start);
    root = read_stream(&reader);
    yaml_parser_delete(&reader.parser);
    return root;
}

void yaml_discard(struct yaml *yaml)
{
    if (!yaml)
        return;
    for (size_t i = 0; i < yaml->count; i++) {
        yaml_discard(yaml->item[i]);
        if (yaml->key)
            yaml_discard(yaml->key[i]);
    }
    free(yaml->item);
    free(yaml->key);
    free(yaml->text);
    free(yaml);
}

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
    finding(findings, FINDING_ERROR, value->place, remedy, "\"%s\" is not a number that fits here",
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

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->key[i]->text, key) == 0)
            return map->item[i];
    return NULL;
}

struct place yaml_place(const struct yaml *map, const char *key)
{
    const struct yaml *value = yaml_get(map, key);

    return value ? value->place : map->place;
}

char *yaml_names(const char *const *names)
{
    struct buf joined = BUF_INIT;

    for (size_t i = 0; names[i]; i++)
        buf_addf(&joined, "%s%s", i ? ", " : "", names[i]);
    return buf_detach(&joined);
}
