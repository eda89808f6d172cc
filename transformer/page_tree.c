/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_tree - pages to the document tree.
 *
 * Each page is laid out alone; then furniture is known by its repetition,
 * tables are joined over page breaks, and everything is written down from
 * top to bottom.
 */
#include "common/limits.h"
#include "transformer/number.h"
#include "transformer/page_parts.h"

/* Only values are doubtful: labels are compared, not believed. */
static enum cell_reading reading_of(const struct page_cell *c)
{
    enum cell_reading reading = c->doubtful && number_look(c->text) != LOOK_TEXT
                                    ? READING_DOUBTFUL
                                    : READING_TEXT;

    for (uint32_t i = 0; i < c->line_n; i++)
        for (uint32_t k = 0; k < c->lines[i].run_n; k++)
            if (c->lines[i].runs[k]->reading > reading)
                reading = c->lines[i].runs[k]->reading;
    return reading;
}

/* Lines of digits as one number. */
static struct slice joined(const struct page_cell *c, struct arena *arena)
{
    size_t len = 0;
    char *text;

    for (uint32_t i = 0; i < c->line_n; i++) {
        if (!text_is_digits(c->lines[i].text))
            return (struct slice){ NULL, 0 };
        len += c->lines[i].text.len;
    }
    text = arena_alloc(arena, len + 1);
    len = 0;
    for (uint32_t i = 0; i < c->line_n; i++) {
        memcpy(text + len, c->lines[i].text.p, c->lines[i].text.len);
        len += c->lines[i].text.len;
    }
    return (struct slice){ text, len };
}

/* What else a cell may say: known where it is one run, or lines of digits
 * that may be parts of one number. */
static struct slice alternatives_of(
    const struct page_cell *c, struct arena *arena)
{
    if (c->line_n > 1)
        return joined(c, arena);
    if (c->line_n != 1 || c->lines[0].run_n != 1)
        return (struct slice){ NULL, 0 };
    return c->lines[0].runs[0]->alternatives;
}

static void write_table(struct tree *tree, const struct page_table *t)
{
    struct tree_table to = tree_table_open(tree, t->depth);
    struct document *doc = tree->doc;

    if (tree_failed(tree))
        return;
    doc->blocks[doc->block_n - 1].page = t->page;
    for (uint32_t i = 0; i < t->cell_n; i++) {
        const struct page_cell *c = &t->cells[i];
        struct document_cell *cell =
            tree_cell(tree, &to, c->row, c->col, c->rowspan, c->colspan);

        if (!cell)
            return;
        cell->page = c->page;
        cell->box[0] = c->x0;
        cell->box[1] = c->y0;
        cell->box[2] = c->x1;
        cell->box[3] = c->y1;
        cell->reading = reading_of(c);
        cell->text = tree_text(tree, c->text);
        if (cell->reading == READING_DOUBTFUL)
            cell->alternatives =
                tree_text(tree, alternatives_of(c, doc->arena));
    }
}

static void write_page(
    struct flow *flow, struct tree *tree, const struct page_layout *page)
{
    for (uint32_t i = 0; i < page->item_n; i++) {
        const struct page_item *item = &page->items[i];
        const struct page_table *t = item->table;

        if (item->furniture)
            continue;
        if (!t) {
            flow_line(flow, &item->line, page->page);
            continue;
        }
        flow_end(flow);
        if (t->cell_n > 1)
            write_table(tree, t);
        /* A frame around text. */
        for (uint32_t k = 0; t->cell_n == 1 && k < t->cells[0].line_n; k++)
            flow_line(flow, &t->cells[0].lines[k], page->page);
        flow_end(flow);
    }
}

int pages_to_tree(const struct pages *p, struct document *doc, struct err *err)
{
    struct tree tree;
    struct flow flow;
    struct arena scratch;
    struct page_layout *pages;
    uint32_t cell_n = 0;

    if (p->trouble[0] != '\0')
        return err_set(err, ERR_LIMIT, "%s", p->trouble);
    pages = arena_alloc_n(doc->arena, (size_t)p->page_n + 1, sizeof(*pages));
    arena_init(&scratch, 0);
    for (uint32_t i = 0; i < p->page_n && cell_n <= LIMIT_CELLS; i++) {
        marks_remove(&p->pages[i], &scratch);
        layout_make(&p->pages[i], i + 1, &scratch, doc->arena, &pages[i]);
        cell_n += pages[i].cell_n;
        arena_reset(&scratch);
    }
    arena_clear(&scratch);
    if (cell_n > LIMIT_CELLS)
        return err_set(
            err, ERR_LIMIT, "reader.size: more than %u cells", LIMIT_CELLS);
    furniture_find(pages, p->page_n);
    tables_join(pages, p->page_n, doc->arena);
    tree_init(&tree, doc);
    flow_init(&flow, &tree, doc->arena, pages, p->page_n);
    for (uint32_t i = 0; i < p->page_n; i++)
        write_page(&flow, &tree, &pages[i]);
    flow_end(&flow);
    flow_clear(&flow);
    return tree_end(&tree, err);
}
