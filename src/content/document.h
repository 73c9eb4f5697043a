/* A document is its ordered revisions: one Markdown file each, in the folder
 * content/DOCUMENT/, named by the revision's id, with front matter. */
#ifndef TEADE_DOCUMENT_H
#define TEADE_DOCUMENT_H

#include "revision.h"

enum state { STATE_ANNOUNCED, STATE_IN_FORCE, STATE_SUPERSEDED, STATE_RETRACTED };

struct document {
    char *id, *folder;
    struct revision *revisions; /* oldest first */
    size_t count;               /* without drafts */
    size_t drafts;              /* behind them: not yet published */
};

/* Reads every revision in the folder DIRECTORY/ID; false after errors.  One that cannot be read is
 * left out; of a draft, which is named by a later day and does not matter yet, that is a
 * warning.  So there may be no revision at all. */
bool document_read(struct document *document, const char *directory, const char *id,
                   struct date day, struct findings *findings);
void document_release(struct document *document);

/* Which of two ids comes first, by day, then by number: byte order would put 2026-11-22.2.md
 * before 2026-11-22.md. */
int revision_compare(const char *a, const char *b);

/* Makes drafts of the revisions that are published after a day: they are not public yet. */
void document_set_day(struct document *document, struct date day);

/* The language that a document is written in, or NULL: no revision can be read. */
const char *document_language(const struct document *document);

/* The revision in force on a day, or NULL. */
const struct revision *document_in_force(const struct document *document, struct date day);
/* The revision at the document's own address on a day: the one in force; before the first, the one
 * that is to come first; of a document that was only ever retracted, the last.  There is one unless
 * all are drafts. */
const struct revision *document_current(const struct document *document, struct date day);
/* The newest revision that is published and not retracted on a day, or NULL.  It may not be in
 * force yet. */
const struct revision *document_newest(const struct document *document, struct date day);
/* The one that a revision followed: the nearest before it that was not retracted, or NULL. */
const struct revision *document_before(const struct document *document,
                                       const struct revision *revision);
/* The one that took or will take its place: the nearest behind it that was not retracted, or
 * NULL. */
const struct revision *document_after(const struct document *document,
                                      const struct revision *revision);
/* The state of one of the document's revisions on a day. */
enum state document_state(const struct document *document, const struct revision *revision,
                          struct date day);
/* Whether it is superseded or retracted: it cannot be changed, so there are no warnings about
 * it. */
bool document_is_over(const struct document *document, const struct revision *revision,
                      struct date day);

#endif
