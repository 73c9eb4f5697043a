/* What a program writes to its two streams. */
#ifndef TEADE_OUTPUT_H
#define TEADE_OUTPUT_H

/* Call it before anything is written.  If stdout and stderr are the same file, as after 2>&1, lines
 * appear in the order of writing.  Otherwise stdout is written in large pieces. */
void output_in_order(void);

#endif
