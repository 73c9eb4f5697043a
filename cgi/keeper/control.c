#include "control.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/mem.h"
#include "database/database_name.h"

enum { WAITING = 4 /* operators that may wait to be taken */ };

static bool address_of(const char *database, struct sockaddr_un *address, struct buf *why)
{
    char *path = mem_printf("%s.socket", database_file(database));
    bool fits = strlen(path) < sizeof address->sun_path;

    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (fits)
        memcpy(address->sun_path, path, strlen(path));
    else
        buf_addf(why, "%s: the name is too long for a socket", path);
    free(path);
    return fits;
}

int control_listen(const char *database, struct buf *why)
{
    struct sockaddr_un address;
    mode_t before;
    int listener;
    bool ok;

    if (!address_of(database, &address, why))
        return -1;
    listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    unlink(address.sun_path);
    before = umask(0177);
    ok = listener >= 0 && bind(listener, (struct sockaddr *)&address, sizeof address) == 0;
    umask(before);
    if (ok && listen(listener, WAITING) == 0)
        return listener;
    buf_addf(why, "%s: %s", address.sun_path, strerror(errno));
    if (listener >= 0)
        close(listener);
    return -1;
}

void control_unlisten(const char *database, int listener)
{
    struct sockaddr_un address;
    struct buf why = BUF_INIT;

    if (listener < 0)
        return;
    close(listener);
    if (address_of(database, &address, &why))
        unlink(address.sun_path);
    buf_release(&why);
}

bool control_reach(struct control *control, const char *database, struct buf *why)
{
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    struct sockaddr_un address;

    *control = (struct control){0};
    if (!address_of(database, &address, why)) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
        control->keeper = mem_alloc(sizeof *control->keeper);
        control->keeper->socket = fd;
        return true;
    }
    buf_addf(why, "%s: %s", address.sun_path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return false;
}

bool control_open(struct control *control, const char *database, struct buf *why)
{
    struct buf unreached = BUF_INIT;

    if (!control_reach(control, database, &unreached))
        control->store = store_open(database, STORE_WRITE, why);
    buf_release(&unreached);
    return control->keeper || control->store;
}

void control_close(struct control *control)
{
    if (control->keeper)
        close(control->keeper->socket);
    free(control->keeper);
    store_close(control->store);
    *control = (struct control){0};
}
