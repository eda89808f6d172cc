/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_relay - claims about cli/relay.c
 */
#include "tests/check.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/relay.h"

static void count(void *ctx)
{
    ++*(int *)ctx;
}

/* What reaches standard error when `said` comes through the pipe. */
static void relayed(const char *said, enum log_level level, char *text,
    size_t size, int *cleared)
{
    struct relay r;
    struct err err;
    int saved = dup(STDERR_FILENO);
    int p[2];
    ssize_t n;

    assert_int_equal(pipe2(p, O_NONBLOCK), 0);
    dup2(p[1], STDERR_FILENO);
    assert_int_equal(relay_open(&r, level, &err), 0);
    assert_true(write(r.write_fd, said, strlen(said)) > 0);
    *cleared = 0;
    relay_pass(&r, count, cleared);
    relay_close(&r);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    n = read(p[0], text, size - 1);
    text[n > 0 ? n : 0] = '\0';
    close(p[0]);
    close(p[1]);
    close(saved);
}

static void warnings_pass_and_the_rest_does_not(void **state)
{
    char text[256];
    int cleared;

    (void)state;
    relayed("<6>a: info\n<4>a: warning\n<3>b: error\n<7>c: debug\n",
        LOG_LEVEL_WARN, text, sizeof(text), &cleared);
    assert_string_equal(text, "<4>a: warning\n<3>b: error\n");
    assert_int_equal(cleared, 1);
}

static void nothing_shown_clears_nothing(void **state)
{
    char text[256];
    int cleared;

    (void)state;
    relayed("<6>a: info\n", LOG_LEVEL_WARN, text, sizeof(text), &cleared);
    assert_string_equal(text, "");
    assert_int_equal(cleared, 0);
}

static void lines_without_a_level_always_pass(void **state)
{
    char text[256];
    int cleared;

    (void)state;
    relayed("Assertion failed\n<\n<9>x\n", LOG_LEVEL_ERROR, text, sizeof(text),
        &cleared);
    assert_string_equal(text, "Assertion failed\n<\n<9>x\n");
}

static void a_line_without_an_end_waits(void **state)
{
    char text[256];
    int cleared;

    (void)state;
    relayed("<3>half", LOG_LEVEL_WARN, text, sizeof(text), &cleared);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warnings_pass_and_the_rest_does_not),
        cmocka_unit_test(nothing_shown_clears_nothing),
        cmocka_unit_test(lines_without_a_level_always_pass),
        cmocka_unit_test(a_line_without_an_end_waits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
