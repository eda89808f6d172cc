/* SPDX-License-Identifier: Apache-2.0 */
/*
 * link - ZeroMQ sockets as this project uses them: ROUTER and DEALER.
 *
 * Each link has its own context, so closing one cannot wait for another.
 * An ipc socket is guarded by a lock file beside it: libzmq would take the
 * path from a living server in silence, and a dying one would remove the
 * socket of its successor.
 */
#include "common/link.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

#include "common/limits.h"
#include "common/mem.h"

#define WAIT_MAX 32 /* links and descriptors in one link_wait */

struct link {
    void *context;
    void *socket;
    bool router;
    char *path;  /* of a bound ipc socket, else NULL */
    int lock_fd; /* guards that path, else -1 */
};

static int set(void *socket, int option, int value)
{
    return zmq_setsockopt(socket, option, &value, sizeof(value));
}

/* What both kinds have in common. */
static int set_common(void *socket)
{
    int64_t message_max = LIMIT_MESSAGE_BYTES;

    if (set(socket, ZMQ_LINGER, 0) != 0 ||
        set(socket, ZMQ_SNDHWM, LIMIT_LINK_QUEUE) != 0 ||
        set(socket, ZMQ_RCVHWM, LIMIT_LINK_QUEUE) != 0 ||
        set(socket, ZMQ_RECONNECT_IVL, 20) != 0 ||
        set(socket, ZMQ_RECONNECT_IVL_MAX, 500) != 0 ||
        set(socket, ZMQ_HEARTBEAT_IVL, 5000) != 0 ||
        set(socket, ZMQ_HEARTBEAT_TIMEOUT, 15000) != 0)
        return -1;
    return zmq_setsockopt(
        socket, ZMQ_MAXMSGSIZE, &message_max, sizeof(message_max));
}

static struct link *link_new(bool router)
{
    struct link *l = mem_alloc(sizeof(*l));

    l->router = router;
    l->lock_fd = -1;
    l->context = zmq_ctx_new();
    if (l->context)
        l->socket = zmq_socket(l->context, router ? ZMQ_ROUTER : ZMQ_DEALER);
    if (l->socket && set_common(l->socket) == 0)
        return l;
    link_close(l);
    return NULL;
}

static int refuse(const char *address, struct err *err)
{
    return err_set(
        err, ERR_FATAL, "socket %s: %s", address, zmq_strerror(errno));
}

/* Path of an ipc address, NULL for other transports. */
static const char *ipc_path(const char *address)
{
    return strncmp(address, "ipc://", 6) == 0 ? address + 6 : NULL;
}

/* A lock that a dying predecessor gives back within moments. */
static int lock_wait(int fd)
{
    const struct timespec pause = { .tv_nsec = 20000000L };

    for (int ms = 0; ms < LIMIT_LINK_BIND_MS; ms += 20) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return 0;
        if (errno != EWOULDBLOCK)
            return -1;
        nanosleep(&pause, NULL);
    }
    errno = EADDRINUSE;
    return -1;
}

static int lock_path(struct link *l, const char *path, struct err *err)
{
    char *name;
    int result = 0;

    if (strlen(path) >= sizeof(((struct sockaddr_un *)0)->sun_path))
        return err_set(err, ERR_FATAL,
            "socket %s: the path has %zu bytes, at most %zu are possible; "
            "choose a shorter run_dir",
            path, strlen(path),
            sizeof(((struct sockaddr_un *)0)->sun_path) - 1);
    name = mem_printf("%s.lock", path);
    l->lock_fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (l->lock_fd < 0)
        result = err_set_errno(err, ERR_FATAL, "lock %s", name);
    else if (lock_wait(l->lock_fd) != 0)
        result = err_set(
            err, ERR_FATAL, "socket %s is served by another process", path);
    mem_free(name);
    return result;
}

struct link *link_bind(const char *address, struct err *err)
{
    struct link *l = link_new(true);
    const char *path = ipc_path(address);

    if (!l) {
        refuse(address, err);
        return NULL;
    }
    if (path && lock_path(l, path, err) != 0)
        goto fail;
    if (set(l->socket, ZMQ_ROUTER_MANDATORY, 1) != 0 ||
        set(l->socket, ZMQ_ROUTER_HANDOVER, 1) != 0 ||
        zmq_bind(l->socket, address) != 0) {
        refuse(address, err);
        goto fail;
    }
    l->path = path ? mem_strdup(path) : NULL;
    return l;
fail:
    link_close(l);
    return NULL;
}

struct link *link_connect(
    const char *address, const char *name, struct err *err)
{
    struct link *l = link_new(false);

    if (l &&
        zmq_setsockopt(l->socket, ZMQ_ROUTING_ID, name, strlen(name)) == 0 &&
        zmq_connect(l->socket, address) == 0)
        return l;
    refuse(address, err);
    link_close(l);
    return NULL;
}

void link_close(struct link *l)
{
    if (!l)
        return;
    if (l->socket)
        zmq_close(l->socket);
    if (l->context)
        zmq_ctx_term(l->context);
    if (l->path)
        unlink(l->path);
    mem_free(l->path);
    if (l->lock_fd >= 0)
        close(l->lock_fd); /* last: the path is ours until here */
    mem_free(l);
}

static int send_failed(struct err *err)
{
    if (errno == EAGAIN)
        return err_set(err, ERR_RETRY, "send: the peer's queue is full");
    if (errno == EHOSTUNREACH)
        return err_set(err, ERR_RETRY, "send: the peer is gone");
    if (errno == EINTR)
        return err_set(err, ERR_RETRY, "send: interrupted");
    return err_set(err, ERR_FATAL, "send: %s", zmq_strerror(errno));
}

int link_send(struct link *l, const struct link_peer *to, struct slice frame,
    struct err *err)
{
    assert(l->router == (to != NULL));
    if (to &&
        zmq_send(l->socket, to->id, to->len, ZMQ_DONTWAIT | ZMQ_SNDMORE) < 0)
        return send_failed(err);
    if (zmq_send(l->socket, frame.p, frame.len, ZMQ_DONTWAIT) < 0)
        return send_failed(err);
    return 0;
}

/* Receive one frame: 1 with its bytes in *m, 0 none waiting, -1 error. */
static int recv_frame(struct link *l, zmq_msg_t *m, struct err *err)
{
    zmq_msg_init(m);
    if (zmq_msg_recv(m, l->socket, ZMQ_DONTWAIT) >= 0)
        return 1;
    zmq_msg_close(m);
    if (errno == EAGAIN || errno == EINTR)
        return 0;
    return err_set(err, ERR_FATAL, "receive: %s", zmq_strerror(errno));
}

/* Throw away what is left of a message with too many frames. */
static void drop_rest(struct link *l)
{
    zmq_msg_t m;
    struct err ignored;
    bool more = true;

    while (more && recv_frame(l, &m, &ignored) == 1) {
        more = zmq_msg_more(&m);
        zmq_msg_close(&m);
    }
}

static int recv_peer(struct link *l, struct link_peer *from, struct err *err)
{
    zmq_msg_t m;
    int got = recv_frame(l, &m, err);
    bool more;

    if (got != 1)
        return got;
    from->len = (uint8_t)zmq_msg_size(&m); /* libzmq: at most 255 */
    memcpy(from->id, zmq_msg_data(&m), from->len);
    more = zmq_msg_more(&m);
    zmq_msg_close(&m);
    return more ? 1 : err_set(err, ERR_INPUT, "receive: empty message");
}

int link_recv(
    struct link *l, struct link_peer *from, struct buf *frame, struct err *err)
{
    zmq_msg_t m;
    int got;

    buf_reset(frame);
    if (l->router) {
        got = recv_peer(l, from, err);
        if (got != 1)
            return got;
    }
    got = recv_frame(l, &m, err);
    if (got != 1)
        return got;
    buf_add(frame, zmq_msg_data(&m), zmq_msg_size(&m));
    if (zmq_msg_more(&m)) {
        drop_rest(l);
        got = err_set(err, ERR_INPUT, "receive: more than one frame");
    } else if (buf_check(frame, "receive", err) != 0) {
        got = -1;
    }
    zmq_msg_close(&m);
    return got;
}

int link_fd(const struct link *l)
{
    int fd = -1;
    size_t len = sizeof(fd);

    zmq_getsockopt(l->socket, ZMQ_FD, &fd, &len);
    return fd;
}

int link_wait(struct link *const *links, size_t n, const int *fds, size_t fd_n,
    int timeout_ms, struct err *err)
{
    zmq_pollitem_t items[WAIT_MAX];

    assert(n <= WAIT_MAX && fd_n <= WAIT_MAX - n);
    for (size_t i = 0; i < n; i++)
        items[i] = (zmq_pollitem_t){ .socket = links[i]->socket,
            .events = ZMQ_POLLIN };
    for (size_t i = 0; i < fd_n; i++)
        items[n + i] = (zmq_pollitem_t){ .fd = fds[i], .events = ZMQ_POLLIN };
    if (zmq_poll(items, (int)(n + fd_n), timeout_ms) >= 0 || errno == EINTR)
        return 0;
    return err_set(err, ERR_FATAL, "wait: %s", zmq_strerror(errno));
}
