/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main - nianbao-hostile: pages made to break whoever reads them.
 *
 * Each case is one file, the same bytes each time.  Reports come as
 * case-<name>.html, list pages as folders list-<name>/index.html, so that a
 * portal can serve them beside good ones; attachments come as
 * case-<name>.<format>.  Each good file named after the folder is written as
 * case-half-<file> and case-spoilt-<file>.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/err.h"
#include "common/log.h"
#include "common/mem.h"
#include "tests/hostile/hostile.h"

enum {
    FULL = 8 * 1024 * 1024 - 256, /* nearly as large as a body may be */
    PATH_BYTES_MAX = 4096,
};

static const char head[] =
    "<html><head><meta charset=\"utf-8\"><title>某局2023年政府信息公开工作"
    "年度报告</title></head><body><h1>某局2023年政府信息公开工作年度报告</h1>"
    "<p>一、总体情况</p>\n";

static void repeat(FILE *f, const char *text, long n)
{
    for (long i = 0; i < n; i++)
        fputs(text, f);
}

/* A page of `text` until it is as large as a body may be. */
static void fill(FILE *f, const char *text)
{
    fputs(head, f);
    repeat(f, text, (FULL - (long)sizeof(head)) / (long)strlen(text));
}

/* ---- report pages ------------------------------------------------------ */

static void attributes(FILE *f)
{
    fprintf(f, "%s<p", head);
    for (int i = 0; i < 100000; i++)
        fprintf(f, " a%d=%d", i, i);
    fputs(">text</p>", f);
}

static void unclosed(FILE *f)
{
    fputs(head, f);
    repeat(f, "<span>", 50000);
}

static void unclosed_blocks(FILE *f)
{
    fputs(head, f);
    repeat(f, "<div>", 50000);
}

static void formatting(FILE *f)
{
    /* Each <p> opens again what stands open outside of it. */
    fputs(head, f);
    repeat(f, "<b><i><u><font size=1><p>", 20000);
}

static void colspan(FILE *f)
{
    fprintf(f,
        "%s<table><tr><td colspan=1000000000>1<td rowspan=1000000000>2</tr>"
        "<tr><td colspan=-1 rowspan=99999999999999999999>3</tr></table>",
        head);
}

static void wide_spans(FILE *f)
{
    fprintf(f, "%s<table>", head);
    repeat(f, "<tr><td colspan=1000 rowspan=65534>1</td></tr>\n", 20000);
    fputs("</table>", f);
}

static void nested_tables(FILE *f)
{
    fputs(head, f);
    repeat(f, "<table>", 1000000);
}

static void nested_cells(FILE *f)
{
    fputs(head, f);
    repeat(f, "<table><tr><td>1", 300000);
}

static void zeros(FILE *f)
{
    static const char text[] = "<\0t\0a\0b\0l\0e\0><tr>\0<td>\0"
                               "1\0\0\0</td>\0</tr>";

    fputs(head, f);
    for (long i = 0; i < 100000; i++)
        fwrite(text, 1, sizeof(text), f);
}

static void only_zeros(FILE *f)
{
    for (long i = 0; i < FULL; i++)
        putc(0, f);
}

static void invalid_utf8(FILE *f)
{
    fputs(head, f);
    repeat(f, "\xff\xfe\xc3(\xe4\xb8\xf0\x9f\x80\xed\xa0\x80", 500000);
}

static void less_than(FILE *f)
{
    fill(f, "<");
}

static void ampersands(FILE *f)
{
    fill(f, "&amp;");
}

static void breaks(FILE *f)
{
    fill(f, "<br>");
}

static void cells(FILE *f)
{
    fprintf(f, "%s<table><tr>", head);
    repeat(f, "<td>", FULL / 4 - 200);
}

static void links(FILE *f)
{
    fputs(head, f);
    for (int i = 0; i < 250000; i++)
        fprintf(f, "<a href=\"f%d.pdf\">%d</a>\n", i, i);
}

static void paragraphs(FILE *f)
{
    fputs(head, f);
    for (int i = 0; i < 100000; i++)
        fprintf(f, "<p>第%d段，收到申请%d件。</p>\n", i, i);
}

static void short_paragraphs(FILE *f)
{
    fill(f, "<p>x");
}

static void tiny_tables(FILE *f)
{
    fputs(head, f);
    repeat(f, "<table><tr><td>1</td></tr></table>\n", 100000);
}

static void long_table(FILE *f)
{
    fprintf(f, "%s<table>", head);
    for (int i = 0; i < 100000; i++)
        fprintf(f, "<tr><td>一、本年新收政府信息公开申请数量<td>%d</tr>\n", i);
    fputs("</table>", f);
}

/* Tables that just pass the limits, each row like the form's. */
static void many_forms(FILE *f)
{
    fputs(head, f);
    for (int t = 0; t < 99; t++) {
        fputs("<p>三、收到和处理政府信息公开申请情况</p><table>", f);
        for (int i = 0; i < 250; i++)
            fprintf(f,
                "<tr><td>（%d）予以公开<td>%d<td>1<td>2<td>3<td>4<td>5</tr>", i,
                i);
        fputs("</table>\n", f);
    }
}

static void lists(FILE *f)
{
    fputs(head, f);
    repeat(f, "<ul><li>", 100000);
}

static void huge_numbers(FILE *f)
{
    fprintf(f, "%s<table>", head);
    for (int i = 0; i < 200; i++) {
        fputs("<tr><td>一、本年新收政府信息公开申请数量", f);
        for (int k = 0; k < 7; k++) {
            fputs("<td>", f);
            repeat(f, "9", 5000);
        }
        fputs("</tr>\n", f);
    }
    fputs("</table>", f);
}

static void huge_label(FILE *f)
{
    fprintf(f, "%s<table><tr><td>", head);
    repeat(f, "本年新收政府信息公开申请数量", 180000);
    fputs("<td>1</tr></table>", f);
}

static void digits(FILE *f)
{
    fill(f, "1");
}

static void headings(FILE *f)
{
    fill(f, "<p>三、收到和处理政府信息公开申请情况</p>\n");
}

static void titles(FILE *f)
{
    fputs("<html><head><title>", f);
    repeat(f, "某局2023年政府信息公开工作年度报告", 150000);
}

static void svg(FILE *f)
{
    fputs(head, f);
    repeat(f, "<svg><desc><math><mi>", 40000);
}

static void selects(FILE *f)
{
    fputs(head, f);
    repeat(f, "<select><option><table><tr><td>1", 100000);
}

static void escapes(FILE *f)
{
    fputs("<html><head><meta charset=\"utf-8\"><title>\033]0;owned\a\033[2J"
          "\xc2\x9b"
          "31m某局2023年政府信息公开工作年度报告</title></head><body>"
          "<h1>\033[31m某局2023年政府信息公开工作年度报告</h1>"
          "<p>三、收到和处理政府信息公开申请情况</p><table>"
          "<tr><td>一、本年新收政府信息公开申请数量"
          "<td>\033[8m=cmd|' /C calc'!A0\033[0m</tr></table>",
        f);
}

/* ---- list pages -------------------------------------------------------- */

static const char list_head[] =
    "<html><head><meta charset=\"utf-8\"></head><body><ul>\n";

static void list_links(FILE *f)
{
    fputs(list_head, f);
    for (int i = 0; i < 100000; i++)
        fprintf(f, "<a href=t20240101_%d.html>政府信息公开年报</a>\n", i);
}

static void list_odd_links(FILE *f)
{
    static const char *const hrefs[] = { "", "#", "?", "index.html", ".",
        "javascript:alert(1)", "data:text/html,<p>x", "file:///etc/passwd",
        "gopher://127.0.0.1:70/x/t20240101_1.html",
        "http://user:pw@127.0.0.1/t20240101_1.html",
        "http://127.0.0.1:1/t20240101_1.html",
        "http://[::1]:1/t20240101_2.html", "http://0x7f.1:1/t20240101_3.html",
        "http://169.254.169.254/t20240101_4.html",
        "//10.0.0.1/t20240101_5.html", "http:\\\\192.168.0.1\\t20240101_6.html",
        "\njava\tscript:alert(1)//t20240101_7.html",
        "http://%00/t20240101_8.html", "../../../../../etc/passwd", "http://" };

    fputs(list_head, f);
    for (size_t i = 0; i < sizeof(hrefs) / sizeof(hrefs[0]); i++)
        fprintf(f, "<li><a href=\"%s\">政府信息公开工作年度报告</a></li>\n",
            hrefs[i]);
    fputs("<li><a href=\"t20240101_", f);
    repeat(f, "1", 10000);
    fputs(".html\">政府信息公开工作年度报告</a></li>\n<a href=\"x", f);
    fwrite("\0y", 1, 2, f);
    fputs(".html\">政府信息公开工作年度报告</a>", f);
}

/* Each link's address is the long base and a little more. */
static void list_base(FILE *f)
{
    fputs("<html><head><meta charset=\"utf-8\"><base href=\"/", f);
    repeat(f, "d", 1900);
    fputs("/\"></head><body>", f);
    for (int i = 0; i < 20000; i++)
        fprintf(f, "<a href=t20240101_%d.pdf>政府信息公开年报</a>", i);
}

static void list_pages(FILE *f)
{
    fputs(list_head, f);
    for (int i = 2; i <= 4000; i++)
        fprintf(f, "<a href=index_%d.html>%d</a>\n", i - 1, i);
    fputs("<script>createPageHTML(4294967295, 0, \"index\", \"html\");"
          "</script>",
        f);
}

static void list_text(FILE *f)
{
    fprintf(f, "%s<a href=t20240101_1.pdf>", list_head);
    repeat(f, "政府信息公开", 400000);
}

static void list_scripts(FILE *f)
{
    fputs(list_head, f);
    repeat(f, "<script>createPageHTML(99999999999,</script>\n", 180000);
}

/* ---- all of them ------------------------------------------------------- */

static const struct hostile_case cases[] = {
    { "case-attributes.html", attributes },
    { "case-unclosed.html", unclosed },
    { "case-unclosed-blocks.html", unclosed_blocks },
    { "case-formatting.html", formatting },
    { "case-colspan.html", colspan },
    { "case-wide-spans.html", wide_spans },
    { "case-nested-tables.html", nested_tables },
    { "case-nested-cells.html", nested_cells },
    { "case-zeros.html", zeros },
    { "case-only-zeros.html", only_zeros },
    { "case-invalid-utf8.html", invalid_utf8 },
    { "case-less-than.html", less_than },
    { "case-ampersands.html", ampersands },
    { "case-breaks.html", breaks },
    { "case-cells.html", cells },
    { "case-links.html", links },
    { "case-paragraphs.html", paragraphs },
    { "case-short-paragraphs.html", short_paragraphs },
    { "case-tiny-tables.html", tiny_tables },
    { "case-long-table.html", long_table },
    { "case-many-forms.html", many_forms },
    { "case-lists.html", lists },
    { "case-huge-numbers.html", huge_numbers },
    { "case-huge-label.html", huge_label },
    { "case-digits.html", digits },
    { "case-headings.html", headings },
    { "case-titles.html", titles },
    { "case-svg.html", svg },
    { "case-selects.html", selects },
    { "case-escapes.html", escapes },
    { "list-links/index.html", list_links },
    { "list-odd-links/index.html", list_odd_links },
    { "list-base/index.html", list_base },
    { "list-pages/index.html", list_pages },
    { "list-text/index.html", list_text },
    { "list-scripts/index.html", list_scripts },
    { "list-unclosed/index.html", unclosed_blocks },
};

static FILE *create(const char *folder, const char *name)
{
    char path[PATH_BYTES_MAX];
    char *slash;
    FILE *f;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    slash = strrchr(path, '/');
    *slash = '\0';
    if (mkdir(path, 0755) != 0 && errno != EEXIST)
        fatal("%s: %s", path, strerror(errno));
    *slash = '/';
    f = fopen(path, "wb");
    if (!f)
        fatal("%s: %s", path, strerror(errno));
    return f;
}

static void finish(FILE *f, const char *name)
{
    if (fclose(f) != 0)
        fatal("%s: %s", name, strerror(errno));
}

static void write_case(const char *folder, const struct hostile_case *c)
{
    FILE *f = create(folder, c->name);

    c->put(f);
    finish(f, c->name);
}

/* A good file, cut at its half, and with a byte in 250 changed. */
static void spoil(const char *folder, const char *path)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    char *bytes = mem_alloc(FULL);
    char *cut = mem_printf("case-half-%s", name);
    char *spoilt = mem_printf("case-spoilt-%s", name);
    FILE *f = fopen(path, "rb");
    uint32_t next = 1;
    size_t n;

    if (!f)
        fatal("%s: %s", path, strerror(errno));
    n = fread(bytes, 1, FULL, f);
    fclose(f);
    f = create(folder, cut);
    fwrite(bytes, 1, n / 2, f);
    finish(f, cut);
    for (size_t i = 64; i < n; i += 1 + next % 500) {
        next = next * 1664525 + 1013904223;
        bytes[i] = (char)(next >> 24);
    }
    f = create(folder, spoilt);
    fwrite(bytes, 1, n, f);
    finish(f, spoilt);
    mem_free(bytes);
    mem_free(cut);
    mem_free(spoilt);
}

int main(int argc, char **argv)
{
    log_init("nianbao-hostile", LOG_LEVEL_INFO);
    if (argc < 2 || argv[1][0] == '-') {
        fputs("Usage: nianbao-hostile FOLDER [GOOD-FILE...]\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        write_case(argv[1], &cases[i]);
    for (size_t i = 0; file_cases[i].name; i++)
        write_case(argv[1], &file_cases[i]);
    for (int i = 2; i < argc; i++)
        spoil(argv[1], argv[i]);
    return 0;
}
