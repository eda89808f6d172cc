/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page_parts - what the steps from ink to tables hand to each other.
 *
 * In order: page_marks drops lines that belong to text, page_rulings finds
 * the drawn lines and which of them hang together, page_cells makes the cells
 * of each such grid, page_text puts runs into lines and words, page_layout
 * does one page, page_strips closes rows, page_blank finds tables without
 * rulings, page_split parts numbers that stand in one cell, page_flow knows
 * headers and footers and makes paragraphs, page_join puts together what page
 * breaks tore, page_tree does it all.
 */
#ifndef TRANSFORMER_PAGE_PARTS_H
#define TRANSFORMER_PAGE_PARTS_H

#include "common/buf.h"
#include "transformer/page.h"
#include "transformer/tree.h"

/* Rulings closer than this are one line, in points: pens of 1.5 pt meet
 * beside each other, rows of text need 6 pt. */
#define SNAP 2.0f

/* Lines of one direction go on over gaps up to this: between the boxes of
 * single cells and the dashes of a broken line. */
#define JOIN_GAP 5.0f

/* A horizontal and a vertical line that come so near to each other meet. */
#define TOUCH 3.0f

/* Columns and rows thinner than this are the inside of double lines: no
 * letter and no row of text has room in them. */
#define THIN 5.0f

/* Grids on one page, and rows of one of them: above are drawings. */
#define PAGE_TABLES_MAX 200u
#define PAGE_ROWS_MAX 500u

/* A horizontal or vertical line after joining. */
struct segment {
    float at;       /* y of a horizontal, x of a vertical one */
    float from, to; /* along it */
    uint32_t set;   /* what hangs together has one number */
};

struct segments {
    uint32_t h_n, v_n;
    struct segment *h, *v; /* by set, then `at`, then `from` */
};

/* Runs beside each other. */
struct page_line {
    float x0, y0, x1, y1;
    float size; /* height of its letters */
    float room; /* width of the cell around it, 0 outside of tables */
    uint32_t run_n;
    const struct page_run **runs; /* left to right */
    struct slice text;            /* with spaces between words */
    bool overlaid;                /* different glyphs in one place */
};

struct page_cell {
    uint32_t row, col, rowspan, colspan;
    float x0, y0, x1, y1;
    uint32_t page; /* from 1 */
    uint32_t line_n;
    struct page_line *lines; /* top to bottom */
    struct slice text;
    bool is_open;  /* a part of the table's outer border is missing here */
    bool doubtful; /* its text may not be what is printed */
};

struct page_table {
    uint32_t page; /* from 1; where it starts */
    uint32_t depth;
    bool is_layout;   /* there are tables in its cells */
    bool is_cut;      /* no line is drawn at its lower edge */
    bool is_blank;    /* it has no rulings */
    bool starts_torn; /* with numbers that have no label */
    float x0, y0, x1, y1;
    uint32_t col_n, row_n;
    float *x, *y; /* col_n + 1, row_n + 1 boundaries; y of its last page */
    uint32_t cell_n, cell_cap;
    struct page_cell *cells; /* by row, then column */
    float padding;           /* between a border and its text, at least */
};

/* What stands on a page from top to bottom. */
struct page_item {
    float y;
    struct page_table *table; /* or NULL */
    struct page_line line;    /* where there is no table */
    bool furniture;           /* page number, running header or footer */
};

struct page_layout {
    uint32_t page; /* from 1 */
    float width, height;
    uint32_t cell_n; /* of all its tables */
    uint32_t item_n;
    struct page_item *items;
};

/* ---- page_rulings ---- */

/* The joined rulings of a page, all in `scratch`. */
void segments_find(
    const struct page *page, struct arena *scratch, struct segments *out);

/* ---- page_marks ---- */

/* Take underlines out of the page's rulings, and the lines through runs that
 * are struck out, which are marked. */
void marks_remove(struct page *page, struct arena *scratch);

/* ---- page_cells ---- */

/* The grid of h and v, which hang together: boundaries and cells without
 * text, in `arena`.  NULL when it is none, or larger than any table. */
struct page_table *cells_find(const struct segment *h, uint32_t h_n,
    const struct segment *v, uint32_t v_n, struct arena *scratch,
    struct arena *arena);

/* ---- page_text ---- */

/* Order `n` runs into lines; `runs` is reordered. */
struct page_line *page_lines_make(const struct page_run **runs, uint32_t n,
    float room, struct arena *arena, uint32_t *line_n);

/* Text of a line between two of its runs. */
struct slice line_text(
    struct arena *arena, const struct page_run **runs, uint32_t n);

/* Make the text of a cell from its lines; it is doubtful where a line may
 * end in the middle of a number. */
void cell_text(struct arena *arena, struct page_cell *cell, float padding);

/* One more digit would not have fitted behind this line of a cell. */
bool line_is_full(const struct page_line *line, float padding);

/* Does the text start with what numbers rows: （一） 一、 1. 第八条? */
bool text_is_enumerated(struct slice text);

/* Only digits, with points and commas among them. */
bool text_is_digits(struct slice text);

/* Not even a space that cannot be seen. */
bool text_is_blank(struct slice text);

/* The code point at p[0] of at most `len` > 0 bytes, and its bytes. */
uint32_t text_code(const char *p, size_t len, size_t *bytes);

/* ---- page_layout ---- */

/* Tables and lines of one page; what is kept is in `arena`. */
void layout_make(const struct page *page, uint32_t number,
    struct arena *scratch, struct arena *arena, struct page_layout *out);

/* There may be more of it beyond the edge of the page. */
bool line_is_cut_off(const struct page_line *line, float page_width);

/* ---- page_flow ---- */

/* A page number alone: — 3 —, 第 3 页 共 5 页, 3/5; `bare`: 3 as well. */
bool text_is_page_number(struct slice text, bool bare);

/* Mark page numbers and running headers and footers. */
void furniture_find(struct page_layout *pages, uint32_t page_n);

/* The paragraph being put together from lines. */
struct flow {
    struct tree *tree;
    struct arena *arena;
    struct buf text;
    float left, right; /* where the lines of the document start and end */
    float pitch;       /* usual distance of lines in a paragraph */
    const struct page_line *last;
    uint32_t page, last_page;
};

void flow_init(struct flow *f, struct tree *tree, struct arena *arena,
    const struct page_layout *pages, uint32_t page_n);
void flow_line(struct flow *f, const struct page_line *line, uint32_t page);

/* What comes next is another paragraph, or a table. */
void flow_end(struct flow *f);
void flow_clear(struct flow *f);

/* ---- page_strips ---- */

/* Make rows one that a line left over parts. */
void strips_remove(struct page_table *t);

/* ---- page_stack ---- */

/* Cut off what stands directly below the table and is another: the rest,
 * or NULL. */
struct page_table *stack_cut(struct page_table *t, struct arena *arena);

/* ---- page_blank ---- */

/* Find at most `max` tables without rulings in the lines of a page, ordered
 * from top to bottom; their lines are taken out.  How many. */
uint32_t blank_find(struct page_layout *page, struct page_line *lines,
    uint32_t *line_n, struct arena *scratch, struct arena *arena,
    struct page_table **out, uint32_t max);

/* ---- page_split ---- */

/* Part cells with the numbers of several columns. */
void numbers_split(
    struct page_table *t, struct arena *scratch, struct arena *arena);

/* ---- page_torn ---- */

/* What a page break did to the rows at it. */
struct torn {
    uint32_t *partner; /* for each cell of the lower fragment 1 + the cell
                        * of the upper one that it continues, or 0 */
    bool row; /* the first row left is the rest of the upper one's last */
};

/* Find out which cells of `b` from its row `first` on continue cells of the
 * last row of `a`; both count the same columns.  Cells that may be parts of
 * one number, without proof, become doubtful.  All in `arena`. */
struct torn torn_find(struct page_table *a, struct page_table *b,
    uint32_t first, struct arena *arena);

/* ---- page_join ---- */

/* Put together tables that go on over page breaks: the later fragments'
 * items become furniture. */
void tables_join(
    struct page_layout *pages, uint32_t page_n, struct arena *arena);

#endif
