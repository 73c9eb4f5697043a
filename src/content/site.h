/* The site as its editors describe it: site.yaml and the documents it lists. */
#ifndef TEADE_SITE_H
#define TEADE_SITE_H

#include "document.h"

enum status { STATUS_PREVIEW, STATUS_PUBLISHED };

/* Who decides on the data; what is not given is shown as missing. */
struct controller {
    const char *name;
    const char *address, *email, *phone; /* each or NULL */
};

/* Who is to leave the answer to a parent or guardian: the younger than that, in a country. */
struct child_age {
    const char *country; /* ISO 3166-1 alpha-2 */
    int years;
};

struct site {
    struct source source;
    struct yaml *settings; /* owns the strings below */
    const char *base_url;  /* without a slash at its end */
    const char *time_zone;
    int status; /* enum status */
    const char **languages;
    size_t language_count;
    size_t in_progress;                  /* after them: languages in translation, not public yet */
    const struct yaml *in_progress_list; /* or NULL */
    struct controller *controllers;
    size_t controller_count;
    const struct yaml *document_list; /* their ids */
    const char *record_of_choices; /* the document that describes what is recorded of an answer */
    struct document *documents;    /* in the order of site.yaml */
    size_t document_count;         /* without those that wait */
    size_t waiting;                /* behind them: nothing of them is published yet */
    bool is_partial;               /* a revision cannot be read: the others are there */
    int notice_period;    /* days that a reconsent change is announced beforehand, at least */
    int notice_days;      /* days that a change in force is still announced on every page */
    int consent_validity; /* months after which a yes or no is asked again */
    int retention;        /* months that a record is kept after it stopped being needed */
    struct child_age *children;
    size_t child_age_count;
    struct yaml_terms jurisdiction; /* countries whose law governs what is recorded */
    const struct yaml
        *accepted_gaps; /* a map from their names (legal_check.h) to the reasons, or NULL */
    bool gpc;           /* the organisation declares that it honours Global Privacy Control */
};

/* Reads DIRECTORY/site.yaml and all it lists, as of a day ("": today in the site's zone).  false
 * after errors; then it is partial, or not to be used.  Release it either way. */
bool site_read(struct site *site, const char *directory, struct date day,
               struct findings *findings);
void site_release(struct site *site);

/* Sets the site to its state on a day.  What is published later is a draft.  A document without a
 * published revision is placed after the others, with a warning. */
void site_set_day(struct site *site, struct date day, struct findings *findings);

/* The keys of texts in site.yaml that are on every page: `i` from 0, NULL after the last. */
const char *site_shown_key(size_t i);
/* The text of such a key, or NULL. */
const char *site_shown(const struct site *site, const char *key);

/* A document by its id, also one that waits, or NULL. */
const struct document *site_document(const struct site *site, struct str id);
/* The last day on which any revision is published; "" if there is none. */
struct date site_last_day(const struct site *site);
/* The first such day after another; "" if there is none. */
struct date site_next_day(const struct site *site, struct date day);
bool site_is_waiting(const struct site *site, const struct document *document);

/* Whether a URL can be the base: https, or http on a loopback address, without a path. */
bool base_url_is_usable(const char *url);

/* Whether visitors read it: a language in progress is not one of them. */
bool site_has_language(const struct site *site, const char *language);

#endif
