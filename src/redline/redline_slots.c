#include "redline_slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* A language that sets laws side by side when they change (新旧対照表). */
static bool wants_table(const char *language)
{
    return strncmp(language, "ja", 2) == 0 && (!language[2] || language[2] == '-');
}

static json_t *row_slots(const struct redline_row *row)
{
    return json_pack("{s:s, s:s, s:s, s:b}", "heading", row->heading, "before", row->before,
                     "after", row->after, "moved", row->moved);
}

static json_t *change_slots(const struct redline_change *change, size_t number)
{
    static const char *const kinds[] = {
        [CHANGE_WORDS] = "changed",
        [CHANGE_ADDED] = "added",
        [CHANGE_REMOVED] = "removed",
        [CHANGE_MOVED_HERE] = "moved_here",
        [CHANGE_MOVED_AND_CHANGED] = "moved_and_changed",
        [CHANGE_MOVED_AWAY] = "moved_away",
        [CHANGE_SPLIT] = "split",
        [CHANGE_JOINED] = "joined",
        [CHANGE_LEVEL] = "level",
        [CHANGE_NUMBER] = "number",
        [CHANGE_LINK] = "link",
        [CHANGE_RULE] = "rule",
    };
    json_t *slots = json_pack("{s:s, s:s}", "heading", change->heading, "words", change->words);
    char *id = mem_printf("change-%zu", number);

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        json_object_set_new(slots, kinds[k], json_boolean(k == change->kind));
    json_object_set_new(slots, "id", json_string(id));
    free(id);
    return slots;
}

static void slot_numbers(json_t *slots, const struct redline *redline)
{
    const struct {
        const char *name;
        size_t number;
    } numbers[] = {
        {"words_added", redline->words_added},       {"words_removed", redline->words_removed},
        {"blocks_changed", redline->blocks_changed}, {"blocks_added", redline->blocks_added},
        {"blocks_removed", redline->blocks_removed}, {"blocks_moved", redline->blocks_moved},
    };

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        json_object_set_new(slots, numbers[i].name, json_integer((json_int_t)numbers[i].number));
}

void slot_redline(json_t *slots, const struct redline *redline, const char *language)
{
    json_t *rows = json_array(), *changes = json_array();

    slot_numbers(slots, redline);
    for (size_t i = 0; wants_table(language) && i < redline->row_count; i++)
        json_array_append_new(rows, row_slots(&redline->rows[i]));
    for (size_t i = 0; i < redline->change_count; i++)
        json_array_append_new(changes, change_slots(&redline->changes[i], i + 1));
    json_object_set_new(slots, "same", json_boolean(redline->change_count == 0));
    json_object_set_new(slots, "has_rows", json_boolean(json_array_size(rows) > 0));
    json_object_set_new(slots, "rows", rows);
    json_object_set_new(slots, "changes", changes);
    json_object_set_new(slots, "redline", json_string(redline->html.data));
}
