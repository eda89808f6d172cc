/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_rtf_body - paragraphs, tables, text boxes.
 *
 * RTF has no tables, only paragraphs that say how many tables they are in,
 * and ends of cells and rows.  What a row looks like may stand before its
 * cells, behind them, or at an earlier row, so cells wait for their row and
 * rows for their table.  A table begins with its first paragraph and ends
 * with the first that is in fewer tables.
 *
 * Whether a table is layout (holds other tables, so that its text is prose
 * as well) is known at its end only: paragraphs of all cells are emitted,
 * and taken back when a table ends that held none.
 */
#include "common/mem.h"
#include "transformer/read_rtf.h"

/* Where cells end that no row has told of. */
#define UNKNOWN_WIDTH 1000

/* Twips beyond which no page reaches. */
#define EDGE_MAX 1000000

/* ---- rows ----------------------------------------------------------------
 */

void rtf_row_begin(struct rtf_row *row)
{
    row->left = 0;
    row->cell_n = 0;
    row->next_across = row->next_down = EDGES_ALONE;
}

static int32_t clamp(int32_t x)
{
    if (x > EDGE_MAX)
        return EDGE_MAX;
    return x < -EDGE_MAX ? -EDGE_MAX : x;
}

void rtf_row_cell(struct rtf_row *row, struct tree *tree, int32_t right)
{
    if (row->cell_n == LIMIT_TABLE_COLS) {
        tree_fail(tree, "reader.size: a table of more than %u columns",
            LIMIT_TABLE_COLS);
        return;
    }
    row->right[row->cell_n] = clamp(right);
    row->across[row->cell_n] = row->next_across;
    row->down[row->cell_n] = row->next_down;
    row->cell_n++;
    row->next_across = row->next_down = EDGES_ALONE;
}

/* ---- levels --------------------------------------------------------------
 */

static struct rtf_box *box_of(struct rtf_body *b)
{
    return &b->box[b->box_n - 1];
}

static struct rtf_level *top(struct rtf_body *b)
{
    return &b->level[b->level_n - 1];
}

static void grow_levels(struct rtf_body *b)
{
    uint32_t cap = b->level_cap ? b->level_cap * 2 : 2;

    b->level = mem_realloc_n(b->level, cap, sizeof(*b->level));
    for (uint32_t i = b->level_cap; i < cap; i++) {
        b->level[i] = (struct rtf_level){ .cell_n = 0 };
        buf_init(&b->level[i].text, LIMIT_TREE_BYTES);
    }
    b->level_cap = cap;
}

static void open_level(struct rtf_body *b)
{
    struct rtf_level *l;

    if (b->level_n)
        top(b)->layout = true;
    if (b->level_n == b->level_cap)
        grow_levels(b);
    l = &b->level[b->level_n];
    l->table = tree_table_open(b->tree, b->level_n);
    l->block_n = b->tree->doc->block_n;
    l->layout = false;
    l->cell_n = 0;
    buf_reset(&l->text);
    b->level_n++;
}

static void end_cell(struct rtf_body *b, struct rtf_level *l)
{
    if (l->cell_n == LIMIT_TABLE_COLS) {
        tree_fail(b->tree, "reader.size: a table of more than %u columns",
            LIMIT_TABLE_COLS);
        return;
    }
    if (l->text.failed)
        tree_fail(b->tree, "reader.size: a cell of more than %u bytes",
            LIMIT_TREE_BYTES);
    l->cell[l->cell_n++] = tree_text(b->tree, slice_trim(buf_slice(&l->text)));
    buf_reset(&l->text);
}

/* The cells that wait get their places; those beyond what the row says go
 * to its right, those that it says and that never came are empty. */
static void end_row(struct rtf_body *b, struct rtf_level *l)
{
    bool nested = l > &b->level[box_of(b)->level_n];
    const struct rtf_row *row = &b->row[nested];
    int32_t left = clamp(row->left);
    uint32_t n;

    if (l->text.len)
        end_cell(b, l);
    if (l->cell_n == 0)
        return;
    n = l->cell_n > row->cell_n ? l->cell_n : row->cell_n;
    for (uint32_t i = 0; i < n; i++) {
        bool known = i < row->cell_n;
        struct edges_cell cell = { .left = left,
            .right = known ? row->right[i] : left + UNKNOWN_WIDTH,
            .down = known ? row->down[i] : EDGES_ALONE,
            .text = i < l->cell_n ? l->cell[i] : SLICE_LIT("") };

        if (cell.right <= left)
            cell.right = left + 1;
        edges_add(
            &l->edges, b->tree, &cell, known ? row->across[i] : EDGES_ALONE);
        left = cell.right;
    }
    edges_row(&l->edges);
    l->cell_n = 0;
}

static void close_level(struct rtf_body *b)
{
    struct rtf_level *l = top(b);
    const struct document_table *t;

    if (l->edges.row_n == 0 && l->cell_n == 0)
        end_cell(b, l); /* paragraphs that were told to be in a table */
    end_row(b, l);
    edges_put(&l->edges, b->tree, &l->table);
    b->level_n--;
    if (tree_failed(b->tree))
        return;
    t = &b->tree->doc->tables[l->table.index];
    if (!l->layout && t->cell_n != 1)
        tree_cut(b->tree, l->block_n);
}

/* As many tables are open as a paragraph says, in this box. */
static void go_to(struct rtf_body *b, uint32_t depth)
{
    uint32_t level_n = box_of(b)->level_n + depth;

    if (depth > RTF_LEVELS_MAX || level_n > RTF_LEVELS_MAX) {
        tree_fail(b->tree, "reader.depth: more than %u tables nested",
            RTF_LEVELS_MAX);
        return;
    }
    while (b->level_n > level_n && !tree_failed(b->tree))
        close_level(b);
    while (b->level_n < level_n && !tree_failed(b->tree))
        open_level(b);
}

/* ---- paragraphs ----------------------------------------------------------
 */

struct buf *rtf_body_text(struct rtf_body *b)
{
    return &box_of(b)->text;
}

uint32_t rtf_body_depth(const struct rtf_body *b)
{
    return b->level_n - b->box[b->box_n - 1].level_n;
}

bool rtf_body_in_row(const struct rtf_body *b)
{
    return rtf_body_depth(b) && b->level[b->level_n - 1].cell_n;
}

/* To the cell around it, and as a paragraph of its own. */
static void emit(struct rtf_body *b, const struct rtf_style *style)
{
    struct buf *text = rtf_body_text(b);
    struct slice s = slice_trim(buf_slice(text));

    if (text->failed)
        tree_fail(b->tree, "reader.size: a paragraph of more than %u bytes",
            LIMIT_TREE_BYTES);
    if (s.len && b->level_n) {
        struct buf *cell = &top(b)->text;

        if (cell->len)
            buf_add_char(cell, '\n');
        buf_add_slice(cell, s);
    }
    if (!style->is_toc)
        tree_paragraph(b->tree, style->heading, s);
    buf_reset(text);
}

void rtf_body_par(
    struct rtf_body *b, uint32_t depth, const struct rtf_style *style)
{
    /* A paragraph that forgets to say that it is in the open row. */
    if (depth == 0 && rtf_body_depth(b) == 1 && rtf_body_in_row(b))
        depth = 1;
    go_to(b, depth);
    if (!tree_failed(b->tree))
        emit(b, style);
}

void rtf_body_cell(struct rtf_body *b, uint32_t depth)
{
    static const struct rtf_style plain = { .heading = 0 };

    go_to(b, depth);
    if (tree_failed(b->tree))
        return;
    emit(b, &plain);
    end_cell(b, top(b));
}

void rtf_body_row(struct rtf_body *b, uint32_t depth)
{
    static const struct rtf_style plain = { .heading = 0 };

    if (rtf_body_depth(b) < depth)
        return; /* a row without cells */
    go_to(b, depth);
    if (tree_failed(b->tree))
        return;
    emit(b, &plain);
    end_row(b, top(b));
}

/* ---- text boxes ----------------------------------------------------------
 */

void rtf_body_box(struct rtf_body *b, uint32_t depth)
{
    if (b->box_n == RTF_BOXES_MAX) {
        tree_fail(b->tree, "reader.depth: more than %u text boxes nested",
            RTF_BOXES_MAX);
        return;
    }
    if (!rtf_body_in_row(b))
        go_to(b, depth);
    if (tree_failed(b->tree))
        return;
    b->box[b->box_n].level_n = b->level_n;
    buf_reset(&b->box[b->box_n].text);
    b->box_n++;
}

/* What is open in a box, or in the document, ends. */
static void settle(struct rtf_body *b)
{
    static const struct rtf_style plain = { .heading = 0 };

    rtf_body_par(b, 0, &plain);
    go_to(b, 0);
}

void rtf_body_box_end(struct rtf_body *b)
{
    settle(b);
    b->box_n--;
}

void rtf_body_end(struct rtf_body *b)
{
    while (b->box_n > 1)
        rtf_body_box_end(b);
    settle(b);
}

void rtf_body_init(struct rtf_body *b, struct tree *tree)
{
    *b = (struct rtf_body){ .tree = tree, .box_n = 1 };
    for (uint32_t i = 0; i < RTF_BOXES_MAX; i++)
        buf_init(&b->box[i].text, LIMIT_TREE_BYTES);
}

void rtf_body_clear(struct rtf_body *b)
{
    for (uint32_t i = 0; i < b->level_cap; i++) {
        buf_clear(&b->level[i].text);
        edges_clear(&b->level[i].edges);
    }
    for (uint32_t i = 0; i < RTF_BOXES_MAX; i++)
        buf_clear(&b->box[i].text);
    mem_free(b->level);
}
