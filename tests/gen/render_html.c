/* SPDX-License-Identifier: Apache-2.0 */
/*
 * render_html - a report as the web pages that really occur.
 *
 * Each shell is one kind of author: a clean template, Word's export, nested
 * layout tables, the age of upper-case tags, tags never closed, and junk.
 */
#include "tests/gen/gen.h"

#include <string.h>

struct tags { /* how a shell writes a table */
    const char *table, *table_end, *row, *row_end, *cell, *cell_end;
    const char *colspan, *rowspan, *span_end; /* around the number */
    const char *inside, *inside_end;          /* around a cell's text */
    const char *line;                         /* for '\n' in a cell */
    const char *text, *text_end;              /* a paragraph */
    const char *heading, *heading_end;
};

static const struct tags shells[] = {
    [SHELL_CLEAN] = { "<table border=\"1\">\n<tbody>\n", "</tbody>\n</table>\n",
        "<tr>", "</tr>\n", "<td", "</td>", " colspan=\"", " rowspan=\"", "\"",
        "", "", "<br/>", "<p>", "</p>\n", "<h3>", "</h3>\n" },
    [SHELL_WORD] = { "<table class=MsoNormalTable border=1 cellspacing=0 "
                     "cellpadding=0\n style='border-collapse:collapse;"
                     "border:none;mso-border-alt:solid windowtext .5pt;\n "
                     "mso-yfti-tbllook:1184;mso-padding-alt:0cm 5.4pt 0cm "
                     "5.4pt'>\n",
        " <![if !supportMisalignedColumns]>\n <tr height=0><td "
        "style='border:none'></td></tr>\n <![endif]>\n</table>\n",
        " <tr style='mso-yfti-irow:1;height:19.85pt'>\n", " </tr>\n",
        "  <td width=95 valign=center", "</td>\n", " colspan=", " rowspan=", "",
        " style='width:71.0pt;border:solid windowtext 1.0pt;\n  "
        "padding:0cm "
        "5.4pt 0cm 5.4pt;\n  height:19.85pt'>\n  <p class=MsoNormal "
        "align=center style='text-align:center;mso-pagination:\n  "
        "widow-orphan'>",
        "<span lang=EN-US><o:p></o:p></span></p>"
        "\n  ",
        "</p>\n  <p class=MsoNormal align=center "
        "style='text-align:center'>",
        "<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt;"
        "mso-line-height-rule:\nexactly'>",
        "</p>\n",
        "<p class=MsoNormal style='text-indent:32.0pt;"
        "mso-outline-level:1'>",
        "</p>\n" },
    [SHELL_NESTED] = { "<table width=\"100%\" border=\"0\"><tr><td "
                       "align=\"center\">\n<table border=\"1\" "
                       "cellspacing=\"0\"><tbody>\n",
        "</tbody></table>\n</td></tr></table>\n", "<tr>\n", "</tr>\n",
        "<td align=\"center\"", "</td>\n", " colspan=\"", " rowspan=\"", "\"",
        "", "", "<br>", "<p>", "</p>\n", "<p><strong>", "</strong></p>\n" },
    [SHELL_IE] = { "<DIV align=center>\n<TABLE border=1 cellSpacing=0 "
                   "cellPadding=0>\n<TBODY>\n",
        "</TBODY></TABLE></DIV>\n", "<TR style=\"HEIGHT: 20px\">\n", "</TR>\n",
        "<TD vAlign=center width=125", "</TD>\n", " colSpan=", " rowSpan=", "",
        "", "</SPAN></P>", "<BR>", "<P style=\"TEXT-INDENT: 2em\">", "</P>\n",
        "<P><STRONG>", "</STRONG></P>\n" },
    [SHELL_UNCLOSED] = { "<table border=1>\n", "</table>\n", "<tr>\n", "",
        "<td", "\n", " colspan=", " rowspan=", "", "", "", "<br>", "<p>", "\n",
        "<p><b>", "</b>\n" },
    [SHELL_THEAD] = { "<table><caption></caption>\n", "</table>\n", "<tr>",
        "</tr>\n", "<td", "</td>", " colspan=\"", " rowspan=\"", "\"", "", "",
        "<br>", "<p>", "</p>\n", "<h2>", "</h2>\n" },
    [SHELL_JUNK] = { "<form action=x><table border=1 border=1 <tbody>\n",
        "</table></form>\n", "<tr class=></p>\n", "</tr></div>\n",
        "<td foo bar=\"1", "</font></td>\n", "\" colspan=\"", "\" rowspan=\"",
        "", "", "</p>", "<br/>", "<p><font size=3>", "</p>\n", "<p><font><b>",
        "</b></p></font>\n" },
};

static void escape(struct buf *out, const char *text, const char *line)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\n')
            buf_add_str(out, line);
        else if (*p == '&')
            buf_add_str(out, "&amp;");
        else if (*p == '<')
            buf_add_str(out, "&lt;");
        else if (*p == '>')
            buf_add_str(out, "&gt;");
        else if (p[0] == '\xC2' && p[1] == '\xA0') {
            buf_add_str(out, "&nbsp;");
            p++;
        } else {
            buf_add_char(out, *p);
        }
    }
}

/* Bytes of the UTF-8 character at p. */
static size_t utf8_len(const char *p)
{
    size_t n = 1;

    while ((p[n] & 0xC0) == 0x80)
        n++;
    return n;
}

/* Word's runs: a text breaks into spans anywhere, even inside a number. */
static void word_runs(
    struct gen_doc *d, struct buf *out, const char *text, const char *line)
{
    static const char *const run[3] = {
        "<span lang=EN-US style='font-size:10.5pt;mso-font-kerning:\n0pt'>",
        "<span style='font-family:\"仿宋_GB2312\",serif'>",
        "<span lang=EN-US>",
    };
    char part[64];
    const char *p = text;

    while (*p != '\0') {
        size_t want = 1 + rng_below(&d->rng, 9), n = 0;

        if (*p == '\n') {
            buf_add_str(out, line);
            p++;
            continue;
        }
        while (want-- > 0 && p[n] != '\0' && p[n] != '\n') {
            size_t step = utf8_len(p + n);

            if (n + step >= sizeof part)
                break;
            n += step;
        }
        memcpy(part, p, n);
        part[n] = '\0';
        buf_add_str(out, run[rng_below(&d->rng, 3)]);
        escape(out, part, line);
        buf_add_str(out, "</span>");
        p += n;
    }
}

/* Some characters as numeric entities, decimal or hexadecimal. */
static void entities(
    struct gen_doc *d, struct buf *out, const char *text, const char *line)
{
    for (const char *p = text; *p != '\0';) {
        size_t n = utf8_len(p);
        uint32_t c = (unsigned char)*p;
        char one[8] = { 0 };

        memcpy(one, p, n);
        if (n == 3)
            c = (c & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 |
                (uint32_t)(p[2] & 0x3F);
        if (n == 2 || *p == '\n' || rng_chance(&d->rng, 60))
            escape(out, one, line);
        else
            buf_printf(out, rng_chance(&d->rng, 50) ? "&#%u;" : "&#x%X;", c);
        p += n;
    }
}

static void text_write(
    struct gen_doc *d, struct buf *out, const char *text, const char *line)
{
    if (d->style.shell == SHELL_WORD)
        word_runs(d, out, text, line);
    else if (d->style.entities)
        entities(d, out, text, line);
    else
        escape(out, text, line);
}

static bool is_th(const struct gen_doc *d, const struct gen_slot *slot)
{
    return d->style.shell == SHELL_THEAD && slot->role == ROLE_HEADER;
}

static void cell_write(struct gen_doc *d, struct buf *out, const struct tags *t,
    const struct gen_slot *slot)
{
    if (slot->cell >= 0 && d->cut_n < GEN_CUT_MAX)
        d->cut_at[d->cut_n++] = out->len;
    buf_add_str(out, is_th(d, slot) ? "<th" : t->cell);
    if (slot->colspan > 1)
        buf_printf(out, "%s%d%s", t->colspan, slot->colspan, t->span_end);
    if (slot->rowspan > 1)
        buf_printf(out, "%s%d%s", t->rowspan, slot->rowspan, t->span_end);
    if (d->style.shell == SHELL_IE)
        buf_add_str(out, ">\n<P align=center><SPAN style=\"FONT-SIZE: "
                         "12pt; FONT-FAMILY: 宋体\">");
    else if (d->style.shell == SHELL_JUNK)
        buf_add_str(out, "\"><font face=\"宋体\" foo>");
    else if (d->style.shell != SHELL_WORD)
        buf_add_char(out, '>');
    buf_add_str(out, t->inside);
    if (d->style.indent)
        buf_add_str(out, "\r\n\t\t  ");
    text_write(d, out, slot->text, t->line);
    if (d->style.indent)
        buf_add_str(out, "&nbsp; \n\t");
    buf_add_str(out, t->inside_end);
    buf_add_str(out, is_th(d, slot) ? "</th>" : t->cell_end);
}

/* The rows above the first row of data in a thead, the rest in a tbody. */
static void sections_write(
    struct gen_doc *d, struct buf *out, const struct gen_sheet *s, int row)
{
    bool header = row < s->n && s->row[row].kind == ROW_HEADER;

    if (d->style.shell != SHELL_THEAD)
        return;
    if (row == 0)
        buf_add_str(out, header ? "<thead>\n" : "<tbody>\n");
    else if (row == s->n)
        buf_add_str(out, "</tbody>\n");
    else if (s->row[row].kind == ROW_DATA &&
             s->row[row - 1].kind == ROW_HEADER && s->table != TABLE_PROACTIVE)
        buf_add_str(out, "</thead>\n<tbody>\n");
}

static void sheet_write(struct gen_doc *d, struct buf *out,
    const struct tags *t, const struct gen_sheet *s)
{
    buf_add_str(out, t->table);
    for (int r = 0; r < s->n; r++) {
        sections_write(d, out, s, r);
        buf_add_str(out, t->row);
        for (int c = 0; c < s->row[r].n; c++)
            cell_write(d, out, t, &s->row[r].slot[c]);
        buf_add_str(out, t->row_end);
    }
    sections_write(d, out, s, s->n);
    buf_add_str(out, t->table_end);
}

static void head_write(struct gen_doc *d, struct buf *out)
{
    const char *charset = "utf-8";

    if (d->style.charset == CHARSET_GB18030 || d->style.charset == CHARSET_GBK)
        charset = "gb2312";
    else if (d->style.charset == CHARSET_UTF16)
        charset = "utf-16";
    if (d->style.shell == SHELL_IE) {
        buf_printf(out,
            "<HTML><HEAD><META http-equiv=Content-Type "
            "content=\"text/html; charset=%s\">\n<TITLE>%s</TITLE></HEAD>\n"
            "<BODY>\n",
            charset, d->title);
        return;
    }
    if (d->style.shell == SHELL_WORD)
        buf_add_str(out,
            "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"\n"
            "xmlns:w=\"urn:schemas-microsoft-com:office:word\">\n");
    else
        buf_add_str(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n");
    buf_printf(out,
        "<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; "
        "charset=%s\">\n<title>%s</title>\n"
        "<meta name=\"ArticleTitle\" content=\"%s\">\n"
        "<meta name=\"PubDate\" content=\"%s\">\n"
        "<meta name=\"ContentSource\" content=\"%s\">\n",
        charset, d->title, d->title, d->published, d->model.body->name);
    if (d->style.shell == SHELL_WORD)
        buf_add_str(out,
            "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal"
            "</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml>"
            "<![endif]-->\n<style>\n<!-- p.MsoNormal {mso-style-parent:\"\";"
            "margin:0cm;font-size:10.5pt;} -->\n</style>\n");
    buf_add_str(out, "</head>\n<body>\n");
}

/* Menus, crumbs and search boxes that surround the text. */
static void frame_begin(const struct gen_doc *d, struct buf *out)
{
    static const char *const menu[] = { "首页", "机构职能", "政策文件",
        "政府信息公开指南", "政府信息公开制度", "法定主动公开内容",
        "政府信息公开年报", "依申请公开" };

    if (d->style.shell == SHELL_JUNK)
        buf_add_str(out, "<!--><html><body bgcolor=#fff></span></p>\n");
    if (d->style.shell != SHELL_NESTED)
        return;
    buf_add_str(out, "<table width=1000 align=center><tr><td colspan=2>\n"
                     "<table><tr>");
    for (size_t i = 0; i < sizeof menu / sizeof menu[0]; i++)
        buf_printf(out, "<td><a href=\"/c%zu/\">%s</a></td>", i, menu[i]);
    buf_add_str(out, "</tr></table></td></tr>\n<tr><td width=220 valign=top>\n"
                     "<table><tr><td>公开指南</td></tr><tr><td><table>");
    for (int year = 2019; year < 2025; year++)
        buf_printf(out,
            "<tr><td><a href=\"/nb/%d/\">%d年年报</a></td><td>%d</td></tr>",
            year, year, year - 2000);
    buf_add_str(out,
        "</table></td></tr></table>\n</td><td valign=top>\n"
        "<table width=\"100%\"><tr><td>索引号</td><td>001-2/2020-00017</td>"
        "<td>文号</td><td></td></tr></table>\n"
        "<table width=\"100%\"><tr><td>\n");
}

static void frame_end(const struct gen_doc *d, struct buf *out)
{
    if (d->style.shell == SHELL_NESTED)
        buf_add_str(out,
            "</td></tr></table>\n</td></tr>\n<tr><td colspan=2>"
            "<table><tr><td>主办单位：某某办公室</td><td>电话：0999-1234567"
            "</td><td>今日访问 128 次</td></tr></table></td></tr></table>\n");
    if (d->style.shell == SHELL_JUNK)
        buf_add_str(out, "</div></td></center></html><script>if(1<2)"
                         "document.write('<td>9</td>')</script>\n");
    buf_add_str(out,
        d->style.shell == SHELL_IE ? "</BODY></HTML>\n" : "</body>\n</html>\n");
}

void gen_render_html(struct gen_doc *d, struct buf *out)
{
    const struct tags *t = &shells[d->style.shell];

    head_write(d, out);
    frame_begin(d, out);
    for (int i = 0; i < d->block_n; i++) {
        const struct gen_block *b = &d->block[i];

        switch (b->kind) {
        case BLOCK_TITLE:
            buf_printf(out, "<h1>%s</h1>\n<p>发布日期：%s</p>\n", b->text,
                d->published);
            break;
        case BLOCK_HEADING:
            buf_add_str(out, t->heading);
            text_write(d, out, b->text, "<br>");
            buf_add_str(out, t->heading_end);
            break;
        case BLOCK_TEXT:
            buf_add_str(out, t->text);
            text_write(d, out, b->text, "<br>");
            buf_add_str(out, t->text_end);
            break;
        case BLOCK_SHEET:
            if (d->style.pre)
                buf_add_str(out, "<pre>\n");
            sheet_write(d, out, t, b->sheet);
            if (d->style.pre)
                buf_add_str(out, "</pre>\n");
            break;
        }
    }
    frame_end(d, out);
}
