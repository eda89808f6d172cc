/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet - a table as it lies on paper: rows of cells with spans.
 *
 * The official arrangement of the three tables, and the operations on rows
 * and cells that layouts and damages are made of.
 */
#include "tests/gen/gen.h"

#include <assert.h>
#include <string.h>

struct gen_slot *gen_row_add(
    struct gen_row *row, enum gen_role role, const char *text, int cell)
{
    struct gen_slot *slot;

    assert(row->n < GEN_SHEET_COLS);
    slot = &row->slot[row->n++];
    *slot = (struct gen_slot){ text, role, cell, 1, 1 };
    return slot;
}

struct gen_row *gen_sheet_add(struct gen_sheet *s, enum gen_row_kind kind)
{
    struct gen_row *row;

    assert(s->n < GEN_SHEET_ROWS);
    row = &s->row[s->n++];
    memset(row, 0, sizeof *row);
    row->kind = kind;
    row->key = -1;
    return row;
}

struct gen_row *gen_sheet_insert(struct gen_sheet *s, int at)
{
    assert(s->n < GEN_SHEET_ROWS && at <= s->n);
    for (int r = 0; r < at; r++)
        for (int c = 0; c < s->row[r].n; c++)
            if (r + s->row[r].slot[c].rowspan > at)
                s->row[r].slot[c].rowspan++;
    memmove(
        &s->row[at + 1], &s->row[at], (size_t)(s->n - at) * sizeof s->row[0]);
    s->n++;
    memset(&s->row[at], 0, sizeof s->row[0]);
    s->row[at].kind = ROW_OTHER;
    s->row[at].key = -1;
    return &s->row[at];
}

struct gen_slot *gen_row_insert(struct gen_row *row, int at)
{
    assert(row->n < GEN_SHEET_COLS && at <= row->n);
    memmove(&row->slot[at + 1], &row->slot[at],
        (size_t)(row->n - at) * sizeof row->slot[0]);
    row->n++;
    row->slot[at] = (struct gen_slot){ "", ROLE_RAW, -1, 1, 1 };
    return &row->slot[at];
}

void gen_row_remove(struct gen_row *row, int at)
{
    assert(at < row->n);
    memmove(&row->slot[at], &row->slot[at + 1],
        (size_t)(row->n - at - 1) * sizeof row->slot[0]);
    row->n--;
}

void gen_sheet_remove(struct gen_sheet *s, int at)
{
    struct gen_row *row = &s->row[at];
    int moved = 0;

    assert(at < s->n);
    for (int r = 0; r < at; r++)
        for (int c = 0; c < s->row[r].n; c++)
            if (r + s->row[r].slot[c].rowspan > at)
                s->row[r].slot[c].rowspan--;
    if (at + 1 < s->n)
        for (int c = 0; c < row->n; c++)
            if (row->slot[c].rowspan > 1) {
                struct gen_slot kept = row->slot[c];

                kept.rowspan--;
                *gen_row_insert(&s->row[at + 1], moved++) = kept;
            }
    memmove(&s->row[at], &s->row[at + 1],
        (size_t)(s->n - at - 1) * sizeof s->row[0]);
    s->n--;
}

void gen_sheet_place(
    const struct gen_sheet *s, struct gen_place (*place)[GEN_SHEET_COLS])
{
    memset(place, 0, GEN_SHEET_ROWS * sizeof *place);
    for (int r = 0; r < s->n; r++) {
        int at = 0;

        for (int c = 0; c < s->row[r].n; c++) {
            const struct gen_slot *slot = &s->row[r].slot[c];

            while (at < GEN_SHEET_COLS && place[r][at].slot != NULL)
                at++;
            for (int y = r; y < r + slot->rowspan && y < s->n; y++)
                for (int x = at; x < at + slot->colspan && x < GEN_SHEET_COLS;
                     x++)
                    place[y][x] = (struct gen_place){ slot, y == r, x == at };
            at += slot->colspan;
        }
    }
}

int gen_sheet_width(const struct gen_sheet *s)
{
    struct gen_place place[GEN_SHEET_ROWS][GEN_SHEET_COLS];
    int width = 0;

    gen_sheet_place(s, place);
    for (int r = 0; r < s->n; r++)
        for (int c = width; c < GEN_SHEET_COLS; c++)
            if (place[r][c].slot != NULL)
                width = c + 1;
    return width;
}

/* ---- proactive --------------------------------------------------------- */

struct block_row {
    const char *key, *label;
};

struct block {
    const char *title;
    const char *header[3];
    struct block_row row[3];
    int column_n, row_n;
};

static const struct block blocks_2019[] = {
    { "第二十条第（一）项",
        { "本年新制作数量", "本年新公开数量", "对外公开总数量" },
        { { "regulations", "规章" }, { "normative_documents", "规范性文件" } },
        3, 2 },
    { "第二十条第（五）项", { "上一年项目数量", "本年增/减", "处理决定数量" },
        { { "licensing", "行政许可" },
            { "other_services", "其他对外管理服务事项" } },
        3, 2 },
    { "第二十条第（六）项", { "上一年项目数量", "本年增/减", "处理决定数量" },
        { { "penalty", "行政处罚" }, { "coercion", "行政强制" } }, 3, 2 },
    { "第二十条第（八）项", { "上一年项目数量", "本年增/减" },
        { { "fees", "行政事业性收费" } }, 2, 1 },
    { "第二十条第（九）项", { "采购项目数量", "采购总金额" },
        { { "procurement", "政府集中采购" } }, 2, 1 },
};

static const struct block blocks_2021[] = {
    { "第二十条第（一）项", { "本年制发件数", "本年废止件数", "现行有效件数" },
        { { "regulations", "规章" },
            { "normative_documents", "行政规范性文件" } },
        3, 2 },
    { "第二十条第（五）项", { "本年处理决定数量" },
        { { "licensing", "行政许可" } }, 1, 1 },
    { "第二十条第（六）项", { "本年处理决定数量" },
        { { "penalty", "行政处罚" }, { "coercion", "行政强制" } }, 1, 2 },
    { "第二十条第（八）项", { "本年收费金额（单位：万元）" },
        { { "fees", "行政事业性收费" } }, 1, 1 },
};

/* The last of n cells takes what is left of three columns. */
static uint16_t last_span(int i, int n)
{
    return (uint16_t)(i == n - 1 ? 4 - n : 1);
}

static void block_values(struct gen_row *row, const struct block *b, int *cell)
{
    for (int i = 0; i < b->column_n; i++)
        gen_row_add(row, ROLE_VALUE, "", (*cell)++)->colspan =
            last_span(i, b->column_n);
}

/* Beijing: the label over two rows, and a label for each beside it. */
static void services_rows(
    struct gen_sheet *s, const struct block *b, const char *label, int *cell)
{
    static const char *const inner[2] = { "行政检查", "行政确认" };

    for (int i = 0; i < 2; i++) {
        struct gen_row *row = gen_sheet_add(s, ROW_DATA);

        if (i == 0)
            gen_row_add(row, ROLE_GROUP, label, -1)->rowspan = 2;
        gen_row_add(row, ROLE_LABEL, inner[i], -1);
        block_values(row, b, cell);
    }
}

static void block_add(
    struct gen_doc *d, struct gen_sheet *s, const struct block *b, int *cell)
{
    uint16_t label_span = d->model.split_services ? 2 : 1;
    struct gen_row *row = gen_sheet_add(s, ROW_HEADER);

    gen_row_add(row, ROLE_HEADER, b->title, -1)->colspan =
        (uint16_t)(3 + label_span);
    row = gen_sheet_add(s, ROW_HEADER);
    gen_row_add(row, ROLE_HEADER, "信息内容", -1)->colspan = label_span;
    for (int i = 0; i < b->column_n; i++)
        gen_row_add(row, ROLE_HEADER, b->header[i], -1)->colspan =
            last_span(i, b->column_n);
    for (int i = 0; i < b->row_n; i++)
        if (d->model.split_services &&
            strcmp(b->row[i].key, "other_services") == 0) {
            services_rows(s, b, b->row[i].label, cell);
        } else {
            row = gen_sheet_add(s, ROW_DATA);
            gen_row_add(row, ROLE_LABEL, b->row[i].label, -1)->colspan =
                label_span;
            block_values(row, b, cell);
        }
}

static void fill_values(const struct gen_doc *d, struct gen_sheet *s)
{
    for (int r = 0; r < s->n; r++)
        for (int c = 0; c < s->row[r].n; c++) {
            struct gen_slot *slot = &s->row[r].slot[c];

            if (slot->cell >= 0)
                slot->text = d->model.cell[slot->cell].value;
        }
}

static struct gen_sheet *sheet_new(struct gen_doc *d, enum gen_table table)
{
    struct gen_sheet *s = arena_alloc(&d->arena, sizeof *s);

    s->table = table;
    return s;
}

struct gen_sheet *gen_sheet_proactive(struct gen_doc *d)
{
    struct gen_sheet *s = sheet_new(d, TABLE_PROACTIVE);
    bool old = d->model.old_proactive;
    const struct block *b = old ? blocks_2019 : blocks_2021;
    int n = old ? 5 : 4, cell = 0;

    for (int i = 0; i < n; i++)
        block_add(d, s, &b[i], &cell);
    assert(cell == d->model.proactive_n);
    fill_values(d, s);
    return s;
}

/* ---- requests ---------------------------------------------------------- */

static void requests_header(struct gen_sheet *s)
{
    struct gen_row *row = gen_sheet_add(s, ROW_HEADER);
    struct gen_slot *slot;

    slot = gen_row_add(row, ROLE_HEADER,
        "（本列数据的勾稽关系为：第一项加第二项之和，"
        "等于第三项加第四项之和）",
        -1);
    slot->rowspan = slot->colspan = 3;
    gen_row_add(row, ROLE_HEADER, "申请人情况", -1)->colspan = 7;
    row = gen_sheet_add(s, ROW_HEADER);
    gen_row_add(row, ROLE_HEADER, gen_request_headers[0], -1)->rowspan = 2;
    gen_row_add(row, ROLE_HEADER, "法人或其他组织", -1)->colspan = 5;
    gen_row_add(row, ROLE_HEADER, gen_request_headers[6], -1)->rowspan = 2;
    row = gen_sheet_add(s, ROW_HEADER);
    for (int i = 1; i < 6; i++)
        gen_row_add(row, ROLE_HEADER, gen_request_headers[i], -1);
}

static int group_size(const struct gen_model *m, int row)
{
    int n = 1;

    while (
        row + n < m->request_row_n &&
        strcmp(gen_request_group(m, row), gen_request_group(m, row + n)) == 0)
        n++;
    return n;
}

static void requests_labels(
    const struct gen_model *m, int i, struct gen_row *row)
{
    int last = m->request_row_n - 1;
    const char *group = gen_request_group(m, i);
    bool grouped = group[0] != '\0';

    if (i < 2 || i == last) {
        gen_row_add(row, ROLE_LABEL, gen_request_label(m, i), -1)->colspan = 3;
        return;
    }
    if (i == 2)
        gen_row_add(row, ROLE_GROUP, "三、本年度办理结果", -1)->rowspan =
            (uint16_t)(last - 2);
    if (grouped && strcmp(group, gen_request_group(m, i - 1)) != 0)
        gen_row_add(row, ROLE_GROUP, group, -1)->rowspan =
            (uint16_t)group_size(m, i);
    gen_row_add(row, ROLE_LABEL, gen_request_label(m, i), -1)->colspan =
        grouped ? 1 : 2;
}

struct gen_sheet *gen_sheet_requests(struct gen_doc *d)
{
    struct gen_sheet *s = sheet_new(d, TABLE_REQUESTS);
    const struct gen_model *m = &d->model;

    requests_header(s);
    for (int i = 0; i < m->request_row_n; i++) {
        struct gen_row *row = gen_sheet_add(s, ROW_DATA);

        row->key = i;
        requests_labels(m, i, row);
        for (int c = 0; c < GEN_REQUEST_COLS; c++)
            gen_row_add(row, ROLE_VALUE, "", m->request_cell[i][c]);
    }
    fill_values(d, s);
    return s;
}

/* ---- review ------------------------------------------------------------ */

struct gen_sheet *gen_sheet_review(struct gen_doc *d)
{
    struct gen_sheet *s = sheet_new(d, TABLE_REVIEW);
    struct gen_row *row = gen_sheet_add(s, ROW_HEADER);

    gen_row_add(row, ROLE_HEADER, gen_review_rows[0], -1)->colspan = 5;
    gen_row_add(row, ROLE_HEADER, "行政诉讼", -1)->colspan = 10;
    row = gen_sheet_add(s, ROW_HEADER);
    for (int i = 0; i < 5; i++)
        gen_row_add(row, ROLE_HEADER, gen_review_headers[i], -1)->rowspan = 2;
    for (int i = 1; i < 3; i++)
        gen_row_add(row, ROLE_HEADER, gen_review_rows[i], -1)->colspan = 5;
    row = gen_sheet_add(s, ROW_HEADER);
    for (int i = 0; i < 10; i++)
        gen_row_add(row, ROLE_HEADER, gen_review_headers[i % 5], -1);
    row = gen_sheet_add(s, ROW_DATA);
    for (int i = 0; i < 15; i++)
        gen_row_add(row, ROLE_VALUE, "", d->model.review_cell[i / 5][i % 5]);
    fill_values(d, s);
    return s;
}

struct gen_sheet *gen_sheet_review_rows(struct gen_doc *d)
{
    struct gen_sheet *s = sheet_new(d, TABLE_REVIEW);
    struct gen_row *row = gen_sheet_add(s, ROW_HEADER);

    gen_row_add(row, ROLE_HEADER, "类别", -1)->colspan = 2;
    for (int i = 0; i < 5; i++)
        gen_row_add(row, ROLE_HEADER, gen_review_headers[i], -1);
    for (int i = 0; i < 3; i++) {
        row = gen_sheet_add(s, ROW_DATA);
        if (i == 1)
            gen_row_add(row, ROLE_GROUP, "行政诉讼", -1)->rowspan = 2;
        gen_row_add(row, ROLE_LABEL, gen_review_rows[i], -1)->colspan =
            i == 0 ? 2 : 1;
        for (int c = 0; c < 5; c++)
            gen_row_add(row, ROLE_VALUE, "", d->model.review_cell[i][c]);
    }
    fill_values(d, s);
    return s;
}
