/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_read_html - claims about transformer/read_html*.c
 */
#include "tests/check.h"

#include "common/buf.h"
#include "common/limits.h"
#include "tests/reading.h"
#include "transformer/read_html.h"

/* ---- text -------------------------------------------------------------- */

static void white_space_collapses_and_blocks_are_paragraphs(void **state)
{
    (void)state;
    assert_reads("<p> one \n  two</p><div>three<b> four</b></div>five",
        "P one two\nP three four\nP five\n");
}

static void no_break_spaces_stay(void **state)
{
    (void)state;
    assert_reads("<p>&nbsp;a &nbsp; b</p>", "P \u00a0a \u00a0 b\n");
}

static void a_number_over_several_spans_stays_one_number(void **state)
{
    (void)state;
    assert_reads("<table><tr><td><p class=MsoNormal><span>1</span><span "
                 "lang=EN-US>06</span><span>90<o:p></o:p></span></p></td><td>"
                 "</tr></table>",
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n  0,0 10690 | 0,1 \n");
}

static void line_breaks_and_paragraphs_part_lines_of_a_cell(void **state)
{
    (void)state;
    assert_reads("<table><tr><td>\n<p>社会</p>\n<p>公益<br>组织<br></p>\n</td>"
                 "<td><br>5</td></table>",
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n"
        "  0,0 社会\\n公益\\n组织 | 0,1 5\n");
}

static void a_line_end_of_the_source_is_a_space(void **state)
{
    (void)state;
    assert_reads("<table><tr><td>商业\n企业</td><td>1</table>",
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n"
        "  0,0 商业 企业 | 0,1 1\n");
}

static void two_line_breaks_part_paragraphs(void **state)
{
    (void)state;
    assert_reads("a<br>b<br><br>c", "P a\\nb\nP c\n");
}

static void headings_have_their_level(void **state)
{
    (void)state;
    assert_reads("<h2>Two <i>words</i></h2>x<h6>six</h6>",
        "H2 Two words\nP x\nH6 six\n");
}

static void scripts_styles_and_comments_are_not_text(void **state)
{
    (void)state;
    assert_reads("<style>p{}</style><p>a<script>var x='<p>b';</script>"
                 "<!-- c --><!--[if gte mso 9]><xml>d</xml><![endif]-->"
                 "<![if !supportLists]>e<![endif]><template><p>f</template>"
                 "<select><option>g</select><noscript>h</noscript></p>",
        "P ae\n");
}

static void an_empty_comment_ends_at_once(void **state)
{
    (void)state;
    assert_reads("<p>a<!-->b<!--->c", "P abc\n");
}

static void preformatted_lines_are_paragraphs(void **state)
{
    (void)state;
    assert_reads("<pre>one\n  two\n\nthree</pre>", "P one\nP two\nP three\n");
}

static void preformatted_text_may_hold_a_table_of_tabs(void **state)
{
    (void)state;
    assert_reads("<pre>heading\nx\t1\t2\ny\t3\t4\n</pre>",
        "P heading\n"
        "TABLE 0: 2 rows, 3 columns, 6 cells, depth 0\n"
        "  0,0 x | 0,1 1 | 0,2 2\n"
        "  1,0 y | 1,1 3 | 1,2 4\n");
}

static void an_indent_kept_by_style_does_not_change_a_paragraph(void **state)
{
    (void)state;
    assert_reads("<p><span style='white-space:pre'>\t</span>一、总体情况</p>",
        "P 一、总体情况\n");
}

/* ---- tables ------------------------------------------------------------ */

static void spans_push_cells_to_free_columns(void **state)
{
    (void)state;
    assert_reads("<table><tr><td rowspan=2 colspan=2>a<td>b"
                 "<tr><td>c<tr><td>d<td>e<td>f</table>",
        "TABLE 0: 3 rows, 3 columns, 6 cells, depth 0\n"
        "  0,0[2x2] a | 0,2 b\n"
        "  1,2 c\n"
        "  2,0 d | 2,1 e | 2,2 f\n");
}

static void a_rowspan_ends_with_its_group(void **state)
{
    (void)state;
    assert_reads("<table><tbody><tr><td rowspan=9>a<td>b<tr><td>c</tbody>"
                 "<tbody><tr><td>d<td>e</tbody></table>",
        "TABLE 0: 3 rows, 2 columns, 5 cells, depth 0\n"
        "  0,0[2x1] a | 0,1 b\n"
        "  1,1 c\n"
        "  2,0 d | 2,1 e\n");
}

static void rowspan_zero_goes_to_the_end(void **state)
{
    (void)state;
    assert_reads("<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>",
        "TABLE 0: 3 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0[3x1] a | 0,1 b\n"
        "  1,1 c\n"
        "  2,1 d\n");
}

static void spans_that_are_no_numbers_are_one(void **state)
{
    (void)state;
    assert_reads("<table><tr><td colspan=x rowspan=-3>a<td colspan=0>b"
                 "<td colspan=' 2px'>c</table>",
        "TABLE 0: 1 rows, 4 columns, 3 cells, depth 0\n"
        "  0,0 a | 0,1 b | 0,2[1x2] c\n");
}

static void rows_stay_in_the_order_of_the_source(void **state)
{
    (void)state;
    assert_reads("<table><tfoot><tr><td>foot</tfoot><thead><tr><th>head</thead>"
                 "<tr><td>body</table>",
        "TABLE 0: 3 rows, 1 columns, 3 cells, depth 0\n"
        "  0,0 foot\n  1,0 head\n  2,0 body\n");
}

static void spacer_rows_count(void **state)
{
    (void)state;
    assert_reads("<table><tr><td>a<tr></tr><tr><td>b</table>",
        "TABLE 0: 3 rows, 1 columns, 2 cells, depth 0\n  0,0 a\n  2,0 b\n");
}

static void captions_belong_to_their_table(void **state)
{
    (void)state;
    assert_reads("<table><caption>表<b>一</b></caption><tr><td>1<td>2</table>",
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\nCAPTION 表一\n"
        "  0,0 1 | 0,1 2\n");
}

static void nested_tables_keep_their_text_to_themselves(void **state)
{
    (void)state;
    assert_reads("<table><tr><td>menu<td><p>before</p><table><tr><td>1<td>2"
                 "</table>after</table>",
        "TABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n"
        "  0,0 menu | 0,1 before\\nafter\n"
        "P menu\nP before\n"
        "TABLE 1: 1 rows, 2 columns, 2 cells, depth 1\n"
        "  0,0 1 | 0,1 2\n"
        "P after\n");
}

static void text_between_cells_is_not_lost(void **state)
{
    (void)state;
    assert_reads("<table>loose<tr>text<td>1</td><td>2</table>",
        "P loosetext\nTABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n"
        "  0,0 1 | 0,1 2\n");
}

static const char grid[] = "TABLE 0: 2 rows, 3 columns, 5 cells, depth 0\n"
                           "  0,0[1x2] a | 0,2 b\n"
                           "  1,0 1 | 1,1 2 | 1,2 3\n";

static void broken_markup_gives_the_same_grid(void **state)
{
    (void)state;
    /* Nothing closed. */
    assert_reads("<table><tr><td colspan=2>a<td>b<tr><td>1<td>2<td>3", grid);
    /* Cells and rows left open, paragraphs too. */
    assert_reads("<table><tr><td colspan=2><p>a<td><p>b</tr><tr><td><p>1"
                 "<td>2</td><td>3</table>",
        grid);
    /* Upper case, unquoted, junk attributes. */
    assert_reads("<TABLE BORDER=1 WIDTH=100%\"><TR HEIGHT=3 =x \"><TD COLSPAN=2"
                 " STYLE='a;b'' c>a</TD><TD>b</TD></TR><TR><TD>1</TD><TD>2</TD>"
                 "<TD>3</TD></TR></TABLE>",
        grid);
    /* Forms and stray end tags in a table. */
    assert_reads("<table><form action=x></p></div><tr></font><td colspan=2>a"
                 "</span></td></form><td>b</p></td></tr></div><tr><td>1<td>2"
                 "<td>3</table>",
        grid);
}

static void a_missing_row_tag_makes_a_row(void **state)
{
    (void)state;
    assert_reads(
        "<table><td colspan=2>a<td>b</tr><td>1<td>2<td>3</table>", grid);
}

static void a_table_inside_a_paragraph_is_a_table(void **state)
{
    (void)state;
    assert_reads("<p><table><tr><td colspan=2>a<td>b<tr><td>1<td>2<td>3"
                 "</table></p>",
        grid);
}

static void self_closed_tags_close_nothing(void **state)
{
    (void)state;
    assert_reads("<table><tr><td colspan=2>a<o:p/><td>b<span/><tr><td>1<td>2"
                 "<td>3<br/></table>",
        grid);
}

static void a_second_page_pasted_in_is_read_on(void **state)
{
    (void)state;
    assert_reads("<html><body><p>x</p><html><head><title>t</title></head>"
                 "<body>\0<!--><table><tr><td colspan=2>a<td>b\0<tr><td>1<td>2"
                 "<td>3\0</table></body></html><p>y</body></html>",
        "TITLE t\nP x\n"
        "TABLE 0: 2 rows, 3 columns, 5 cells, depth 0\n"
        "  0,0[1x2] a | 0,2 b\n"
        "  1,0 1 | 1,1 2 | 1,2 3\n"
        "P y\n");
}

static void gb18030_bytes_under_gb2312_are_read(void **state)
{
    (void)state;
    /* 4-byte code for U+3400, which GB2312 does not have. */
    assert_reads("<meta charset=gb2312><p>\xb1\xb1\xbe\xa9\x81\x39\xee\x39</p>",
        "P 北京\u3400\n");
}

/* ---- struck out --------------------------------------------------------- */

static void struck_digits_keep_their_line(void **state)
{
    (void)state;
    assert_reads("<p>a<table><tr><td><s>9</s>4<td><del>1</del><td>"
                 "<strike>件</strike>3</table>",
        "P a\nTABLE 0: 1 rows, 3 columns, 3 cells, depth 0\n"
        "  0,0 9\u03364 | 0,1 1\u0336 | 0,2 件3\n");
    assert_reads("<p>a<table><tr><td>"
                 "<span style='TEXT-DECORATION : underline Line-Through red'>"
                 "9</span>4<td style='text-decoration-line: line-through'>"
                 "<b>\uff11</b>2<td style='text-decoration: underline'>3"
                 "</table>",
        "P a\nTABLE 0: 1 rows, 3 columns, 3 cells, depth 0\n"
        "  0,0 9\u03364 | 0,1 \uff11\u03362\u0336 | 0,2 3\n");
}

/* ---- raised ------------------------------------------------------------ */

static void raised_digits_are_marks(void **state)
{
    (void)state;
    assert_reads("<p>a<table><tr><td>12<sup>1</sup><td>m<sup>2</sup>"
                 "<tr><td><sup>3</sup>4<td><sup>5</sup></table>",
        "P a\nTABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0 12¹ | 0,1 m2\n  1,0 ³4 | 1,1 5\n");
    assert_reads("<p>a<table><tr><td>12<span style='color: red; "
                 "Vertical-Align : super'>1</span>"
                 "<td style='vertical-align: middle'>3</table>",
        "P a\nTABLE 0: 1 rows, 2 columns, 2 cells, depth 0\n"
        "  0,0 12¹ | 0,1 3\n");
}

/* ---- hidden ------------------------------------------------------------ */

static void hidden_text_rows_and_links_are_left_out(void **state)
{
    (void)state;
    assert_reads("<p>a<span style='COLOR:red; DISPLAY: none'>b</span></p>"
                 "<div hidden><a href=x>c</a></div>"
                 "<table><tr style='display:none'><td>{{el.x}}<tr><td>1<td>2"
                 "<tr><td>3<td>4</table>",
        "P a\nTABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0 1 | 0,1 2\n  1,0 3 | 1,1 4\n");
}

static void hidden_tables_are_taken_when_nothing_else_is_there(void **state)
{
    (void)state;
    assert_reads("<p>x</p><div style='display:none'><a href=y>z</a><table>"
                 "<tr><td>1<td>2<tr><td>3<td>4</table></div>",
        "P x\nP z\nTABLE 0: 2 rows, 2 columns, 4 cells, depth 0\n"
        "  0,0 1 | 0,1 2\n  1,0 3 | 1,1 4\n");
}

/* ---- head and links ---------------------------------------------------- */

static void a_text_dump_pasted_into_a_page_has_its_table(void **state)
{
    (void)state;
    assert_reads("<table><tr><td><p>主动公开政府信息情况</p><p>信息内容</p>"
                 "<p>规章</p><p>0</p><p>12</p><p>规范性文件</p>3<br>4</table>",
        "P 主动公开政府信息情况\n"
        "TABLE 0: 7 rows, 1 columns, 7 cells, depth 0\n"
        "  0,0 信息内容\n  1,0 规章\n  2,0 0\n  3,0 12\n  4,0 规范性文件\n"
        "  5,0 3\n  6,0 4\n");
    assert_reads("<p>a</p><p>2024-01-01</p><p>b</p><p>2024-01-02</p><p>c</p>"
                 "<p>2024-01-03</p><p>d</p><p>2024-01-04</p>",
        "P a\nP 2024-01-01\nP b\nP 2024-01-02\nP c\nP 2024-01-03\nP d\n"
        "P 2024-01-04\n");
}

static void a_table_of_one_cell_is_prose_too(void **state)
{
    (void)state;
    assert_reads("<table><tr><td><p>a</p>b</table>",
        "TABLE 0: 1 rows, 1 columns, 1 cells, depth 0\n  0,0 a\\nb\n"
        "P a\nP b\n");
}

static void head_is_read(void **state)
{
    (void)state;
    assert_reads("<head><base href=' /b/ '><title> a\n b </title>"
                 "<meta name=PubDate content=' 2023-02-20 '>"
                 "<meta property='og:title' content=c></head><body>"
                 "<publishtime>2024-01-02</publishtime>",
        "TITLE a b\nBASE /b/\nMETA PubDate\n  = 2023-02-20\n"
        "META og:title\n  = c\nMETA publishtime\n  = 2024-01-02\n"
        "P 2024-01-02\n");
}

static void metas_are_found_by_name_in_any_case(void **state)
{
    struct document_meta metas[] = { { SLICE_LIT("PubDate"), SLICE_LIT("x") } };
    struct document doc = { .metas = metas, .meta_n = 1 };

    (void)state;
    assert_true(slice_eq_str(document_meta_find(&doc, "pubdate"), "x"));
    assert_null(document_meta_find(&doc, "pubdat").p);
}

static void dates_stand_in_the_item_or_behind_the_link(void **state)
{
    (void)state;
    assert_reads("<ul><li><a href=1>a</a><span>[2024-01-30]</span></li>"
                 "<li><i>2023年2月1日</i> <a href=2>b</a></li>"
                 "<li><a href=3>c</a></li><li>2022-02-02</li></ul>"
                 "<table><tr><td>1<td><a href=4>d</a><td>2021/3/4</table>"
                 "<a href=5>e</a> 2020-01-05 <a href=6>f</a> 2020.1.6",
        "P a[2024-01-30]\nP 2023年2月1日 b\nP c\nP 2022-02-02\n"
        "TABLE 0: 1 rows, 3 columns, 3 cells, depth 0\n"
        "  0,0 1 | 0,1 d | 0,2 2021/3/4\n"
        "P e 2020-01-05 f 2020.1.6\n"
        "LINK 1 | a |  | 2024-01-30\nLINK 2 | b |  | 2023-02-01\n"
        "LINK 3 | c |  | \nLINK 4 | d |  | 2021-03-04\n"
        "LINK 5 | e |  | 2020-01-05\nLINK 6 | f |  | 2020-01-06\n");
}

static void a_date_inside_the_anchor_is_its_date(void **state)
{
    (void)state;
    assert_reads("<a href=1 title=' T '>x<span>2024-05-06</span></a>",
        "P x2024-05-06\nLINK 1 | x2024-05-06 | T | 2024-05-06\n");
}

static void what_is_no_date_is_none(void **state)
{
    char date[11];

    (void)state;
    assert_false(html_date_find(slice_str("2024-13-01 2024-01-32"), date));
    assert_false(html_date_find(slice_str("12024-01-02"), date));
    assert_false(html_date_find(slice_str("2024-01-021"), date));
    assert_false(html_date_find(slice_str("2024年度报告"), date));
    assert_true(html_date_find(slice_str("x2024-1-2"), date));
    assert_string_equal(date, "2024-01-02");
}

static void frames_are_links_and_scripts_are_none(void **state)
{
    (void)state;
    assert_reads("<iframe src=a.pdf></iframe><embed src=b><object data=c>d"
                 "</object><a href='javascript:;'>x</a><a href=''>y</a>"
                 "<a>z</a><iframe src='v?f={{q}}'></iframe>",
        "P dxyz\nLINK a.pdf |  |  | \nLINK b |  |  | \nLINK c |  |  | \n");
}

static void an_anchor_left_open_is_one_link(void **state)
{
    (void)state;
    assert_reads("<p><a href=x>a</p><p>b</p><p>c</p>",
        "P a\nP b\nP c\nLINK x | a |  | \n");
}

/* ---- limits ------------------------------------------------------------ */

/* `n` times `text` behind `start`, its number for a #. */
static void assert_repeated(
    const char *start, const char *text, size_t n, const char *expected)
{
    struct buf b;

    buf_init(&b, LIMIT_PAGE_BYTES);
    buf_add_str(&b, start);
    for (size_t i = 0; i < n; i++)
        for (const char *p = text; *p; p++) {
            if (*p == '#')
                buf_printf(&b, "%zu", i);
            else
                buf_add_char(&b, *p);
        }
    assert_false(b.failed);
    assert_reading(buf_slice(&b), NULL, expected);
    buf_clear(&b);
}

static void hostile_pages_end_in_their_limit(void **state)
{
    static const char deep[] =
        "limit: reader.depth: more than 2000 open elements\n";

    (void)state;
    assert_repeated("<html>", "<div>", 50000, deep);
    assert_repeated("<html>", "<span>", 50000, deep);
    assert_repeated("<html>", "<p><font size=#>", 50000, deep);
    assert_repeated("<html>", "<table>", 1000000, deep);
    assert_repeated("<html>", "<table><tr><td>", 100000, deep);
    assert_repeated("<html>", "<ul><li>", 100000, deep);
    assert_repeated("<html>", "<form><div></form>", 100000, deep);
    assert_repeated("<html><p ", " a#=1", 100000,
        "limit: reader.attributes: more than 512 attributes on one tag\n");
    assert_repeated("<html><table>", "<tr><td>", 3000,
        "limit: reader.size: a table of more than 2000 rows\n");
    assert_repeated("<html><table><tr>", "<td>", 201,
        "limit: reader.size: a table of more than 200 columns\n");
    assert_repeated("<html>", "<table></table>", 2001,
        "limit: reader.size: more than 2000 tables\n");
    assert_repeated("<html>", "<a href=x></a>", 5001,
        "limit: reader.size: more than 5000 links\n");
    assert_repeated("<html>", "<meta name=a content=b>", 1001,
        "limit: reader.size: more than 1000 metas\n");
    assert_repeated("<html>", "<p>x", 100001,
        "limit: reader.size: more than 100000 paragraphs and tables\n");
    assert_repeated("<html>", "<p>", 2000000,
        "limit: reader.memory: the page takes more than 268435456 bytes to "
        "parse\n");
    assert_reads("<table><tr><td colspan=1000000000>x",
        "limit: reader.size: a colspan of more than 1000\n");
}

static void a_wide_title_cell_is_no_harm(void **state)
{
    (void)state;
    assert_reads("<table><tr><td colspan=500 rowspan=1000000000>x</table>",
        "TABLE 0: 1 rows, 200 columns, 1 cells, depth 0\n  0,0[1x200] x\n"
        "P x\n");
}

static void a_page_is_as_long_as_pages_are(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, LIMIT_PAGE_BYTES + 1);
    buf_add_str(&b, "<html>");
    while (b.len <= LIMIT_PAGE_BYTES)
        buf_add_char(&b, ' ');
    assert_reading(buf_slice(&b), NULL,
        "limit: reader.size: a page of more than 8388608 bytes\n");
    buf_clear(&b);
}

static void sloppy_pages_are_below_the_limits(void **state)
{
    struct arena arena;
    struct slice slim;
    struct err err;
    struct buf b;

    (void)state;
    buf_init(&b, LIMIT_PAGE_BYTES);
    buf_add_str(&b, "<svg>");
    for (int i = 0; i < 3000; i++)
        buf_add_str(&b, "<path d=''/>");
    buf_add_str(&b, "</svg><table>");
    for (int i = 0; i < 3000; i++)
        buf_add_str(&b, "<tr><td><p><font size=2><span>1<td><b>2");
    buf_add_str(&b, "</table>");
    for (int i = 0; i < 3000; i++)
        buf_add_str(&b, "<li><p>a<br><img src=x><a name=y><option>"
                        "<!-- <div> --><script>'<div>'</script>");
    arena_init(&arena, 0);
    assert_int_equal(html_scan(buf_slice(&b), &arena, &slim, &err), 0);
    arena_clear(&arena);
    buf_clear(&b);
}

static void every_cut_of_a_page_is_read_or_refused(void **state)
{
    static const char page[] =
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>t</title>"
        "</head><body><h1>h</h1><table border='1'><tr><td rowspan=2>a&amp;"
        "</td><td>b</td></tr><tr><td><a href='x'>2024-01-02</a></td></tr>"
        "</table><!-- c --><script>d</script></body></html>";

    (void)state;
    for (size_t len = 1; len < sizeof(page); len++) {
        char *text = reading((struct slice){ page, len }, NULL);

        assert_non_null(text);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_collapses_and_blocks_are_paragraphs),
        cmocka_unit_test(no_break_spaces_stay),
        cmocka_unit_test(a_number_over_several_spans_stays_one_number),
        cmocka_unit_test(line_breaks_and_paragraphs_part_lines_of_a_cell),
        cmocka_unit_test(a_line_end_of_the_source_is_a_space),
        cmocka_unit_test(two_line_breaks_part_paragraphs),
        cmocka_unit_test(headings_have_their_level),
        cmocka_unit_test(scripts_styles_and_comments_are_not_text),
        cmocka_unit_test(an_empty_comment_ends_at_once),
        cmocka_unit_test(preformatted_lines_are_paragraphs),
        cmocka_unit_test(preformatted_text_may_hold_a_table_of_tabs),
        cmocka_unit_test(an_indent_kept_by_style_does_not_change_a_paragraph),
        cmocka_unit_test(spans_push_cells_to_free_columns),
        cmocka_unit_test(a_rowspan_ends_with_its_group),
        cmocka_unit_test(rowspan_zero_goes_to_the_end),
        cmocka_unit_test(spans_that_are_no_numbers_are_one),
        cmocka_unit_test(rows_stay_in_the_order_of_the_source),
        cmocka_unit_test(spacer_rows_count),
        cmocka_unit_test(captions_belong_to_their_table),
        cmocka_unit_test(nested_tables_keep_their_text_to_themselves),
        cmocka_unit_test(text_between_cells_is_not_lost),
        cmocka_unit_test(broken_markup_gives_the_same_grid),
        cmocka_unit_test(a_missing_row_tag_makes_a_row),
        cmocka_unit_test(a_table_inside_a_paragraph_is_a_table),
        cmocka_unit_test(self_closed_tags_close_nothing),
        cmocka_unit_test(a_second_page_pasted_in_is_read_on),
        cmocka_unit_test(gb18030_bytes_under_gb2312_are_read),
        cmocka_unit_test(struck_digits_keep_their_line),
        cmocka_unit_test(raised_digits_are_marks),
        cmocka_unit_test(hidden_text_rows_and_links_are_left_out),
        cmocka_unit_test(hidden_tables_are_taken_when_nothing_else_is_there),
        cmocka_unit_test(a_text_dump_pasted_into_a_page_has_its_table),
        cmocka_unit_test(a_table_of_one_cell_is_prose_too),
        cmocka_unit_test(head_is_read),
        cmocka_unit_test(metas_are_found_by_name_in_any_case),
        cmocka_unit_test(dates_stand_in_the_item_or_behind_the_link),
        cmocka_unit_test(a_date_inside_the_anchor_is_its_date),
        cmocka_unit_test(what_is_no_date_is_none),
        cmocka_unit_test(frames_are_links_and_scripts_are_none),
        cmocka_unit_test(an_anchor_left_open_is_one_link),
        cmocka_unit_test(hostile_pages_end_in_their_limit),
        cmocka_unit_test(a_wide_title_cell_is_no_harm),
        cmocka_unit_test(a_page_is_as_long_as_pages_are),
        cmocka_unit_test(sloppy_pages_are_below_the_limits),
        cmocka_unit_test(every_cut_of_a_page_is_read_or_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
