/* One line to stderr per event of a long-running program, for the service manager's
 * journal.  Never with anything of a visitor's in it. */
#ifndef TEADE_LOG_H
#define TEADE_LOG_H

void log_line(const char *program, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
