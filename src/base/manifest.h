/* The manifest: the only data that the generator passes to the endpoint.
 *
 * site/private/manifest.json is written by `teade build` and read by `teade-consent`.
 * A program that meets a newer version number reports an error and stops. */
#ifndef TEADE_MANIFEST_H
#define TEADE_MANIFEST_H

#include <jansson.h>
#include <stdint.h>

#include "buf.h"

#define MANIFEST_VERSION 5

enum {
    MANIFEST_QUESTIONS_MAX = 64, /* that a revision asks; so many answers are in a record */
    MANIFEST_FORM_MAX = 8192,    /* bytes of a form that answers them all */
};

struct manifest_language {
    const char *tag;
    const char **names; /* of the site's languages, in this one and in their order: Estonian */
    const char *date_pattern; /* CLDR's long date */
    const char *time_pattern; /* the same with hours and minutes */
    const char *months[12];   /* in the form the patterns need */
};

/* One thing a visitor can answer: a purpose, or a purpose and one recipient. */
struct manifest_question {
    const char *id; /* PURPOSE or PURPOSE.RECIPIENT */
    const char *purpose;
    const char *basis;
    const char **personal_data; /* what it uses, in terms of DPV's extension; none: not stated */
    size_t personal_data_count;
    const char *retention_period;   /* how long that is kept, ISO 8601 or a term of DPV, or NULL */
    const char **storage_locations; /* where, ISO 3166-1 alpha-2; none: not stated */
    size_t storage_location_count;
};

/* A question in the words of a language. */
struct manifest_wording {
    const char *label;
    const char *recipient, *country, *data; /* each NULL where there is no recipient */
};

/* A text as offered in one language, or as it was before an erratum. */
struct manifest_text {
    const char *language;
    const char *digest; /* names private/texts/DIGEST.md */
    const char *title;
    int64_t replaced; /* when an erratum replaced it, UTC seconds; 0: it is current */
    struct manifest_wording *wordings; /* one per question */
};

struct manifest_revision {
    const char *id;
    int64_t effective;         /* UTC seconds */
    const char *effective_day; /* the same in the site's zone, YYYY-MM-DD */
    int64_t retracted;         /* before it took effect, or 0: not at all */
    const char *class;
    const char **reconsent; /* the purposes whose older answers end with it */
    size_t reconsent_count;
    bool basis_assumed;
    struct manifest_question *questions;
    size_t question_count;
    struct manifest_text *texts;
    size_t text_count;
};

struct manifest_document {
    const char *id;
    struct manifest_revision *revisions; /* oldest first */
    size_t revision_count;
};

/* Who decides on the data. */
struct manifest_controller {
    const char *name;
    const char *address, *email, *phone; /* each NULL where it is not stated */
};

struct manifest {
    json_t *json; /* owns the strings of a manifest that was read; else NULL */
    const char *base_url;
    const char *default_language;
    const char *time_zone; /* an IANA name: in which the days of documents begin */
    int consent_validity;  /* months */
    int retention;         /* months that a record is kept after it stopped being needed */
    struct manifest_controller *controllers;
    size_t controller_count;
    const char **jurisdiction; /* ISO 3166-1 alpha-2; none: not stated */
    size_t jurisdiction_count;
    struct manifest_language *languages;
    size_t language_count;
    struct manifest_document *documents;
    size_t document_count;
};

/* As JSON text with a final newline; keys in a fixed order. */
void manifest_write(const struct manifest *manifest, struct buf *out);

/* Reads one (and keeps a reference to the JSON).  false, with the reason in `why`: of
 * another version, or not as this program needs it.  Release it either way. */
bool manifest_read(struct manifest *manifest, json_t *json, struct buf *why);

/* Frees the arrays; strings are the JSON's or the writer's. */
void manifest_release(struct manifest *manifest);

#endif
