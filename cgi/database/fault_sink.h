/* Where the faults of a database are reported, one at a time. */
#ifndef TEADE_FAULT_SINK_H
#define TEADE_FAULT_SINK_H

struct fault_sink {
    void (*take)(void *context, const char *fault); /* a sentence without its end, on one line */
    void *context;
};

/* Adds a fault.  It may quote the database: what would steer a terminal is replaced. */
void fault_add(const struct fault_sink *sink, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
