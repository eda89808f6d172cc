/* SPDX-License-Identifier: Apache-2.0 */
/*
 * blocks - the report around its tables: title, headings, prose.
 *
 * The sentences are invented.  They state the tables' numbers in the
 * several ways that are all true (received, received and carried over,
 * finished), among other numbers that stand in no table, so that a check of
 * prose against tables shows its false alarms.
 */
#include "tests/gen/gen.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

static const char *const headings[6] = { "一、总体情况",
    "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项" };

struct gen_block *gen_block_insert(struct gen_doc *d, int at)
{
    assert(d->block_n < GEN_BLOCK_MAX && at <= d->block_n);
    memmove(&d->block[at + 1], &d->block[at],
        (size_t)(d->block_n - at) * sizeof d->block[0]);
    d->block_n++;
    d->block[at] = (struct gen_block){ BLOCK_TEXT, 0, "", NULL };
    return &d->block[at];
}

void gen_block_remove(struct gen_doc *d, int at)
{
    assert(at < d->block_n);
    memmove(&d->block[at], &d->block[at + 1],
        (size_t)(d->block_n - at - 1) * sizeof d->block[0]);
    d->block_n--;
}

int gen_block_find(const struct gen_doc *d, enum gen_table table)
{
    for (int i = 0; i < d->block_n; i++)
        if (d->block[i].kind == BLOCK_SHEET &&
            (d->block[i].sheet->table == table ||
                d->block[i].sheet->table == TABLE_MIXED))
            return i;
    return -1;
}

int gen_heading_find(const struct gen_doc *d, int section)
{
    for (int i = 0; i < d->block_n; i++)
        if (d->block[i].kind == BLOCK_HEADING && d->block[i].section == section)
            return i;
    return -1;
}

static void text_add(struct gen_doc *d, const char *text)
{
    gen_block_insert(d, d->block_n)->text = text;
}

static void heading_add(struct gen_doc *d, int section)
{
    struct gen_block *b = gen_block_insert(d, d->block_n);

    b->kind = BLOCK_HEADING;
    b->section = section;
    b->text = headings[section - 1];
}

static void sheet_add(struct gen_doc *d, struct gen_sheet *s)
{
    struct gen_block *b = gen_block_insert(d, d->block_n);

    b->kind = BLOCK_SHEET;
    b->sheet = s;
}

/* A sentence on the requests, true in one of several ways. */
static const char *requests_said(struct gen_doc *d)
{
    const struct gen_model *m = &d->model;
    int all = GEN_REQUEST_COLS - 1;
    int64_t got = m->request[0][all], over = m->request[1][all];
    int64_t done = m->request[m->request_row_n - 2][all];
    struct arena *a = &d->arena;

    switch (rng_below(&d->rng, 6)) {
    case 0:
        return arena_printf(a,
            "%d年，本机关共收到政府信息公开申请%" PRId64
            "件，均已登记并按期处理。",
            m->year, got)
            .p;
    case 1:
        return arena_printf(a,
            "全年收到政府信息公开申请 %" PRId64 " 件（含上年结转%" PRId64
            "件），没有发生逾期答复。",
            got + over, over)
            .p;
    case 2:
        return arena_printf(a,
            "%d年新收政府信息公开申请%" PRId64 "件，上年结转%" PRId64
            "件，办结%" PRId64 "件。",
            m->year, got, over, done)
            .p;
    case 3:
        return arena_printf(a,
            "本年度受理依申请公开%" PRId64 "件，其中自然人提出%" PRId64
            "件，法人或其他组织提出%" PRId64 "件。",
            got, m->request[0][0], got - m->request[0][0])
            .p;
    case 4:
        return arena_printf(a,
            "本年共办结依申请公开%" PRId64 "件，予以公开%" PRId64
            "件，部分公开%" PRId64 "件。",
            done, m->request[2][all], m->request[3][all])
            .p;
    default:
        return "依申请公开渠道畅通，各类申请均在法定期限内答复申请人。";
    }
}

static void overview_add(struct gen_doc *d)
{
    int year = d->model.year;

    text_add(d, arena_printf(&d->arena,
                    "%d年，%s把公开透明作为改进工作的抓手，围绕群众关心的事"
                    "项细化公开目录，更新公开指南，做到应公开的及时公开。",
                    year, d->model.body->name)
                    .p);
    text_add(
        d, arena_printf(&d->arena,
               "（一）主动公开方面。全年通过门户网站发布信息%u条，"
               "通过政务新媒体发布信息%u条，举办开放日活动%u次，"
               "解读材料%u篇。",
               200 + rng_below(&d->rng, 3000), 50 + rng_below(&d->rng, 900),
               1 + rng_below(&d->rng, 9), 5 + rng_below(&d->rng, 60))
               .p);
    text_add(
        d, arena_printf(&d->arena, "（二）依申请公开方面。%s", requests_said(d))
               .p);
    if (rng_chance(&d->rng, 50))
        text_add(d, arena_printf(&d->arena,
                        "（三）监督保障方面。年内组织业务培训%u次，参训%u人次，"
                        "对%u个部门的栏目逐一检查并通报。",
                        1 + rng_below(&d->rng, 5), 20 + rng_below(&d->rng, 200),
                        2 + rng_below(&d->rng, 30))
                        .p);
}

static void closing_add(struct gen_doc *d)
{
    int year = d->model.year;

    heading_add(d, 5);
    text_add(d, "一是公开内容与群众期待还有距离，个别栏目更新不够及时；"
                "二是经办人员更换较多，业务熟练程度有待提高。");
    text_add(d, arena_printf(&d->arena,
                    "%d年将从两方面改进：一是健全发布审核台账，每季度自查1次；"
                    "二是编写办理手册，开展2期轮训。",
                    year + 1)
                    .p);
    heading_add(d, 6);
    if (d->model.old_requests)
        text_add(d, "本机关没有其他需要报告的事项。");
    else
        text_add(d, arena_printf(&d->arena,
                        "%d年度，本机关没有收取政府信息公开信息处理费。", year)
                        .p);
}

static const char *title_make(struct gen_doc *d)
{
    const struct gen_model *m = &d->model;

    switch (rng_below(&d->rng, 3)) {
    case 0:
        return arena_printf(
            &d->arena, "%s%d年政府信息公开工作年度报告", m->body->name, m->year)
            .p;
    case 1:
        return arena_printf(&d->arena, "%s%d年度政府信息公开工作年度报告",
            m->body->name, m->year)
            .p;
    default:
        return arena_printf(
            &d->arena, "%d年%s政府信息公开工作年度报告", m->year, m->body->name)
            .p;
    }
}

void gen_blocks_make(struct gen_doc *d)
{
    struct gen_block *b = gen_block_insert(d, 0);
    int year = d->model.year;

    d->title = title_make(d);
    d->published = arena_printf(
        &d->arena, "%d-01-%02u", year + 1, 8 + rng_below(&d->rng, 23))
                       .p;
    b->kind = BLOCK_TITLE;
    b->text = d->title;
    text_add(d, arena_printf(&d->arena,
                    "本报告按照《中华人民共和国政府信息公开条例》和有关格式要求"
                    "编制，由%s汇总。所列数据的统计期限自%d年1月1日起，"
                    "至%d年12月31日止。",
                    d->model.body->office, year, year)
                    .p);
    heading_add(d, 1);
    overview_add(d);
    heading_add(d, 2);
    sheet_add(d, gen_sheet_proactive(d));
    heading_add(d, 3);
    sheet_add(d, gen_sheet_requests(d));
    heading_add(d, 4);
    sheet_add(d, gen_sheet_review(d));
    closing_add(d);
}
