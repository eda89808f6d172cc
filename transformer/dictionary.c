/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dictionary - docs/DATA_DICTIONARY.md, made of the forms.
 *
 * What the forms say is printed from them; what the code says (fields,
 * states, checks of the whole report) is kept here as tables of words.  A
 * test compares the committed page with what this prints.
 */
#include "transformer/dictionary.h"

#include <string.h>

struct entry {
    const char *name, *type, *words;
};

/* ---- what the code says -----------------------------------------------------
 */

static const struct entry document_keys[] = {
    { "source", "text", "path as given on the command line" },
    { "sha256", "text", "of the bytes, 64 hex digits; null when unreadable" },
    { "media_type", "text", "as detected from the content" },
    { "charset", "text", "as decoded" },
    { "reader", "text",
        "name of the reader that understood the bytes; -ocr: numbers were "
        "recognised in pictures" },
    { "title", "text", "as printed, on one line" },
    { "organization", "text",
        "the reporting body, white space out; null when nothing names it" },
    { "year", "integer", "the year reported on; null when nothing says it" },
    { "published", "date", "YYYY-MM-DD; null when nothing says it" },
    { "forms", "object",
        "form id of each of `proactive`, `requests`, `review`, or null; "
        "`statistics` only where its table is there" },
    { "status", "text", "see below" },
    { "reasons", "array of text",
        "`<code>: <words>`, why it is not `valid`; codes are stable" },
    { "cells", "array of object", "every cell of the forms, read or not" },
    { "checks", "array of object", "every check, also those that passed" },
    { "sections", "array of object",
        "`number` 1-6, `heading` as printed, `text` without tables" },
    { NULL, NULL, NULL },
};

static const struct entry cell_keys[] = {
    { "table", "text", "first part of the key" },
    { "row", "text", "second part of the key" },
    { "column", "text", "third part of the key" },
    { "value", "decimal",
        "exact, in `unit`; null when the cell holds no sure number; "
        "never guessed, never defaulted" },
    { "raw", "text", "as printed; null when the document has no such cell" },
    { "state", "text", "see below" },
    { "unit", "text",
        "`count`, `cny` (yuan) or `cny_10k` (10,000 yuan); in `statistics` "
        "also as printed, such as 件" },
    { "value_cny", "decimal", "an amount in yuan; null for counts" },
    { "proposed", "decimal",
        "a correction that the arithmetic singles out; never in `value`" },
    { "evidence", "text", "why it is proposed" },
    { "source", "object",
        "`table` (index in the document), `row`, `column` (physical, from "
        "0), `reading` (see below), `page` (from 1), `box` (x0 y0 x1 y1 in "
        "points); null where there is none" },
    { NULL, NULL, NULL },
};

static const struct entry check_keys[] = {
    { "rule", "text", "stable id: the form's check, a dot, the row or column" },
    { "form", "text", "id of the form; null for checks of the whole report" },
    { "source", "text", "the note of the official form, or `derivable`" },
    { "severity", "text", "`error` flags the report, `warning` does not" },
    { "status", "text", "`pass`, `fail` or `not_evaluable`" },
    { "left, right", "decimal", "the two sums or numbers compared" },
    { "difference", "decimal", "left less right" },
    { "left_cells, right_cells", "text", "keys of the cells, joined by ` + `" },
    { "message", "text", "what a person should know" },
    { NULL, NULL, NULL },
};

static const struct entry statuses[] = {
    { "valid", "",
        "every cell read, or blank and proven zero; no error-level check "
        "failed" },
    { "flagged", "",
        "something is missing, unreadable or does not add up; `reasons` "
        "says what" },
    { "unrecognized", "", "no such report, or unreadable; `reasons` says why" },
    { NULL, NULL, NULL },
};

static const struct entry readings[] = {
    { "text", "", "the document says it in characters" },
    { "recognized", "", "seen in a picture; independent readings agree" },
    { "doubtful", "",
        "may be read in several ways, named in `evidence`; a value only "
        "where the sums allow no other" },
    { NULL, NULL, NULL },
};

static const struct entry states[] = {
    { "read", "", "a number, nothing else" },
    { "blank", "",
        "the cell is there and empty; `proposed` is 0 where a printed total "
        "proves it" },
    { "dash", "", "a dash, a slash or 无; as `blank`" },
    { "annotated", "", "a number plus words, as in `2笔`" },
    { "unreadable", "",
        "text that is no number, or a doubtful reading that no sum "
        "confirms" },
    { "missing", "", "the form has the cell, the document does not" },
    { NULL, NULL, NULL },
};

static const struct entry report_checks[] = {
    { "report.year", "error",
        "the title, else the stated period, names the year; titles agree" },
    { "report.period", "error",
        "the stated period is the title's year; a warning where the date of "
        "publication confirms the title" },
    { "report.published", "warning", "published in the year after" },
    { "report.organization", "warning", "something names the body" },
    { "report.tables", "error",
        "all three tables are there and whole; of reports on 2018 and earlier "
        "the statistics table" },
    { "report.decoding", "warning",
        "no bytes were lost in decoding; an error where a cell lost some" },
    { "report.renderings", "error or warning",
        "other documents of the same report show the same numbers; an error "
        "where they differ and no sum tells who errs" },
    { "text.requests_new", "warning",
        "requests received, as section 1 says: new, with those carried "
        "over, or decided" },
    { "text.granted", "warning", "requests granted, as section 1 says" },
    { "text.partial", "warning", "granted in part" },
    { "text.denied", "warning", "denied" },
    { "text.unable", "warning", "could not be provided" },
    { "text.rejected", "warning", "not processed" },
    { "text.reconsideration", "warning", "cases of reconsideration" },
    { "text.litigation", "warning", "cases in court" },
    { NULL, NULL, NULL },
};

static const struct entry refusals[] = {
    { "report.none", "",
        "no annual report: a notice, letter, self-check, picture, list or "
        "error page, another yearly report" },
    { "report.body_missing", "",
        "titled as the report, but its sections and tables are elsewhere" },
    { "report.lines", "", "more text than any report has" },
    { "file.unreadable, file.size", "", "the file cannot be read by hand" },
    { "document.duplicate, document.rendering, document.container", "",
        "another document with these bytes is read; another document of this "
        "report is preferred; it holds documents that are read" },
    { "reader.*", "", "no reader understands the bytes, or it met a limit" },
    { NULL, NULL, NULL },
};

static void print_entries(FILE *out, const char *title, const char *head,
    const struct entry *e, bool typed)
{
    fprintf(out, "\n## %s\n\n", title);
    fprintf(out,
        typed ? "| %s | type | meaning |\n|---|---|---|\n"
              : "| %s | meaning |\n|---|---|\n",
        head);
    for (; e->name; e++) {
        if (typed)
            fprintf(out, "| `%s` | %s | %s |\n", e->name, e->type, e->words);
        else
            fprintf(out, "| `%s` | %s |\n", e->name, e->words);
    }
}

/* ---- what the forms say
 * ------------------------------------------------------
 */

static const char *unit_name(enum form_unit unit)
{
    switch (unit) {
    case UNIT_COUNT:
        return "count";
    case UNIT_CNY:
        return "cny";
    case UNIT_CNY_10K:
        return "cny_10k";
    }
    return "count";
}

static void print_columns(FILE *out, const struct form_block *b)
{
    fputs("\n| column | label | English | unit |\n|---|---|---|---|\n", out);
    for (unsigned i = 0; i < b->columns_count; i++) {
        const struct form_column *c = &b->columns[i];
        fprintf(out, "| `%s` | %s%s%s | %s%s | %s |\n", c->key,
            c->group ? c->group : "", c->group ? " / " : "", c->label,
            c->english ? c->english : "",
            c->negative ? ", may be negative" : "", unit_name(c->unit));
    }
}

static void print_rows(FILE *out, const struct form_block *b)
{
    fputs("\n| row | label | English |\n|---|---|---|\n", out);
    for (unsigned i = 0; i < b->rows_count; i++) {
        const struct form_row *r = &b->rows[i];
        fprintf(out, "| `%s` | ", r->key);
        for (unsigned g = 0; g < r->groups_count; g++)
            fprintf(out, "%s / ", r->groups[g]);
        fprintf(out, "%s | %s", r->label, r->english ? r->english : "");
        if (r->optional)
            fputs(", a local row", out);
        if (r->replaces)
            fprintf(out, " that splits `%s`", r->replaces);
        fputs(" |\n", out);
    }
}

static void print_table(
    FILE *out, const struct form *f, const struct form_table *t)
{
    fprintf(out, "\n### %s, form %s\n\n%s%s%s (section %u)\n", t->key, f->id,
        t->label, t->english ? ": " : "", t->english ? t->english : "",
        t->section);
    for (unsigned i = 0; i < t->blocks_count; i++) {
        if (t->blocks[i].label)
            fprintf(out, "\n**%s**\n", t->blocks[i].label);
        print_columns(out, &t->blocks[i]);
        print_rows(out, &t->blocks[i]);
    }
}

static void print_sum(FILE *out, char *const *keys, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        fprintf(out, "%s`%s`", i > 0 ? " + " : "", keys[i]);
}

static void print_keys(FILE *out, char *const *keys, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        fprintf(out, "%s`%s`", i > 0 ? ", " : "", keys[i]);
}

static void print_relation(FILE *out, const struct form_check *c)
{
    switch (c->relation) {
    case RELATION_EQUAL:
    case RELATION_AT_LEAST:
        print_sum(out, c->left, c->left_count);
        fputs(c->relation == RELATION_EQUAL ? " = " : " ≥ ", out);
        print_sum(out, c->right, c->right_count);
        return;
    case RELATION_NOT_NEGATIVE:
        print_keys(out, c->left, c->left_count);
        fputs(" not negative", out);
        return;
    case RELATION_AT_MOST:
        print_sum(out, c->left, c->left_count);
        fprintf(out, " ≤ %s yuan", c->limit ? c->limit : "");
        return;
    }
}

static void print_check(
    FILE *out, const struct form *f, const struct form_check *c)
{
    fprintf(out, "| `%s.<%s>` | %s | %s | ", c->id,
        c->each == EACH_COLUMN ? "column" : "row", f->id,
        c->warning ? "warning" : "error");
    print_relation(out, c);
    fprintf(out, " | %s |\n", c->source ? c->source : "derivable");
}

static void print_checks(FILE *out, const struct forms *forms)
{
    fputs("\n## Checks of the forms\n\n"
          "| rule | form | severity | relation | source |\n"
          "|---|---|---|---|---|\n",
        out);
    for (unsigned f = 0; f < forms->form_n; f++) {
        for (unsigned i = 0; i < forms->form[f]->checks_count; i++)
            print_check(out, forms->form[f], &forms->form[f]->checks[i]);
    }
    for (unsigned i = 0;
         forms->statistics && i < forms->statistics->checks_count; i++)
        print_check(out, forms->statistics, &forms->statistics->checks[i]);
}

static void print_form(FILE *out, const struct form *f)
{
    fprintf(out, "| `%s` | %s | %s | %u%s", f->id, f->title ? f->title : "",
        f->basis ? f->basis : "", f->year_from,
        f->year_to == 9999 ? " and later" : "");
    if (f->year_to != 9999)
        fprintf(out, "-%u", f->year_to);
    fputs(" |\n", out);
}

static void print_indicators(FILE *out, const struct form *f)
{
    fprintf(out,
        "\n### `statistics` %s, form %s\n\n"
        "Every row that a document prints is a cell "
        "`statistics.<label>.<column>`: the label and\nthe header of the "
        "column as printed, without white space. A label that stands "
        "several\ntimes has the row above it before it: `四、行政复议数量/"
        "（三）其他情形数`. These rows are\nknown; those that mean the same "
        "as a cell of the later forms are given as that cell too.\n\n"
        "| label | meaning | part of | also given as |\n|---|---|---|---|\n",
        f->title, f->id);
    for (unsigned i = 0; i < f->indicators_count; i++) {
        const struct form_indicator *in = &f->indicators[i];
        const struct form_indicator *parent =
            in->parent ? form_indicator_find(f, in->parent) : NULL;

        fprintf(out, "| %s | %s | %s | ", in->label, in->english,
            parent ? parent->label : "");
        fprintf(out, "%s%s%s |\n", in->same_as ? "`" : "",
            in->same_as ? in->same_as : "", in->same_as ? "`" : "");
    }
}

static void print_forms(FILE *out, const struct forms *forms)
{
    fputs("\n## Forms\n\n"
          "Detected per table, never from the year alone.\n\n"
          "| form | title | basis | reports on |\n|---|---|---|---|\n",
        out);
    if (forms->statistics)
        print_form(out, forms->statistics);
    for (unsigned i = 0; i < forms->form_n; i++)
        print_form(out, forms->form[i]);
    for (unsigned i = 0; i < forms->form_n; i++) {
        for (unsigned k = 0; k < forms->form[i]->tables_count; k++)
            print_table(out, forms->form[i], &forms->form[i]->tables[k]);
    }
    if (forms->statistics)
        print_indicators(out, forms->statistics);
}

void dictionary_print(const struct forms *forms, FILE *out)
{
    fputs("<!-- Made by `make docs/DATA_DICTIONARY.md` from conf/forms, "
          "transformer/dictionary.c and loader/schema.c; edit those. -->\n\n"
          "# Data dictionary\n\n"
          "A cell is named `table.row.column`. Numbers are exact decimal "
          "text; what cannot be\nread is null, never 0.\n",
        out);
    print_entries(out,
        "A document, as `nianbao extract --format jsonl` "
        "prints it",
        "key", document_keys, true);
    print_entries(out, "A cell", "key", cell_keys, true);
    print_entries(out, "A check", "key", check_keys, true);
    print_entries(out, "Status of a report", "status", statuses, false);
    print_entries(out, "State of a cell", "state", states, false);
    print_entries(out, "Reading of a cell", "reading", readings, false);
    print_entries(out, "Why a document is `unrecognized` or set aside", "code",
        refusals, false);
    print_forms(out, forms);
    print_checks(out, forms);
    print_entries(
        out, "Checks of the whole report", "rule", report_checks, true);
}
