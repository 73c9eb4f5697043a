/* What ps(1) shows of each process. */
#ifndef TEADE_TITLE_H
#define TEADE_TITLE_H

/* Takes the memory of the command line for titles; returns a copy of it for everybody else, which
 * lives as long as the program. */
char **title_init(int argc, char **argv);

/* Shows "teade-consent: ROLE", cut to the length of the command line. */
void title_set(const char *role);

#endif
