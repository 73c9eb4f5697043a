/* What the files of this module share: text.c makes a text of its source, text_frozen.c of what
 * was frozen, and compares the two. */
#ifndef TEADE_TEXT_PRIVATE_H
#define TEADE_TEXT_PRIVATE_H

#include "text.h"

/* Adds a question about a purpose; its kind follows from the purpose's basis. */
struct question *text_add_question(struct text *text, const struct purpose *purpose,
                                   const char *label);

/* Makes the slots of the form, where there are questions. */
void text_make_form(struct text *text, const struct text_options *options);

/* Adds the whole text, of its title, its form and the article in CommonMark. */
bool text_render(const struct text *text, const char *article, const struct text_options *options,
                 struct buf *out, struct findings *findings);

/* Adds what was frozen, with its form as templates and catalogues word it now. */
bool text_render_frozen(const struct text *text, const struct frozen_text *frozen,
                        const struct text_options *options, struct buf *out,
                        struct findings *findings);

/* Makes heading and article as HTML; the article's tree is changed by it. */
bool text_make_html(struct text *text, const struct article *article,
                    const struct text_options *options, struct findings *findings);

/* The entry for a text in the record of a frozen revision (a new reference): language, digest,
 * article, title, summary, ids of headings, leaves in another language, questions. */
json_t *text_record(const struct text *text, const struct article *article);

/* Whether the article in a text reads back as the article it was made of; else a finding. */
bool text_reads_back(const struct text *text, const struct article *article,
                     const struct text_options *options, struct findings *findings);

/* Reads an article back: its messages are its leaves, without msgids.  `words` must outlive it. */
void text_read_back(struct article *article, const char *words);
/* A part of a text; to be freed. */
char *text_article(struct str words, size_t from, size_t to);
/* What became of some CommonMark, on one line, around the first change: [-old-]{+new+}.  The caller
 * frees. */
char *text_difference(const char *before, const char *after);
/* The value of a key in a record, or "". */
const char *text_recorded(const json_t *record, const char *key);

/* Whether a heading was published with the id of one of several headings of the same words; `ids`
 * are the record's. */
bool text_id_is_one_of_several(const json_t *ids, const char *id);

/* Whether a text made of its source still says what was frozen; else findings, errors or, where
 * an erratum is wanted, warnings, but errors for what is asked.  The article has the text's words,
 * and no more. */
bool text_agrees(const struct text *text, const struct article *article,
                 const struct frozen_text *frozen, const struct text_options *options,
                 struct findings *findings);

/* Makes the text again, of what was frozen.  false after findings. */
bool text_thaw(struct text *text, const struct frozen_text *frozen,
               const struct text_options *options, struct findings *findings);

#endif
