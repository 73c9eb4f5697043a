#include "log.h"

#include <stdarg.h>
#include <unistd.h>

#include "buf.h"

/* One write per line: several processes share the stream. */
void log_line(const char *program, const char *format, ...)
{
    struct buf line = BUF_INIT;
    va_list args;
    ssize_t put;

    buf_addf(&line, "%s: ", program);
    va_start(args, format);
    buf_addv(&line, format, args);
    va_end(args);
    buf_addc(&line, '\n');
    put = write(STDERR_FILENO, line.data, line.len);
    (void)put; /* an error cannot be reported anywhere */
    buf_release(&line);
}
