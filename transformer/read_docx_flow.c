/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_docx_flow - paragraphs and tables in their order.
 *
 * Whether a table is layout (holds other tables, so that its text is prose
 * as well) is known at its end only: paragraphs of all cells are emitted, and
 * taken back when a table ends that held none.  Paragraphs stand inside each
 * other through text boxes, so they are a stack like the tables.
 */
#include <assert.h>

#include "common/mem.h"
#include "transformer/read_docx.h"
#include "transformer/struck.h"

void docx_flow_init(struct docx_flow *f, struct tree *tree,
    const struct docx_styles *styles, struct docx_numbers *numbers)
{
    f->tree = tree;
    f->styles = styles;
    f->numbers = numbers;
    f->level = NULL;
    f->level_n = f->level_cap = 0;
    f->paragraph_n = 1;
    for (uint32_t i = 0; i < DOCX_PARAGRAPHS_MAX; i++) {
        f->paragraph[i] = (struct docx_paragraph){ .depth = 0 };
        buf_init(&f->paragraph[i].text, LIMIT_TREE_BYTES);
    }
}

void docx_flow_clear(struct docx_flow *f)
{
    for (uint32_t i = 0; i < f->level_cap; i++)
        buf_clear(&f->level[i].text);
    for (uint32_t i = 0; i < DOCX_PARAGRAPHS_MAX; i++)
        buf_clear(&f->paragraph[i].text);
    mem_free(f->level);
}

/* ---- paragraphs --------------------------------------------------------- */

void docx_flow_text(struct docx_flow *f, struct slice s, unsigned look)
{
    struct docx_paragraph *p = docx_flow_here(f);
    size_t from = p->text.len;

    buf_add_slice(&p->text, s);
    if (look & (DOCX_STRUCK | DOCX_STRUCK_TWICE))
        struck_take(&p->text, from);
    raised_take(&p->raised, &p->text, from, look & DOCX_RAISED);
}

void docx_flow_paragraph(struct docx_flow *f, uint32_t depth)
{
    struct docx_paragraph *p = docx_flow_here(f);

    if (p->depth)
        return; /* in a paragraph without a text box: not as it should be */
    p->depth = depth;
    if (!p->joined) {
        buf_reset(&p->text);
        p->raised = (struct raised){ .on = false };
    }
    p->joined = false;
    p->look = (struct docx_look){ .has_num = false };
    p->number = (struct slice){ NULL, 0 };
    p->style = NULL;
}

/* To the cell around it, and as a paragraph of its own. */
static void emit(
    struct docx_flow *f, struct slice text, uint32_t heading, bool toc)
{
    struct docx_open_table *l = docx_flow_top(f);

    if (l && l->cell_depth && text.len) {
        if (l->text.len)
            buf_add_char(&l->text, '\n');
        buf_add_slice(&l->text, text);
    }
    if (!toc)
        tree_paragraph(f->tree, heading, text);
}

static void finish_paragraph(struct docx_flow *f)
{
    struct docx_paragraph *p = docx_flow_here(f);
    struct buf whole;

    docx_look_complete(f->styles, p->style, &p->look);
    buf_init(&whole, LIMIT_TREE_BYTES);
    if (p->look.num)
        docx_numbers_next(f->numbers, &p->look,
            p->style ? p->style->id : (struct slice){ NULL, 0 }, &whole);
    buf_add_slice(&whole, p->number);
    buf_add_slice(&whole, buf_slice(&p->text));
    if (whole.failed || p->text.failed)
        tree_fail(f->tree, "reader.size: a paragraph of more than %u bytes",
            LIMIT_TREE_BYTES);
    emit(f, slice_trim(buf_slice(&whole)), p->look.heading,
        p->style && p->style->is_toc);
    buf_clear(&whole);
    buf_reset(&p->text);
}

void docx_flow_paragraph_end(struct docx_flow *f)
{
    struct docx_paragraph *p = docx_flow_here(f);

    p->depth = 0;
    if (!p->joined)
        finish_paragraph(f);
}

void docx_flow_settle(struct docx_flow *f)
{
    struct docx_paragraph *p = docx_flow_here(f);

    if (p->joined && !p->depth) {
        p->joined = false;
        finish_paragraph(f);
    }
}

void docx_flow_box(struct docx_flow *f)
{
    if (f->paragraph_n == DOCX_PARAGRAPHS_MAX) {
        tree_fail(f->tree, "reader.depth: more than %u text boxes nested",
            DOCX_PARAGRAPHS_MAX);
        return;
    }
    f->paragraph_n++;
    docx_flow_here(f)->depth = 0;
    docx_flow_here(f)->joined = false;
}

void docx_flow_box_end(struct docx_flow *f)
{
    if (f->paragraph_n > 1) {
        docx_flow_settle(f);
        f->paragraph_n--;
    }
}

/* ---- tables ------------------------------------------------------------- */

void docx_flow_table(struct docx_flow *f, uint32_t depth)
{
    struct docx_open_table *l = docx_flow_top(f);

    docx_flow_settle(f);
    if (l)
        l->layout = true;
    if (f->level_n == f->level_cap) {
        uint32_t cap = f->level_cap ? f->level_cap * 2 : 4;

        f->level = mem_realloc_n(f->level, cap, sizeof(*f->level));
        for (uint32_t i = f->level_cap; i < cap; i++)
            buf_init(&f->level[i].text, LIMIT_TREE_BYTES);
        f->level_cap = cap;
    }
    assert(f->level);
    l = &f->level[f->level_n];
    docx_grid_open(&l->grid, f->tree, f->level_n);
    l->depth = depth;
    l->row_depth = l->cell_depth = 0;
    l->block_n = f->tree->doc->block_n;
    l->layout = false;
    f->level_n++;
}

void docx_flow_table_end(struct docx_flow *f)
{
    const struct docx_open_table *l = &f->level[f->level_n - 1];

    if (!l->layout)
        tree_cut(f->tree, l->block_n);
    f->level_n--;
}

void docx_flow_row(struct docx_flow *f, uint32_t depth)
{
    struct docx_open_table *l = docx_flow_top(f);

    if (!l || l->row_depth)
        return;
    l->row_depth = depth;
    docx_grid_row(&l->grid);
}

bool docx_flow_cell(struct docx_flow *f, uint32_t depth)
{
    struct docx_open_table *l = docx_flow_top(f);

    if (!l || !l->row_depth || l->cell_depth)
        return true;
    if (l->grid.row_is_out)
        return false;
    l->cell_depth = depth;
    buf_reset(&l->text);
    docx_grid_cell(&l->grid);
    return true;
}

void docx_flow_cell_end(struct docx_flow *f)
{
    struct docx_open_table *l = &f->level[f->level_n - 1];

    docx_flow_settle(f);
    l->cell_depth = 0;
    if (l->text.failed)
        tree_fail(f->tree, "reader.size: a cell of more than %u bytes",
            LIMIT_TREE_BYTES);
    docx_grid_cell_end(&l->grid, f->tree, slice_trim(buf_slice(&l->text)));
}
