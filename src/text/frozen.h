/* Frozen texts: the words of a published revision, as they were when it was published.  From then
 * on they, not Markdown and catalogues, are what pages show, digests name and redlines compare.
 *
 * content/DOC/published/REV.json is the record of a revision; REV.LANG.md is its text in a
 * language, byte for byte what the digest is of.  REV.LANG.N.md is what stood there before the
 * Nth erratum of that language.  All are written by `teade publish` (freeze.h) and kept under
 * version control beside the source.  While it runs, published/next/ has what is to come. */
#ifndef TEADE_FROZEN_H
#define TEADE_FROZEN_H

#include <jansson.h>

#include "content/document.h"

struct frozen_text {
    const char *language, *digest;
    struct buf words;
    bool is_spare; /* a correction was interrupted: its file does not have these words now */
    size_t article, article_end; /* where the article begins and ends in them */
    const json_t *record;        /* all the record says of it (text_private.h) */
};

struct erratum {
    struct date date;
    const char *why;           /* in the editor's words */
    struct frozen_text before; /* what was corrected */
};

struct frozen {
    struct source source; /* the record */
    json_t *json;         /* or NULL: the revision is not frozen */
    struct frozen_text *texts;
    size_t count;
    struct erratum *errata; /* oldest first */
    size_t erratum_count;
};

#define FROZEN_VERSION 1

/* Where the files lie: `next` is what a publish that is not finished has written. */
enum frozen_stage { FROZEN_NOW, FROZEN_NEXT };

/* Reads what is frozen of a revision whose Markdown is FOLDER/ID.md; a revision that is not frozen
 * is no fault.  At FROZEN_NEXT a file of published/next/ replaces the one of its name.  false after
 * findings: a record or a text that was changed.  Release it in either case. */
bool frozen_read(struct frozen *frozen, const char *folder, const char *id, enum frozen_stage stage,
                 struct findings *findings);
void frozen_release(struct frozen *frozen);

/* Whether a revision still has the settings of its record: when it takes effect, its class, whom it
 * asks again and so on; else findings.  It may be retracted once, before it has taken effect on a
 * day. */
bool frozen_agrees(const struct frozen *frozen, const struct revision *revision, struct date day,
                   struct findings *findings);
/* Whether all that was published of a document has its source still; else findings. */
bool frozen_has_sources(const char *folder, const struct document *document,
                        struct findings *findings);

/* The settings in a record (a new reference). */
json_t *frozen_settings(const struct revision *revision);

/* Gives a record the checksum of the rest of its content, so that a manual change is detected. */
void frozen_seal(json_t *record);

/* The text in a language, or NULL. */
const struct frozen_text *frozen_find(const struct frozen *frozen, const char *language);

/* FOLDER/published/, or FOLDER/published/next/; the caller frees. */
char *frozen_folder(const char *folder, enum frozen_stage stage);
/* ID.json in it, or a text's file; the caller frees. */
char *frozen_record_path(const char *folder, enum frozen_stage stage, const char *id);
char *frozen_text_path(const char *folder, enum frozen_stage stage, const char *id,
                       const char *language,
                       size_t number /* of the erratum; 0: the current text */);

#endif
