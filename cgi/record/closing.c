#include "closing.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "base/mem.h"

const char *const closing_reasons[] = {"erasure", "retention"};

void closing_add(struct closing *closing, int64_t place)
{
    struct closing_run *last = closing->run_count ? &closing->runs[closing->run_count - 1] : NULL;

    assert(!last || place > last->last);
    if (place < 0)
        return;
    if (last && place == last->last + 1) {
        last->last = place;
        return;
    }
    closing->runs = mem_grow(closing->runs, closing->run_count, sizeof *closing->runs);
    closing->runs[closing->run_count++] = (struct closing_run){place, place};
}

static void add_runs(const struct closing *closing, struct buf *out)
{
    canonical_name(out, "closed");
    buf_addc(out, '[');
    for (size_t i = 0; i < closing->run_count; i++) {
        canonical_next(out);
        buf_addf(out, "[%lld,%lld]", (long long)closing->runs[i].first,
                 (long long)closing->runs[i].last);
    }
    buf_addc(out, ']');
}

void closing_canonical(const struct closing *closing, struct buf *out)
{
    char time[INSTANT_SIZE];

    assert(instant_is_valid(closing->time));
    instant_write(closing->time, time);
    buf_addc(out, '{');
    add_runs(closing, out);
    canonical_text(out, "event_time", time);
    canonical_text(out, "event_type", closing_reasons[closing->reason]);
    canonical_text(out, "schema_version", CLOSING_VERSION);
    buf_addc(out, '}');
}

static bool read_reason(const char *name, enum closing_reason *reason)
{
    for (int i = 0; i < CLOSING_REASONS; i++)
        if (strcmp(closing_reasons[i], name) == 0) {
            *reason = (enum closing_reason)i;
            return true;
        }
    return false;
}

static bool read_run(json_t *json, struct closing *closing)
{
    json_int_t first, last;
    int64_t free_from = closing->run_count ? closing->runs[closing->run_count - 1].last + 2 : 0;

    if (json_unpack_ex(json, NULL, JSON_STRICT, "[I, I]", &first, &last) != 0 ||
        first < free_from || last < first || last == INT64_MAX)
        return false;
    closing->runs = mem_grow(closing->runs, closing->run_count, sizeof *closing->runs);
    closing->runs[closing->run_count++] = (struct closing_run){first, last};
    return true;
}

static bool read_runs(json_t *runs, struct closing *closing)
{
    json_t *run;
    size_t i;

    if (!json_is_array(runs) || json_array_size(runs) == 0)
        return false;
    json_array_foreach(runs, i, run)
    {
        if (!read_run(run, closing))
            return false;
    }
    return true;
}

static bool is_written_so(const struct closing *closing, struct str canonical)
{
    struct buf again = BUF_INIT;
    bool same;

    closing_canonical(closing, &again);
    same = str_equal(buf_str(&again), canonical);
    buf_release(&again);
    return same;
}

bool closing_parse(struct closing *closing, struct str canonical)
{
    json_t *json = json_loadb(canonical.data, canonical.len, JSON_REJECT_DUPLICATES, NULL), *runs;
    const char *time, *type, *version;
    bool ok;

    *closing = (struct closing){0};
    ok =
        json &&
        json_unpack_ex(json, NULL, JSON_STRICT, "{s:o, s:s, s:s, s:s}", "closed", &runs,
                       "event_time", &time, "event_type", &type, "schema_version", &version) == 0 &&
        strcmp(version, CLOSING_VERSION) == 0 && instant_read(str_of(time), &closing->time) &&
        read_reason(type, &closing->reason) && read_runs(runs, closing) &&
        is_written_so(closing, canonical);
    json_decref(json);
    return ok;
}

void closing_release(struct closing *closing)
{
    free(closing->runs);
    *closing = (struct closing){0};
}
