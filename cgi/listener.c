#include "listener.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static bool is_listening(int descriptor)
{
    int value = 0;
    socklen_t size = sizeof value;

    return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) == 0 && value;
}

/* sd_listen_fds(3): descriptors from 3 on, for the process named. */
static int passed_in(struct buf *why)
{
    const char *count = getenv("LISTEN_FDS"), *pid = getenv("LISTEN_PID");
    int descriptor = count && pid && atoi(count) == 1 && atol(pid) == (long)getpid() ? 3 : 0;

    if (is_listening(descriptor))
        return descriptor;
    buf_adds(why, "no socket was passed; name one with --listen");
    return -1;
}

/* A socket without a listener was left by a crash. */
static void remove_stale(const struct sockaddr_un *address)
{
    struct stat status;
    int probe;

    if (lstat(address->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
        return;
    probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(probe, (const struct sockaddr *)address, sizeof *address) != 0 &&
        errno == ECONNREFUSED)
        unlink(address->sun_path);
    close(probe);
}

int listener_open(const char *path, struct buf *why)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    mode_t mask;
    int descriptor;

    if (!path)
        return passed_in(why);
    if (strlen(path) >= sizeof address.sun_path) {
        buf_addf(why, "--listen %s: longer than %zu bytes", path, sizeof address.sun_path - 1);
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path));
    remove_stale(&address);
    descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    mask = umask(0117); /* 0660 from the first moment */
    if (bind(descriptor, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(descriptor, SOMAXCONN) != 0) {
        buf_addf(why, "--listen %s: %s", path, strerror(errno));
        close(descriptor);
        descriptor = -1;
    }
    umask(mask);
    return descriptor;
}

void listener_remove(const char *path)
{
    if (path)
        unlink(path);
}
