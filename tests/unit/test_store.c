/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_store - bodies are there whole, or not at all.
 */
#include "common/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/mem.h"
#include "tests/case.h"

static const char abc_key[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

struct place {
    char dir[64];
    struct store *s;
    struct buf out;
};

static int setup(void **state)
{
    struct place *p = mem_alloc(sizeof(*p));
    struct err err;

    strcpy(p->dir, "/tmp/nianbao-store.XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    p->s = store_open(p->dir, &err);
    assert_non_null(p->s);
    buf_init(&p->out, 1000);
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct place *p = *state;

    store_close(p->s);
    buf_clear(&p->out);
    case_remove(p->dir);
    mem_free(p);
    return 0;
}

static void overwrite(const struct place *p, const char *bytes)
{
    char *path = mem_printf("%s/store/ba/%s", p->dir, abc_key);
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(bytes, f);
    fclose(f);
    mem_free(path);
}

static void put_abc(struct place *p)
{
    char key[STORE_KEY_LEN + 1];
    struct err err;

    assert_int_equal(store_put(p->s, SLICE_LIT("abc"), key, &err), 0);
    assert_string_equal(key, abc_key);
}

static void body_comes_back_under_its_hash(void **state)
{
    struct place *p = *state;
    struct err err;

    assert_false(store_has(p->s, abc_key));
    put_abc(p);
    put_abc(p);
    assert_true(store_has(p->s, abc_key));
    buf_add_str(&p->out, "before ");
    assert_int_equal(store_get(p->s, abc_key, &p->out, &err), 0);
    assert_true(slice_eq_str(buf_slice(&p->out), "before abc"));
}

static void empty_body_is_a_body(void **state)
{
    struct place *p = *state;
    char key[STORE_KEY_LEN + 1];
    struct err err;

    assert_int_equal(store_put(p->s, SLICE_LIT(""), key, &err), 0);
    assert_int_equal(store_get(p->s, key, &p->out, &err), 0);
    assert_int_equal(p->out.len, 0);
}

static void damage_is_noticed_and_nothing_is_handed_out(void **state)
{
    struct place *p = *state;
    struct err err;

    put_abc(p);
    overwrite(p, "abd");
    assert_int_equal(store_get(p->s, abc_key, &p->out, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_int_equal(p->out.len, 0);
}

static void body_cut_short_is_written_anew(void **state)
{
    struct place *p = *state;
    struct err err;

    put_abc(p);
    overwrite(p, "a");
    put_abc(p);
    assert_int_equal(store_get(p->s, abc_key, &p->out, &err), 0);
}

static void absent_body_and_bad_key_are_input_errors(void **state)
{
    struct place *p = *state;
    struct err err;

    assert_int_equal(store_get(p->s, abc_key, &p->out, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_int_equal(store_get(p->s, "../../etc/passwd", &p->out, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_false(store_has(p->s, "../../etc/passwd"));
}

static void body_over_the_ceiling_is_a_limit_error(void **state)
{
    struct place *p = *state;
    char big[2000] = { 0 };
    char key[STORE_KEY_LEN + 1];
    struct err err;

    assert_int_equal(
        store_put(p->s, (struct slice){ big, sizeof(big) }, key, &err), 0);
    assert_int_equal(store_get(p->s, key, &p->out, &err), -1);
    assert_int_equal(err.kind, ERR_LIMIT);
}

static void leftovers_of_killed_writers_go_after_an_hour(void **state)
{
    struct place *p = *state;
    char *old = mem_printf("%s/store/tmp/old", p->dir);
    char *fresh = mem_printf("%s/store/tmp/fresh", p->dir);
    struct timespec times[2] = { { time(NULL) - 7200, 0 },
        { time(NULL) - 7200, 0 } };
    struct err err;

    close(open(old, O_CREAT | O_WRONLY, 0600));
    close(open(fresh, O_CREAT | O_WRONLY, 0600));
    assert_int_equal(utimensat(AT_FDCWD, old, times, 0), 0);
    store_close(p->s);
    p->s = store_open(p->dir, &err);
    assert_non_null(p->s);
    assert_int_equal(access(old, F_OK), -1);
    assert_int_equal(access(fresh, F_OK), 0);
    mem_free(old);
    mem_free(fresh);
}

static void folder_that_cannot_be_made_is_fatal(void **state)
{
    struct err err;

    (void)state;
    assert_null(store_open("/proc/nianbao", &err));
    assert_int_equal(err.kind, ERR_FATAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
        CASE(body_comes_back_under_its_hash),
        CASE(empty_body_is_a_body),
        CASE(damage_is_noticed_and_nothing_is_handed_out),
        CASE(body_cut_short_is_written_anew),
        CASE(absent_body_and_bad_key_are_input_errors),
        CASE(body_over_the_ceiling_is_a_limit_error),
        CASE(leftovers_of_killed_writers_go_after_an_hour),
        CASE(folder_that_cannot_be_made_is_fatal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
