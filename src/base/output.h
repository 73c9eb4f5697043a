/* What a program says on its two streams. */
#ifndef TEADE_OUTPUT_H
#define TEADE_OUTPUT_H

/* To be called before anything is written: where stdout and stderr go to the same place, as in
 * 2>&1, each line stands where it was written.  Elsewhere stdout is written in large pieces. */
void output_in_order(void);

#endif
