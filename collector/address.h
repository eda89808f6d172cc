/* SPDX-License-Identifier: Apache-2.0 */
/*
 * address - which network addresses a portal may have.
 *
 * A link or a redirect may name anything; the address that is really
 * connected to decides, so a name that changes its mind (DNS rebinding)
 * gains nothing.
 */
#ifndef COLLECTOR_ADDRESS_H
#define COLLECTOR_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* Whether it is a public unicast address: not loopback, private,
 * link-local, unspecified, shared, multicast, documentation or reserved,
 * nor one of these inside an IPv6 address (mapped, compatible, NAT64,
 * 6to4).  Families other than IPv4 and IPv6 are never public.
 * IANA special-purpose address registries (RFC 6890). */
bool address_is_public(const struct sockaddr *addr);

/* The same for text ("127.0.0.1", "::1"); text that is no address is not
 * public. */
bool address_text_is_public(const char *ip);

#endif
