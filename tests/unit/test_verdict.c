/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_verdict - what an answer means for the visit of a URL.
 */
#include "tests/check.h"

#include "collector/verdict.h"
#include "common/mem.h"

static char column_url[] = "https://a.cn/nb/";
static struct conf_column columns[] = { { .url = column_url } };
static char partner[] = "^http://b\\.cn/";
static char *link_patterns[] = { partner };
static char source_name[] = "a.cn";
static const struct conf_source source = { .name = source_name,
    .columns = columns,
    .columns_count = 1,
    .link_patterns = link_patterns,
    .link_patterns_count = 1 };

static struct selector *selector;

static int open_selector(void **state)
{
    struct err err = { ERR_NONE, "" };

    (void)state;
    selector = select_new(&source, &err);
    return selector ? 0 : -1;
}

static int close_selector(void **state)
{
    (void)state;
    select_free(selector);
    return 0;
}

static struct verdict_visit visit_of(const char *url)
{
    return (struct verdict_visit){
        .selector = selector, .url = url, .at = url, .retries_max = 2
    };
}

static struct fetch_result answer(int status, const char *body)
{
    return (struct fetch_result){ .outcome = FETCH_ANSWERED,
        .status = status,
        .media_type = "text/html",
        .body = slice_str(body) };
}

static struct verdict redirect(const char *from, const char *to)
{
    struct verdict_visit visit = visit_of(from);
    struct fetch_result r = answer(302, "");

    r.location = to;
    return verdict_of(&r, &visit);
}

static void expect_failure(struct verdict v, const char *error)
{
    assert_int_equal(v.kind, VERDICT_FAIL);
    assert_string_equal(v.error, error);
    assert_null(v.to);
}

static void a_body_is_kept_and_an_empty_one_is_not(void **state)
{
    struct verdict_visit visit = visit_of("https://a.cn/nb/1.html");
    struct fetch_result full = answer(200, "<html>");
    struct fetch_result empty = answer(200, "");

    (void)state;
    assert_int_equal(verdict_of(&full, &visit).kind, VERDICT_KEEP);
    expect_failure(verdict_of(&empty, &visit), "http: empty body");
}

static void unchanged_only_counts_when_we_asked(void **state)
{
    struct verdict_visit visit = visit_of("https://a.cn/nb/1.html");
    struct fetch_result r = answer(304, "");

    (void)state;
    assert_int_equal(verdict_of(&r, &visit).kind, VERDICT_FAIL);
    visit.conditional = true;
    assert_int_equal(verdict_of(&r, &visit).kind, VERDICT_UNCHANGED);
}

static void client_errors_are_final(void **state)
{
    struct verdict_visit visit = visit_of("https://a.cn/nb/1.html");
    struct fetch_result r = answer(404, "<html>not found");

    (void)state;
    expect_failure(verdict_of(&r, &visit), "http: 404");
}

static void server_trouble_is_tried_again_until_it_is_enough(void **state)
{
    struct verdict_visit visit = visit_of("https://a.cn/nb/1.html");
    struct fetch_result r = answer(503, "");
    struct verdict v = verdict_of(&r, &visit);

    (void)state;
    assert_int_equal(v.kind, VERDICT_RETRY);
    assert_int_equal(v.wait_s, 1);
    assert_false(v.pause_host);
    visit.tries = 1;
    assert_int_equal(verdict_of(&r, &visit).wait_s, 2);
    visit.tries = 2;
    expect_failure(verdict_of(&r, &visit), "http: 503");
}

static void retry_after_is_obeyed_and_pauses_the_host(void **state)
{
    struct verdict_visit visit = visit_of("https://a.cn/nb/1.html");
    struct fetch_result r = answer(429, "");
    struct verdict v;

    (void)state;
    r.retry_after = "30";
    v = verdict_of(&r, &visit);
    assert_int_equal(v.kind, VERDICT_RETRY);
    assert_int_equal(v.wait_s, 30);
    assert_true(v.pause_host);
}

static void a_wait_longer_than_a_run_is_left_for_another(void **state)
{
    struct verdict_visit visit = visit_of("https://a.cn/nb/1.html");
    struct fetch_result r = answer(429, "");
    struct verdict v;

    (void)state;
    r.retry_after = "86400";
    v = verdict_of(&r, &visit);
    assert_int_equal(v.kind, VERDICT_FAIL);
    assert_true(v.close_host);
    r.status = 503;
    assert_false(verdict_of(&r, &visit).close_host);
}

static void transient_faults_are_tried_again_and_others_are_not(void **state)
{
    struct verdict_visit visit = visit_of("https://a.cn/nb/1.html");
    struct fetch_result r = { .outcome = FETCH_TRANSIENT,
        .error = "timeout: no whole answer in time" };

    (void)state;
    assert_int_equal(verdict_of(&r, &visit).kind, VERDICT_RETRY);
    r.outcome = FETCH_REFUSED;
    r.error = "limit: body too long";
    expect_failure(verdict_of(&r, &visit), "limit: body too long");
}

static void redirects_on_the_host_are_followed(void **state)
{
    struct verdict v = redirect("https://a.cn/nb/1.html", "../x/2.html");

    (void)state;
    assert_int_equal(v.kind, VERDICT_FOLLOW);
    assert_string_equal(v.to, "https://a.cn/x/2.html");
    mem_free(v.to);
    v = redirect("https://a.cn/nb/1.html", "http://a.cn/nb/1.html");
    assert_int_equal(v.kind, VERDICT_FOLLOW);
    mem_free(v.to);
}

static void redirects_elsewhere_need_a_pattern(void **state)
{
    struct verdict v = redirect("http://a.cn/1.html", "http://b.cn/1.html");

    (void)state;
    assert_int_equal(v.kind, VERDICT_FOLLOW);
    mem_free(v.to);
    expect_failure(redirect("http://a.cn/1.html", "http://c.cn/1.html"),
        "redirect: to another host");
    expect_failure(redirect("http://a.cn/1.html", "http://10.0.0.1/1.html"),
        "redirect: to another host");
    expect_failure(redirect("https://a.cn/1.html", "http://b.cn/1.html"),
        "redirect: from https to http on another host");
}

static void redirects_to_other_schemes_are_refused(void **state)
{
    static const char *const bad[] = { "file:///etc/passwd", "ftp://a.cn/x",
        "gopher://a.cn/", "javascript:alert(1)", "", "http://u:p@a.cn/" };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_failure(redirect("http://a.cn/1.html", bad[i]),
            "redirect: not to an http address");
    expect_failure(
        redirect("http://a.cn/1.html", NULL), "redirect: without an address");
}

static void redirects_end_after_five(void **state)
{
    struct verdict_visit visit = visit_of("https://a.cn/nb/1.html");
    struct fetch_result r = answer(301, "");

    (void)state;
    r.location = "/2.html";
    visit.hops = VERDICT_HOPS_MAX;
    expect_failure(verdict_of(&r, &visit), "redirect: more than 5 in a row");
}

static void a_redirect_home_is_a_soft_404(void **state)
{
    (void)state;
    expect_failure(redirect("https://a.cn/nb/1.html", "/"),
        "soft404: redirected to the home page");
    expect_failure(redirect("https://a.cn/nb/1.html", "/index.html?from=x"),
        "soft404: redirected to the home page");
}

static void a_page_in_place_of_a_file_is_a_soft_404(void **state)
{
    struct verdict_visit visit = visit_of("https://a.cn/nb/1.pdf");
    struct fetch_result r = answer(200, "\n<!DOCTYPE html>");

    (void)state;
    expect_failure(
        verdict_of(&r, &visit), "soft404: a page instead of the file");
    r.body = slice_str("%PDF-1.4"); /* whatever Content-Type says */
    assert_int_equal(verdict_of(&r, &visit).kind, VERDICT_KEEP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_is_kept_and_an_empty_one_is_not),
        cmocka_unit_test(unchanged_only_counts_when_we_asked),
        cmocka_unit_test(client_errors_are_final),
        cmocka_unit_test(server_trouble_is_tried_again_until_it_is_enough),
        cmocka_unit_test(retry_after_is_obeyed_and_pauses_the_host),
        cmocka_unit_test(a_wait_longer_than_a_run_is_left_for_another),
        cmocka_unit_test(transient_faults_are_tried_again_and_others_are_not),
        cmocka_unit_test(redirects_on_the_host_are_followed),
        cmocka_unit_test(redirects_elsewhere_need_a_pattern),
        cmocka_unit_test(redirects_to_other_schemes_are_refused),
        cmocka_unit_test(redirects_end_after_five),
        cmocka_unit_test(a_redirect_home_is_a_soft_404),
        cmocka_unit_test(a_page_in_place_of_a_file_is_a_soft_404),
    };

    return cmocka_run_group_tests_name(
        "verdict", tests, open_selector, close_selector);
}
