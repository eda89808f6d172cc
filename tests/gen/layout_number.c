/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout_number - layouts that change how numbers are printed.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/gen/layout.h"

#define NBSP "\xC2\xA0"
#define NBSP2 "\xC2\xA0\xC2\xA0"

static bool is_number(const struct gen_slot *slot)
{
    return slot->role == ROLE_VALUE && slot->cell >= 0;
}

/* ---- digits ------------------------------------------------------------ */

static void fullwidth_slot(struct gen_doc *d, struct gen_slot *slot)
{
    struct buf out;

    if (!is_number(slot))
        return;
    buf_init(&out, 4096);
    for (const char *p = slot->text; *p != '\0'; p++)
        if (*p >= '0' && *p <= '9') /* U+FF10 to U+FF19 */
            buf_printf(&out, "\xEF\xBC%c", 0x90 + (*p - '0'));
        else if (*p == '.')
            buf_add_str(&out, "．");
        else
            buf_add_char(&out, *p);
    slot->text = arena_slice(&d->arena, buf_slice(&out)).p;
    buf_clear(&out);
}

void layout_fullwidth(struct gen_doc *d)
{
    layout_slots(d, fullwidth_slot);
}

static void group_digits(
    struct gen_doc *d, struct gen_slot *slot, const char *comma)
{
    const char *p = slot->text;
    size_t whole;
    struct buf out;

    if (!is_number(slot))
        return;
    buf_init(&out, 4096);
    if (*p == '-')
        buf_add_char(&out, *p++);
    whole = strspn(p, "0123456789");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            buf_add_str(&out, comma);
        buf_add_char(&out, p[i]);
    }
    buf_add_str(&out, p + whole);
    slot->text = arena_slice(&d->arena, buf_slice(&out)).p;
    buf_clear(&out);
}

static void thousands_slot(struct gen_doc *d, struct gen_slot *slot)
{
    group_digits(d, slot, ",");
}

static void thousands_wide_slot(struct gen_doc *d, struct gen_slot *slot)
{
    group_digits(d, slot, "，");
}

void layout_thousands(struct gen_doc *d)
{
    layout_slots(d, thousands_slot);
}

void layout_thousands_wide(struct gen_doc *d)
{
    layout_slots(d, thousands_wide_slot);
}

static void minus_slot(struct gen_doc *d, struct gen_slot *slot)
{
    static const char *const signs[2] = { "－", "−" }; /* GBK has the first */
    uint32_t n = d->style.charset == CHARSET_GBK ? 1 : 2;

    if (is_number(slot) && slot->text[0] == '-')
        slot->text = arena_printf(
            &d->arena, "%s%s", signs[rng_below(&d->rng, n)], slot->text + 1)
                         .p;
}

void layout_minus(struct gen_doc *d)
{
    layout_slots(d, minus_slot);
}

static void padding_slot(struct gen_doc *d, struct gen_slot *slot)
{
    static const char *const pads[6] = { "", " ", NBSP, NBSP2, "\xE2\x80\x8B",
        "\xEF\xBB\xBF" }; /* zero-width ones */

    if (is_number(slot))
        slot->text =
            arena_printf(&d->arena, "%s%s%s", pads[rng_below(&d->rng, 6)],
                slot->text, pads[rng_below(&d->rng, 6)])
                .p;
}

void layout_padding(struct gen_doc *d)
{
    layout_slots(d, padding_slot);
}

/* ---- zeros that are not printed ----------------------------------------- */

/* Cells whose zero the printed totals prove: the applicants of the requests
 * but for the row of totals, and the outcomes of the review. */
static bool zero_is_proven(const struct gen_doc *d, const struct gen_slot *slot)
{
    const struct gen_cell *c;

    if (!is_number(slot) || strcmp(slot->text, "0") != 0)
        return false;
    c = &d->model.cell[slot->cell];
    return strcmp(c->table, "proactive") != 0 && strcmp(c->row, "total") != 0 &&
           strcmp(c->column, "total") != 0;
}

static void unprint(struct gen_doc *d, struct gen_slot *slot, const char *text)
{
    struct gen_cell *c = &d->model.cell[slot->cell];

    slot->text = text;
    slot->role = ROLE_RAW;
    c->value = "";
    if (c->truth == TRUTH_VALUE || c->truth == TRUTH_MAYBE)
        c->truth = TRUTH_NULL;
}

static void blank_slot(struct gen_doc *d, struct gen_slot *slot)
{
    static const char *const blanks[3] = { "", NBSP, " " };

    if (zero_is_proven(d, slot))
        unprint(d, slot, blanks[rng_below(&d->rng, 3)]);
}

static void dash_slot(struct gen_doc *d, struct gen_slot *slot)
{
    static const char *const dashes[6] = { "-", "—", "/", "无", "－", "——" };

    if (zero_is_proven(d, slot))
        unprint(d, slot, dashes[rng_below(&d->rng, 6)]);
}

void layout_blanks(struct gen_doc *d)
{
    layout_slots(d, blank_slot);
}

void layout_dashes(struct gen_doc *d)
{
    layout_slots(d, dash_slot);
}

/* ---- words beside numbers ------------------------------------------------ */

static void annotate_slot(struct gen_doc *d, struct gen_slot *slot)
{
    const struct gen_cell *c;
    long n;

    if (!is_number(slot) || !rng_chance(&d->rng, 6))
        return;
    c = &d->model.cell[slot->cell];
    n = strtol(slot->text, NULL, 10);
    if (n <= 0 || strchr(slot->text, '.') != NULL)
        return;
    if (strcmp(c->column, "issued") == 0 ||
        strcmp(c->column, "in_force") == 0 || strcmp(c->column, "made") == 0)
        slot->text =
            arena_printf(&d->arena, "%ld（其中修订%ld件）", n, (n + 1) / 2).p;
    else if (strcmp(c->column, "projects") == 0)
        slot->text = arena_printf(&d->arena, "%ld笔", n).p;
    else if (strcmp(c->table, "requests") == 0)
        slot->text = arena_printf(&d->arena, "%ld件", n).p;
    else if (strcmp(c->column, "decisions") == 0)
        slot->text =
            arena_printf(&d->arena, "%ld（含简易程序%ld件）", n, n / 3).p;
}

void layout_annotated(struct gen_doc *d)
{
    layout_slots(d, annotate_slot);
}

static void unit_slot(struct gen_doc *d, struct gen_slot *slot)
{
    struct gen_cell *c;

    if (slot->role == ROLE_HEADER && d->seed % 3 == 0 &&
        strcmp(slot->text, "本年收费金额（单位：万元）") == 0)
        slot->text = "本年收费金额（单位：元）";
    if (slot->role == ROLE_HEADER && strcmp(slot->text, "采购总金额") == 0 &&
        d->seed % 3 == 0)
        slot->text = "采购总金额（万元，保留四位小数）";
    if (!is_number(slot))
        return;
    c = &d->model.cell[slot->cell];
    if (strcmp(c->column, "amount") != 0)
        return;
    if (strcmp(c->row, "fees") == 0 && d->seed % 3 == 0) {
        c->unit = "cny";
    } else if (strcmp(c->row, "fees") == 0) {
        slot->text = arena_printf(&d->arena, "%s万元", slot->text).p;
    } else if (d->seed % 3 == 0) {
        c->unit = "cny_10k";
    } else if (d->seed % 3 == 1) {
        slot->text = arena_printf(&d->arena, "%s元", slot->text).p;
        c->unit = "cny";
    } else {
        slot->text = arena_printf(&d->arena, "%s万元", slot->text).p;
        c->unit = "cny_10k";
    }
}

void layout_units(struct gen_doc *d)
{
    layout_slots(d, unit_slot);
}
