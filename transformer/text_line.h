/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text_line - lines of a text dump, and what one line alone says.
 */
#ifndef TRANSFORMER_TEXT_LINE_H
#define TRANSFORMER_TEXT_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/slice.h"
#include "transformer/tree.h"

/* Longest line, in characters, that may be a cell: the longest official
 * label has 38, notes in corner cells some more. */
#define TEXT_CELL_CHARS 80

enum line_kind {
    LINE_PLAIN, /* no tab, or prose */
    LINE_CELL,  /* one tab at the start, none later */
    LINE_TABS,  /* any other tabs */
};

/* A line that is not blank. */
struct line {
    struct slice text;
    uint32_t blank_n; /* blank lines before it */
    uint32_t char_n;  /* characters without white space at the ends */
    enum line_kind kind;
};

struct lines {
    struct line *line;
    uint32_t n, cap;
};

/* Split at LF, CR LF, CR and form feed; blank lines are only counted, rows
 * between bars get tabs.  All lives in the document's arena or `text`; too many
 * lines are trouble of the tree. */
void lines_split(struct tree *t, struct slice text, struct lines *to);

/* The heading of a section, which no table cell looks like. */
bool line_is_title(const struct line *l);

/* Begins with 一、 to 十、: a heading, or a row of the form. */
bool line_is_numbered(const struct line *l);

/* Nothing but a value, see text_is_value. */
bool line_is_value(const struct line *l);

/* Is it a value: a number, alone or with a unit or a note (107 笔,
 * 22（其中修订16件）), or what stands for one (-, 无)?  Not an enumerated
 * label, not a date.  *digit tells whether there is a digit. */
bool text_is_value(struct slice s, bool *digit);

/* Are two lines the 2 and the rest of "2.重复申请"? */
bool line_is_torn_number(const struct line *l, const struct line *rest);

#endif
