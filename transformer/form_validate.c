/* SPDX-License-Identifier: Apache-2.0 */
/*
 * form_validate - what a form file must fulfil beyond its schema.
 *
 * Every refusal names the line, found again by searching the file for the
 * offending key: libcyaml keeps no lines once a file is loaded.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/yaml.h"
#include "transformer/form.h"

static const char *const table_keys[FORM_TABLES] = { "proactive", "requests",
    "review" };

static bool key_is_clean(const char *key)
{
    for (const char *p = key; *p; p++)
        if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p) &&
            *p != '_')
            return false;
    return islower((unsigned char)key[0]);
}

static const struct form_row *row_find(
    const struct form_table *t, const char *key)
{
    for (unsigned b = 0; b < t->blocks_count; b++)
        for (unsigned r = 0; r < t->blocks[b].rows_count; r++)
            if (strcmp(t->blocks[b].rows[r].key, key) == 0)
                return &t->blocks[b].rows[r];
    return NULL;
}

static const struct form_column *column_find(
    const struct form_table *t, const char *key)
{
    for (unsigned b = 0; b < t->blocks_count; b++)
        for (unsigned c = 0; c < t->blocks[b].columns_count; c++)
            if (strcmp(t->blocks[b].columns[c].key, key) == 0)
                return &t->blocks[b].columns[c];
    return NULL;
}

/* Which `key:` of the file, counted from 0, holds the nth row or column:
 * tables, columns and rows follow each other as in the struct. */
static int bad_key(
    const struct form *f, const char *key, const char *what, struct err *err)
{
    unsigned nth = 0;

    for (unsigned t = 0; t < f->tables_count; t++) {
        const struct form_table *ft = &f->tables[t];

        if (ft->key == key)
            return yaml_error(err, f->file, "key", nth, "'%s' %s", key, what);
        nth++;
        for (unsigned b = 0; b < ft->blocks_count; b++) {
            const struct form_block *fb = &ft->blocks[b];

            for (unsigned c = 0; c < fb->columns_count; c++, nth++)
                if (fb->columns[c].key == key)
                    return yaml_error(
                        err, f->file, "key", nth, "'%s' %s", key, what);
            for (unsigned r = 0; r < fb->rows_count; r++, nth++)
                if (fb->rows[r].key == key)
                    return yaml_error(
                        err, f->file, "key", nth, "'%s' %s", key, what);
        }
    }
    return yaml_error(err, f->file, "key", 0, "'%s' %s", key, what);
}

static int validate_block(const struct form *f, const struct form_table *t,
    const struct form_block *b, struct err *err)
{
    for (unsigned c = 0; c < b->columns_count; c++) {
        if (!key_is_clean(b->columns[c].key))
            return bad_key(f, b->columns[c].key,
                "is no key, use lower-case letters, digits and _", err);
        for (unsigned d = 0; d < c; d++)
            if (strcmp(b->columns[c].key, b->columns[d].key) == 0)
                return bad_key(f, b->columns[c].key,
                    "stands twice in its block, use each column once", err);
    }
    for (unsigned r = 0; r < b->rows_count; r++) {
        const struct form_row *row = &b->rows[r];

        if (!key_is_clean(row->key))
            return bad_key(f, row->key,
                "is no key, use lower-case letters, digits and _", err);
        if (row_find(t, row->key) != row)
            return bad_key(f, row->key,
                "stands twice in its table, use each row once", err);
        if (row->replaces && !row->optional)
            return bad_key(f, row->key,
                "replaces another row, so it needs optional: true", err);
        if (row->replaces && !row_find(t, row->replaces))
            return yaml_error(err, f->file, "replaces", 0,
                "'%s' is no row of table '%s', use a row's key", row->replaces,
                t->key);
    }
    return 0;
}

static int validate_table(
    const struct form *f, const struct form_table *t, struct err *err)
{
    unsigned row_n = 0;
    bool known = false;

    for (unsigned i = 0; i < FORM_TABLES; i++)
        known = known || strcmp(t->key, table_keys[i]) == 0;
    if (!known)
        return bad_key(
            f, t->key, "is no table, use proactive, requests or review", err);
    if (form_table_find(f, t->key) != t)
        return bad_key(f, t->key, "stands twice, use each table once", err);
    if (t->layout != LAYOUT_BLOCKS && t->blocks_count != 1)
        return bad_key(f, t->key,
            "has several blocks, which only layout: blocks may have", err);
    for (unsigned b = 0; b < t->blocks_count; b++) {
        if (validate_block(f, t, &t->blocks[b], err) != 0)
            return -1;
        row_n += t->blocks[b].rows_count;
    }
    if (row_n > FORM_ROWS)
        return bad_key(f, t->key, "has more than 64 rows", err);
    return 0;
}

static int validate_indicators(const struct form *f, struct err *err)
{
    for (unsigned i = 0; i < f->indicators_count; i++) {
        const struct form_indicator *in = &f->indicators[i];
        const struct form_indicator *parent =
            in->parent ? form_indicator_find(f, in->parent) : NULL;

        if (!key_is_clean(in->key))
            return yaml_error(err, f->file, "key", i,
                "'%s' is no key, use lower-case letters, digits and _",
                in->key);
        if (form_indicator_find(f, in->key) != in)
            return yaml_error(err, f->file, "key", i,
                "'%s' stands twice, use each key once", in->key);
        if (in->parent && (!parent || parent >= in))
            return yaml_error(err, f->file, "key", i,
                "'%s': its parent '%s' is no indicator before it", in->key,
                in->parent);
    }
    return 0;
}

static int validate_side(const struct form *f, unsigned nth, char **keys,
    unsigned n, const char *side, struct err *err)
{
    const struct form_check *c = &f->checks[nth];
    const struct form_table *t = form_table_find(f, c->table);

    for (unsigned i = 0; i < n; i++) {
        if (!t && !form_indicator_find(f, keys[i]))
            return yaml_error(err, f->file, "id", nth + 1,
                "check '%s', %s: '%s' is no indicator, use one's key", c->id,
                side, keys[i]);
        if (!t)
            continue;
        if (c->each == EACH_COLUMN && !row_find(t, keys[i]))
            return yaml_error(err, f->file, "id", nth + 1,
                "check '%s', %s: '%s' is no row of table '%s', use a row's key",
                c->id, side, keys[i], t->key);
        if (c->each == EACH_ROW && !column_find(t, keys[i]))
            return yaml_error(err, f->file, "id", nth + 1,
                "check '%s', %s: '%s' is no column of table '%s', use a "
                "column's key",
                c->id, side, keys[i], t->key);
    }
    return 0;
}

static bool limit_is_number(const char *limit)
{
    size_t len = strlen(limit);

    return len > 0 && len <= 15 && strspn(limit, "0123456789") == len;
}

static int validate_check(const struct form *f, unsigned nth, struct err *err)
{
    const struct form_check *c = &f->checks[nth];
    bool two_sided =
        c->relation == RELATION_EQUAL || c->relation == RELATION_AT_LEAST;

    if (!form_table_find(f, c->table) &&
        !(f->indicators_count > 0 && strcmp(c->table, "statistics") == 0))
        return yaml_error(err, f->file, "id", nth + 1,
            "check '%s' is about table '%s', which this form does not have",
            c->id, c->table);
    for (unsigned i = 0; i < nth; i++)
        if (strcmp(f->checks[i].id, c->id) == 0)
            return yaml_error(err, f->file, "id", nth + 1,
                "check '%s' stands twice, use an id of its own", c->id);
    if (f->indicators_count > 0 && (!two_sided || c->each != EACH_COLUMN))
        return yaml_error(err, f->file, "id", nth + 1,
            "check '%s': indicators are compared by equal or at_least, each "
            "column",
            c->id);
    if (two_sided != (c->right_count > 0))
        return yaml_error(err, f->file, "id", nth + 1,
            two_sided ? "check '%s' compares two sides and lacks 'right'"
                      : "check '%s' has one side only, remove 'right'",
            c->id);
    if ((c->relation == RELATION_AT_MOST) != (c->limit != NULL))
        return yaml_error(err, f->file, "id", nth + 1,
            "check '%s': 'limit' belongs to relation at_most, and to no other",
            c->id);
    if (c->limit && !limit_is_number(c->limit))
        return yaml_error(err, f->file, "limit", 0,
            "'%s' is no limit, use up to 15 digits", c->limit);
    if (validate_side(f, nth, c->left, c->left_count, "left", err) != 0)
        return -1;
    return validate_side(f, nth, c->right, c->right_count, "right", err);
}

int form_validate(const struct form *f, struct err *err)
{
    if (f->year_from < 2008 || f->year_to > 9999 || f->year_to < f->year_from)
        return yaml_error(err, f->file, "year_to", 0,
            "%u to %u are no years, use 2008 to 9999 in order", f->year_from,
            f->year_to);
    for (unsigned i = 0; i < f->sections_count; i++)
        if (f->sections[i].number < 1 || f->sections[i].number > 6)
            return yaml_error(err, f->file, "number", i,
                "%u is no section, use 1 to 6", f->sections[i].number);
    for (unsigned i = 0; i < f->tables_count; i++)
        if (validate_table(f, &f->tables[i], err) != 0)
            return -1;
    if ((f->indicators_count > 0) == (f->tables_count > 0))
        return yaml_error(err, f->file, "id", 0,
            "a form has either tables or indicators, see conf/forms");
    if (validate_indicators(f, err) != 0)
        return -1;
    for (unsigned i = 0; i < FORM_TABLES && f->tables_count > 0; i++)
        if (!form_table_find(f, table_keys[i]))
            return yaml_error(err, f->file, "tables", 0,
                "table '%s' is missing, add it", table_keys[i]);
    for (unsigned i = 0; i < f->checks_count; i++)
        if (validate_check(f, i, err) != 0)
            return -1;
    return 0;
}

static bool is_cell(const struct form *f, const char *key)
{
    for (unsigned t = 0; t < f->tables_count; t++) {
        const struct form_table *ft = &f->tables[t];

        for (unsigned b = 0; b < ft->blocks_count; b++) {
            const struct form_block *fb = &ft->blocks[b];

            for (unsigned i = 0; i < fb->rows_count * fb->columns_count; i++) {
                char text[200];

                snprintf(text, sizeof(text), "%s.%s.%s", ft->key,
                    fb->rows[i / fb->columns_count].key,
                    fb->columns[i % fb->columns_count].key);
                if (strcmp(text, key) == 0)
                    return true;
            }
        }
    }
    return false;
}

int forms_validate(const struct forms *f, struct err *err)
{
    const struct form *s = f->statistics;

    if (f->form_n == 0)
        return yaml_error(err, s->file, "id", 0,
            "no other file of this folder has tables, add one");
    for (unsigned i = 0; s && i < s->indicators_count; i++) {
        bool found = !s->indicators[i].same_as;

        for (unsigned k = 0; k < f->form_n && !found; k++)
            found = is_cell(f->form[k], s->indicators[i].same_as);
        if (!found)
            return yaml_error(err, s->file, "key", i,
                "'%s' is the same as '%s', which no form has",
                s->indicators[i].key, s->indicators[i].same_as);
    }
    return 0;
}
