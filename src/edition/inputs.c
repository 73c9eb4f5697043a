#include "inputs.h"

#include <link.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "catalog/interface.h"
#include "language/zone.h"

enum { DEPTH_MAX = 32 }; /* of folders: a link may lead back up */

static void add_file(struct fingerprint *print, const char *path)
{
    struct buf content = BUF_INIT;

    if (file_read(path, &content))
        fingerprint_add(print, buf_str(&content));
    else
        fingerprint_addf(print, "unreadable");
    buf_release(&content);
}

/* A file, or a folder with all it holds but names that begin with a dot, which are never read.
 * What cannot be read is a part as well: that it cannot. */
static void add_any(struct fingerprint *print, const char *path, int depth)
{
    struct stat status;
    struct names names;

    if (depth == DEPTH_MAX || stat(path, &status) != 0 || !S_ISDIR(status.st_mode) ||
        !directory_list(path, &names)) {
        add_file(print, path);
        return;
    }
    fingerprint_addf(print, "folder of %zu", names.count);
    for (size_t i = 0; i < names.count; i++) {
        char *below = mem_printf("%s/%s", path, names.name[i]);

        fingerprint_add(print, str_of(names.name[i]));
        add_any(print, below, depth + 1);
        free(below);
    }
    names_release(&names);
}

/* The catalogues that came with the templates, unless they are the site's own. */
static void add_interface(struct fingerprint *print, const struct edition_options *options)
{
    char *folder = beside_templates(options->templates, "locale");

    if (strcmp(folder, options->locale) != 0)
        add_any(print, folder, 0);
    free(folder);
}

/* The program is the files that it and its libraries are loaded from, as the file system dates
 * them. */
static int add_object(struct dl_phdr_info *object, size_t size, void *context)
{
    const char *path = *object->dlpi_name ? object->dlpi_name : "/proc/self/exe";
    struct stat status;

    (void)size;
    if (stat(path, &status) == 0) /* the kernel's own object has no file */
        fingerprint_addf(context, "%s %ju %ju %jd %jd.%ld", path, (uintmax_t)status.st_dev,
                         (uintmax_t)status.st_ino, (intmax_t)status.st_size,
                         (intmax_t)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    return 0;
}

void inputs_files(const struct edition_options *options, char files[HASH_HEX + 1])
{
    struct fingerprint *print = fingerprint_new();

    add_any(print, options->content, 0);
    add_any(print, options->locale, 0);
    add_any(print, options->templates, 0);
    add_interface(print, options);
    fingerprint_end(print, files);
}

void inputs_look(const struct edition_options *options, char look[HASH_HEX + 1])
{
    struct fingerprint *print = fingerprint_new();
    struct names languages;

    dl_iterate_phdr(add_object, print);
    add_any(print, options->templates, 0);
    add_interface(print, options);
    if (!directory_list(options->locale, &languages))
        fingerprint_addf(print, "no languages");
    for (size_t i = 0; i < languages.count; i++) {
        char *path = mem_printf("%s/%s/LC_MESSAGES/site.po", options->locale, languages.name[i]);

        fingerprint_add(print, str_of(languages.name[i]));
        add_any(print, path, 0);
        free(path);
    }
    names_release(&languages);
    fingerprint_end(print, look);
}

static void add_zone(struct fingerprint *print, const char *zone)
{
    struct buf rules = BUF_INIT;

    zone_rules(zone, &rules);
    fingerprint_add(print, str_of(zone));
    fingerprint_add(print, buf_str(&rules));
    buf_release(&rules);
}

void inputs_key(const char *files, const struct edition_options *options, const char *zone,
                struct date day, char key[HASH_HEX + 1])
{
    struct fingerprint *print = fingerprint_new();

    dl_iterate_phdr(add_object, print);
    fingerprint_add(print, str_of(files));
    fingerprint_addf(print, "%d %d %d %d %s", options->allow_untranslated, options->draft,
                     options->unpacked, (int)options->frozen,
                     options->base_url ? options->base_url : "");
    fingerprint_add(print, str_of(day.iso));
    add_zone(print, zone);
    fingerprint_end(print, key);
}
