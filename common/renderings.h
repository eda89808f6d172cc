/* SPDX-License-Identifier: Apache-2.0 */
/*
 * renderings - one report, several documents: which counts, do they agree?
 *
 * A page with its attachment, or the files of one container, often say the
 * same thing in several formats.  One of them is the report; the others are
 * its renderings and its witnesses: where one of them shows another number,
 * the check "report.renderings" says so.
 */
#ifndef COMMON_RENDERINGS_H
#define COMMON_RENDERINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/record.h"
#include "common/slice.h"

#define RENDERINGS_RULE "report.renderings"

/* How a reader's word weighs against another's: what the body's own program
 * wrote in characters, then pages drawn from it, then pictures of them. */
enum rendering_rank {
    RENDERING_TEXT, /* HTML, DOCX, DOC, XLS, RTF, ... */
    RENDERING_PDF,
    RENDERING_OFD,
    RENDERING_SCAN, /* recognised */
};

/* Of a reader by the name that it gives itself. */
enum rendering_rank rendering_rank_of(struct slice reader);

/* What decides between two renderings. */
struct rendering {
    bool valid; /* every number proved */
    enum rendering_rank rank;
    uint32_t value_n; /* cells with a number */
    struct slice url, source;
};

/* Below 0 when `a` is to be preferred: valid before flagged, then by rank,
 * then by more numbers, then by address; 0 only for the same. */
int rendering_compare(const struct rendering *a, const struct rendering *b);

/* One cell as it is compared: all texts borrowed. */
struct rendering_cell {
    struct slice table, row, column;
    struct slice value;     /* or NULL */
    struct slice value_cny; /* of amounts, or NULL */
};

/* What a blank that a printed total proves zero counts as, and a number as
 * itself; { NULL, 0 } for what says nothing. */
struct slice rendering_value(
    struct slice value, enum cell_state state, struct slice proposed);

/* By table, row, column. */
int rendering_cell_order(
    const struct rendering_cell *a, const struct rendering_cell *b);

/* Whether both say a number, and whether it is the same: 1.50 is 1.5. */
bool rendering_cells_compare(const struct rendering_cell *a,
    const struct rendering_cell *b, bool *agree);

/* Append the number without what does not change it. */
void rendering_number(struct buf *out, struct slice number);

#endif
