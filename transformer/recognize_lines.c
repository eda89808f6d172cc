/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recognize_lines - a document as lines.
 *
 * Portals put a whole article into one paragraph with line breaks, or each
 * line into its own; dumps put headings between the cells of a one-column
 * table.  As lines they look the same.
 */
#include "transformer/recognize.h"

/* Bytes of a white space character at the start of `s`, or 0. */
static size_t blank_len(struct slice s)
{
    if (s.len > 0 && (unsigned char)s.p[0] <= 0x20)
        return 1;
    if (text_starts(s, "\xc2\xa0")) /* no-break space */
        return 2;
    if (text_starts(s, "\xe3\x80\x80") || text_starts(s, "\xef\xbb\xbf"))
        return 3; /* ideographic space, byte order mark */
    return 0;
}

static struct slice trim(struct slice s)
{
    size_t n;

    while ((n = blank_len(s)) > 0)
        s = slice_from(s, n);
    for (;;) {
        n = 0;
        for (size_t k = 1; k <= 3 && k <= s.len; k++) {
            if (blank_len(slice_from(s, s.len - k)) == k)
                n = k;
        }
        if (n == 0)
            return s;
        s.len -= n;
    }
}

static uint32_t count_breaks(struct slice s)
{
    uint32_t n = 1;

    for (size_t i = 0; i < s.len; i++)
        n += s.p[i] == '\n';
    return n;
}

/* Lines at most; the array is made once. */
static size_t line_max(const struct document *doc)
{
    const struct document_table *t;
    size_t n = 0;

    for (uint32_t i = 0; i < doc->block_n; i++) {
        if (doc->blocks[i].kind == BLOCK_PARAGRAPH) {
            n += count_breaks(doc->blocks[i].text);
            continue;
        }
        t = &doc->tables[doc->blocks[i].table];
        for (uint32_t k = 0; t->col_n == 1 && k < t->cell_n; k++)
            n += count_breaks(t->cells[k].text);
    }
    return n;
}

int lines_check(const struct document *doc, struct err *err)
{
    size_t n = line_max(doc);

    if (n > LINES_MAX)
        return err_set(err, ERR_LIMIT,
            "report.lines: %zu lines of text, at most %u are read", n,
            LINES_MAX);
    return 0;
}

static void add_line(struct lines *l, struct arena *a, struct slice text,
    const struct line *like)
{
    struct line *line = &l->line[l->line_n];

    text = trim(text);
    if (text.len == 0)
        return;
    *line = *like;
    line->text = text;
    if (text.len <= LINE_SHORT_BYTES)
        line->plain = text_fold(a, text);
    l->line_n++;
}

static void add_paragraph(struct lines *l, struct arena *a, struct slice text,
    const struct line *like)
{
    ptrdiff_t end;

    while ((end = slice_find(text, SLICE_LIT("\n"))) >= 0) {
        add_line(l, a, text_cut(text, 0, (size_t)end), like);
        text = slice_from(text, (size_t)end + 1);
    }
    add_line(l, a, text, like);
}

static void add_table(struct lines *l, struct arena *a,
    const struct document_table *t, const struct line *like)
{
    struct line prose = *like;

    if (t->col_n != 1)
        return;
    /* a table around text alone is layout, and so is a long cell */
    prose.in_table = false;
    for (uint32_t i = 0; i < t->cell_n; i++) {
        if (t->cell_n == 1 || t->cells[i].text.len > LINE_SHORT_BYTES)
            add_paragraph(l, a, t->cells[i].text, &prose);
        else
            add_line(l, a, t->cells[i].text, like);
    }
}

struct lines lines_make(const struct document *doc, struct arena *a)
{
    struct lines l = { arena_alloc_n(a, line_max(doc) + 1, sizeof(struct line)),
        0 };
    const struct document_block *b;
    struct line like;

    for (uint32_t i = 0; i < doc->block_n; i++) {
        b = &doc->blocks[i];
        like = (struct line){ .block = i, .heading = b->heading };
        if (b->kind == BLOCK_PARAGRAPH) {
            add_paragraph(&l, a, b->text, &like);
            continue;
        }
        like.in_table = true;
        add_table(&l, a, &doc->tables[b->table], &like);
    }
    return l;
}

bool line_is_footer(struct slice plain)
{
    static const char *const anywhere[] = { "版权所有", "网站标识码", "ICP备",
        "公网安备", "上一篇:", "下一篇:", "[打印", "【打印", "打印本页",
        "[关闭", "【关闭", "关闭窗口", "Copyright", NULL };
    static const char *const first[] = { "责任编辑", "扫一扫", "扫描二维码",
        "分享到", "分享:", "相关链接", "相关附件", "附件下载", "附件:", "主办:",
        "主办单位:", "承办:", "承办单位:", "技术支持:", "返回顶部", "网站地图",
        "上一篇", "下一篇", "友情链接", NULL };
    static const char *const whole[] = { "打印", "关闭", "分享", "返回", "收藏",
        "附件", "相关文档", "相关新闻", "相关信息", "联系我们", NULL };

    for (size_t i = 0; anywhere[i]; i++) {
        if (text_has(plain, anywhere[i]))
            return true;
    }
    for (size_t i = 0; first[i]; i++) {
        if (text_starts(plain, first[i]))
            return true;
    }
    for (size_t i = 0; whole[i]; i++) {
        if (slice_eq_str(plain, whole[i]))
            return true;
    }
    return false;
}
