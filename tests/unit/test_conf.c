/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_conf - what the configuration may say, and how it refuses the rest.
 */
#include "common/conf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/mem.h"
#include "tests/check.h"

/* A folder of its own for each test, with conf.yaml and sources.d/. */
struct place {
    char dir[64];
    char *main_file, *source_file;
};

static int make_place(void **state)
{
    struct place *p = mem_alloc(sizeof(*p));
    char *sources;

    strcpy(p->dir, "/tmp/test_conf.XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    sources = mem_printf("%s/sources.d", p->dir);
    assert_int_equal(mkdir(sources, 0700), 0);
    mem_free(sources);
    p->main_file = mem_printf("%s/conf.yaml", p->dir);
    p->source_file = mem_printf("%s/sources.d/a.yaml", p->dir);
    *state = p;
    return 0;
}

static int drop_place(void **state)
{
    struct place *p = *state;
    char *sources = mem_printf("%s/sources.d", p->dir);
    char *second = mem_printf("%s/sources.d/b.yaml", p->dir);

    unlink(p->main_file);
    unlink(p->source_file);
    unlink(second);
    rmdir(sources);
    rmdir(p->dir);
    mem_free(second);
    mem_free(sources);
    mem_free(p->main_file);
    mem_free(p->source_file);
    mem_free(p);
    return 0;
}

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static const char good_source[] = "name: a.example\n"
                                  "title: A\n"
                                  "region: \"110105\"\n"
                                  "columns:\n"
                                  "  - url: http://a.example/list/\n"
                                  "    organization: 甲局\n"
                                  "title_patterns: [年报]\n";

/* Read the place; the error's text must hold every one of `parts`. */
static void refuses(struct place *p, const char *const *parts)
{
    struct err err = { .kind = ERR_NONE };

    assert_null(conf_read(p->main_file, &err));
    assert_int_equal(err.kind, ERR_FATAL);
    for (; *parts; parts++)
        if (!strstr(err.msg, *parts))
            fail_msg("'%s' lacks '%s'", err.msg, *parts);
}

static void empty_keys_take_their_defaults(void **state)
{
    struct place *p = *state;
    struct err err = { .kind = ERR_NONE };
    struct conf *c;

    put(p->main_file, "workers: 3\n");
    put(p->source_file, good_source);
    c = conf_read(p->main_file, &err);
    assert_string_equal(err.msg, "");
    assert_non_null(c);
    assert_int_equal(c->workers, 3);
    assert_int_equal(c->credit, 4);
    assert_int_equal(c->body_max_bytes, 33554432);
    assert_int_equal(c->sources_count, 1);
    assert_string_equal(c->sources[0]->columns[0].organization, "甲局");
    assert_int_equal(c->sources[0]->delay_ms, 2000);
    assert_true(c->sources[0]->enabled);
    assert_ptr_equal(conf_source_find(c, "a.example"), c->sources[0]);
    assert_null(conf_source_find(c, "b.example"));
    conf_free(c);
}

static void relative_paths_start_at_the_file(void **state)
{
    struct place *p = *state;
    struct err err = { .kind = ERR_NONE };
    struct conf *c;
    char *want = mem_printf("%s/var/state", p->dir);
    char *address;

    put(p->main_file, "state_dir: var/state\nrun_dir: /run/x\n");
    put(p->source_file, good_source);
    c = conf_read(p->main_file, &err);
    assert_non_null(c);
    assert_string_equal(c->state_dir, want);
    address = conf_address(c, "jobs");
    assert_string_equal(address, "ipc:///run/x/jobs");
    mem_free(address);
    mem_free(want);
    conf_free(c);
}

static void unknown_key_is_named_with_its_line(void **state)
{
    struct place *p = *state;
    const char *const parts[] = { "conf.yaml:2", "wrokers", NULL };

    put(p->main_file, "credit: 4\nwrokers: 3\n");
    put(p->source_file, good_source);
    refuses(p, parts);
}

static void wrong_type_is_named_with_its_line(void **state)
{
    struct place *p = *state;
    const char *const parts[] = { "conf.yaml:2", "workers", "many", NULL };

    put(p->main_file, "credit: 4\nworkers: many\n");
    put(p->source_file, good_source);
    refuses(p, parts);
}

static void number_out_of_range_says_what_would_be_right(void **state)
{
    struct place *p = *state;
    const char *const parts[] = { "conf.yaml:3", "credit", "1 to 64", NULL };

    put(p->main_file, "# c\nworkers: 3\ncredit: 65\n");
    put(p->source_file, good_source);
    refuses(p, parts);
}

static void lease_shorter_than_the_reader_is_refused(void **state)
{
    struct place *p = *state;
    const char *const parts[] = { "lease_ms", "reader_wall_ms", NULL };

    put(p->main_file, "lease_ms: 5000\nreader_wall_ms: 20000\n");
    put(p->source_file, good_source);
    refuses(p, parts);
}

static void missing_source_key_is_named(void **state)
{
    struct place *p = *state;
    const char *const parts[] = { "a.yaml:", "region", NULL };

    put(p->main_file, "workers: 1\n");
    put(p->source_file, "name: a\ntitle: A\ncolumns:\n  - url: http://a/\n");
    refuses(p, parts);
}

static void bad_pattern_is_shown(void **state)
{
    struct place *p = *state;
    const char *const parts[] = { "a.yaml:6", "title_patterns", "'('", NULL };

    put(p->main_file, "workers: 1\n");
    put(p->source_file, "name: a\ntitle: A\nregion: \"110105\"\ncolumns:\n"
                        "  - url: http://a/\ntitle_patterns: ['(']\n");
    refuses(p, parts);
}

static void public_portal_may_not_be_hurried(void **state)
{
    struct place *p = *state;
    const char *const parts[] = { "a.yaml:6", "delay_ms", "500", NULL };

    put(p->main_file, "workers: 1\n");
    put(p->source_file, "name: a\ntitle: A\nregion: \"110105\"\ncolumns:\n"
                        "  - url: http://a/\ndelay_ms: 100\n");
    refuses(p, parts);
}

static void region_must_be_six_digits(void **state)
{
    struct place *p = *state;
    const char *const parts[] = { "a.yaml:3", "region", "11010x", NULL };

    put(p->main_file, "workers: 1\n");
    put(p->source_file,
        "name: a\ntitle: A\nregion: 11010x\ncolumns:\n  - url: http://a/\n");
    refuses(p, parts);
}

static void two_sources_of_one_name_are_refused(void **state)
{
    struct place *p = *state;
    const char *const parts[] = { "b.yaml:1", "a.example", "a.yaml", NULL };
    char *second = mem_printf("%s/sources.d/b.yaml", p->dir);

    put(p->main_file, "workers: 1\n");
    put(p->source_file, good_source);
    put(second, good_source);
    refuses(p, parts);
    mem_free(second);
}

static void bad_clock_and_log_level_are_refused(void **state)
{
    struct place *p = *state;
    const char *const clock[] = { "conf.yaml:1", "clock", NULL };
    const char *const level[] = { "conf.yaml:1", "log_level", "debug", NULL };

    put(p->source_file, good_source);
    put(p->main_file, "clock: yesterday\n");
    refuses(p, clock);
    put(p->main_file, "log_level: loud\n");
    refuses(p, level);
}

static void missing_file_says_what_to_do(void **state)
{
    struct place *p = *state;
    const char *const parts[] = { "conf.yaml", "--config", NULL };

    refuses(p, parts);
}

static void broken_yaml_names_the_line(void **state)
{
    struct place *p = *state;
    const char *const parts[] = { "conf.yaml:", NULL };

    put(p->source_file, good_source);
    put(p->main_file, "workers: 1\n  credit: [\n");
    refuses(p, parts);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, make_place, drop_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(empty_keys_take_their_defaults),
        CASE(relative_paths_start_at_the_file),
        CASE(unknown_key_is_named_with_its_line),
        CASE(wrong_type_is_named_with_its_line),
        CASE(number_out_of_range_says_what_would_be_right),
        CASE(lease_shorter_than_the_reader_is_refused),
        CASE(missing_source_key_is_named),
        CASE(bad_pattern_is_shown),
        CASE(public_portal_may_not_be_hurried),
        CASE(region_must_be_six_digits),
        CASE(two_sources_of_one_name_are_refused),
        CASE(bad_clock_and_log_level_are_refused),
        CASE(missing_file_says_what_to_do),
        CASE(broken_yaml_names_the_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
