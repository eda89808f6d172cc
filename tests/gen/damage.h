/* SPDX-License-Identifier: Apache-2.0 */
/*
 * damage - what the files of damages share.
 *
 * The rule of truth: a cell's value is what the document prints for its
 * label.  Where the damage leaves open what that is, the value may be the
 * printed one or none (TRUTH_MAYBE); where nothing is printed there is none
 * (TRUTH_NULL).  A report with a lost value must not come out valid.
 */
#ifndef TESTS_GEN_DAMAGE_H
#define TESTS_GEN_DAMAGE_H

#include "tests/gen/gen.h"

/* Where a cell lies. */
struct damage_place {
    struct gen_sheet *sheet;
    int row, slot;
};

/* False when the document does not show the cell. */
bool damage_find(struct gen_doc *d, int cell, struct damage_place *place);
struct gen_slot *damage_slot(const struct damage_place *p);
struct gen_row *damage_row(const struct damage_place *p);
struct gen_sheet *damage_sheet(struct gen_doc *d, enum gen_table table);

/* A random cell of the requests (row and column too, when not NULL). */
int damage_request(struct gen_doc *d, int *row, int *column);
/* The same with a value other than zero, when there is one. */
int damage_request_busy(struct gen_doc *d, int *row, int *column);
/* A random cell of the requests or the review. */
int damage_summed(struct gen_doc *d);

/* Set the truth of a cell, of all cells of its physical row, of a table. */
void damage_truth(struct gen_doc *d, int cell, enum gen_truth truth);
void damage_row_truth(
    struct gen_doc *d, const struct gen_row *row, enum gen_truth truth);
/* The row has a cell more or less than the form: its cells may be the
 * printed values or none, and where rows are filled up, anything. */
void damage_row_shifted(struct gen_doc *d, const struct gen_row *row);
void damage_table_truth(
    struct gen_doc *d, const char *table, enum gen_truth truth);

/* Print another value in the cell, and expect that. */
void damage_print(struct gen_doc *d, int cell, const char *text);

/* The first slot of the row that holds a value. */
int damage_first_value(const struct gen_row *row);

/* "table.row.column" and words into d->what. */
void damage_note(struct gen_doc *d, int cell, const char *words);

/* damage_print.c: the publisher's errors, printed as they are */
void damage_digit(struct gen_doc *d);
void damage_total_wrong(struct gen_doc *d);
void damage_values_swapped(struct gen_doc *d);
void damage_labels_swapped(struct gen_doc *d);
void damage_headers_swapped(struct gen_doc *d);
void damage_row_moved(struct gen_doc *d);
void damage_decimal(struct gen_doc *d);
void damage_negative(struct gen_doc *d);
void damage_approx(struct gen_doc *d);
void damage_footnote(struct gen_doc *d);
void damage_worded_change(struct gen_doc *d);
void damage_total_first(struct gen_doc *d);

/* damage_lost.c: values that are not there or cannot be read */
void damage_cell_removed(struct gen_doc *d);
void damage_proactive_removed(struct gen_doc *d);
void damage_row_removed(struct gen_doc *d);
void damage_label_lost(struct gen_doc *d);
void damage_label_cell_lost(struct gen_doc *d);
void damage_fused(struct gen_doc *d);
void damage_fused_spaced(struct gen_doc *d);
void damage_swallowed(struct gen_doc *d);
void damage_garbage(struct gen_doc *d);
void damage_erased(struct gen_doc *d);
void damage_blank_totals(struct gen_doc *d);
void damage_blank_proactive(struct gen_doc *d);
void damage_blank_review(struct gen_doc *d);
void damage_blank_requests(struct gen_doc *d);
void damage_blank_everything(struct gen_doc *d);

/* damage_shape.c: tables that lost or gained parts */
void damage_table_missing(struct gen_doc *d);
void damage_header_missing(struct gen_doc *d);
void damage_column_removed(struct gen_doc *d);
void damage_column_emptied(struct gen_doc *d);
void damage_row_doubled(struct gen_doc *d);
void damage_table_doubled(struct gen_doc *d);
void damage_stray_number(struct gen_doc *d);
void damage_shifted(struct gen_doc *d);
void damage_rowspan(struct gen_doc *d);
void damage_truncated(struct gen_doc *d);
void damage_cut_in_tag(struct gen_doc *d);
void damage_rows_cut(struct gen_doc *d);

#endif
