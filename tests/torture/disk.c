#include "disk.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

enum { SECTOR = 512, NAMES = 64 };

struct call {
    enum disk_call call;
    char *name, *other; /* other: the new name */
    int64_t offset;     /* or the new size */
    char *bytes;
    size_t len;
};

static struct {
    const char *folder; /* NULL: nothing is recorded */
    struct call *calls;
    size_t count;
} record;

/* Recording */

void disk_watch(const char *folder)
{
    for (size_t i = 0; i < record.count; i++) {
        free(record.calls[i].name);
        free(record.calls[i].other);
        free(record.calls[i].bytes);
    }
    record.count = 0;
    record.folder = folder;
}

void disk_unwatch(void)
{
    record.folder = NULL;
}

size_t disk_calls(void)
{
    return record.count;
}

static bool is_memory(const char *name)
{
    size_t len = strlen(name);

    return len > 4 && strcmp(name + len - 4, "-shm") == 0; /* SQLite's, and no file to it */
}

const char *disk_name(const char *path)
{
    size_t len = record.folder ? strlen(record.folder) : 0;

    if (!len || strncmp(path, record.folder, len) != 0)
        return NULL;
    if (!path[len] || strcmp(path + len, "/") == 0)
        return ".";
    if (path[len] != '/' || strchr(path + len + 1, ' ') || is_memory(path))
        return NULL; /* " (deleted)" */
    return path + len + 1;
}

const char *disk_name_of(int descriptor)
{
    static char path[PATH_MAX];
    char link[32];
    ssize_t len;

    if (!record.folder)
        return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    len = readlink(link, path, sizeof path - 1);
    if (len < 0)
        return NULL;
    path[len] = '\0';
    return disk_name(path);
}

void disk_record(enum disk_call call, const char *name, const char *other, int64_t offset,
                 const void *bytes, size_t len)
{
    record.calls = mem_grow(record.calls, record.count, sizeof *record.calls);
    record.calls[record.count++] = (struct call){.call = call,
                                                 .name = mem_dups(name),
                                                 .other = other ? mem_dups(other) : NULL,
                                                 .offset = offset,
                                                 .bytes = len ? mem_dup(bytes, len) : NULL,
                                                 .len = len};
}

/* Replaying.  A file is what was flushed of it, and the calls since. */

struct file {
    char *flushed;
    size_t size;
    const struct call **since;
    size_t since_count;
};

struct directory {
    struct entry {
        char *name; /* NULL: none */
        struct file *file;
    } entries[NAMES];
};

static struct {
    enum disk_flushes flushes;
    size_t next;
    struct directory flushed, live;
    struct name_change {
        const struct call *call;
        struct file *made; /* by DISK_CREATE */
    } * since;             /* since the directory was flushed */
    size_t since_count;
} state;

static struct entry *find(struct directory *directory, const char *name)
{
    for (size_t i = 0; i < NAMES; i++)
        if (directory->entries[i].name && strcmp(directory->entries[i].name, name) == 0)
            return &directory->entries[i];
    return NULL;
}

static void bind(struct directory *directory, const char *name, struct file *file)
{
    struct entry *entry = find(directory, name);

    for (size_t i = 0; !entry && i < NAMES; i++)
        if (!directory->entries[i].name)
            entry = &directory->entries[i];
    if (!entry)
        abort();
    if (!entry->name)
        entry->name = mem_dups(name);
    entry->file = file;
}

static struct file *unbind(struct directory *directory, const char *name)
{
    struct entry *entry = find(directory, name);
    struct file *file = entry ? entry->file : NULL;

    if (entry) {
        free(entry->name);
        *entry = (struct entry){0};
    }
    return file;
}

/* Files are few and live as long as the program: none is freed. */
static void change_names(struct directory *directory, const struct name_change *change)
{
    const struct call *call = change->call;

    if (call->call == DISK_CREATE)
        bind(directory, call->name, change->made);
    else if (call->call == DISK_UNLINK)
        unbind(directory, call->name);
    else if (call->call == DISK_RENAME)
        bind(directory, call->other, unbind(directory, call->name));
}

static void put(char **bytes, size_t *size, size_t offset, const char *from, size_t len)
{
    if (offset + len > *size) {
        *bytes = realloc(*bytes, offset + len);
        if (!*bytes)
            abort();
        memset(*bytes + *size, 0, offset + len - *size);
        *size = offset + len;
    }
    memcpy(*bytes + offset, from, len);
}

static void resize(char **bytes, size_t *size, size_t wanted)
{
    if (wanted > *size)
        put(bytes, size, wanted - 1, "", 1);
    *size = wanted;
}

static void apply(char **bytes, size_t *size, const struct call *call)
{
    if (call->call == DISK_WRITE)
        put(bytes, size, (size_t)call->offset, call->bytes, call->len);
    else
        resize(bytes, size, (size_t)call->offset);
}

static bool is_ignored(const char *name)
{
    size_t len = strlen(name);

    return state.flushes == DISK_IGNORES_ALL ||
           (state.flushes == DISK_IGNORES_WAL && len > 4 && strcmp(name + len - 4, "-wal") == 0);
}

static void flush_names(void)
{
    for (size_t i = 0; i < NAMES; i++) {
        struct entry *entry = &state.flushed.entries[i];

        free(entry->name);
        *entry = state.live.entries[i];
        entry->name = entry->name ? mem_dups(entry->name) : NULL;
    }
    state.since_count = 0;
}

static void flush_file(struct file *file)
{
    for (size_t i = 0; i < file->since_count; i++)
        apply(&file->flushed, &file->size, file->since[i]);
    file->since_count = 0;
}

static void step(const struct call *call)
{
    struct entry *entry = find(&state.live, call->name);

    if (call->call == DISK_FLUSH && is_ignored(call->name))
        return;
    if (call->call == DISK_FLUSH && strcmp(call->name, ".") == 0) {
        flush_names();
    } else if (call->call == DISK_FLUSH) {
        flush_file(entry->file);
    } else if (call->call == DISK_WRITE || call->call == DISK_TRUNCATE) {
        struct file *file = entry->file;

        file->since = mem_grow(file->since, file->since_count, sizeof *file->since);
        file->since[file->since_count++] = call;
    } else {
        struct name_change *change;

        state.since = mem_grow(state.since, state.since_count, sizeof *state.since);
        change = &state.since[state.since_count++];
        *change = (struct name_change){call, NULL};
        if (call->call == DISK_CREATE)
            change->made = mem_alloc(sizeof *change->made);
        change_names(&state.live, change);
    }
}

void disk_begin(enum disk_flushes flushes)
{
    memset(&state, 0, sizeof state);
    state.flushes = flushes;
}

void disk_replay(size_t calls)
{
    for (; state.next < calls; state.next++)
        step(&record.calls[state.next]);
}

/* Cutting */

uint64_t disk_random(uint64_t *random, uint64_t limit)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return (*random >> 11) % limit;
}

/* A write that was not flushed: all of it, nothing, or some of its sectors. */
static void tear(char **bytes, size_t *size, const struct call *call, uint64_t *random)
{
    uint64_t how = disk_random(random, 3);
    size_t end = (size_t)call->offset + call->len, at = (size_t)call->offset, to;

    if (how == 0)
        return;
    if (how == 1 || call->call != DISK_WRITE) {
        apply(bytes, size, call);
        return;
    }
    for (; at < end; at = to) {
        to = (at / SECTOR + 1) * SECTOR < end ? (at / SECTOR + 1) * SECTOR : end;
        if (disk_random(random, 2))
            put(bytes, size, at, call->bytes + (at - (size_t)call->offset), to - at);
    }
}

static void write_file(const char *folder, const char *name, const struct file *file,
                       uint64_t *random)
{
    char *path = mem_printf("%s/%s", folder, name);
    char *bytes = mem_dup(file->size ? file->flushed : "", file->size);
    size_t size = file->size;

    for (size_t i = 0; i < file->since_count; i++)
        tear(&bytes, &size, file->since[i], random);
    if (!file_create(path, (struct str){bytes, size}))
        abort();
    free(bytes);
    free(path);
}

void disk_cut(const char *folder, uint64_t *random)
{
    struct directory found = state.flushed;
    size_t kept = (size_t)disk_random(random, state.since_count + 1);

    for (size_t i = 0; i < NAMES; i++)
        found.entries[i].name = found.entries[i].name ? mem_dups(found.entries[i].name) : NULL;
    for (size_t i = 0; i < kept; i++)
        change_names(&found, &state.since[i]);
    for (size_t i = 0; i < NAMES; i++) {
        struct entry *entry = &found.entries[i];

        if (entry->name && entry->file)
            write_file(folder, entry->name, entry->file, random);
        free(entry->name);
    }
}
