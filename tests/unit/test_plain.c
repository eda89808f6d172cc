/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_plain - claims about common/plain.c, and where it is used.
 */
#include "tests/check.h"

#include <string.h>
#include <unistd.h>

#include "common/log.h"
#include "common/plain.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 0);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void assert_plain(const char *from, const char *to)
{
    struct slice s = plain_text(&arena, slice_str(from));

    assert_int_equal(s.len, strlen(to));
    assert_memory_equal(s.p, to, s.len);
}

static void escape_sequences_are_disarmed(void **state)
{
    (void)state;
    assert_plain("\033]0;owned\a\033[2J年报", "?]0;owned??[2J年报");
    assert_plain("\xc2\x9b"
                 "31m",
        "??31m"); /* CSI as one C1 character */
    assert_plain("a\177\b\b\bb", "a????b");
}

static void lines_stay_single(void **state)
{
    (void)state;
    assert_plain("a\r\n<3>nianbao: all is well", "a  <3>nianbao: all is well");
    assert_plain("a\tb\xe2\x80\xa8"
                 "c",
        "a b???c");
}

static void direction_cannot_be_turned(void **state)
{
    (void)state;
    assert_plain("\xe2\x80\xae"
                 "fdp.exe\xe2\x81\xa6",
        "???fdp.exe???");
}

static void good_text_is_not_copied(void **state)
{
    const struct slice good =
                           SLICE_LIT("“北京市”——¥ 1,234 \xc2\xa0 \xe2\x80\xa2"),
                       null = { NULL, 0 };

    (void)state;
    assert_ptr_equal(plain_text(&arena, good).p, good.p);
    assert_null(plain_text(&arena, null).p);
}

/* Cut characters at the end are nobody's control characters. */
static void cut_characters_are_left_alone(void **state)
{
    (void)state;
    assert_plain("a\xe2\x80", "a\xe2\x80");
    assert_plain("a\xc2", "a\xc2");
}

static void a_record_is_copied(void **state)
{
    struct cell cell = { .raw = SLICE_LIT("1\0332"), .value = { NULL, 0 } };
    struct check check = { .message = SLICE_LIT("x\ny") };
    struct slice reason = SLICE_LIT("code: \a");
    struct record rec = { .title = SLICE_LIT("\033"),
        .cell_n = 1,
        .cells = &cell,
        .check_n = 1,
        .checks = &check,
        .reason_n = 1,
        .reasons = &reason };
    struct record out = plain_record(&arena, &rec);

    (void)state;
    assert_true(slice_eq_str(out.title, "?"));
    assert_true(slice_eq_str(out.cells[0].raw, "1?2"));
    assert_null(out.cells[0].value.p);
    assert_true(slice_eq_str(out.checks[0].message, "x y"));
    assert_true(slice_eq_str(out.reasons[0], "code: ?"));
    assert_true(slice_eq_str(cell.raw, "1\0332"));
}

/* What log_info writes to standard error, terminated. */
static void logged(const char *text, char *out, size_t size)
{
    int fd[2], kept = dup(STDERR_FILENO);
    ssize_t n;

    assert_int_equal(pipe(fd), 0);
    dup2(fd[1], STDERR_FILENO);
    log_init("test", LOG_LEVEL_INFO);
    log_info("title=\"%s\"", text);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(fd[1]);
    n = read(fd[0], out, size - 1);
    close(fd[0]);
    assert_true(n > 0);
    out[n] = '\0';
}

static void a_log_line_cannot_be_forged(void **state)
{
    char line[256];

    (void)state;
    logged("a\n<3>nianbao: forged\033[2J", line, sizeof(line));
    assert_string_equal(line, "<6>test: title=\"a <3>nianbao: forged?[2J\"\n");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(escape_sequences_are_disarmed),
        CASE(lines_stay_single),
        CASE(direction_cannot_be_turned),
        CASE(good_text_is_not_copied),
        CASE(cut_characters_are_left_alone),
        CASE(a_record_is_copied),
        CASE(a_log_line_cannot_be_forged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
