/* SPDX-License-Identifier: Apache-2.0 */
/*
 * address - which network addresses a portal may have.
 */
#include "collector/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct block4 {
    uint32_t net; /* host byte order */
    unsigned bits;
};

static const struct block4 special4[] = {
    { 0x00000000, 8 },  /* this network */
    { 0x0a000000, 8 },  /* private */
    { 0x64400000, 10 }, /* shared, RFC 6598 */
    { 0x7f000000, 8 },  /* loopback */
    { 0xa9fe0000, 16 }, /* link-local, cloud metadata */
    { 0xac100000, 12 }, /* private */
    { 0xc0000000, 24 }, /* IETF protocol assignments */
    { 0xc0000200, 24 }, /* documentation */
    { 0xc0586300, 24 }, /* 6to4 relays */
    { 0xc0a80000, 16 }, /* private */
    { 0xc6120000, 15 }, /* benchmarking */
    { 0xc6336400, 24 }, /* documentation */
    { 0xcb007100, 24 }, /* documentation */
    { 0xe0000000, 4 },  /* multicast */
    { 0xf0000000, 4 },  /* reserved, broadcast */
};

static bool is_public4(uint32_t ip)
{
    for (size_t i = 0; i < sizeof special4 / sizeof *special4; i++) {
        uint32_t mask = UINT32_MAX << (32 - special4[i].bits);

        if ((ip & mask) == special4[i].net)
            return false;
    }
    return true;
}

static uint32_t four(const uint8_t *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 |
           b[3];
}

static bool is_public6(const uint8_t b[16])
{
    static const uint8_t zero[16];
    static const uint8_t nat64[12] = { 0x00, 0x64, 0xff, 0x9b };

    if (memcmp(b, zero, 10) == 0 && b[10] == 0xff && b[11] == 0xff)
        return is_public4(four(b + 12)); /* mapped */
    if (memcmp(b, nat64, 12) == 0)
        return is_public4(four(b + 12));
    if (b[0] == 0x20 && b[1] == 0x02)
        return is_public4(four(b + 2)); /* 6to4 */
    if ((b[0] & 0xe0) != 0x20)
        return false; /* global unicast is 2000::/3 and nothing else */
    if (b[0] == 0x20 && b[1] == 0x01 && (b[2] & 0xfe) == 0)
        return false; /* 2001::/23: Teredo and other protocols */
    return !(b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && b[3] == 0xb8);
}

bool address_is_public(const struct sockaddr *addr)
{
    if (addr->sa_family == AF_INET) {
        struct sockaddr_in in;

        memcpy(&in, addr, sizeof in);
        return is_public4(ntohl(in.sin_addr.s_addr));
    }
    if (addr->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;

        memcpy(&in6, addr, sizeof in6);
        return is_public6(in6.sin6_addr.s6_addr);
    }
    return false;
}

bool address_text_is_public(const char *ip)
{
    uint8_t b[16];

    if (inet_pton(AF_INET, ip, b) == 1)
        return is_public4(four(b));
    if (inet_pton(AF_INET6, ip, b) == 1)
        return is_public6(b);
    return false;
}
