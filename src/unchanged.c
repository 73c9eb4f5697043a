#include "unchanged.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "edition/inputs.h"
#include "language/zone.h"
#include "publish/build_record.h"

static struct date day_of(const struct edition_options *options, const char *zone)
{
    return *options->day.iso ? options->day : zone_today(zone);
}

/* What a record says beside its fingerprints. */
static char *summary_text(const struct edition *edition, const struct build_summary *summary)
{
    json_t *json = json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:s?}", "zone",
                             edition->site.time_zone, "base_url", summary->base_url, "documents",
                             (json_int_t)summary->documents, "languages",
                             (json_int_t)summary->languages, "files", (json_int_t)summary->files,
                             "foreign", (json_int_t)summary->foreign.count, "some",
                             summary->foreign.some);
    char *text = json_dumps(json, JSON_COMPACT);

    json_decref(json);
    return text;
}

static size_t number(const json_t *json, const char *key)
{
    return (size_t)json_integer_value(json_object_get(json, key));
}

static void fill_summary(struct build_summary *summary, const json_t *json, struct date day)
{
    const char *url = json_string_value(json_object_get(json, "base_url"));
    const char *some = json_string_value(json_object_get(json, "some"));

    *summary = (struct build_summary){.day = day,
                                      .documents = number(json, "documents"),
                                      .languages = number(json, "languages"),
                                      .files = number(json, "files"),
                                      .kept = number(json, "files")};
    summary->foreign = (struct foreign){number(json, "foreign"), some ? mem_dups(some) : NULL};
    snprintf(summary->base_url, sizeof summary->base_url, "%s", url ? url : "");
}

/* A build that was killed has left a stage, which the next one removes. */
static bool is_untouched(const struct build_record *record, const char *output)
{
    char *stage = mem_printf("%s.stage", output);
    bool clean = !file_exists(stage);

    free(stage);
    return clean && build_record_holds(record, output);
}

static bool is_same(const struct build_record *record, const struct edition_options *options,
                    const char *files, const char *zone, struct date *day)
{
    char key[HASH_HEX + 1];

    if (!zone || !zone_known(zone))
        return false;
    *day = day_of(options, zone);
    inputs_key(files, options, zone, *day, key);
    return strcmp(key, record->inputs) == 0;
}

bool unchanged(const struct edition_options *options, const char *files, const char *output,
               struct build_summary *summary)
{
    struct build_record record;
    struct date day;
    json_t *json = NULL;
    bool same;

    same = build_record_read(&record, output) && (json = json_loads(record.text, 0, NULL)) &&
           is_same(&record, options, files, json_string_value(json_object_get(json, "zone")),
                   &day) &&
           is_untouched(&record, output);
    if (same)
        fill_summary(summary, json, day);
    json_decref(json);
    build_record_release(&record);
    return same;
}

/* At midnight the day may have become another one since the edition was read.  A preview of drafts
 * is of another day than today. */
static bool is_repeatable(const struct edition_options *options, const struct edition *edition,
                          const struct findings *findings)
{
    return !findings->errors && !findings->warnings && !findings->muted &&
           strcmp(day_of(options, edition->site.time_zone).iso, edition->day.iso) == 0;
}

void unchanged_note(const struct edition_options *options, const char *files,
                    const struct emission *emission, const char *output,
                    const struct build_summary *summary)
{
    const struct edition *edition = emission->edition;
    char key[HASH_HEX + 1] = "", *text = summary_text(edition, summary);
    char *parts = json_dumps(emission->parts, JSON_COMPACT);

    if (is_repeatable(options, edition, emission->findings))
        inputs_key(files, options, edition->site.time_zone, edition->day, key);
    build_record_write(output, key, text, parts);
    free(parts);
    free(text);
}
