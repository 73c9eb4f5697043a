/* Files of other people in the public half of a site: what proves to a certificate authority or a
 * search engine whose it is, a PDF, a link to a folder elsewhere.  They go along into the new half.
 *
 * A file of ours has packed copies beside it, NAME.gz and NAME.br, or a hash of its content in its
 * name, as all assets have, or is listed as one that has no packed copies; any other is foreign. */
#ifndef TEADE_FOREIGN_H
#define TEADE_FOREIGN_H

#include "publish.h"

struct foreign {
    size_t count; /* of files and links */
    char *some;   /* the first of them, by comma; the caller frees; NULL: none */
};

/* Puts what is foreign in the half that is there into the one that is staged; what is there already
 * is passed over, so it can be done again for what has come meanwhile.  The count begins again.
 * false after a finding: what cannot be kept, or stands where the new site has a file, is not
 * replaced. */
bool foreign_keep(const struct publish *publish, struct foreign *foreign);

#endif
