/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_address - which network addresses a portal may have.
 */
#include "tests/check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include "collector/address.h"

static void public_addresses_are_public(void **state)
{
    static const char *const list[] = { "1.2.3.4", "172.15.255.255",
        "172.32.0.1", "100.63.255.255", "100.128.0.1", "198.20.0.1",
        "223.255.255.255", "2400:3200::1", "2001:4860:4860::8888",
        "::ffff:8.8.8.8", "64:ff9b::8.8.8.8" };

    (void)state;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (!address_text_is_public(list[i]))
            fail_msg("%s", list[i]);
    }
}

static void addresses_of_our_own_network_are_not_public(void **state)
{
    static const char *const list[] = { "0.0.0.0", "0.1.2.3", "10.0.0.1",
        "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.2.1",
        "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
        "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2001::1",
        "::ffff:127.0.0.1", "::ffff:10.1.2.3", "::127.0.0.1",
        "64:ff9b::192.168.0.1", "2002:7f00:1::1", "2002:0a00:1::1" };

    (void)state;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (address_text_is_public(list[i]))
            fail_msg("%s", list[i]);
    }
}

static void text_that_is_no_address_is_not_public(void **state)
{
    (void)state;
    assert_false(address_text_is_public(""));
    assert_false(address_text_is_public("localhost"));
    assert_false(address_text_is_public("8.8.8"));
}

static void socket_addresses_are_judged_like_their_text(void **state)
{
    struct sockaddr_in in = { .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct sockaddr_in6 in6 = { .sin6_family = AF_INET6,
        .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    struct sockaddr_un un = { .sun_family = AF_UNIX };

    (void)state;
    assert_false(address_is_public((struct sockaddr *)&in));
    assert_false(address_is_public((struct sockaddr *)&in6));
    assert_false(address_is_public((struct sockaddr *)&un));
    in.sin_addr.s_addr = htonl(0x08080808);
    assert_true(address_is_public((struct sockaddr *)&in));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(public_addresses_are_public),
        cmocka_unit_test(addresses_of_our_own_network_are_not_public),
        cmocka_unit_test(text_that_is_no_address_is_not_public),
        cmocka_unit_test(socket_addresses_are_judged_like_their_text),
    };

    return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
