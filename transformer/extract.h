/* SPDX-License-Identifier: Apache-2.0 */
/*
 * extract - a document tree to a record: the whole road, in one call.
 */
#ifndef TRANSFORMER_EXTRACT_H
#define TRANSFORMER_EXTRACT_H

#include "common/document.h"
#include "common/err.h"
#include "common/record.h"
#include "transformer/form.h"

/* What is known of the document besides its bytes; all may be empty. */
struct extract_hints {
    struct slice title;        /* of the link that led to it */
    struct slice list_date;    /* YYYY-MM-DD */
    struct slice organization; /* default body of its column */
};

/*
 * Fill `rec` (arena and sha256 set by the caller; texts are made in
 * rec->arena or borrowed from `doc`).  A document that is no annual report
 * is not an error: status REPORT_UNRECOGNIZED with its reason, no cells.
 * ERR_LIMIT when the tree asks for more work than allowed.
 *
 * Steps, each in its own file: recognize (title, year, body, date),
 * sections, tables (form detection, alignment, cells) and checks, or the
 * statistics table of earlier reports with its checks, prose
 * (numbers in the text against the tables), verdict (status and reasons).
 */
int extract(const struct document *doc, const struct forms *forms,
    const struct extract_hints *hints, struct record *rec, struct err *err);

/* ---- the steps, in order; each fills its part of `rec` ---------------- */

/* What the first three steps share: transformer/recognize.h. */
struct outline;

enum report_kind {
    REPORT_NONE,       /* rec->reasons[0] says why */
    REPORT_TABLES,     /* of the forms with three tables */
    REPORT_STATISTICS, /* on 2018 or earlier, with the statistics table */
};

/* Title, organization, year, published. */
enum report_kind extract_recognize(const struct document *doc,
    const struct outline *o, const struct extract_hints *hints,
    const struct forms *forms, struct record *rec);

/* The six sections' headings and prose (paragraphs outside the forms'
 * tables). */
void extract_sections(const struct outline *o, struct record *rec);

/* Detect each table's form, align it, read every cell: rec->cells and
 * rec->form_*.  Missing tables give missing cells of the form that fits the
 * other tables, then the year. */
int extract_tables(const struct document *doc, const struct forms *forms,
    struct record *rec, struct err *err);

/* All checks of the forms (rec->checks), blanks that a printed total proves
 * zero (proposed, evidence). */
void extract_checks(const struct forms *forms, struct record *rec);

/* report.* and text.* warnings, appended to rec->checks. */
void extract_prose(const struct document *doc, const struct outline *o,
    enum report_kind kind, struct record *rec);

/* status and reasons from cells and checks. */
void extract_verdict(struct record *rec);

#endif
