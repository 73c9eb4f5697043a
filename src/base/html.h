/* Escaping for HTML and URLs: one verb per context, each used exactly once per value. */
#ifndef TEADE_HTML_H
#define TEADE_HTML_H

#include "buf.h"

/* Element content and double-quoted attribute values: & < > " ' become character
 * references, and a NUL, which HTML does not have, the replacement character. */
void html_text(struct buf *out, struct str text);

/* The same for a page that is a template again (the endpoint's): `{` becomes
 * &#123; too, so that no value can open a slot. */
void html_text_for_template(struct buf *out, struct str text);

#endif
