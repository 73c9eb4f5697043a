/* Countries are named in the nominative, in a list or behind "your country is": names cannot be
 * inflected for every language. */
#include "children.h"

#include "language/language.h"

static json_t *age_slots(const struct child_age *child, const char *language)
{
    struct buf country = BUF_INIT;
    json_t *slots;

    language_country(language, child->country, &country);
    slots = json_pack("{s:s, s:i}", "country", country.data, "age", child->years);
    buf_release(&country);
    return slots;
}

/* "Estonia: 13, Germany: 16" */
static bool list_ages(const struct site *site, const struct templates *templates,
                      const struct catalog *catalog, const char *language, struct buf *out,
                      struct findings *findings)
{
    bool ok = true;

    for (size_t i = 0; i < site->child_age_count && ok; i++) {
        json_t *slots = age_slots(&site->children[i], language);
        struct buf age = BUF_INIT;

        if (i)
            language_separator(language, i + 1 == site->child_age_count, out);
        ok = templates_render(templates, "parts/age.txt", catalog, slots, &age, findings);
        buf_addstr(out, str_trim(buf_str(&age)));
        buf_release(&age);
        json_decref(slots);
    }
    return ok;
}

json_t *children_slot(const struct site *site, const struct templates *templates,
                      const struct catalog *catalog, const char *language,
                      struct findings *findings)
{
    struct buf ages = BUF_INIT;
    json_t *slots = NULL;

    if (!site->child_age_count)
        return json_null();
    if (list_ages(site, templates, catalog, language, &ages, findings)) {
        slots = age_slots(&site->children[0], language);
        json_object_set_new(slots, "one", json_boolean(site->child_age_count == 1));
        json_object_set_new(slots, "ages", json_string(ages.data));
    }
    buf_release(&ages);
    return slots;
}
