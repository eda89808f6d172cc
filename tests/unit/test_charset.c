/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_charset - claims about transformer/charset.c
 */
#include "tests/check.h"

#include "common/arena.h"
#include "transformer/charset.h"

/* 北京 and 報告 in four codes. */
#define BEIJING_UTF8 "\xe5\x8c\x97\xe4\xba\xac"
#define BEIJING_GB "\xb1\xb1\xbe\xa9"
#define REPORT_UTF8 "\xe5\xa0\xb1\xe5\x91\x8a"
#define REPORT_BIG5 "\xb3\xf8\xa7\x69"

#define assert_decodes(bytes, declared, name_, replaced, expected)             \
    do {                                                                       \
        struct arena arena_;                                                   \
        struct charset_text is_;                                               \
                                                                               \
        arena_init(&arena_, 0);                                                \
        is_ = charset_decode(SLICE_LIT(bytes), slice_str(declared), &arena_);  \
        assert_string_equal(is_.name, name_);                                  \
        assert_int_equal(is_.replaced_n, replaced);                            \
        assert_int_equal(is_.text.len, sizeof(expected) - 1);                  \
        assert_memory_equal(is_.text.p, expected, sizeof(expected) - 1);       \
        arena_clear(&arena_);                                                  \
    } while (0)

static void utf8_is_seen_whatever_is_declared(void **state)
{
    (void)state;
    assert_decodes(BEIJING_UTF8, "gb2312", "UTF-8", 0, BEIJING_UTF8);
    assert_decodes("\xef\xbb\xbf" BEIJING_UTF8, "", "UTF-8", 0, BEIJING_UTF8);
    assert_decodes("plain", "big5", "UTF-8", 0, "plain");
    assert_decodes("", NULL, "UTF-8", 0, "");
}

static void gb_names_are_gb18030(void **state)
{
    (void)state;
    assert_decodes(BEIJING_GB, "gb2312", "GB18030", 0, BEIJING_UTF8);
    assert_decodes(BEIJING_GB, "GBK", "GB18030", 0, BEIJING_UTF8);
    assert_decodes(BEIJING_GB, "utf-8", "GB18030", 0, BEIJING_UTF8);
    /* Beyond GB2312: 镕 of GBK, and U+3400 in four bytes. */
    assert_decodes("\xe9\x46\x81\x39\xee\x39" BEIJING_GB, "gb2312", "GB18030",
        0, "\xe9\x95\x95\xe3\x90\x80" BEIJING_UTF8);
}

static void the_page_says_its_charset(void **state)
{
    (void)state;
    assert_decodes("<meta charset=big5>" REPORT_BIG5, NULL, "Big5", 0,
        "<meta charset=big5>" REPORT_UTF8);
    assert_decodes("<META content=\"text/html; CHARSET = Big5 \">" REPORT_BIG5,
        NULL, "Big5", 0,
        "<META content=\"text/html; CHARSET = Big5 \">" REPORT_UTF8);
    assert_decodes("<?xml encoding='gbk'?>" BEIJING_GB, "nonsense", "GB18030",
        0, "<?xml encoding='gbk'?>" BEIJING_UTF8);
    /* The header comes first. */
    assert_decodes("<meta charset=gbk>" REPORT_BIG5, "big5", "Big5", 0,
        "<meta charset=gbk>" REPORT_UTF8);
}

static void a_wrong_declaration_does_no_harm(void **state)
{
    (void)state;
    /* The four-byte code is none in Big5. */
    assert_decodes(BEIJING_GB "\x81\x39\xee\x39", "big5", "GB18030", 0,
        BEIJING_UTF8 "\xe3\x90\x80");
}

static void undeclared_big5_is_detected(void **state)
{
    (void)state;
    /* 政府資訊公開年度報告，本年度新收申請案件數量。 */
    assert_decodes(
        "\xac\x46\xa9\xb2\xb8\xea\xb0\x54\xa4\xbd\xb6\x7d\xa6\x7e\xab\xd7"
        "\xb3\xf8\xa7\x69\xa1\x41\xa5\xbb\xa6\x7e\xab\xd7\xb7\x73\xa6\xac"
        "\xa5\xd3\xbd\xd0\xae\xd7\xa5\xf3\xbc\xc6\xb6\x71\xa1\x43",
        NULL, "Big5", 0,
        "\u653f\u5e9c\u8cc7\u8a0a\u516c\u958b\u5e74\u5ea6\u5831\u544a\uff0c"
        "\u672c\u5e74\u5ea6\u65b0\u6536\u7533\u8acb\u6848\u4ef6\u6578\u91cf"
        "\u3002");
}

static void a_few_bad_bytes_leave_utf8_what_it_is(void **state)
{
    (void)state;
    assert_decodes(BEIJING_UTF8 BEIJING_UTF8 BEIJING_UTF8 "\xe5\x8c", NULL,
        "UTF-8", 2,
        BEIJING_UTF8 BEIJING_UTF8 BEIJING_UTF8 "\xef\xbf\xbd\xef\xbf\xbd");
    assert_decodes("\xff" BEIJING_UTF8 BEIJING_UTF8 BEIJING_UTF8, "gbk",
        "UTF-8", 1, "\xef\xbf\xbd" BEIJING_UTF8 BEIJING_UTF8 BEIJING_UTF8);
}

static void forged_utf8_is_bad(void **state)
{
    (void)state;
    /* Overlong, surrogate, beyond U+10FFFF: each byte counts. */
    assert_decodes(BEIJING_UTF8 BEIJING_UTF8 BEIJING_UTF8 BEIJING_UTF8
                       BEIJING_UTF8 BEIJING_UTF8 BEIJING_UTF8
        "\xc0\xaf\xed\xa0\x80",
        "utf-8", "UTF-8", 5,
        BEIJING_UTF8 BEIJING_UTF8 BEIJING_UTF8 BEIJING_UTF8 BEIJING_UTF8
            BEIJING_UTF8 BEIJING_UTF8 "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
                                      "\xef\xbf\xbd\xef\xbf\xbd");
}

static void bad_bytes_of_gb_are_counted(void **state)
{
    (void)state;
    assert_decodes(BEIJING_GB "\xff<p>" BEIJING_GB, "gb2312", "GB18030", 1,
        BEIJING_UTF8 "\xef\xbf\xbd<p>" BEIJING_UTF8);
    assert_decodes(BEIJING_GB BEIJING_GB "\xb1", "gb2312", "GB18030", 1,
        BEIJING_UTF8 BEIJING_UTF8 "\xef\xbf\xbd");
}

static void nul_bytes_go(void **state)
{
    (void)state;
    assert_decodes("<p>a\0b\0</p>" BEIJING_UTF8, NULL, "UTF-8", 0,
        "<p>ab</p>" BEIJING_UTF8);
}

static void utf16_is_known_by_its_mark_or_its_zeros(void **state)
{
    (void)state;
    assert_decodes("\xff\xfe\x17\x53\x3d\xd8\x00\xde"
                   "1\0",
        NULL, "UTF-16LE", 0,
        "\xe5\x8c\x97\xf0\x9f\x98\x80"
        "1");
    assert_decodes("\xfe\xff\x53\x17\0001", NULL, "UTF-16BE", 0,
        "\xe5\x8c\x97"
        "1");
    assert_decodes("<\0h\0t\0m\0l\0>\0\x17\x53<\0p\0>\0", NULL, "UTF-16LE", 0,
        "<html>\xe5\x8c\x97<p>");
    assert_decodes("\xff\xfe\x17\x53\x3d\xd8"
                   "1\0x",
        NULL, "UTF-16LE", 3,
        "\xe5\x8c\x97\xef\xbf\xbd"
        "1\xef\xbf\xbd");
}

static void assert_codepage(
    uint32_t codepage, struct slice in, const char *expected, uint32_t bad_n)
{
    struct buf out;

    buf_init(&out, 1u << 20);
    assert_int_equal(charset_add(&out, in, codepage), bad_n);
    buf_add_char(&out, '\0');
    assert_string_equal(out.p, expected);
    buf_clear(&out);
}

static void bytes_of_code_pages_are_appended(void **state)
{
    (void)state;
    assert_codepage(936, SLICE_LIT("a\xb9\xab"), "a公", 0);
    assert_codepage(936, SLICE_LIT("a\xb9"), "a\xef\xbf\xbd", 1);
    assert_codepage(950, SLICE_LIT("\xa4\xa4"), "中", 0);
    assert_codepage(1252, SLICE_LIT("\x80\xe9\x81"), "€é\xef\xbf\xbd", 1);
    assert_codepage(65001, SLICE_LIT("公\xff"), "公\xef\xbf\xbd", 1);
    assert_codepage(932, SLICE_LIT("12\x88"), "12\xef\xbf\xbd", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_seen_whatever_is_declared),
        cmocka_unit_test(gb_names_are_gb18030),
        cmocka_unit_test(the_page_says_its_charset),
        cmocka_unit_test(a_wrong_declaration_does_no_harm),
        cmocka_unit_test(undeclared_big5_is_detected),
        cmocka_unit_test(a_few_bad_bytes_leave_utf8_what_it_is),
        cmocka_unit_test(forged_utf8_is_bad),
        cmocka_unit_test(bad_bytes_of_gb_are_counted),
        cmocka_unit_test(nul_bytes_go),
        cmocka_unit_test(utf16_is_known_by_its_mark_or_its_zeros),
        cmocka_unit_test(bytes_of_code_pages_are_appended),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
