/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text_lines - plain lines to paragraphs and tables.
 *
 * Tables lost their lines when somebody saved a report as text; four
 * shapes are found again:
 *   tabs inside lines      cells split at tabs, a leading tab is an empty cell
 *   one cell a line        each after one tab, a blank line ends the row
 *   bars and rulings       | a | b |, read as tabs
 *   one cell a line bare   a run of short lines with numbers among them: one
 *                          column, blank lines kept as empty rows
 * Rows are ragged and spans unknown.
 */
#ifndef TRANSFORMER_TEXT_LINES_H
#define TRANSFORMER_TEXT_LINES_H

#include "common/slice.h"
#include "transformer/tree.h"

/* Append the paragraphs and tables of `text` (UTF-8) to the tree. */
void text_lines(struct tree *t, struct slice text);

#endif
