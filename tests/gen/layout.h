/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout - what the files of layouts share.
 */
#ifndef TESTS_GEN_LAYOUT_H
#define TESTS_GEN_LAYOUT_H

#include "tests/gen/gen.h"

/* Call `each` for every cell of every table. */
void layout_slots(
    struct gen_doc *d, void (*each)(struct gen_doc *d, struct gen_slot *slot));

/* Characters (not bytes) of `text`. */
int layout_text_len(const char *text);
/* Bytes of the character at p. */
size_t layout_char_len(const char *p);
/* `text` with every `from` as `to`, in the document's arena. */
const char *layout_replace(
    struct gen_doc *d, const char *text, const char *from, const char *to);

/* layout_sheet.c: the shape of tables */
void layout_review_rows(struct gen_doc *d);
void layout_extra_columns(struct gen_doc *d);
void layout_drift(struct gen_doc *d);
void layout_note_row(struct gen_doc *d);
void layout_spacer(struct gen_doc *d);
void layout_header_empty(struct gen_doc *d);
void layout_no_spans(struct gen_doc *d);
void layout_repeat(struct gen_doc *d);
void layout_repeat_all(struct gen_doc *d);

/* layout_split.c: one table as several, several as one */
void layout_split2(struct gen_doc *d);
void layout_split3(struct gen_doc *d);
void layout_split_label(struct gen_doc *d);
void layout_split_bare(struct gen_doc *d);
void layout_split_header(struct gen_doc *d);
void layout_split_note(struct gen_doc *d);
void layout_split_page(struct gen_doc *d);
void layout_one_table(struct gen_doc *d);

/* layout_number.c: how numbers are printed */
void layout_fullwidth(struct gen_doc *d);
void layout_thousands(struct gen_doc *d);
void layout_thousands_wide(struct gen_doc *d);
void layout_minus(struct gen_doc *d);
void layout_padding(struct gen_doc *d);
void layout_annotated(struct gen_doc *d);
void layout_units(struct gen_doc *d);
void layout_blanks(struct gen_doc *d);
void layout_dashes(struct gen_doc *d);

/* layout_label.c: how labels and headings are printed */
void layout_halfwidth(struct gen_doc *d);
void layout_dun(struct gen_doc *d);
void layout_wide_dot(struct gen_doc *d);
void layout_no_numbering(struct gen_doc *d);
void layout_label_spaces(struct gen_doc *d);
void layout_label_breaks(struct gen_doc *d);
void layout_typo(struct gen_doc *d);
void layout_typos(struct gen_doc *d);
void layout_wording(struct gen_doc *d);
void layout_heading_missing(struct gen_doc *d);
void layout_heading_numerals(struct gen_doc *d);
void layout_heading_wording(struct gen_doc *d);

#endif
