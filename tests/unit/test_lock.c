/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lock - claims about cli/lock.c
 */
#include "tests/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/lock.h"
#include "common/mem.h"

static int setup(void **state)
{
    *state = mem_strdup("/tmp/nianbao-lock-XXXXXX");
    return mkdtemp(*state) ? 0 : -1;
}

static int teardown(void **state)
{
    int rc = case_remove(*state);

    mem_free(*state);
    return rc;
}

static void a_second_run_is_refused_and_told_by_whom(void **state)
{
    struct err err = { 0 };
    char pid[16];
    int first = lock_take(*state, &err);

    assert_true(first >= 0);
    assert_int_equal(lock_take(*state, &err), -1);
    assert_int_equal(err.kind, ERR_RETRY);
    snprintf(pid, sizeof(pid), "%d", getpid());
    assert_non_null(strstr(err.msg, pid));
    close(first);
}

static void the_lock_goes_with_its_process(void **state)
{
    struct err err = { 0 };
    pid_t child = fork();
    int status, fd;

    if (child == 0)
        _exit(lock_take(*state, &err) >= 0 ? 0 : 1);
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    fd = lock_take(*state, &err);
    assert_true(fd >= 0);
    close(fd);
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    struct err err = { 0 };
    char *dir = mem_printf("%s/none", (char *)*state);

    assert_int_equal(lock_take(dir, &err), -1);
    assert_int_equal(err.kind, ERR_FATAL);
    assert_non_null(strstr(err.msg, dir));
    mem_free(dir);
}

static void folders_are_made_down_to_the_last(void **state)
{
    struct err err = { 0 };
    char *dir = mem_printf("%s/a//b/c/", (char *)*state);
    char *file = mem_printf("%s/a/file", (char *)*state);
    struct stat st;

    assert_int_equal(lock_make_folder(dir, &err), 0);
    assert_int_equal(lock_make_folder(dir, &err), 0);
    assert_int_equal(stat(dir, &st), 0);
    assert_true(S_ISDIR(st.st_mode));

    fclose(fopen(file, "w"));
    mem_free(dir);
    dir = mem_printf("%s/below", file);
    assert_int_equal(lock_make_folder(dir, &err), -1);
    assert_int_equal(err.kind, ERR_FATAL);
    mem_free(dir);
    mem_free(file);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_second_run_is_refused_and_told_by_whom),
        CASE(the_lock_goes_with_its_process),
        CASE(a_folder_that_is_not_there_is_named),
        CASE(folders_are_made_down_to_the_last),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
