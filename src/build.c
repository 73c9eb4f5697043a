/* The generator's road: edition_read() reads, cuts, translates and makes the texts; emit_site()
 * renders the pages; put_in_place() publishes them.  `teade check` takes the same road and writes
 * nothing. */
#include "build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "edition/inputs.h"
#include "jobs/timings.h"
#include "language/zone.h"
#include "page/discovery.h"
#include "page/manifest_output.h"
#include "page/notice.h"
#include "page/pages.h"
#include "unchanged.h"

static bool emit_site(struct emission *emission, const char *templates, struct timings *timings)
{
    bool ok = emission_assets(emission, templates) && notice_emit(emission) && page_share(emission);

    for (size_t l = 0; l < emission->edition->site.language_count && ok; l++)
        ok = page_emit_all(emission, l);
    ok = ok && page_emit_index(emission) && discovery_emit(emission) &&
         manifest_output_emit(emission);
    timings_step(timings, "render the site's own pages, feeds and manifest");
    ok = ok && page_emit_documents(emission);
    timings_step(timings, "render the pages of documents");
    return ok;
}

/* What is done once private/ is in place and before public/ is (publish.h). */
struct handover {
    const struct publish *publish;
    struct reload *reload; /* or NULL */
    struct foreign *foreign;
};

/* Foreign files are copied again: new ones may have arrived while the endpoint reloaded. */
static bool hand_over(void *context)
{
    struct handover *handover = context;

    return (!handover->reload || reload_run(handover->reload)) &&
           foreign_keep(handover->publish, handover->foreign);
}

static bool put_in_place(struct emission *emission, const struct edition_options *options,
                         const char *files, const char *output, struct reload *reload,
                         struct build_summary *summary)
{
    struct publish publish;
    struct handover handover = {&publish, reload, &summary->foreign};
    bool ok = false;

    if (!publish_begin(&publish, output, emission->findings))
        return false;
    emission->publish = &publish;
    if (emit_site(emission, options->templates, options->timings) &&
        (emission->packs || publish_note_unpacked(&publish)) &&
        foreign_keep(&publish, &summary->foreign)) {
        emission->parts = json_incref(publish.parts);
        summary->files = publish.files;
        summary->kept = publish.kept;
        ok = publish_finish(&publish, hand_over, &handover);
        timings_step(options->timings, "put in place");
    }
    if (ok) /* of this site, before another build can put its own in place */
        unchanged_note(options, files, emission, output, summary);
    publish_abandon(&publish);
    return ok;
}

/* Warns of errors that would stop a draft from being published on its day. */
static void check_drafts(const struct edition_options *options, const struct site *site,
                         struct findings *findings)
{
    struct edition_options then = *options;
    struct findings before = findings_demote(findings);
    struct date day = zone_today(site->time_zone);
    struct edition edition;

    while (*(day = site_next_day(site, day)).iso) {
        then.day = day;
        edition_read(&edition, &then, findings);
        edition_release(&edition);
    }
    findings_promote(findings, &before);
}

static bool build_edition(const struct edition_options *options, const char *output,
                          struct reload *reload, struct build_summary *summary,
                          struct findings *findings)
{
    char files[HASH_HEX + 1];
    struct edition edition;
    struct emission emission = {.edition = &edition,
                                .findings = findings,
                                .jobs = options->jobs,
                                .packs = !options->unpacked};
    bool ok;

    if (output) {
        bool same;

        inputs_files(options, files);
        same = !reload && unchanged(options, files, output, summary);
        timings_step(options->timings, "check for changes");
        if (same)
            return true;
        inputs_look(options, emission.look);
    }
    emission.assets = json_object();
    ok = edition_read(&edition, options, findings);
    *summary = (struct build_summary){.day = edition.day,
                                      .documents = edition.site.document_count,
                                      .languages = edition.site.language_count};
    if (ok)
        snprintf(summary->base_url, sizeof summary->base_url, "%s", edition.base_url);
    if (ok && output)
        ok = put_in_place(&emission, options, files, output, reload, summary);
    else if (ok && (ok = emit_site(&emission, options->templates, options->timings)))
        summary->gaps = legal_check_report(&edition, options->lists_gaps, findings);
    if (!output && !*options->day.iso && *edition.day.iso)
        check_drafts(options, &edition.site, findings);
    timings_step(options->timings,
                 output ? "write the build record" : "check for missing statements and drafts");
    emission_release(&emission);
    edition_release(&edition);
    timings_step(options->timings, "free memory");
    return ok;
}

bool build(const struct edition_options *options, const char *output, struct reload *reload,
           struct build_summary *summary, struct findings *findings)
{
    char *folder = output ? publish_folder(output) : NULL;
    bool ok;

    findings_report_once(findings);
    ok = build_edition(options, folder, reload, summary, findings);
    findings_report_again(findings);
    free(folder);
    return ok;
}
