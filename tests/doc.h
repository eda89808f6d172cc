/* SPDX-License-Identifier: Apache-2.0 */
/*
 * doc - document trees and a small form, built by hand for unit tests.
 *
 * The form has the six headings and a cut of the requests table; it is no
 * substitute for conf/forms.
 */
#ifndef TESTS_DOC_H
#define TESTS_DOC_H

#include <string.h>

#include "common/arena.h"
#include "common/document.h"
#include "common/limits.h"
#include "transformer/form.h"

#define DOC_BLOCKS_MAX 64
#define DOC_TABLES_MAX 8

static inline void doc_init(struct document *doc, struct arena *a)
{
    memset(doc, 0, sizeof(*doc));
    arena_init(a, LIMIT_ARENA_BYTES);
    doc->arena = a;
    doc->reader = SLICE_LIT("test");
    doc->media_type = SLICE_LIT("text/html");
    doc->charset = SLICE_LIT("UTF-8");
    doc->blocks = arena_alloc_n(a, DOC_BLOCKS_MAX, sizeof(*doc->blocks));
    doc->tables = arena_alloc_n(a, DOC_TABLES_MAX, sizeof(*doc->tables));
    doc->links = arena_alloc_n(a, 16, sizeof(*doc->links));
    doc->metas = arena_alloc_n(a, 16, sizeof(*doc->metas));
}

static inline void doc_text(struct document *doc, const char *text)
{
    doc->blocks[doc->block_n++] =
        (struct document_block){ .kind = BLOCK_PARAGRAPH,
            .text = slice_str(text) };
}

static inline void doc_texts(struct document *doc, const char *const *texts)
{
    for (size_t i = 0; texts[i]; i++)
        doc_text(doc, texts[i]);
}

static inline void doc_meta(
    struct document *doc, const char *name, const char *content)
{
    doc->metas[doc->meta_n++] =
        (struct document_meta){ slice_str(name), slice_str(content) };
}

static inline void doc_link(
    struct document *doc, const char *href, const char *text)
{
    doc->links[doc->link_n++] = (struct document_link){ .href = slice_str(href),
        .text = slice_str(text) };
}

/* A table of `col_n` columns without spans; texts in order of rows. */
static inline void doc_table(
    struct document *doc, uint32_t col_n, const char *const *texts)
{
    struct document_table *t = &doc->tables[doc->table_n];
    uint32_t n = 0;

    while (texts[n])
        n++;
    t->col_n = col_n;
    t->row_n = n / col_n;
    t->cell_n = n;
    t->cells = arena_alloc_n(doc->arena, n, sizeof(*t->cells));
    for (uint32_t i = 0; i < n; i++)
        t->cells[i] = (struct document_cell){ .row = i / col_n,
            .col = i % col_n,
            .rowspan = 1,
            .colspan = 1,
            .text = slice_str(texts[i]) };
    doc->blocks[doc->block_n++] =
        (struct document_block){ .kind = BLOCK_TABLE, .table = doc->table_n++ };
}

/* Texts of a form are not const: libcyaml made them. */
#define DOC_STR(s) ((char[]){ s })

static char *doc_variants4[] = { DOC_STR(
    "因政府信息公开工作被申请行政复议、提起行政诉讼情况") };
static char *doc_results[] = { DOC_STR("三、本年度办理结果") };

static struct form_section doc_sections[] = {
    { 1, DOC_STR("总体情况"), NULL, 0 },
    { 2, DOC_STR("主动公开政府信息情况"), NULL, 0 },
    { 3, DOC_STR("收到和处理政府信息公开申请情况"), NULL, 0 },
    { 4, DOC_STR("政府信息公开行政复议、行政诉讼情况"), doc_variants4, 1 },
    { 5, DOC_STR("存在的主要问题及改进情况"), NULL, 0 },
    { 6, DOC_STR("其他需要报告的事项"), NULL, 0 },
};

static struct form_column doc_columns[] = {
    { .key = DOC_STR("natural_person"), .label = DOC_STR("自然人") },
    { .key = DOC_STR("business"), .label = DOC_STR("商业企业") },
    { .key = DOC_STR("research"), .label = DOC_STR("科研机构") },
    { .key = DOC_STR("total"), .label = DOC_STR("总计") },
};

static struct form_row doc_rows[] = {
    { .key = DOC_STR("new"),
        .label = DOC_STR("一、本年新收政府信息公开申请数量") },
    { .key = DOC_STR("carried_over"),
        .label = DOC_STR("二、上年结转政府信息公开申请数量") },
    { .key = DOC_STR("granted"),
        .label = DOC_STR("（一）予以公开"),
        .groups = doc_results,
        .groups_count = 1 },
    { .key = DOC_STR("total"),
        .label = DOC_STR("（七）总计"),
        .groups = doc_results,
        .groups_count = 1 },
    { .key = DOC_STR("carried_forward"),
        .label = DOC_STR("四、结转下年度继续办理") },
};

static struct form_block doc_block = {
    .columns = doc_columns,
    .columns_count = 4,
    .rows = doc_rows,
    .rows_count = 5,
};

static struct form_table doc_form_table = {
    .key = DOC_STR("requests"),
    .label = DOC_STR("收到和处理政府信息公开申请情况"),
    .section = 3,
    .layout = LAYOUT_MATRIX,
    .blocks = &doc_block,
    .blocks_count = 1,
};

static struct form doc_form = {
    .id = DOC_STR("2021"),
    .year_from = 2021,
    .year_to = 9999,
    .sections = doc_sections,
    .sections_count = 6,
    .tables = &doc_form_table,
    .tables_count = 1,
};

/* The six headings and a cut of the requests table. */
static inline const struct forms *doc_forms(void)
{
    static struct form *list[] = { &doc_form };
    static struct forms forms = { .form = list, .form_n = 1 };

    return &forms;
}

#endif
