/* SPDX-License-Identifier: Apache-2.0 */
/*
 * link - ZeroMQ sockets as this project uses them: ROUTER and DEALER.
 *
 * Low high-water marks, LINGER 0, MAXMSGSIZE, ROUTER_MANDATORY on every
 * router, so that back-pressure reaches the sender and nothing is dropped
 * in silence.  link.c alone knows <zmq.h>.
 */
#ifndef COMMON_LINK_H
#define COMMON_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/slice.h"

#define LINK_PEER_MAX 255 /* bytes of a routing id */

struct link; /* one socket */

/* A peer of a router, as it names itself. */
struct link_peer {
    uint8_t len;
    unsigned char id[LINK_PEER_MAX];
};

/* A router bound to `address` (ipc:// path or tcp://); a stale ipc file is
 * replaced.  NULL with ERR_FATAL. */
struct link *link_bind(const char *address, struct err *err);

/* A dealer that connects (and reconnects) to `address` under the routing
 * id `name`.  NULL with ERR_FATAL. */
struct link *link_connect(
    const char *address, const char *name, struct err *err);

void link_close(struct link *l);

/* Never blocks.  On a router `to` names the peer, on a dealer it is NULL.
 * ERR_RETRY: the peer is gone or its queue is full. */
int link_send(struct link *l, const struct link_peer *to, struct slice frame,
    struct err *err);

/* Never blocks: 1 a message is in `frame` (reset first), 0 none is waiting,
 * -1 error.  On a router `from` is filled. */
int link_recv(
    struct link *l, struct link_peer *from, struct buf *frame, struct err *err);

/* File descriptor that becomes readable when link_recv may have work.
 * Edge-triggered by ZeroMQ: after it fires call link_recv until it says 0;
 * after a link_send too. */
int link_fd(const struct link *l);

/* Wait until one of `n` links or of `fd_n` plain descriptors (may be NULL)
 * has input, at most timeout_ms.  0 or -1 with ERR_FATAL; EINTR is 0. */
int link_wait(struct link *const *links, size_t n, const int *fds, size_t fd_n,
    int timeout_ms, struct err *err);

#endif
