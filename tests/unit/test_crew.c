/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_crew - claims about cli/crew.c
 */
#include "tests/check.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "cli/crew.h"
#include "common/log.h"

enum {
    PATIENCE_TURNS = 2000,
    TURN_MS = 10
};

struct fixture {
    int log[2]; /* what members print */
    struct crew *crew;
    struct err err;
};

static int setup(void **state)
{
    static struct fixture f;

    log_init("test_crew", LOG_LEVEL_ERROR);
    f = (struct fixture){ 0 };
    if (pipe2(f.log, O_CLOEXEC) != 0)
        return -1;
    f.crew = crew_new(f.log[1]);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    crew_kill(f->crew);
    while (!crew_is_gone(f->crew))
        crew_turn(f->crew, &f->err);
    crew_free(f->crew);
    close(f->log[0]);
    close(f->log[1]);
    return 0;
}

static size_t add_shell(struct fixture *f, const char *script, bool ends)
{
    const char *const argv[] = { "/bin/sh", "-c", script, NULL };

    return crew_add(f->crew, argv, ends);
}

/* Turn until a member printed something into `text` or trouble came up. */
static int turn_until_said(struct fixture *f, char *text, size_t size)
{
    struct pollfd log = { .fd = f->log[0], .events = POLLIN };

    for (int i = 0; i < PATIENCE_TURNS; i++) {
        if (crew_turn(f->crew, &f->err) != 0)
            return -1;
        if (poll(&log, 1, TURN_MS) == 1) {
            ssize_t n = read(f->log[0], text, size - 1);

            text[n > 0 ? n : 0] = '\0';
            return 0;
        }
    }
    return -1;
}

static int turn_until_gone(struct fixture *f)
{
    for (int i = 0; i < PATIENCE_TURNS; i++) {
        if (crew_turn(f->crew, &f->err) != 0)
            return -1;
        if (crew_is_gone(f->crew))
            return 0;
        poll(NULL, 0, TURN_MS);
    }
    return -1;
}

static void a_killed_member_is_started_again(void **state)
{
    struct fixture *f = *state;
    char text[64];

    add_shell(f, "echo here; kill -9 $$", false);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(turn_until_said(f, text, sizeof(text)), 0);
        assert_string_equal(text, "here\n");
    }
}

static void a_member_that_fails_at_its_start_is_given_up(void **state)
{
    struct fixture *f = *state;
    int turns = 0;

    add_shell(f, "exit 3", false);
    while (crew_turn(f->crew, &f->err) == 0 && turns++ < PATIENCE_TURNS)
        poll(NULL, 0, TURN_MS);
    assert_int_equal(f->err.kind, ERR_FATAL);
    assert_non_null(strstr(f->err.msg, "5 times"));
    assert_non_null(strstr(f->err.msg, "status 3"));
}

static void a_program_that_is_not_there_is_given_up(void **state)
{
    const char *const argv[] = { "/nowhere/nianbao-loader", NULL };
    struct fixture *f = *state;
    char text[4096] = "";
    int turns = 0;

    crew_add(f->crew, argv, false);
    while (crew_turn(f->crew, &f->err) == 0 && turns++ < PATIENCE_TURNS)
        poll(NULL, 0, TURN_MS);
    assert_non_null(strstr(f->err.msg, "nianbao-loader"));
    assert_true(read(f->log[0], text, sizeof(text) - 1) > 0);
    assert_non_null(strstr(text, "/nowhere/nianbao-loader"));
}

static void a_member_with_an_end_is_not_started_again(void **state)
{
    struct fixture *f = *state;
    size_t member = add_shell(f, "exit 0", true);

    assert_int_equal(crew_turn(f->crew, &f->err), 0);
    assert_int_equal(turn_until_gone(f), 0);
    assert_true(crew_has_finished(f->crew, member));
    assert_int_equal(crew_due_ms(f->crew), -1);
}

static void all_end_when_asked(void **state)
{
    struct fixture *f = *state;
    char text[64];

    add_shell(f, "trap 'exit 0' TERM; echo here; while :; do sleep 0.05; done",
        false);
    assert_int_equal(turn_until_said(f, text, sizeof(text)), 0);
    crew_stop(f->crew);
    assert_int_equal(turn_until_gone(f), 0);
    assert_int_equal(crew_turn(f->crew, &f->err), 0);
    assert_true(crew_is_gone(f->crew));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_killed_member_is_started_again),
        CASE(a_member_that_fails_at_its_start_is_given_up),
        CASE(a_program_that_is_not_there_is_given_up),
        CASE(a_member_with_an_end_is_not_started_again),
        CASE(all_end_when_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
