/* SPDX-License-Identifier: Apache-2.0 */
/*
 * exact - the judge: what the extractor says against what is known.
 *
 * Two things are never allowed: a report called valid in which a value is
 * lost or wrong (a silent error), and a value that is not the printed one,
 * flagged or not.  A sound report must come out valid, whole and without
 * alarm.
 */
#ifndef TESTS_EXACT_EXACT_H
#define TESTS_EXACT_EXACT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/err.h"
#include "common/record.h"
#include "tests/gen/gen.h"
#include "transformer/form.h"

enum {
    EXPECT_CELL_MAX = 512,
};

/* What is known of one document. */
struct expect {
    int cell_n;
    struct gen_cell cell[EXPECT_CELL_MAX];
    enum gen_verdict verdict;
    bool exact;               /* no value may be lost even when flagged */
    bool unrecognized;        /* no annual report: must come out as such */
    bool warnings;            /* warnings may fail in a valid report */
    bool alone;               /* a value that is not listed must be null */
    int year;                 /* 0: not compared */
    const char *organization; /* NULL: not compared */
};

/* What came of it. */
struct outcome {
    int compared, exact, lost, wrong;
    int lost_sure; /* of lost: those that are plainly printed */
    int open;      /* of TRUTH_ANY: not the value the body meant */
    bool valid;
    bool silent;      /* called valid, yet something is lost or wrong */
    bool alarm;       /* sound, yet flagged or a warning failed */
    bool inexact;     /* a wrong value, or one lost that may not be */
    struct buf words; /* the first few troubles, for people */
};

/* Compare; `o->words` is initialised by the caller. */
void expect_compare(
    const struct expect *e, const struct record *rec, struct outcome *o);

bool outcome_is_good(const struct outcome *o);

/* What the generator knows of its document. */
void expect_from_doc(const struct gen_doc *d, struct expect *e);

/*
 * From a truth file: "table row column value" a line, value empty for null,
 * "?" for open, "~v" for v or null; lines "# status: valid|flagged|
 * unrecognized|either", "# year: N", "# organization: X", "# warnings: any".
 * Texts live in `arena`.  ERR_INPUT names the line.
 */
int expect_read(
    const char *path, struct arena *arena, struct expect *e, struct err *err);

/* Read and extract in this process, without the cage. */
int exact_extract(struct slice in, const char *name, const struct forms *forms,
    struct arena *arena, struct record *rec, struct err *err);

/* A whole file into `out`; ERR_INPUT. */
int exact_read_file(const char *path, struct buf *out, struct err *err);

/* The sets of generated documents, `n` in all, as TAP; false when one
 * failed. */
bool exact_run_sets(const struct forms *forms, int n, int processes);

/* Every document of a folder with a .truth.tsv or .expected.tsv beside it,
 * as TAP; false when one failed. */
bool exact_run_folder(const struct forms *forms, const char *dir);

#endif
