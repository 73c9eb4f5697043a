/* The exact words of one revision in one language as a visitor meets them: the
 * translated article, then the choice questions and the form's own sentences.  Its
 * digest names it in the form, in the record and in the receipt. */
#ifndef TEADE_TEXT_H
#define TEADE_TEXT_H

#include "base/hash.h"
#include "site.h"
#include "templates.h"
#include "translate.h"

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
    char *title;
    struct buf html;            /* the article */
    struct buf commonmark;      /* the text itself */
    char digest[HASH_HEX + 1];  /* SHA-256 of it */
    struct question *questions; /* in the order of the text */
    size_t question_count;
    json_t *form; /* the slots of parts/form.html and text.md, or NULL: there are no purposes */
};

struct text_catalogs {
    const struct catalog *document; /* or NULL: the text's own language */
    const struct catalog *site;     /* or NULL: English */
};

/* Makes the text of a revision in a language.  false after findings.  Release it either way. */
bool text_make(struct text *text, const struct site *site, const struct revision *revision,
               const char *language, struct text_catalogs catalogs,
               const struct templates *templates, struct findings *findings);
void text_release(struct text *text);

/* The site's controllers as the slots of parts/controllers.html (a new reference). */
json_t *text_controllers(const struct site *site);

#endif
