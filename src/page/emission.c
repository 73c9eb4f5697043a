#include "emission.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "publish/pack.h"

/* A packed copy of a file that is as it was is as it was too. */
static bool emit_packed(struct emission *emission, const char *path, const char *ending,
                        void (*pack)(struct str, struct buf *), struct str content, bool kept)
{
    char *packed_path = mem_printf("%s%s", path, ending);
    struct buf packed = BUF_INIT;
    bool ok = kept && publish_keep(emission->publish, packed_path);

    if (!ok) {
        pack(content, &packed);
        ok = publish_file(emission->publish, packed_path, buf_str(&packed));
    }
    buf_release(&packed);
    free(packed_path);
    return ok;
}

bool emission_file(struct emission *emission, const char *path, struct str content)
{
    size_t kept;

    if (!emission->publish)
        return true;
    kept = emission->publish->kept;
    if (!publish_file(emission->publish, path, content))
        return false;
    kept = emission->publish->kept - kept;
    return !emission->packs || strncmp(path, "public/", 7) != 0 || !pack_is_worth_it(path) ||
           (emit_packed(emission, path, ".gz", pack_gzip, content, kept) &&
            emit_packed(emission, path, ".br", pack_brotli, content, kept));
}

static bool emit_asset(struct emission *emission, const char *directory, const char *name)
{
    char *path = mem_printf("%s/assets/%s", directory, name);
    const char *dot = strrchr(name, '.');
    size_t stem = dot ? (size_t)(dot - name) : strlen(name);
    char hex[HASH_HEX + 1], *slot = mem_dup(name, stem), *target;
    struct source source;
    bool ok = source_read(&source, path, emission->findings);

    if (ok) {
        hash_hex(buf_str(&source.text), hex);
        target = mem_printf("public/assets/%s.%.12s%s", slot, hex, dot ? dot : "");
        json_object_set_new(emission->assets, slot, json_string(target + strlen("public")));
        ok = emission_file(emission, target, buf_str(&source.text));
        free(target);
    }
    source_release(&source);
    free(slot);
    free(path);
    return ok;
}

bool emission_assets(struct emission *emission, const char *templates_directory)
{
    char *folder = mem_printf("%s/assets", templates_directory);
    struct names names;
    struct source source = {.path = folder};
    bool ok = directory_list(folder, &names);

    if (!ok)
        finding_error(emission->findings, EX_NOINPUT, (struct place){&source, PLACE_FILE},
                      "name the folder of templates with --templates", "cannot read: %s",
                      strerror(errno));
    for (size_t i = 0; i < names.count && ok; i++)
        ok = emit_asset(emission, templates_directory, names.name[i]);
    names_release(&names);
    free(folder);
    return ok;
}

void emission_release(struct emission *emission)
{
    json_decref(emission->parts);
    json_decref(emission->shared_keys);
    json_decref(emission->shared);
    json_decref(emission->assets);
}
