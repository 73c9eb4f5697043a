/* Which pages there are. */
#include "pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "content/site_page.h"
#include "jobs/jobs.h"
#include "page.h"
#include "part_key.h"

static bool emit_site_page(struct emission *emission, size_t language, const struct site_page *page)
{
    char *tail = site_page_tail(page);
    json_t *slots = page_slots(emission, language, tail);
    bool ok;

    slot_text(slots, "log", mem_printf("%s/choices/log", emission->edition->base_url));
    json_object_set_new(slots, "controllers", text_controllers(&emission->edition->site));
    ok = page_emit(emission, language, page->template, slots, tail);
    free(tail);
    return ok;
}

static bool emit_site_pages(struct emission *emission, size_t language)
{
    bool ok = true;

    for (size_t i = 0; i < site_page_count && ok; i++)
        if (site_pages[i].template)
            ok = emit_site_page(emission, language, &site_pages[i]);
    return ok;
}

static bool emit_errors(struct emission *emission, size_t language)
{
    static const struct {
        const char *file, *slot;
    } kinds[] = {
        {"400", "bad_request"}, {"404", "not_found"},   {"413", "too_large"},
        {"429", "too_many"},    {"50x", "unavailable"},
    };
    enum { COUNT = sizeof kinds / sizeof *kinds };
    bool ok = true;

    for (size_t i = 0; i < COUNT && ok; i++) {
        char *tail = mem_printf("errors/%s.html", kinds[i].file);
        json_t *slots = page_slots(emission, language, tail);

        for (size_t k = 0; k < COUNT; k++)
            json_object_set_new(slots, kinds[k].slot, json_boolean(k == i));
        json_object_set_new(slots, "noindex", json_true());
        ok = page_emit(emission, language, "error.html", slots, tail);
        free(tail);
    }
    return ok;
}

static bool emit_choices(struct emission *emission, size_t language)
{
    static const char *const names[] = {"choices.html", "erase.html", "problem.html",
                                        "receipt.html"};
    const char *tag = emission->edition->site.languages[language];
    bool ok = true;

    for (size_t i = 0; i < sizeof names / sizeof *names && ok; i++) {
        char *template = mem_printf("choices/%s", names[i]);
        char *path = mem_printf("private/pages/%s/%s", tag, names[i]);
        json_t *slots = page_slots(emission, language, "choices/");

        json_object_set_new(slots, "noindex", json_true());
        json_object_set_new(slots, "controllers", text_controllers(&emission->edition->site));
        if (strcmp(names[i], "receipt.html") == 0)
            json_object_set_new(slots, "below", json_string("receipts/{{id}}"));
        slot_text(slots, "action", page_path(tag, "choices/record"));
        slot_text(slots, "withdraw_action", page_path(tag, "choices/withdraw"));
        slot_text(slots, "erase_action", page_path(tag, "choices/erase"));
        ok = page_emit_at(emission, language, template, slots, path);
        free(path);
        free(template);
    }
    return ok;
}

bool page_emit_all(struct emission *emission, size_t language)
{
    static bool (*const emitters[])(struct emission *, size_t) = {emit_site_pages, page_feeds,
                                                                  emit_errors, emit_choices};

    for (size_t i = 0; i < sizeof emitters / sizeof *emitters; i++)
        if (!emitters[i](emission, language))
            return false;
    return true;
}

/* The pages of a document in a language are a part of the work (jobs.h): what each part counts and
 * finds is its own until all are done. */
struct rendering {
    const struct emission *emission;
    struct publish *parts; /* or NULL: nothing is written */
};

static bool emit_part(void *context, size_t index, struct findings *findings)
{
    const struct rendering *rendering = context;
    size_t languages = rendering->emission->edition->site.language_count;
    size_t d = index / languages, language = index % languages;
    struct emission emission = *rendering->emission;

    emission.findings = findings;
    if (rendering->parts) {
        char key[HASH_HEX + 1];

        part_key(&emission, d, language, key);
        emission.publish = &rendering->parts[index];
        *emission.publish = publish_part(rendering->emission->publish, key, findings);
        if (publish_keep_part(emission.publish))
            return true;
    }
    return page_texts(&emission, d, language) && page_history(&emission, d, language) &&
           page_changes(&emission, d, language) && page_abouts(&emission, d, language);
}

bool page_emit_documents(struct emission *emission)
{
    const struct site *site = &emission->edition->site;
    size_t count = site->document_count * site->language_count;
    struct rendering rendering = {.emission = emission};
    bool ok;

    if (emission->publish)
        rendering.parts = mem_alloc((count + 1) * sizeof *rendering.parts);
    ok = jobs_run(emission->jobs, count, emit_part, &rendering, emission->findings);
    for (size_t i = 0; i < count && emission->publish; i++)
        publish_join(emission->publish, &rendering.parts[i]);
    free(rendering.parts);
    return ok;
}

bool page_emit_index(struct emission *emission)
{
    json_t *slots = page_slots(emission, 0, "");

    slot_text(slots, "canonical", mem_printf("%s/", emission->edition->base_url));
    return page_emit_at(emission, 0, "language.html", slots, "public/index.html");
}
