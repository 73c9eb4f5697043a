/* The exact words of one revision in one language as a visitor meets them: the
 * translated article, then the choice questions and the form's own sentences.  Its
 * digest names it in the form, in the record and in the receipt. */
#ifndef TEADE_TEXT_H
#define TEADE_TEXT_H

#include "base/hash.h"
#include "catalog/templates.h"
#include "catalog/translate.h"
#include "content/site.h"
#include "frozen.h"

/* A purpose as it is put to the visitor; one that names recipients, once for each. */
struct question {
    char *id; /* PURPOSE or PURPOSE.RECIPIENT */
    const struct purpose *purpose;
    enum { QUESTION_YES_NO, QUESTION_OBJECTION, QUESTION_NONE } kind;
    char *label;                       /* the item that states the purpose, without markup */
    const struct recipient *recipient; /* or NULL, and then so are: */
    char *country, *data;              /* in the text's language */
};

struct text {
    const struct revision *revision;
    const char *language;
    unsigned topics;     /* that it states (message.h) */
    size_t untranslated; /* messages that are in the revision's own language instead */
    char *title;
    char *summary;               /* what changes, or NULL; not part of the words that are signed */
    bool title_is_foreign;       /* it is one of them */
    struct buf heading;          /* the title as HTML */
    struct buf html;             /* the article */
    struct buf commonmark;       /* the text itself */
    size_t article, article_end; /* where the article begins and ends in it */
    bool is_behind;              /* frozen, and its source is not translated to the end */
    bool is_frozen;              /* it is as it was published (frozen.h) */
    char digest[HASH_HEX + 1];   /* SHA-256 of it */
    struct question *questions;  /* in the order of the text */
    size_t question_count;
    json_t *record; /* of what is to be frozen: ids of headings, questions and so on; or NULL */
    json_t *form;   /* the slots of parts/form.html and text.md, or NULL: there are no purposes */
    json_t *notes;  /* the translator's, for readers (translate.h); no part of its words */
};

struct text_options {
    const struct site *site;
    const struct templates *templates;
    const char *document; /* its id */
    const char *language;
    const struct catalog *document_catalog; /* or NULL: the revision's own language */
    const struct catalog *site_catalog;     /* or NULL: English */
    bool allow_untranslated;                /* such blocks are marked; else they are errors */
    bool in_progress; /* the language is: what is wrong with its translations is no error */
    const struct frozen *frozen;            /* of the revision, or NULL: do not look at it */
    bool is_offered;                        /* it can be answered: its form must be as it was */
    bool freezes;  /* it is to be frozen: it must read back, and gets its record */
    bool corrects; /* where source and frozen text differ, the source is right: an erratum */
};

/* Makes the text of an article in a language; the article then speaks it.  Where the text is
 * frozen it is what was frozen; a source that says something else is an error, and what the
 * source lacks does not matter.  false after errors.  Release it either way. */
bool text_make(struct text *text, struct article *article, const struct text_options *options,
               struct findings *findings);
void text_release(struct text *text);

/* The site's controllers as the slots of parts/controllers.html (a new reference). */
json_t *text_controllers(const struct site *site);

#endif
