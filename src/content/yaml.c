/* Builds a tree from libyaml's events.  Each value keeps its place, so that a fault that is found
 * much later is reported with its line. */
#include "yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/characters.h"
#include "base/mem.h"
#include "base/utf8.h"

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
            "check the indentation, and quote values that contain : or #", "not YAML: %s",
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
                "write the value out", "settings cannot have %s", what);
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
                    "key \"%s\" is written twice, first in line %zu", key->text,
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

/* An escape sequence must not spell a character that the file itself must not contain; "\0" would
 * cut the value short. */
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
                "use fewer levels", "nested more than %d deep", MAX_DEPTH);
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
