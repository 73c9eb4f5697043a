/* A revision is one dated text of a document: a Markdown file with front matter. */
#ifndef TEADE_REVISION_H
#define TEADE_REVISION_H

#include "base/date.h"
#include "yaml.h"

enum class { CLASS_EDITORIAL, CLASS_NOTIFY, CLASS_RECONSENT };
enum basis {
    BASIS_CONSENT,
    BASIS_LEGITIMATE_INTERESTS,
    BASIS_CONTRACT,
    BASIS_LEGAL_OBLIGATION,
    BASIS_NOT_STATED
};

/* As the front matter and the manifest spell them; NULL-terminated, by enum value. */
extern const char *const class_names[], *const basis_names[];

/* For yaml_read_term and yaml_read_terms: ISO 3166-1 alpha-2. */
extern const struct yaml_term_kind country_codes;

struct recipient {
    const char *id; /* does not change when recipients are reordered or renamed */
    const char *name;
    const char *country;             /* ISO 3166-1 alpha-2 */
    const char *data;                /* what is provided, a message of the document's catalogue */
    struct yaml_terms personal_data; /* the same for records, instead of the purpose's */
    struct place place;
};

struct purpose {
    const char *id;
    struct place place;
    int basis; /* enum basis */
    /* A purpose that provides data to others is asked once per recipient. */
    bool has_recipients; /* the key is there, the list may be empty */
    struct recipient *recipients;
    size_t recipient_count;
    /* For records: what kinds of data it uses (terms of DPV's personal data extension), how long
     * these are kept (ISO 8601, or a term of DPV), and in which countries.  They classify what the
     * text states and are no part of it, so they may be added and corrected after publication. */
    struct yaml_terms personal_data;
    const char *retention_period; /* or NULL */
    struct yaml_terms storage_locations;
};

struct revision {
    struct source source;
    struct yaml *front_matter; /* owns the strings below; NULL: only a text, nothing is set */
    char *id;
    const char *title;
    struct place title_place;
    const char *language;      /* the one the text is written in */
    const char *authoritative; /* the language that prevails, or NULL: not stated */
    const char *source_date;   /* the date given in the text itself, or NULL */
    bool undated;              /* source_date: unknown */
    struct date published, effective;
    struct date retracted; /* the day its announcement was retracted, or "" */
    int class;             /* enum class */
    const char *summary;   /* what changes, for visitors, a message of the catalogue; or NULL */
    struct place summary_place;
    const struct yaml *reconsent; /* the purposes to be answered again: a list of ids, or NULL */
    bool basis_assumed;
    struct purpose *purposes;
    size_t purpose_count;
    size_t body;       /* offset of the Markdown in the source */
    bool is_published; /* its words are frozen (frozen.h): warnings about them were reported before
                        */
};

/* Reads the file at `path`; `id` is its name without the ending.  false after
 * findings.  Release it either way.  Places point into it: it must not be moved. */
bool revision_read(struct revision *revision, const char *path, const char *id,
                   struct findings *findings);
/* The same for any Markdown file.  Without Teade's front matter a file is only its text; other
 * front matter is ignored. */
bool revision_read_file(struct revision *revision, const char *path, struct findings *findings);
/* The same of a text in memory that is to be the file. */
bool revision_set_file(struct revision *revision, const char *path, struct str text,
                       struct findings *findings);
/* The same without looking at front matter at all. */
bool revision_read_text(struct revision *revision, const char *path, struct findings *findings);

/* What is provided to a recipient of a purpose, or what the purpose uses (`recipient` NULL). */
const struct yaml_terms *purpose_data(const struct purpose *purpose,
                                      const struct recipient *recipient);

/* A purpose by its id, or NULL. */
const struct purpose *revision_purpose(const struct revision *revision, struct str id);
void revision_release(struct revision *revision);

/* Whether an id is valid in form fields, file names and URLs: lower-case letters, digits, hyphens,
 * at most 64. */
bool is_plain_id(const char *id);

#endif
