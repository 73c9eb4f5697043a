/* Takes compression out of the generator, to measure it beside others that do not compress.  It is
 * linked with -Wl,--wrap: pack.h's functions lead here.  The copies are written all the same, empty:
 * they mark a file as ours (publish/foreign.h). */
#include "publish/pack.h"

void __wrap_pack_gzip(struct str content, struct buf *out);
void __wrap_pack_brotli(struct str content, struct buf *out);

void __wrap_pack_gzip(struct str content, struct buf *out)
{
    (void)content;
    (void)out;
}

void __wrap_pack_brotli(struct str content, struct buf *out)
{
    (void)content;
    (void)out;
}
