/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_bag - manifests as RFC 8493 has them.
 */
#include "loader/bag.h"
#include "tests/loader_case.h"

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/* 2026-01-31T00:00:00Z */
enum {
    MADE_AT = 1769817600
};

static void make(struct loader_case *c)
{
    struct err err;

    case_make_dir(c, "data");
    case_write(c, "data/b.csv", "abc");
    case_write(c, "data/a.csv", "");
    case_write(c, "README.md", "abc");
    must(bag_write(c->dir, "nianbao-x", MADE_AT, &err));
}

static void the_manifest_lists_the_payload_alone(void **state)
{
    make(*state);
    assert_true(slice_eq_str(case_read(*state, "manifest-sha256.txt"),
        EMPTY "  data/a.csv\n" ABC "  data/b.csv\n"));
}

static void the_tag_manifest_lists_all_other_files(void **state)
{
    struct slice text;

    make(*state);
    text = case_read(*state, "tagmanifest-sha256.txt");
    assert_true(slice_starts(text, SLICE_LIT(ABC "  README.md\n")));
    assert_true(slice_find(text, SLICE_LIT("  bag-info.txt\n")) > 0);
    assert_true(slice_find(text, SLICE_LIT("  bagit.txt\n")) > 0);
    assert_true(slice_find(text, SLICE_LIT("  manifest-sha256.txt\n")) > 0);
    assert_int_equal(slice_find(text, SLICE_LIT("data/")), -1);
    assert_int_equal(slice_find(text, SLICE_LIT("tagmanifest")), -1);
}

static void the_declaration_is_as_the_standard_says(void **state)
{
    make(*state);
    assert_true(slice_eq_str(case_read(*state, "bagit.txt"),
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"));
}

static void the_information_has_size_and_day(void **state)
{
    struct slice text;

    make(*state);
    text = case_read(*state, "bag-info.txt");
    assert_true(slice_find(text, SLICE_LIT("Payload-Oxum: 3.2\n")) > 0);
    assert_true(slice_find(text, SLICE_LIT("Bagging-Date: 2026-01-31\n")) > 0);
    assert_true(
        slice_find(text, SLICE_LIT("External-Identifier: nianbao-x\n")) > 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, case_setup, case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_manifest_lists_the_payload_alone),
        TEST(the_tag_manifest_lists_all_other_files),
        TEST(the_declaration_is_as_the_standard_says),
        TEST(the_information_has_size_and_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
