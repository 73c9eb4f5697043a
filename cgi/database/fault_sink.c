#include "fault_sink.h"

#include <stdarg.h>

#include "base/buf.h"
#include "base/plain.h"

void fault_add(const struct fault_sink *sink, const char *format, ...)
{
    struct buf fault = BUF_INIT, plain = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_addv(&fault, format, args);
    va_end(args);
    plain_add_line(&plain, buf_str(&fault));
    sink->take(sink->context, plain.data);
    buf_release(&plain);
    buf_release(&fault);
}
