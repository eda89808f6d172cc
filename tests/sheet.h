/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sheet - tables from a few lines of text, for unit tests.
 *
 * A line is a row, | parts its cells, a cell may end in {columns} or
 * {columns,rows}: "自然人{1,2}|法人或其他组织{5}|总计{1,2}".  Works on a
 * struct document made by doc_init (tests/doc.h).
 */
#ifndef TESTS_SHEET_H
#define TESTS_SHEET_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tests/doc.h"

#define SHEET_SIDE 64

struct sheet {
    struct document_table *t;
    bool taken[SHEET_SIDE][SHEET_SIDE];
};

static inline void sheet_spans(
    struct slice *text, uint32_t *columns, uint32_t *rows)
{
    const char *open = memrchr(text->p, '{', text->len);

    *columns = *rows = 1;
    if (!open || text->p[text->len - 1] != '}')
        return;
    *columns = (uint32_t)strtoul(open + 1, NULL, 10);
    if (memchr(open, ',', (size_t)(text->p + text->len - open)))
        *rows = (uint32_t)strtoul(strchr(open, ',') + 1, NULL, 10);
    text->len = (size_t)(open - text->p);
}

static inline void sheet_cell(
    struct sheet *s, uint32_t row, uint32_t *col, struct slice text)
{
    struct document_cell *c = &s->t->cells[s->t->cell_n++];
    uint32_t columns;
    uint32_t rows;

    sheet_spans(&text, &columns, &rows);
    while (s->taken[row][*col])
        (*col)++;
    *c = (struct document_cell){ .row = row,
        .col = *col,
        .rowspan = rows,
        .colspan = columns,
        .text = text };
    for (uint32_t r = row; r < row + rows; r++)
        for (uint32_t k = *col; k < *col + columns; k++)
            s->taken[r][k] = true;
    *col += columns;
    if (*col > s->t->col_n)
        s->t->col_n = *col;
}

/* Append the table `text` describes, which must outlive the document. */
static inline void doc_sheet(struct document *doc, const char *text)
{
    struct sheet *s = calloc(1, sizeof(*s));
    const char *line = text;

    s->t = &doc->tables[doc->table_n];
    memset(s->t, 0, sizeof(*s->t));
    s->t->cells = arena_alloc_n(
        doc->arena, SHEET_SIDE * SHEET_SIDE, sizeof(*s->t->cells));
    doc->blocks[doc->block_n++] =
        (struct document_block){ .kind = BLOCK_TABLE, .table = doc->table_n++ };
    while (*line) {
        size_t len = strcspn(line, "\n");
        uint32_t col = 0;
        const char *p = line;

        for (;;) {
            size_t n = strcspn(p, "|\n");

            sheet_cell(s, s->t->row_n, &col, (struct slice){ p, n });
            p += n;
            if (*p != '|')
                break;
            p++;
        }
        s->t->row_n++;
        line += len + (line[len] == '\n' ? 1 : 0);
    }
    free(s);
}

#endif
