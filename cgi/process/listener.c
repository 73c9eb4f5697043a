#include "listener.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
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

/* Whether somebody listens there.  Who does not answer at once listens all the same. */
static bool is_taken(const struct sockaddr_un *address)
{
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool taken = connect(probe, (const struct sockaddr *)address, sizeof *address) == 0 ||
                 errno != ECONNREFUSED;

    close(probe);
    return taken;
}

/* A socket without a listener was left by a crash.  The workers of a supervisor that was
 * killed listen for a few milliseconds longer than it lived. */
static void remove_stale(const struct sockaddr_un *address)
{
    const struct timespec moment = {0, 10 * 1000000L};
    struct stat status;
    int tries = 100;

    if (lstat(address->sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
        return;
    while (is_taken(address))
        if (!tries-- || nanosleep(&moment, NULL) != 0)
            return;
    unlink(address->sun_path);
}

static int bind_path(const char *path, struct buf *why)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    mode_t mask;
    int descriptor;

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

int listener_open(const char *path, struct buf *why)
{
    int descriptor = path ? bind_path(path, why) : passed_in(why);

    if (descriptor >= 0)
        fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    return descriptor;
}

void listener_describe(int descriptor, struct buf *out)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    socklen_t size = sizeof address - 1; /* a NUL stays behind the longest path */
    struct stat status;
    const struct passwd *user;
    const struct group *group;

    if (getsockname(descriptor, (struct sockaddr *)&address, &size) != 0 || !*address.sun_path ||
        lstat(address.sun_path, &status) != 0)
        return;
    user = getpwuid(status.st_uid);
    group = getgrgid(status.st_gid);
    buf_addf(out, "%s (mode %o, user %s, group %s)", address.sun_path,
             (unsigned)status.st_mode & 07777, user ? user->pw_name : "unknown",
             group ? group->gr_name : "unknown");
}

void listener_remove(const char *path)
{
    if (path)
        unlink(path);
}
