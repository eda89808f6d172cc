/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_summary - claims about cli/summary.c
 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/summary.h"

static const struct run_summary sum = { .requests = 84,
    .not_modified = 12,
    .fetched = 60,
    .duplicates = 3,
    .loaded_valid = 40,
    .loaded_flagged = 8,
    .rejected = 1,
    .quarantined = 0 };

static char *printed(void (*print)(FILE *, const struct run *,
                         const struct run_summary *, const char *),
    const struct run *run)
{
    char *text = NULL;
    size_t len;
    FILE *f = open_memstream(&text, &len);

    print(f, run, &sum, "/out");
    fclose(f);
    return text;
}

static void a_published_run_names_its_archive(void **state)
{
    const struct run run = { .name = "20260131T000000Z",
        .state = RUN_PUBLISHED,
        .archive = "nianbao-20260131T000000Z.tar.zst" };
    char *text = printed(summary_text, &run);

    (void)state;
    assert_non_null(strstr(text, "Run 20260131T000000Z: published\n"));
    assert_non_null(strstr(text, "fetched           60"));
    assert_non_null(strstr(text, "flagged            8"));
    assert_non_null(
        strstr(text, "Archive: /out/nianbao-20260131T000000Z.tar.zst\n"));
    assert_null(strstr(text, "open"));
    assert_null(strstr(text, "quarantine list"));
    free(text);
}

static void a_run_without_news_says_so(void **state)
{
    const struct run run = { .name = "x", .state = RUN_EMPTY };
    char *text = printed(summary_text, &run);

    (void)state;
    assert_non_null(strstr(text, "nothing was published"));
    assert_null(strstr(text, "Archive"));
    free(text);
}

static void programs_get_one_object(void **state)
{
    const struct run run = { .name = "x", .state = RUN_EMPTY };
    char *text = printed(summary_json, &run);

    (void)state;
    assert_string_equal(text,
        "{\"run\":\"x\",\"state\":\"empty\",\"urls\":0,\"urls_failed\":0,"
        "\"requests\":84,\"not_modified\":12,\"fetched\":60,"
        "\"duplicates\":3,\"unpacked\":0,\"valid\":40,\"flagged\":8,"
        "\"renderings\":0,\"rejected\":1,"
        "\"quarantined\":0,\"open\":0,\"archive\":null}\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_published_run_names_its_archive),
        cmocka_unit_test(a_run_without_news_says_so),
        cmocka_unit_test(programs_get_one_object),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
