/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_doc - Word files made by hand to what is read of them.
 */
#include "tests/check.h"

#include "tests/reading.h"
#include "tests/word.h"

/* Modifiers. */
#define NONE SLICE_LIT("")
#define IN_TABLE "\x16\x24\x01"
#define ROW_END "\x17\x24\x01"
#define DEPTH(n) "\x49\x66" n "\0\0\0"
#define INNER_CELL_END "\x4b\x24\x01"
#define INNER_ROW_END "\x4c\x24\x01"
#define DELETED "\x00\x08\x01"
#define HIDDEN "\x3c\x08\x01"
#define SPECIAL "\x55\x08\x01"
#define CELL_FIRST 1
#define CELL_MORE 2
#define DOWN_START 0x60
#define DOWN_MORE 0x20

static struct word word;

static int set_up(void **state)
{
    (void)state;
    word_init(&word);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    word_clear(&word);
    return 0;
}

/* The dump of what was made; free() it. */
static char *read_made(void)
{
    struct buf file;
    char *text;

    buf_init(&file, 16u << 20);
    word_make(&word, &file);
    text = reading(buf_slice(&file), NULL);
    buf_clear(&file);
    return text;
}

#define assert_made(expected)                                                  \
    do {                                                                       \
        char *is_ = read_made();                                               \
                                                                               \
        assert_string_equal(is_, expected);                                    \
        free(is_);                                                             \
    } while (0)

static void paragraph(const char16_t *text)
{
    word_add(&word, text);
    word_end(&word, 0x0d, NONE);
}

/* Cells of the outermost table; '|' ends one. */
static void cells(const char16_t *text)
{
    for (; *text; text++) {
        if (*text == u'|')
            word_end(&word, 0x07, SLICE_LIT(IN_TABLE));
        else
            word_put(&word, *text);
    }
}

/* The end of a row with `more` behind its definition. */
static void row_end(
    uint32_t n, const int16_t *edge, const uint16_t *flags, struct slice more)
{
    char row[200] = IN_TABLE ROW_END;
    size_t len = 6;

    if (n)
        len += word_row(row + len, n, edge, flags).len;
    if (more.len)
        memcpy(row + len, more.p, more.len);
    word_end(&word, 0x07, (struct slice){ row, len + more.len });
}

static const int16_t three[] = { 0, 1000, 2000, 3000 };

/* ---- text
 * ---------------------------------------------------------------------- */

static void pieces_come_in_the_order_of_the_text(void **state)
{
    (void)state;
    word_start_piece(&word, true, 0);
    word_add(&word, u"甲");
    word_start_piece(&word, false, 0);
    word_add(&word, u"12\x93");
    word_start_piece(&word, true, 0);
    word_add(&word, u"乙\U0001F600");
    word_end(&word, 0x0d, NONE);
    assert_made("P 甲12“乙😀\n");
}

static void pieces_may_stand_anywhere_in_the_file(void **state)
{
    struct word_piece first;

    (void)state;
    word_start_piece(&word, true, 0);
    word_add(&word, u"后");
    word_end(&word, 0x0d, NONE);
    word_start_piece(&word, true, 0);
    word_add(&word, u"先");
    word_end(&word, 0x0d, NONE);
    first = word.piece[0];
    word.piece[0].fc = word.piece[1].fc;
    word.piece[1].fc = first.fc;
    assert_made("P 先\nP 后\n");
}

static void fields_show_their_result(void **state)
{
    (void)state;
    paragraph(u"共\x13 PAGE \x13 X \x14Y\x15\x14"
              u"12\x15件");
    paragraph(u"\x13 无果 \x15后");
    assert_made("P 共12件\nP 后\n");
}

static void special_characters_are_what_they_show(void **state)
{
    (void)state;
    paragraph(u"a\x0b"
              u"b\x0c"
              u"c\x1e"
              u"d\x1f"
              u"e\tf\x02\x08\u00a0g");
    assert_made("P a\\nb\\nc-de\tf\u00a0g\n");
}

static void symbols_of_known_fonts_are_digits(void **state)
{
    static const char fonts[] = "\x01\x00\x00\x00\x34"
                                "\x00\x00\x00\x00\x00"
                                "0123456789"
                                "012345678901234567890123S\0y\0m\0b\0o\0l\0\0";

    (void)state;
    word.part[15] = (struct slice){ fonts, sizeof(fonts) };
    word_add(&word, u"1");
    word_start_run(&word, SLICE_LIT(SPECIAL "\x09\x6a\x00\x00\x35\xf0"));
    word_add(&word, u"(");
    word_start_run(&word, SLICE_LIT(SPECIAL "\x09\x6a\x01\x00\x36\xf0"));
    word_add(&word, u"(");
    /* As Word itself writes it. */
    word_start_run(&word, SLICE_LIT("\x09\x6a\x00\x00\x37\xf0"));
    word_add(&word, u"(");
    word_start_run(&word, NONE);
    word_add(&word, u"(");
    word_end(&word, 0x0d, NONE);
    assert_made("P 15\uf0367(\n");
}

static void deleted_and_hidden_text_is_left_out(void **state)
{
    (void)state;
    word_add(&word, u"1");
    word_start_run(&word, SLICE_LIT(DELETED));
    word_add(&word, u"2");
    word_start_run(&word, SLICE_LIT(HIDDEN));
    word_add(&word, u"3");
    word_start_run(&word, SLICE_LIT("\x01\x08\x01"));
    word_add(&word, u"4");
    word_end(&word, 0x0d, NONE);
    assert_made("P 14\n");
}

static void raised_digits_are_marks(void **state)
{
    (void)state;
    word_add(&word, u"12");
    word_start_run(&word, SLICE_LIT("\x48\x2a\x01"));
    word_add(&word, u"1");
    word_start_run(&word, NONE);
    word_end(&word, 0x0d, NONE);
    word_start_run(&word, SLICE_LIT("\x48\x2a\x01"));
    word_add(&word, u"12");
    word_end(&word, 0x0d, NONE);
    assert_made("P 12¹\nP 12\n");
}

static void struck_digits_keep_their_line(void **state)
{
    (void)state;
    word_start_run(&word, SLICE_LIT("\x37\x08\x01"));
    word_add(&word, u"9");
    word_start_run(&word, NONE);
    word_add(&word, u"4");
    word_start_run(&word, SLICE_LIT("\x53\x2a\x01"));
    word_add(&word, u"1");
    word_start_run(&word, SLICE_LIT("\x37\x08\x80"));
    word_add(&word, u"2");
    word_end(&word, 0x0d, NONE);
    word_start_run(&word, NONE);
    word_start_piece(&word, true, 1 << 8 | 0x57 << 1);
    word_add(&word, u"3");
    word_end(&word, 0x0d, NONE);
    assert_made("P 9\u033641\u03362\nP 3\u0336\n");
}

static void a_deleted_end_joins_paragraphs(void **state)
{
    (void)state;
    word_add(&word, u"甲");
    word_start_run(&word, SLICE_LIT(DELETED));
    word_end(&word, 0x0d, NONE);
    word_start_run(&word, NONE);
    paragraph(u"乙");
    assert_made("P 甲乙\n");
}

static void later_edits_stand_on_their_pieces(void **state)
{
    (void)state;
    word_start_piece(&word, true, 0);
    word_add(&word, u"1");
    word_start_piece(&word, true, 1 << 8 | 0x41 << 1); /* deleted */
    word_add(&word, u"2");
    word_start_piece(&word, true, word_add_list(&word, SLICE_LIT(HIDDEN)));
    word_add(&word, u"3");
    word_start_piece(&word, true, 0);
    word_add(&word, u"4");
    word_end(&word, 0x0d, NONE);
    assert_made("P 14\n");
}

/* ---- styles and lists
 * ---------------------------------------------------------- */

/* A paragraph style: built-in number, base, modifiers. */
static void add_style(
    struct buf *to, uint32_t built_in, uint32_t base, struct slice look)
{
    char s[100] = { 0 };
    size_t len = 10 + 4 + 2 + 2 + look.len;

    ole_put(s, (uint32_t)len, 2);
    ole_put(s + 2, built_in, 2);
    ole_put(s + 4, base << 4 | 1, 2);
    ole_put(s + 2 + 14, (uint32_t)look.len + 2, 2);
    memcpy(s + 2 + 18, look.p, look.len);
    buf_add(to, s, 2 + len + (len & 1));
}

static void styles_give_headings_by_inheritance(void **state)
{
    struct buf styles;

    (void)state;
    buf_init(&styles, 4096);
    buf_add(&styles, "\x04\x00\x04\x00\x0a\x00", 6);
    add_style(&styles, 0, 0xfff, NONE);
    add_style(&styles, 2, 0, NONE);
    add_style(&styles, 0xffe, 1, NONE);
    add_style(&styles, 0xffe, 3, SLICE_LIT("\x40\x26\x00")); /* a loop */
    word.part[1] = buf_slice(&styles);
    word_add(&word, u"一");
    word_end_styled(&word, 1);
    word_add(&word, u"二");
    word_end_styled(&word, 2);
    word_add(&word, u"三");
    word_end_styled(&word, 3);
    word_add(&word, u"四");
    word_end_styled(&word, 0);
    assert_made("H2 一\nH2 二\nH1 三\nP 四\n");
    buf_clear(&styles);
}

/* A style of paragraphs (1) or characters (2) that says this of text. */
static void add_run_style(
    struct buf *to, uint32_t kind, uint32_t base, struct slice run)
{
    char s[100] = { 0 };
    size_t at = 2 + 10 + 4;

    ole_put(s + 2, 0xffe, 2);
    ole_put(s + 4, base << 4 | kind, 2);
    if (kind == 1) {
        ole_put(s + at, 2, 2); /* its number, and nothing of paragraphs */
        at += 4;
    }
    ole_put(s + at, (uint32_t)run.len, 2);
    memcpy(s + at + 2, run.p, run.len);
    at += 2 + run.len;
    ole_put(s, (uint32_t)at - 2, 2);
    buf_add(to, s, at + (at & 1));
}

static void styles_hide_and_raise(void **state)
{
    struct buf styles;

    (void)state;
    buf_init(&styles, 4096);
    buf_add(&styles, "\x04\x00\x05\x00\x0a\x00", 6);
    add_run_style(&styles, 1, 0xfff, NONE);
    add_run_style(&styles, 1, 0, SLICE_LIT(HIDDEN));
    add_run_style(&styles, 1, 1, NONE);
    add_run_style(&styles, 2, 0xfff, SLICE_LIT(HIDDEN));
    add_run_style(&styles, 2, 0xfff, SLICE_LIT("\x48\x2a\x01"));
    word.part[1] = buf_slice(&styles);
    word_add(&word, u"1");
    word_start_run(&word, SLICE_LIT("\x30\x4a\x03\x00"));
    word_add(&word, u"9");
    word_start_run(&word, SLICE_LIT("\x30\x4a\x04\x00"));
    word_add(&word, u"2");
    word_start_run(&word, SLICE_LIT("\x3c\x08\x81")); /* not as the style */
    word_add(&word, u"9");
    word_start_run(&word, NONE);
    word_end(&word, 0x0d, NONE);
    word_add(&word, u"9");
    word_start_run(&word, SLICE_LIT("\x3c\x08\x80")); /* as the style */
    word_add(&word, u"9");
    word_start_run(&word, SLICE_LIT("\x3c\x08\x81"));
    word_add(&word, u"3");
    word_start_run(&word, SLICE_LIT("\x30\x4a\x03\x00"));
    word_add(&word, u"4");
    word_start_run(&word, NONE);
    word_end_styled(&word, 2);
    assert_made("P 1²\nP 34\n");
    buf_clear(&styles);
}

static void lists_are_numbered(void **state)
{
    static const char lists[] = "\x01\x00"
                                "\x07\x00\x00\x00\x00\x00\x00\x00"
                                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x00"
                                /* its level: （%1） in Chinese */
                                "\x03\x00\x00\x00\x27\x00\x02\0\0\0\0\0\0\0\0"
                                "\x02\0\0\0\0\0\0\0\0\x00\x00\x00\x00"
                                "\x03\x00\x08\xff\x00\x00\x09\xff";
    static const char uses[] = "\x01\x00\x00\x00"
                               "\x07\x00\x00\x00\0\0\0\0\0\0\0\0\x00\0\0\0"
                               "\xff\xff\xff\xff";

    (void)state;
    word.part[73] = (struct slice){ lists, sizeof(lists) - 1 };
    word.part[74] = (struct slice){ uses, sizeof(uses) - 1 };
    word_add(&word, u"甲");
    word_end(&word, 0x0d, SLICE_LIT("\x0a\x26\x00\x0b\x46\x01\x00"));
    word_add(&word, u"乙");
    word_end(&word, 0x0d, SLICE_LIT("\x0b\x46\x01\x00"));
    word_add(&word, u"丙");
    word_end(&word, 0x0d, SLICE_LIT("\x0b\x46\x01\xf8"));
    assert_made("P （三）甲\nP （四）乙\nP 丙\n");
}

/* ---- tables
 * -------------------------------------------------------------------- */

static void columns_are_the_edges_of_all_rows(void **state)
{
    static const int16_t two[] = { 10, 2012, 2995 };

    (void)state;
    cells(u"a|b|c|");
    row_end(3, three, NULL, NONE);
    cells(u"d|e|");
    row_end(2, two, NULL, NONE);
    paragraph(u"后");
    assert_made("TABLE 0: 2 rows, 3 columns, 5 cells, depth 0\n"
                "  0,0 a | 0,1 b | 0,2 c\n  1,0[1x2] d | 1,2 e\nP 后\n");
}

static void paragraphs_of_a_cell_are_its_lines(void **state)
{
    (void)state;
    word_add(&word, u"a");
    word_end(&word, 0x0d, SLICE_LIT(IN_TABLE));
    cells(u"b|c|d|");
    row_end(3, three, NULL, NONE);
    assert_made("TABLE 0: 1 rows, 3 columns, 3 cells, depth 0\n"
                "  0,0 a\\nb | 0,1 c | 0,2 d\n");
}

static void merges_across_are_one_cell(void **state)
{
    static const uint16_t classic[] = { CELL_FIRST, CELL_MORE, 0 };
    static const uint16_t other[] = { 0, CELL_MORE, CELL_FIRST };

    (void)state;
    cells(u"a|x|b|");
    row_end(3, three, classic, NONE);
    cells(u"c|d|x|");
    row_end(3, three, other, NONE);
    cells(u"e|f|g|");
    row_end(3, three, NULL, NONE);
    assert_made("TABLE 0: 3 rows, 3 columns, 7 cells, depth 0\n"
                "  0,0[1x2] a | 0,2 b\n  1,0 c | 1,1[1x2] d\n"
                "  2,0 e | 2,1 f | 2,2 g\n");
}

static void merges_down_are_one_cell(void **state)
{
    static const uint16_t start[] = { DOWN_START, 0, DOWN_MORE };
    static const uint16_t more[] = { DOWN_MORE, 0, 0 };

    (void)state;
    cells(u"a|b|c|");
    row_end(3, three, start, NONE);
    cells(u"|d|e|");
    row_end(3, three, more, NONE);
    cells(u"|f|g|");
    row_end(3, three, NULL, SLICE_LIT("\x2b\xd6\x02\x00\x01"));
    assert_made("TABLE 0: 3 rows, 3 columns, 7 cells, depth 0\n"
                "  0,0[3x1] a | 0,1 b | 0,2 c\n  1,1 d | 1,2 e\n"
                "  2,1 f | 2,2 g\n");
}

/* Rows by what later edits made of three cells of 1000 twips each. */
static void rows_change_by_their_modifiers(void **state)
{
    (void)state;
    cells(u"a|b|c|");
    row_end(3, three, NULL, NONE);
    cells(u"insert|b|c|d|"); /* 500 wide, before the second */
    row_end(3, three, NULL, SLICE_LIT("\x21\x76\x01\x01\xf4\x01"));
    cells(u"delete|b|"); /* the second */
    row_end(3, three, NULL, SLICE_LIT("\x22\x56\x01\x02"));
    cells(u"merge|x|c|"); /* the first two */
    row_end(3, three, NULL, SLICE_LIT("\x24\x56\x00\x02"));
    cells(u"split|b|c|"); /* again */
    row_end(3, three, NULL, SLICE_LIT("\x24\x56\x00\x02\x25\x56\x00\x02"));
    cells(u"width|b|c|"); /* 500 for the first */
    row_end(3, three, NULL, SLICE_LIT("\x23\x76\x00\x01\xf4\x01"));
    cells(u"left|b|c|"); /* 1000 to the right */
    row_end(3, three, NULL, SLICE_LIT("\x01\x96\xe8\x03"));
    assert_made("TABLE 0: 7 rows, 8 columns, 20 cells, depth 0\n"
                "  0,0[1x2] a | 0,2[1x2] b | 0,4[1x2] c\n"
                "  1,0[1x2] insert | 1,2 b | 1,3[1x2] c | 1,5[1x2] d\n"
                "  2,0[1x2] delete | 2,2[1x2] b\n"
                "  3,0[1x4] merge | 3,4[1x2] c\n"
                "  4,0[1x2] split | 4,2[1x2] b | 4,4[1x2] c\n"
                "  5,0 width | 5,1[1x2] b | 5,3[1x2] c\n"
                "  6,2[1x2] left | 6,4[1x2] b | 6,6[1x2] c\n");
}

static void rows_change_by_their_pieces(void **state)
{
    (void)state;
    cells(u"a|b|c|");
    row_end(3, three, NULL, NONE);
    cells(u"d|x|e|");
    word_start_piece(
        &word, true, word_add_list(&word, SLICE_LIT("\x24\x56\x00\x02")));
    row_end(3, three, NULL, NONE);
    assert_made("TABLE 0: 2 rows, 3 columns, 5 cells, depth 0\n"
                "  0,0 a | 0,1 b | 0,2 c\n  1,0[1x2] d | 1,2 e\n");
}

static void long_lists_stand_in_the_data_stream(void **state)
{
    char data[200] = { 0 };
    struct slice row = word_row(data + 6, 3, three, NULL);

    (void)state;
    ole_put(data + 4, (uint32_t)row.len, 2);
    word.data = (struct slice){ data, sizeof(data) };
    cells(u"a|b|c|");
    row_end(0, NULL, NULL, SLICE_LIT("\x46\x66\x04\x00\x00\x00"));
    assert_made("TABLE 0: 1 rows, 3 columns, 3 cells, depth 0\n"
                "  0,0 a | 0,1 b | 0,2 c\n");
}

static void tables_nest(void **state)
{
#define INNER IN_TABLE DEPTH("\x02")
    char end[200] = INNER INNER_CELL_END INNER_ROW_END;
    struct slice row = word_row(end + 15, 2, three, NULL);

    (void)state;
    word_add(&word, u"前");
    word_end(&word, 0x0d, SLICE_LIT(IN_TABLE DEPTH("\x01")));
    word_add(&word, u"1");
    word_end(&word, 0x0d, SLICE_LIT(INNER INNER_CELL_END));
    word_add(&word, u"2");
    word_end(&word, 0x0d, SLICE_LIT(INNER INNER_CELL_END));
    word_end(&word, 0x0d, (struct slice){ end, 15 + row.len });
    cells(u"后|b|c|");
    row_end(3, three, NULL, NONE);
    assert_made("TABLE 0: 1 rows, 3 columns, 3 cells, depth 0\n"
                "  0,0 前\\n后 | 0,1 b | 0,2 c\n"
                "P 前\n"
                "TABLE 1: 1 rows, 2 columns, 2 cells, depth 1\n"
                "  0,0 1 | 0,1 2\n"
                "P 后\nP b\nP c\n");
}

static void deleted_rows_are_left_out(void **state)
{
    (void)state;
    cells(u"a|b|c|");
    word_start_run(&word, SLICE_LIT(DELETED));
    row_end(3, three, NULL, NONE);
    word_start_run(&word, NONE);
    cells(u"d|e|f|");
    row_end(3, three, NULL, NONE);
    assert_made("TABLE 0: 1 rows, 3 columns, 3 cells, depth 0\n"
                "  0,0 d | 0,1 e | 0,2 f\n");
}

static void rows_without_a_definition_follow_the_one_above(void **state)
{
    (void)state;
    cells(u"a|b|c|");
    row_end(3, three, NULL, NONE);
    cells(u"d|e|f|");
    row_end(0, NULL, NULL, NONE);
    cells(u"g|h|");
    assert_made("TABLE 0: 3 rows, 5 columns, 8 cells, depth 0\n"
                "  0,0 a | 0,1[1x2] b | 0,3[1x2] c\n"
                "  1,0 d | 1,1[1x2] e | 1,3[1x2] f\n"
                "  2,0[1x2] g | 2,2[1x2] h\n");
}

static void text_boxes_are_read_for_their_tables(void **state)
{
    (void)state;
    paragraph(u"正文");
    word.box_cp = word.cp;
    paragraph(u"图注");
    assert_made("P 正文\n");
    tear_down(state);
    set_up(state);
    paragraph(u"正文");
    word.box_cp = word.cp;
    cells(u"a|b|c|");
    row_end(3, three, NULL, NONE);
    assert_made("P 正文\nTABLE 0: 1 rows, 3 columns, 3 cells, depth 0\n"
                "  0,0 a | 0,1 b | 0,2 c\n");
}

/* ---- what cannot be read
 * ------------------------------------------------------- */

static void encrypted_documents_are_told(void **state)
{
    (void)state;
    paragraph(u"甲");
    word.flags = 0x0100;
    assert_made("input: reader.encrypted: the document opens with a password "
                "only\n");
}

static void encrypted_packages_are_told(void **state)
{
    struct ole_stream s[] = { { "EncryptionInfo", SLICE_LIT("x") },
        { "EncryptedPackage", SLICE_LIT("y") } };
    struct buf file;

    (void)state;
    buf_init(&file, 1u << 20);
    ole_make(&file, s, 2);
    assert_reading(buf_slice(&file), NULL,
        "input: reader.encrypted: the document opens with a password only\n");
    buf_clear(&file);
}

static void other_compound_files_are_told(void **state)
{
    struct ole_stream other = { "CONTENTS", SLICE_LIT("x") };
    struct ole_stream slides = { "PowerPoint Document", SLICE_LIT("x") };
    struct ole_stream old = { "WordDocument", SLICE_LIT("\xdc\xa5\x68\x00") };
    struct buf file;

    (void)state;
    buf_init(&file, 1u << 20);
    ole_make(&file, &other, 1);
    assert_reading(buf_slice(&file), NULL,
        "input: reader.none: an OLE2 file without a document that we know\n");
    buf_reset(&file);
    ole_make(&file, &slides, 1);
    assert_reading(buf_slice(&file), NULL,
        "input: reader.none: no reader for application/vnd.ms-powerpoint\n");
    buf_reset(&file);
    ole_make(&file, &old, 1);
    assert_reading(buf_slice(&file), NULL,
        "input: reader.none: a document of Word 95 or older (version 104)\n");
    buf_clear(&file);
}

static void pieces_outside_of_the_file_are_refused(void **state)
{
    (void)state;
    paragraph(u"甲");
    word.piece[0].fc = 0x100000;
    assert_made("input: reader.broken: the piece table points outside of the "
                "text\n");
}

static void damaged_pages_of_properties_are_refused(void **state)
{
    static const char pages[] = "\0\0\0\0\xff\xff\xff\x0f\xff\xff\x0f\0";

    (void)state;
    paragraph(u"甲");
    word.part[13] = (struct slice){ pages, sizeof(pages) - 1 };
    assert_made("input: reader.broken: a page of properties is damaged\n");
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    word_end(&word, 0x0d, SLICE_LIT(IN_TABLE "\x49\x66\xff\xff\xff\x7f"));
    assert_made("limit: reader.depth: more than 64 tables nested\n");
}

static void rows_of_too_many_cells_are_refused(void **state)
{
    (void)state;
    for (int i = 0; i < 65; i++)
        cells(u"|");
    assert_made("limit: reader.size: a row of more than 64 cells\n");
}

/* Every byte of the header and the table stream's first ones, every cut. */
static void damaged_files_get_an_answer(void **state)
{
    struct buf file;
    size_t whole;

    (void)state;
    cells(u"a|b|c|");
    row_end(3, three, NULL, NONE);
    paragraph(u"\x13 x \x14y\x15");
    buf_init(&file, 16u << 20);
    word_make(&word, &file);
    whole = file.len;
    for (file.len = 0; file.len < whole; file.len += 512)
        free(reading(buf_slice(&file), NULL));
    file.len = whole;
    for (size_t i = 0; i < whole; i++) {
        char was = file.p[i];

        file.p[i] = (char)(was ^ 0x81);
        free(reading(buf_slice(&file), NULL));
        file.p[i] = was;
    }
    buf_clear(&file);
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(pieces_come_in_the_order_of_the_text),
        TEST(pieces_may_stand_anywhere_in_the_file),
        TEST(fields_show_their_result),
        TEST(special_characters_are_what_they_show),
        TEST(symbols_of_known_fonts_are_digits),
        TEST(deleted_and_hidden_text_is_left_out),
        TEST(raised_digits_are_marks),
        TEST(struck_digits_keep_their_line),
        TEST(a_deleted_end_joins_paragraphs),
        TEST(later_edits_stand_on_their_pieces),
        TEST(styles_give_headings_by_inheritance),
        TEST(styles_hide_and_raise),
        TEST(lists_are_numbered),
        TEST(columns_are_the_edges_of_all_rows),
        TEST(paragraphs_of_a_cell_are_its_lines),
        TEST(merges_across_are_one_cell),
        TEST(merges_down_are_one_cell),
        TEST(rows_change_by_their_modifiers),
        TEST(rows_change_by_their_pieces),
        TEST(long_lists_stand_in_the_data_stream),
        TEST(tables_nest),
        TEST(deleted_rows_are_left_out),
        TEST(rows_without_a_definition_follow_the_one_above),
        TEST(text_boxes_are_read_for_their_tables),
        TEST(encrypted_documents_are_told),
        TEST(encrypted_packages_are_told),
        TEST(other_compound_files_are_told),
        TEST(pieces_outside_of_the_file_are_refused),
        TEST(damaged_pages_of_properties_are_refused),
        TEST(deep_nesting_is_refused),
        TEST(rows_of_too_many_cells_are_refused),
        TEST(damaged_files_get_an_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
