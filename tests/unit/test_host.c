/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_host - how often a host may be asked, and what its robots.txt says.
 */
#include "tests/check.h"

#include "collector/host.h"

static struct hosts *hosts;

static int open_hosts(void **state)
{
    (void)state;
    hosts = hosts_new("nianbao/0.1.0");
    return 0;
}

static int close_hosts(void **state)
{
    (void)state;
    hosts_free(hosts);
    return 0;
}

static struct origin *origin(const char *url)
{
    struct fetch_url u;

    assert_true(fetch_url_split(url, &u));
    return hosts_origin(hosts, &u, false);
}

static enum host_answer ask(
    const struct origin *o, const char *path, int64_t now_ms, int64_t *wait)
{
    *wait = -1;
    return origin_ask(o, path, now_ms, wait);
}

/* An answer for robots.txt at time `now_ms`. */
static void answer(
    struct origin *o, int32_t status, const char *text, int64_t now_ms)
{
    struct fetch_result r = {
        .outcome = FETCH_ANSWERED, .status = status, .body = slice_str(text)
    };

    if (status == 0) {
        r.outcome = FETCH_TRANSIENT;
        r.error = "timeout: no whole answer in time";
    }
    origin_begin(o, 100);
    origin_robots_answer(o, &r, now_ms, 0);
    origin_end(o, now_ms);
}

static void robots_txt_comes_first(void **state)
{
    struct origin *o = origin("http://a.cn/x");
    int64_t wait;

    (void)state;
    assert_int_equal(ask(o, "/x", 0, &wait), HOST_ROBOTS);
    assert_string_equal(origin_robots_url(o), "http://a.cn:80/robots.txt");
    answer(o, 200, "User-agent: *\nDisallow: /secret", 1000);
    assert_int_equal(ask(o, "/secret/1", 1000, &wait), HOST_DISALLOWED);
    assert_int_equal(ask(o, "/x", 1000, &wait), HOST_WAIT);
    assert_int_equal(wait, 1100);
    assert_int_equal(ask(o, "/x", 1100, &wait), HOST_GO);
}

static void one_request_at_a_time_whatever_the_port(void **state)
{
    struct origin *a = origin("http://a.cn/x");
    struct origin *b = origin("https://a.cn:8443/x");
    int64_t wait;

    (void)state;
    assert_ptr_not_equal(a, b);
    answer(a, 404, "", 0);
    answer(b, 404, "", 0);
    origin_begin(a, 500);
    assert_int_equal(ask(b, "/x", 1000, &wait), HOST_WAIT);
    assert_true(wait == INT64_MAX);
    origin_end(a, 2000);
    assert_int_equal(ask(b, "/x", 2499, &wait), HOST_WAIT);
    assert_int_equal(ask(b, "/x", 2500, &wait), HOST_GO);
}

static void crawl_delay_counts_where_it_is_longer(void **state)
{
    struct origin *o = origin("http://a.cn/x");
    int64_t wait;

    (void)state;
    answer(o, 200, "User-agent: *\nCrawl-delay: 2", 0);
    assert_int_equal(ask(o, "/x", 1999, &wait), HOST_WAIT);
    assert_int_equal(ask(o, "/x", 2000, &wait), HOST_GO);
    origin_begin(o, 5000);
    origin_end(o, 10000);
    assert_int_equal(ask(o, "/x", 14999, &wait), HOST_WAIT);
}

static void a_missing_robots_txt_allows_all(void **state)
{
    struct origin *o = origin("http://a.cn/x");
    int64_t wait;

    (void)state;
    answer(o, 403, "<html>Disallow: /</html>", 0);
    assert_int_equal(ask(o, "/x", 100, &wait), HOST_GO);
}

static void an_unreachable_robots_txt_forbids_all_and_then_closes(void **state)
{
    static const int32_t statuses[] = { 503, 0, 429, 500 };
    struct origin *o = origin("http://a.cn/x");
    int64_t now = 0, wait = 0;

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(ask(o, "/x", now, &wait), HOST_ROBOTS);
        answer(o, statuses[i], "", now);
        if (i < 3)
            assert_int_equal(ask(o, "/x", now, &wait), HOST_WAIT);
        now = wait;
    }
    assert_int_equal(ask(o, "/x", now, &wait), HOST_CLOSED);
    assert_string_equal(origin_reason(o), "robots: robots.txt is out of reach");
}

static void robots_txt_may_be_redirected_five_times(void **state)
{
    struct origin *o = origin("http://a.cn/x");
    struct fetch_result r = { .outcome = FETCH_ANSWERED,
        .status = 301,
        .location = "http://b.cn/robots2.txt" };
    int64_t wait;

    (void)state;
    for (int i = 0; i < 5; i++) {
        origin_robots_answer(o, &r, 0, 0);
        assert_int_equal(ask(o, "/x", 0, &wait), HOST_ROBOTS);
        assert_string_equal(origin_robots_url(o), "http://b.cn/robots2.txt");
    }
    origin_robots_answer(o, &r, 0, 0);
    assert_int_equal(ask(o, "/x", 0, &wait), HOST_GO);
}

static void a_refused_address_closes_the_origin_for_those_it_is_refused(
    void **state)
{
    struct fetch_url u;
    struct fetch_result r = { .outcome = FETCH_REFUSED,
        .error = "address: not a public one" };
    struct origin *o = origin("http://127.0.0.1/");
    int64_t wait;

    (void)state;
    origin_robots_answer(o, &r, 0, 0);
    assert_int_equal(ask(o, "/x", 0, &wait), HOST_CLOSED);
    assert_string_equal(origin_reason(o), "address: not a public one");
    assert_true(fetch_url_split("http://127.0.0.1/", &u));
    assert_int_equal(
        ask(hosts_origin(hosts, &u, true), "/x", 0, &wait), HOST_ROBOTS);
}

static void a_pause_is_kept(void **state)
{
    struct origin *o = origin("http://a.cn/x");
    int64_t wait;

    (void)state;
    answer(o, 404, "", 0);
    origin_pause(o, 9000);
    origin_pause(o, 3000);
    assert_int_equal(ask(o, "/x", 8999, &wait), HOST_WAIT);
    assert_int_equal(wait, 9000);
}

#define WITH_HOSTS(f)                                                          \
    cmocka_unit_test_setup_teardown(f, open_hosts, close_hosts)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOSTS(robots_txt_comes_first),
        WITH_HOSTS(one_request_at_a_time_whatever_the_port),
        WITH_HOSTS(crawl_delay_counts_where_it_is_longer),
        WITH_HOSTS(a_missing_robots_txt_allows_all),
        WITH_HOSTS(an_unreachable_robots_txt_forbids_all_and_then_closes),
        WITH_HOSTS(robots_txt_may_be_redirected_five_times),
        WITH_HOSTS(a_refused_address_closes_the_origin_for_those_it_is_refused),
        WITH_HOSTS(a_pause_is_kept),
    };

    return cmocka_run_group_tests_name("host", tests, NULL, NULL);
}
