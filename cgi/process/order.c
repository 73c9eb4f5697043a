#include "order.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"

bool order_send(int control, enum keeper_order order, int descriptor)
{
    char byte = (char)order;
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr head;
    } beside = {{0}};
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = beside.bytes,
                             .msg_controllen = sizeof beside.bytes};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);

    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(head), &descriptor, sizeof descriptor);
    /* A keeper that takes no order must not stop us as well. */
    return sendmsg(control, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}

/* The site's bytes in a sealed memory file, which cannot be changed; -1 on error. */
static int sealed_memory(const struct bundle *bundle)
{
    struct buf bytes = BUF_INIT;
    int memory = memfd_create("teade-site", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    bool ok;

    bundle_write(bundle, &bytes);
    ok = memory >= 0 && write(memory, bytes.data, bytes.len) == (ssize_t)bytes.len &&
         fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0;
    buf_release(&bytes);
    if (!ok && memory >= 0) {
        close(memory);
        return -1;
    }
    return memory;
}

bool order_send_site(int control, const struct bundle *bundle)
{
    int memory = sealed_memory(bundle);
    bool sent = memory >= 0 && order_send(control, KEEPER_SITE, memory);

    if (memory >= 0)
        close(memory);
    return sent;
}
