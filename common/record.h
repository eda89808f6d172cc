/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record - all that one document says, ready for the ledger.
 *
 * The transformer fills it, the loader commits it, and the command line
 * prints it.  Names are the public names of the data model: a warehouse
 * joins on them.  Numbers are decimal text as printed (clean: ASCII digits,
 * '-' and '.'), never binary floating point.
 */
#ifndef COMMON_RECORD_H
#define COMMON_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/buf.h"
#include "common/document.h"
#include "common/err.h"
#include "common/slice.h"

enum cell_state {
    CELL_READ,       /* a number, nothing else */
    CELL_BLANK,      /* the cell is there and empty */
    CELL_DASH,       /* a dash, a slash or the word for none */
    CELL_ANNOTATED,  /* a number plus words */
    CELL_UNREADABLE, /* text that is no number */
    CELL_MISSING,    /* the form has the cell, the document does not */
};

enum check_status {
    CHECK_PASS,
    CHECK_FAIL,
    CHECK_NOT_EVALUABLE,
};

enum check_severity {
    SEVERITY_ERROR,
    SEVERITY_WARNING,
};

enum report_status {
    REPORT_VALID,
    REPORT_FLAGGED,
    REPORT_UNRECOGNIZED,
};

/* Where a cell was read.  page 0 and box 0 where the format has none. */
struct cell_source {
    int32_t table;    /* index in the document tree, -1 when missing */
    int32_t row, col; /* physical, from 0; -1 when missing */
    uint32_t page;
    float box[4]; /* x0 y0 x1 y1, points */
    enum cell_reading reading;
};

struct cell {
    struct slice table, row, column; /* the key */
    struct slice value;              /* decimal text, { NULL, 0 } for null */
    struct slice raw;                /* as printed; { NULL, 0 } when missing */
    enum cell_state state;
    struct slice unit;      /* "count", "cny", "cny_10k"; of statistics also
                               as printed */
    struct slice value_cny; /* amounts in yuan, else { NULL, 0 } */
    struct slice proposed;  /* a correction, { NULL, 0 } without */
    struct slice evidence;  /* why it is proposed, in English */
    /* What a doubtful cell may say besides `raw`, '\n' between; the checks
     * choose, then it is forgotten: not encoded. */
    struct slice alternatives;
    struct cell_source source;
};

struct check {
    struct slice rule;   /* "requests.balance.total" */
    struct slice form;   /* "2021"; empty for checks of the whole report */
    struct slice source; /* the form's note, or "derivable" */
    enum check_severity severity;
    enum check_status status;
    struct slice left, right, difference; /* decimal text or null */
    struct slice left_cells, right_cells; /* keys joined by " + " */
    struct slice message; /* what a person should know, may be empty */
};

struct section {
    uint32_t number;      /* 1-6 */
    struct slice heading; /* as printed */
    struct slice text;    /* paragraphs joined by '\n' */
};

struct record {
    struct arena *arena; /* owns what the extractor made */
    /* the document */
    struct slice sha256;     /* 64 hex digits */
    struct slice media_type; /* as detected */
    struct slice charset;
    struct slice reader;
    /* the report */
    struct slice title;
    struct slice organization; /* null when it cannot be told */
    uint32_t year;             /* 0 when it cannot be told */
    struct slice published;    /* YYYY-MM-DD or null */
    struct slice form_proactive, form_requests, form_review; /* or null */
    struct slice form_statistics; /* reports on 2018 and earlier, or null */
    enum report_status status;
    uint32_t reason_n;
    struct slice *reasons; /* "<code>: <words>", stable codes */
    uint32_t cell_n;
    struct cell *cells; /* every cell of the forms, in form order */
    uint32_t check_n;
    struct check *checks;
    uint32_t section_n;
    struct section *sections;
};

/* Static names as in the data model: "read", "pass", "error", "valid", ... */
const char *cell_state_name(enum cell_state s);
const char *cell_reading_name(enum cell_reading r);

/* The name of its reading, or { NULL, 0 } where the document has no cell. */
struct slice cell_reading_text(const struct cell_source *s);

const char *check_status_name(enum check_status s);
const char *check_severity_name(enum check_severity s);
const char *report_status_name(enum report_status s);

/* Append the encoded record to `out`; a full buffer shows in buf_check. */
void record_encode(const struct record *rec, struct buf *out);

/* Texts point into `in`, which must outlive the record; arrays live in
 * `arena`.  ERR_INPUT on anything that does not decode. */
int record_decode(
    struct slice in, struct arena *arena, struct record *rec, struct err *err);

#endif
