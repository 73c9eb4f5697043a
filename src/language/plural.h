/* Plural-Forms of catalogues, as gettext writes them: the number of forms, and a C expression that
 * chooses one for a number n. */
#ifndef TEADE_PLURAL_H
#define TEADE_PLURAL_H

/* The value for a language, such as "nplurals=2; plural=(n != 1);", with CLDR's forms for whole
 * numbers in CLDR's order; or NULL: no rule here is that of the language. */
const char *plural_forms_of(const char *tag);

#endif
