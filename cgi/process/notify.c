#include "notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"

static const char variable[] = "NOTIFY_SOCKET";

/* A path, or a name of the abstract kind after "@". */
static void notify(const char *message)
{
    const char *name = getenv(variable);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t len = name ? strlen(name) : 0;
    int fd;

    if (!len || len >= sizeof address.sun_path)
        return;
    memcpy(address.sun_path, name, len);
    if (*name == '@')
        address.sun_path[0] = '\0';
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    sendto(fd, message, strlen(message), MSG_NOSIGNAL, (const struct sockaddr *)&address,
           (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
    close(fd);
}

void notify_ready(const char *format, ...)
{
    struct buf message = BUF_INIT;
    va_list args;

    buf_adds(&message, "READY=1\nSTATUS=");
    va_start(args, format);
    buf_addv(&message, format, args);
    va_end(args);
    notify(message.data);
    buf_release(&message);
}

void notify_reloading(void)
{
    struct buf message = BUF_INIT;

    buf_addf(&message, "RELOADING=1\nMONOTONIC_USEC=%lld\nSTATUS=reading the new site",
             (long long)clock_milliseconds() * 1000);
    notify(message.data);
    buf_release(&message);
}

void notify_stopping(void)
{
    notify("STOPPING=1\nSTATUS=finishing what was begun");
}

void notify_forget(void)
{
    unsetenv(variable);
}
