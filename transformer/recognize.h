/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recognize - what recognition, sections and prose share.
 *
 * They look at a document as lines: a paragraph cut at its line breaks, or
 * one cell of a table that has a single column (text dumps).  Comparisons
 * use the folded text of a line: NFKC, no white space, so that a label is
 * found however it was typed.
 */
#ifndef TRANSFORMER_RECOGNIZE_H
#define TRANSFORMER_RECOGNIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/document.h"
#include "common/slice.h"
#include "transformer/extract.h"
#include "transformer/form.h"

/* ---- recognize_text.c: folded text ------------------------------------ */

/* NFKC for the characters of Chinese office text, white space and control
 * characters out, quotes and dashes to ASCII; made in `a`. */
struct slice text_fold(struct arena *a, struct slice s);

/* Letters, digits and ideographs of folded text, nothing else. */
struct slice text_letters(struct arena *a, struct slice folded);

/* Characters (code points) in `s`. */
size_t text_chars(struct slice s);

bool text_has(struct slice s, const char *part);
bool text_starts(struct slice s, const char *with);
bool text_ends(struct slice s, const char *with);

/* `s` without its first or last bytes. */
struct slice text_cut(struct slice s, size_t from, size_t to);

/* Character edits between two texts, at most `max` + 1. */
unsigned text_distance(struct slice a, struct slice b, unsigned max);

/* A year of 1990-2099 in folded text: 2019年, 二〇一九年, with `bare` also
 * 2019 alone.  at..end are the bytes of the number, the 年 and a 度 after
 * it; 0 when there is none from byte `from` on. */
struct text_year {
    uint32_t year;
    size_t at, end;
};
struct text_year text_find_year(struct slice folded, size_t from, bool bare);

/* The first date in folded text as YYYY-MM-DD in `a`, or { NULL, 0 }:
 * 2023-01-28, 2023/1/28, 2023.1.28, 2023年1月28日. */
struct slice text_find_date(struct arena *a, struct slice folded);

/* ---- recognize_lines.c: a document as lines ---------------------------- */

/* Longer lines are prose: never a title, a heading or a name. */
#define LINE_SHORT_BYTES 300u

struct line {
    struct slice text;  /* as printed, trimmed, never empty */
    struct slice plain; /* folded; empty for lines that are not short */
    uint32_t block;
    uint32_t heading; /* 1-6 in a heading paragraph, else 0 */
    bool in_table;
};

struct lines {
    struct line *line;
    uint32_t line_n;
};

/* Lines of a document; the longest report seen has 900. */
#define LINES_MAX 50000u

/* ERR_LIMIT when `doc` has more than LINES_MAX lines. */
int lines_check(const struct document *doc, struct err *err);

/* All lines of `doc`, in document order, made in `a`; lines_check first. */
struct lines lines_make(const struct document *doc, struct arena *a);

/* True for the lines that sites put after an article: print, close,
 * copyright, previous and next article. */
bool line_is_footer(struct slice plain);

/* ---- recognize_headings.c: where the six sections begin ----------------- */

#define SECTION_N 6u

struct headings {
    int32_t line[SECTION_N]; /* index of the heading's line, -1 without */
    uint32_t found_n;        /* of all six */
    uint32_t core_n;         /* of the first four, which make it a report */
};

void headings_find(const struct lines *lines, const struct forms *forms,
    struct arena *a, struct headings *out);

/* ---- recognize_title.c: what the document calls itself ------------------ */

struct title {
    struct slice text;         /* as printed, on one line, or { NULL, 0 } */
    struct slice plain;        /* folded */
    struct slice organization; /* from it, or { NULL, 0 } */
    uint32_t year;             /* from it, or 0 */
    bool is_annual;            /* it says that it is the annual report */
    bool is_cover;             /* a notice or letter that may carry one */
};

/* Cut a title into body, year and kind. */
struct title title_parse(struct arena *a, struct slice text);

/* Why a title is no annual report's, in words, or NULL.  *is_cover: such a
 * page (notice, letter) may still carry the report itself. */
const char *title_refusal(struct slice plain, bool *is_cover);

struct titles {
    struct title best;   /* the most telling one */
    uint32_t year;       /* of the best one that names a year, or 0 */
    uint32_t other_year; /* another title's year where titles differ, or 0 */
    struct slice organization; /* of the best one that names a body */
};

/* All that the document and the link to it call it. */
void titles_find(const struct document *doc, const struct lines *lines,
    const struct headings *heads, const struct extract_hints *hints,
    struct arena *a, struct titles *out);

/* True for a short line that can be the name of a public body. */
bool line_is_body_name(struct slice plain);

/* ---- recognize_period.c: the year the numbers are of --------------------- */

struct period {
    uint32_t from, to; /* years; 0 when none is stated */
    struct slice text; /* the sentence, folded */
};

/* The stated period of the statistics: 自2019年1月1日起至12月31日止. */
struct period period_find(const struct lines *lines, struct arena *a);

/* ---- recognize_body.c: what the body holds ------------------------------ */

struct evidence {
    uint32_t form_table_n;  /* tables whose labels are those of a form */
    uint32_t number_n;      /* cells with digits in those tables */
    uint32_t statistics_n;  /* statistics tables, where no form's is there */
    uint32_t report_link_n; /* links whose text is a report's title */
    uint32_t attachment_n;  /* links to office documents */
    size_t text_chars;      /* of all lines, no white space */
};

void evidence_find(const struct document *doc, const struct lines *lines,
    const struct forms *forms, struct arena *a, struct evidence *out);

/* ---- recognize_outline.c: all of it, found once ---------------------------
 */

struct outline {
    struct lines lines;
    struct headings heads;
    struct titles titles;
    struct period period;
};

/* The document must have passed lines_check. */
void outline_make(const struct document *doc, const struct forms *forms,
    const struct extract_hints *hints, struct arena *a, struct outline *out);

#endif
