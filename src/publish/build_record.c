#include "build_record.h"

#include <fts.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

static const char heading[] = "teade record 2\n";

/* The lines: a fingerprint of those behind it, that of the inputs, that of the files, the text, the
 * parts. */
enum { SUM, INPUTS, FILES, TEXT, PARTS, LINES };

static char *path_of(const char *output)
{
    return mem_printf("%s.cache/record", output);
}

static void sum_of(struct str text, char hex[HASH_HEX + 1])
{
    struct fingerprint *print = fingerprint_new();

    fingerprint_add(print, text);
    fingerprint_end(print, hex);
}

/* Takes a line off the front; false at the end. */
static bool take_line(struct str *rest, struct str *line)
{
    const char *end = memchr(rest->data, '\n', rest->len);

    if (!end)
        return false;
    *line = (struct str){rest->data, (size_t)(end - rest->data)};
    *rest = (struct str){end + 1, rest->len - line->len - 1};
    return true;
}

static bool parse(struct build_record *record, struct str rest)
{
    struct str lines[LINES];
    char sum[HASH_HEX + 1];

    if (rest.len < strlen(heading) || memcmp(rest.data, heading, strlen(heading)) != 0)
        return false;
    rest = (struct str){rest.data + strlen(heading), rest.len - strlen(heading)};
    if (!take_line(&rest, &lines[SUM]))
        return false;
    sum_of(rest, sum);
    if (!str_is(lines[SUM], sum))
        return false;
    for (size_t i = INPUTS; i < LINES; i++)
        if (!take_line(&rest, &lines[i]))
            return false;
    snprintf(record->inputs, sizeof record->inputs, "%.*s", (int)lines[INPUTS].len,
             lines[INPUTS].data);
    snprintf(record->files, sizeof record->files, "%.*s", (int)lines[FILES].len, lines[FILES].data);
    record->text = mem_dup(lines[TEXT].data, lines[TEXT].len);
    record->parts = mem_dup(lines[PARTS].data, lines[PARTS].len);
    return true;
}

bool build_record_read(struct build_record *record, const char *output)
{
    char *path = path_of(output);
    struct buf text = BUF_INIT;
    bool ok;

    *record = (struct build_record){.text = NULL};
    ok = file_read(path, &text) && parse(record, buf_str(&text));
    buf_release(&text);
    free(path);
    return ok;
}

void build_record_release(struct build_record *record)
{
    free(record->text);
    free(record->parts);
    *record = (struct build_record){.text = NULL};
}

static void add_entry(struct fingerprint *print, const FTSENT *entry)
{
    const struct stat *status = entry->fts_statp;

    if (entry->fts_info == FTS_D)
        fingerprint_addf(print, "%s/ %o", entry->fts_path, (unsigned)status->st_mode);
    else if (entry->fts_info == FTS_F || entry->fts_info == FTS_SL ||
             entry->fts_info == FTS_DEFAULT)
        fingerprint_addf(print, "%s %ju %jd %jd.%ld %jd.%ld", entry->fts_path,
                         (uintmax_t)status->st_ino, (intmax_t)status->st_size,
                         (intmax_t)status->st_mtim.tv_sec, status->st_mtim.tv_nsec,
                         (intmax_t)status->st_ctim.tv_sec, status->st_ctim.tv_nsec);
    else if (entry->fts_info != FTS_DP)
        fingerprint_addf(print, "%s error %d", entry->fts_path, entry->fts_errno);
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* The fingerprint of the files in the two halves of a site, and of their times. */
static void files_of(const char *output, char hex[HASH_HEX + 1])
{
    char *private = mem_printf("%s/private", output), *public = mem_printf("%s/public", output);
    char *const halves[] = {private, public, NULL};
    FTS *walk = fts_open(halves, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    struct fingerprint *print = fingerprint_new();
    FTSENT *entry;

    while (walk && (entry = fts_read(walk)))
        add_entry(print, entry);
    fingerprint_end(print, hex);
    if (walk)
        fts_close(walk);
    free(private);
    free(public);
}

bool build_record_holds(const struct build_record *record, const char *output)
{
    char files[HASH_HEX + 1];

    files_of(output, files);
    return strcmp(files, record->files) == 0;
}

/* Until the clock that dates files advances: what is changed later gets another time. */
static void wait_for_clock(void)
{
    const struct timespec moment = {.tv_nsec = 500000};
    struct timespec start, now;

    clock_gettime(CLOCK_REALTIME_COARSE, &start);
    do {
        nanosleep(&moment, NULL);
        clock_gettime(CLOCK_REALTIME_COARSE, &now);
    } while (now.tv_sec == start.tv_sec && now.tv_nsec == start.tv_nsec);
}

static bool write_file(const char *path, struct str content)
{
    char *fresh = mem_printf("%s.new", path);
    bool ok;

    unlink(fresh); /* of a run that was killed */
    ok = file_create(fresh, content) && rename(fresh, path) == 0;
    free(fresh);
    return ok;
}

void build_record_write(const char *output, const char *inputs, const char *text, const char *parts)
{
    char files[HASH_HEX + 1], sum[HASH_HEX + 1], *path = path_of(output);
    struct buf lines = BUF_INIT, whole = BUF_INIT;

    files_of(output, files);
    buf_addf(&lines, "%s\n%s\n%s\n%s\n", inputs, files, text, parts);
    sum_of(buf_str(&lines), sum);
    buf_addf(&whole, "%s%s\n%s", heading, sum, lines.data);
    if (write_file(path, buf_str(&whole)))
        wait_for_clock();
    buf_release(&whole);
    buf_release(&lines);
    free(path);
}
