/* SPDX-License-Identifier: Apache-2.0 */
/*
 * site_list - the list pages of the sample portal's columns.
 */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/limits.h"
#include "common/log.h"
#include "tests/gen/gen.h"
#include "tests/gen/site.h"

static int newest_first(const void *a, const void *b)
{
    const struct site_entry *x = a, *y = b;
    int by_date = strcmp(y->date, x->date);

    return by_date != 0 ? by_date : strcmp(x->href, y->href);
}

/* index.html, index_1.html (the second page), ... */
static const char *page_name(int page, char name[32])
{
    if (page == 0)
        snprintf(name, 32, "index.html");
    else
        snprintf(name, 32, "index_%d.html", page);
    return name;
}

static void pager_write(
    const struct site_column *c, int page, int page_n, struct buf *out)
{
    char name[32];

    switch (c->pager) {
    case PAGER_SCRIPT:
        buf_printf(out,
            "<div class=\"page\"><script type=\"text/javascript\">\n"
            "createPageHTML(%d, %d, \"index\", \"html\");\n"
            "</script></div>\n",
            page_n, page);
        break;
    case PAGER_NUMBERS:
        buf_add_str(out, "<div class=\"page\">");
        for (int i = 0; i < page_n; i++)
            buf_printf(
                out, "<a href=\"%s\">%d</a> ", page_name(i, name), i + 1);
        if (page + 1 < page_n)
            buf_printf(
                out, "<a href=\"%s\">下一页</a> ", page_name(page + 1, name));
        buf_printf(out, "<a href=\"%s\">尾页</a></div>\n",
            page_name(page_n - 1, name));
        break;
    case PAGER_NONE:
        break;
    }
}

static void page_write(
    const struct site_column *c, int page, int page_n, struct buf *out)
{
    int from = page * c->page_len, to = from + c->page_len;

    buf_printf(out,
        "<!DOCTYPE html>\n<html>\n<head>\n<meta http-equiv=\"Content-Type\" "
        "content=\"text/html; charset=%s\">\n<title>%s</title>\n</head>\n"
        "<body>\n<div class=\"nav\"><a href=\"/\">首页</a> &gt; "
        "<a href=\"javascript:;\">%s</a></div>\n<ul class=\"list\">\n",
        c->gb ? "gb2312" : "utf-8", c->name, c->name);
    for (int i = from; i < to && i < c->entry_n; i++)
        buf_printf(out,
            "<li><a href=\"%s\" title=\"%s\" target=\"_blank\">%s</a>"
            "<span>%s</span></li>\n",
            c->entry[i].href, c->entry[i].title, c->entry[i].title,
            c->entry[i].date);
    buf_add_str(out, "</ul>\n");
    pager_write(c, page, page_n, out);
    buf_add_str(out,
        "<div class=\"foot\"><a href=\"/about.html\">关于我们</a> "
        "<a href=\"mailto:nobody@example.invalid\">联系</a></div>\n"
        "</body>\n</html>\n");
}

/* Every character of our lists is in GB18030. */
static void to_gb(const struct buf *in, struct buf *out)
{
    iconv_t cd = iconv_open("GB18030", "UTF-8");
    char *from = in->p;
    size_t left = in->len;

    if (cd == (iconv_t)-1)
        fatal("iconv charset=GB18030");
    while (left > 0) {
        char block[4096], *to = block;
        size_t room = sizeof block;

        if (iconv(cd, &from, &left, &to, &room) == (size_t)-1 &&
            room == sizeof block)
            fatal("iconv bytes-left=%zu", left);
        buf_add(out, block, sizeof block - room);
    }
    iconv_close(cd);
}

void site_list_write(const char *dir, struct site_column *c)
{
    int page_n = (c->entry_n + c->page_len - 1) / c->page_len;

    qsort(c->entry, (size_t)c->entry_n, sizeof c->entry[0], newest_first);
    for (int page = 0; page < page_n; page++) {
        struct buf utf8, gb;
        char path[1024], name[32];

        buf_init(&utf8, LIMIT_BODY_BYTES);
        buf_init(&gb, LIMIT_BODY_BYTES);
        page_write(c, page, page_n, &utf8);
        snprintf(
            path, sizeof path, "%s/%s/%s", dir, c->path, page_name(page, name));
        path[strlen(path) - strlen(".html")] = '\0';
        if (c->gb) {
            to_gb(&utf8, &gb);
            site_write(path, "html", buf_slice(&gb));
            site_write(
                path, "html.headers", slice_str("Content-Type: text/html\n"));
        } else {
            site_write(path, "html", buf_slice(&utf8));
        }
        buf_clear(&utf8);
        buf_clear(&gb);
    }
}
