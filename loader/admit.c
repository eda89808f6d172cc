/* SPDX-License-Identifier: Apache-2.0 */
/*
 * admit - whether a record may enter the ledger.
 */
#include "loader/admit.h"

#include "common/limits.h"
#include "loader/text.h"

static const char code[] = "record.broken";

static int text_ok(struct slice s, const char *what, struct err *err)
{
    size_t good = text_utf8_len(s);

    if (good == s.len)
        return 0;
    return err_set(
        err, ERR_INPUT, "%s: %s is not UTF-8 at byte %zu", code, what, good);
}

/* Null, or a number that fits into a column of `int_max` digits. */
static int number_ok(
    struct slice s, size_t int_max, const char *what, struct err *err)
{
    if (!s.p || text_is_decimal(s, int_max, LIMIT_NUMBER_FRACTION_DIGITS))
        return 0;
    return err_set(err, ERR_INPUT,
        "%s: %s has %zu bytes and is no decimal of at most %zu digits and "
        "%u after the point",
        code, what, s.len, int_max, LIMIT_NUMBER_FRACTION_DIGITS);
}

static int cell_ok(const struct cell *c, struct err *err)
{
    const size_t wide = LIMIT_SUM_INT_DIGITS, narrow = LIMIT_NUMBER_INT_DIGITS;

    if (text_ok(c->table, "table", err) != 0 ||
        text_ok(c->row, "row", err) != 0 ||
        text_ok(c->column, "column", err) != 0 ||
        text_ok(c->raw, "raw", err) != 0 ||
        text_ok(c->unit, "unit", err) != 0 ||
        text_ok(c->evidence, "evidence", err) != 0)
        return -1;
    if (number_ok(c->value, narrow, "value", err) != 0 ||
        number_ok(c->proposed, wide, "proposed", err) != 0 ||
        number_ok(c->value_cny, wide, "value_cny", err) != 0)
        return -1;
    return 0;
}

static int check_ok(const struct check *c, struct err *err)
{
    const size_t wide = LIMIT_SUM_INT_DIGITS;

    if (text_ok(c->rule, "rule", err) != 0 ||
        text_ok(c->form, "form", err) != 0 ||
        text_ok(c->source, "source", err) != 0 ||
        text_ok(c->left_cells, "left_cells", err) != 0 ||
        text_ok(c->right_cells, "right_cells", err) != 0 ||
        text_ok(c->message, "message", err) != 0)
        return -1;
    if (number_ok(c->left, wide, "left", err) != 0 ||
        number_ok(c->right, wide, "right", err) != 0 ||
        number_ok(c->difference, wide, "difference", err) != 0)
        return -1;
    return 0;
}

static int report_ok(const struct record *r, struct err *err)
{
    if (text_ok(r->sha256, "sha256", err) != 0 ||
        text_ok(r->media_type, "media_type", err) != 0 ||
        text_ok(r->charset, "charset", err) != 0 ||
        text_ok(r->reader, "reader", err) != 0 ||
        text_ok(r->title, "title", err) != 0 ||
        text_ok(r->organization, "organization", err) != 0 ||
        text_ok(r->form_proactive, "form_proactive", err) != 0 ||
        text_ok(r->form_requests, "form_requests", err) != 0 ||
        text_ok(r->form_review, "form_review", err) != 0 ||
        text_ok(r->form_statistics, "form_statistics", err) != 0)
        return -1;
    if (r->published.p && !text_is_date(r->published))
        return err_set(err, ERR_INPUT,
            "%s: published is not null and no day as YYYY-MM-DD", code);
    if (r->year > 9999)
        return err_set(
            err, ERR_INPUT, "%s: year is %u, at most 9999", code, r->year);
    return 0;
}

int admit_record(const struct record *rec, struct err *err)
{
    uint32_t i;

    if (report_ok(rec, err) != 0)
        return -1;
    for (i = 0; i < rec->reason_n; i++)
        if (text_ok(rec->reasons[i], "reason", err) != 0)
            return -1;
    for (i = 0; i < rec->cell_n; i++)
        if (cell_ok(&rec->cells[i], err) != 0)
            return -1;
    for (i = 0; i < rec->check_n; i++)
        if (check_ok(&rec->checks[i], err) != 0)
            return -1;
    for (i = 0; i < rec->section_n; i++)
        if (text_ok(rec->sections[i].heading, "heading", err) != 0 ||
            text_ok(rec->sections[i].text, "text", err) != 0)
            return -1;
    return 0;
}
