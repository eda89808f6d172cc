/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_doc_rows - how a row is divided, and what changed that later.
 *
 * The definition (2.9.325) gives the edges of all cells and their merges;
 * modifiers behind it insert, delete, merge and split cells and move edges.
 * Fast-saved files keep them on top of old definitions.
 */
#include "transformer/read_doc.h"

#include "transformer/bytes.h"

enum sprm {
    SPRM_LEFT = 0x9601,
    SPRM_GAP = 0x9602,
    SPRM_DEFINE = 0xd608,
    SPRM_DEFINE_OLD = 0xd606,
    SPRM_INSERT = 0x7621,
    SPRM_DELETE = 0x5622,
    SPRM_WIDTH = 0x7623,
    SPRM_MERGE = 0x5624,
    SPRM_SPLIT = 0x5625,
    SPRM_MERGE_DOWN = 0xd62b,
};

enum {
    CELL_BYTES = 20,
    CELL_BYTES_OLD = 10,
    CELL_DOWN_SHIFT = 5,
    ACROSS_FIRST = 1, /* what SPRM_MERGE makes; see doc_grid_row */
    ACROSS_MORE = 2,
};

static void define(struct doc_row *row, struct slice s, size_t cell_bytes)
{
    uint32_t n = bytes_u8(s, 0);
    struct slice cell;

    if (n > DOC_CELLS_MAX)
        n = DOC_CELLS_MAX;
    while (n > 0 && s.len < 1 + 2 * ((size_t)n + 1))
        n--;
    *row = (struct doc_row){ .n = n, .gap = row->gap };
    for (uint32_t i = 0; i <= n; i++)
        row->edge[i] = bytes_i16(s, 1 + (size_t)2 * i);
    cell = slice_from(s, 1 + 2 * ((size_t)bytes_u8(s, 0) + 1));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t flags = bytes_u16(cell, i * cell_bytes);

        row->across[i] = flags & 3;
        row->down[i] = flags >> CELL_DOWN_SHIFT & 3;
    }
}

/* The cells that an operand names, no more than there are. */
static uint32_t range(
    const struct doc_row *row, struct slice operand, uint32_t *end)
{
    uint32_t first = bytes_u8(operand, 0);

    *end = bytes_u8(operand, 1);
    if (*end > row->n)
        *end = row->n;
    return first < *end ? first : *end;
}

static void shift_edges(struct doc_row *row, uint32_t from, int32_t by)
{
    for (uint32_t i = from; i <= row->n; i++)
        row->edge[i] += by;
}

/* Edges of sound rows stay within some thousand twips; those of others must
 * not run over. */
static int32_t twips(int64_t value)
{
    const int32_t most = 1 << 20;

    if (value > most)
        return most;
    return value < -most ? -most : (int32_t)value;
}

static void insert_cells(struct doc_row *row, struct slice operand)
{
    uint32_t at = bytes_u8(operand, 0);
    uint32_t n = bytes_u8(operand, 1);
    int32_t width = bytes_i16(operand, 2);
    uint32_t behind;

    if (at > row->n)
        at = row->n;
    if (n > DOC_CELLS_MAX - row->n)
        n = DOC_CELLS_MAX - row->n;
    behind = row->n - at;
    memmove(row->edge + at + n, row->edge + at,
        (behind + 1) * sizeof(row->edge[0]));
    memmove(row->across + at + n, row->across + at, behind);
    memmove(row->down + at + n, row->down + at, behind);
    row->n += n;
    for (uint32_t i = at; i < at + n; i++) {
        row->edge[i] =
            i > at ? twips(row->edge[i - 1] + width) : row->edge[at + n];
        row->across[i] = 0;
        row->down[i] = DOC_DOWN_NONE;
    }
    for (uint32_t i = at + n; i <= row->n; i++)
        row->edge[i] = twips(row->edge[i] + (int64_t)width * n);
}

static void delete_cells(struct doc_row *row, struct slice operand)
{
    uint32_t end;
    uint32_t first = range(row, operand, &end);
    int32_t width = row->edge[end] - row->edge[first];
    uint32_t behind = row->n - end;

    memmove(row->edge + first, row->edge + end,
        (behind + 1) * sizeof(row->edge[0]));
    memmove(row->across + first, row->across + end, behind);
    memmove(row->down + first, row->down + end, behind);
    row->n -= end - first;
    shift_edges(row, first, -width);
}

static void set_width(struct doc_row *row, struct slice operand)
{
    int32_t width = bytes_i16(operand, 2);
    int64_t by = 0;
    uint32_t end;

    for (uint32_t i = range(row, operand, &end); i < row->n; i++) {
        int64_t right = row->edge[i + 1] + by;

        if (i < end)
            by += (int64_t)row->edge[i] + width - right;
        row->edge[i + 1] = twips(row->edge[i + 1] + by);
    }
}

static void merge_cells(struct doc_row *row, struct slice operand)
{
    uint32_t end;
    uint32_t first = range(row, operand, &end);

    for (uint32_t i = first; i < end; i++)
        row->across[i] = i == first ? ACROSS_FIRST : ACROSS_MORE;
}

static void split_cells(struct doc_row *row, struct slice operand)
{
    uint32_t end;

    for (uint32_t i = range(row, operand, &end); i < end; i++)
        row->across[i] = 0;
}

static void move_left(struct doc_row *row, struct slice operand)
{
    int32_t by = bytes_i16(operand, 0) - (row->edge[0] + row->gap);

    for (uint32_t i = 0; i <= row->n; i++)
        row->edge[i] = twips((int64_t)row->edge[i] + by);
}

static void set_gap(struct doc_row *row, struct slice operand)
{
    int32_t gap = bytes_i16(operand, 0);

    row->edge[0] = twips((int64_t)row->edge[0] + row->gap - gap);
    row->gap = gap;
}

static void apply_one(struct doc_row *row, const struct doc_sprm *s)
{
    uint32_t cell = bytes_u8(s->operand, 0);

    switch (s->code) {
    case SPRM_DEFINE:
        define(row, s->operand, CELL_BYTES);
        break;
    case SPRM_DEFINE_OLD:
        define(row, s->operand, CELL_BYTES_OLD);
        break;
    case SPRM_LEFT:
        move_left(row, s->operand);
        break;
    case SPRM_GAP:
        set_gap(row, s->operand);
        break;
    case SPRM_INSERT:
        insert_cells(row, s->operand);
        break;
    case SPRM_DELETE:
        delete_cells(row, s->operand);
        break;
    case SPRM_WIDTH:
        set_width(row, s->operand);
        break;
    case SPRM_MERGE:
        merge_cells(row, s->operand);
        break;
    case SPRM_SPLIT:
        split_cells(row, s->operand);
        break;
    case SPRM_MERGE_DOWN:
        if (cell < row->n)
            row->down[cell] = bytes_u8(s->operand, 1) & 3;
        break;
    default:
        break;
    }
}

void doc_row_apply(struct doc_file *f, struct doc_row *row, struct slice list)
{
    struct doc_sprm s, far;

    while (doc_sprm_next(&list, &s)) {
        struct slice more = doc_look_far(f, &s);

        while (doc_sprm_next(&more, &far))
            apply_one(row, &far);
        apply_one(row, &s);
    }
}
