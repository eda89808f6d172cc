/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree - how readers build a document: append, check once at the end.
 *
 * Arrays double in the document's arena; the old halves stay there until
 * the document goes, which costs at most as much again.
 */
#include "transformer/tree.h"

#include <stdarg.h>
#include <stdio.h>

#include "common/limits.h"

void tree_init(struct tree *t, struct document *doc)
{
    *t = (struct tree){ .doc = doc,
        .block_cap = doc->block_n,
        .table_cap = doc->table_n,
        .link_cap = doc->link_n,
        .meta_cap = doc->meta_n };
    for (uint32_t i = 0; i < doc->table_n; i++)
        t->cell_n += doc->tables[i].cell_n;
}

void tree_fail(struct tree *t, const char *fmt, ...)
{
    va_list ap;

    if (tree_failed(t))
        return;
    va_start(ap, fmt);
    vsnprintf(t->trouble, sizeof(t->trouble), fmt, ap);
    va_end(ap);
}

int tree_end(const struct tree *t, struct err *err)
{
    if (tree_failed(t))
        return err_set(err, ERR_LIMIT, "%s", t->trouble);
    return 0;
}

/* Room for element `n` of an array of `size` bytes each: the array, or NULL
 * past `max`. */
static void *room(struct tree *t, void *array, uint32_t n, uint32_t *cap,
    size_t size, uint32_t max, const char *what)
{
    void *more;

    if (tree_failed(t))
        return NULL;
    if (n >= max) {
        tree_fail(t, "reader.size: more than %u %s", max, what);
        return NULL;
    }
    if (n < *cap)
        return array;
    *cap = *cap ? *cap * 2 : 32;
    more = arena_alloc_n(t->doc->arena, *cap, size);
    if (n)
        memcpy(more, array, n * size);
    return more;
}

void tree_cut(struct tree *t, uint32_t block_n)
{
    if (t->doc->block_n > block_n)
        t->doc->block_n = block_n;
}

struct slice tree_text(struct tree *t, struct slice text)
{
    if (text.len > LIMIT_TREE_BYTES - t->text_len)
        tree_fail(
            t, "reader.size: more than %u bytes of text", LIMIT_TREE_BYTES);
    if (tree_failed(t))
        return (struct slice){ "", 0 };
    t->text_len += text.len;
    return arena_slice(t->doc->arena, text);
}

static struct document_block *add_block(struct tree *t)
{
    struct document *doc = t->doc;
    struct document_block *b = room(t, doc->blocks, doc->block_n, &t->block_cap,
        sizeof(*b), LIMIT_BLOCKS, "paragraphs and tables");

    if (!b)
        return NULL;
    doc->blocks = b;
    return &b[doc->block_n++];
}

void tree_paragraph(struct tree *t, uint32_t heading, struct slice text)
{
    struct document_block *b;

    if (text.len == 0)
        return;
    b = add_block(t);
    if (!b)
        return;
    b->kind = BLOCK_PARAGRAPH;
    b->heading = heading;
    b->text = tree_text(t, text);
}

struct tree_table tree_table_open(struct tree *t, uint32_t depth)
{
    struct document *doc = t->doc;
    struct tree_table table = { .index = doc->table_n };
    struct document_table *tables = room(t, doc->tables, doc->table_n,
        &t->table_cap, sizeof(*tables), LIMIT_TABLES, "tables");
    struct document_block *b = tables ? add_block(t) : NULL;

    if (!b)
        return (struct tree_table){ .index = UINT32_MAX };
    b->kind = BLOCK_TABLE;
    b->table = doc->table_n;
    doc->tables = tables;
    doc->tables[doc->table_n++].depth = depth;
    return table;
}

void tree_rows(struct tree *t, const struct tree_table *table, uint32_t row_n)
{
    struct document_table *to;

    if (tree_failed(t))
        return;
    if (row_n > LIMIT_TABLE_ROWS) {
        tree_fail(
            t, "reader.size: a table of more than %u rows", LIMIT_TABLE_ROWS);
        return;
    }
    to = &t->doc->tables[table->index];
    if (to->row_n < row_n)
        to->row_n = row_n;
}

struct document_cell *tree_cell(struct tree *t, struct tree_table *table,
    uint32_t row, uint32_t col, uint32_t rowspan, uint32_t colspan)
{
    struct document_table *to;
    struct document_cell *cells;

    if (row >= LIMIT_TABLE_ROWS || rowspan > LIMIT_TABLE_ROWS - row)
        tree_fail(
            t, "reader.size: a table of more than %u rows", LIMIT_TABLE_ROWS);
    if (col >= LIMIT_TABLE_COLS || colspan > LIMIT_TABLE_COLS - col)
        tree_fail(t, "reader.size: a table of more than %u columns",
            LIMIT_TABLE_COLS);
    if (t->cell_n >= LIMIT_CELLS)
        tree_fail(t, "reader.size: more than %u cells", LIMIT_CELLS);
    if (tree_failed(t))
        return NULL;
    to = &t->doc->tables[table->index];
    cells = room(t, to->cells, to->cell_n, &table->cell_cap, sizeof(*cells),
        LIMIT_CELLS, "cells");
    to->cells = cells;
    cells += to->cell_n++;
    t->cell_n++;
    *cells = (struct document_cell){
        .row = row, .col = col, .rowspan = rowspan, .colspan = colspan
    };
    if (to->row_n < row + rowspan)
        to->row_n = row + rowspan;
    if (to->col_n < col + colspan)
        to->col_n = col + colspan;
    return cells;
}

struct document_link *tree_link(struct tree *t)
{
    struct document *doc = t->doc;
    struct document_link *links = room(t, doc->links, doc->link_n, &t->link_cap,
        sizeof(*links), LIMIT_LINKS, "links");

    if (!links)
        return NULL;
    doc->links = links;
    return &links[doc->link_n++];
}

void tree_meta(struct tree *t, struct slice name, struct slice content)
{
    struct document *doc = t->doc;
    struct document_meta *metas = room(t, doc->metas, doc->meta_n, &t->meta_cap,
        sizeof(*metas), LIMIT_METAS, "metas");

    if (!metas)
        return;
    doc->metas = metas;
    metas[doc->meta_n++] =
        (struct document_meta){ tree_text(t, name), tree_text(t, content) };
}
