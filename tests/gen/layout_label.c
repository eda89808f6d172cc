/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout_label - layouts that change how labels and headings are printed.
 */
#include <assert.h>
#include <string.h>

#include "tests/gen/layout.h"

#define NBSP "\xC2\xA0"

static bool is_label(const struct gen_slot *slot)
{
    return slot->role == ROLE_LABEL || slot->role == ROLE_GROUP ||
           slot->role == ROLE_HEADER;
}

/* ---- brackets and numbering ---------------------------------------------- */

static void halfwidth_slot(struct gen_doc *d, struct gen_slot *slot)
{
    static const char *const pairs[][2] = { { "（", "(" }, { "）", ")" },
        { "，", "," }, { "：", ":" }, { "“", "\"" }, { "”", "\"" } };

    if (is_label(slot))
        for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
            slot->text =
                layout_replace(d, slot->text, pairs[i][0], pairs[i][1]);
}

void layout_halfwidth(struct gen_doc *d)
{
    layout_slots(d, halfwidth_slot);
}

static bool is_numbered(const struct gen_slot *slot)
{
    return slot->role == ROLE_LABEL && slot->text[0] >= '1' &&
           slot->text[0] <= '9' && slot->text[1] == '.';
}

static void renumber(struct gen_doc *d, struct gen_slot *slot, const char *mark)
{
    if (is_numbered(slot))
        slot->text = arena_printf(
            &d->arena, "%c%s%s", slot->text[0], mark, slot->text + 2)
                         .p;
}

static void dun_slot(struct gen_doc *d, struct gen_slot *slot)
{
    renumber(d, slot, "、");
}

static void wide_dot_slot(struct gen_doc *d, struct gen_slot *slot)
{
    renumber(d, slot, "．");
}

void layout_dun(struct gen_doc *d)
{
    layout_slots(d, dun_slot);
}

void layout_wide_dot(struct gen_doc *d)
{
    layout_slots(d, wide_dot_slot);
}

static void unnumber_slot(struct gen_doc *d, struct gen_slot *slot)
{
    const char *end;

    (void)d;
    if (is_numbered(slot))
        slot->text += 2;
    else if ((slot->role == ROLE_LABEL || slot->role == ROLE_GROUP) &&
             strncmp(slot->text, "（", strlen("（")) == 0 &&
             (end = strstr(slot->text, "）")) != NULL)
        slot->text = end + strlen("）");
}

void layout_no_numbering(struct gen_doc *d)
{
    layout_slots(d, unnumber_slot);
}

/* ---- white space --------------------------------------------------------- */

/* `text` with `gap` after some characters. */
static const char *scatter(struct gen_doc *d, const char *text, uint32_t chance,
    const char *const *gap, uint32_t gap_n)
{
    const char *result;
    struct buf out;

    buf_init(&out, 1 << 16);
    for (const char *p = text; *p != '\0';) {
        size_t n = layout_char_len(p);

        buf_add(&out, p, n);
        p += n;
        if (*p != '\0' && rng_chance(&d->rng, chance))
            buf_add_str(&out, gap[rng_below(&d->rng, gap_n)]);
    }
    result = arena_slice(&d->arena, buf_slice(&out)).p;
    buf_clear(&out);
    return result;
}

static void space_slot(struct gen_doc *d, struct gen_slot *slot)
{
    static const char *const gaps[4] = { " ", NBSP, "　", NBSP NBSP " " };

    if (is_label(slot) && rng_chance(&d->rng, 50))
        slot->text = scatter(d, slot->text, 25, gaps, 4);
}

void layout_label_spaces(struct gen_doc *d)
{
    layout_slots(d, space_slot);
}

/* A dump with a cell a line may even have an empty line in a label. */
static void break_slot(struct gen_doc *d, struct gen_slot *slot)
{
    static const char *const gaps[4] = { "\n", "\n", "\n", "\n\n" };
    uint32_t gap_n = d->style.dump == DUMP_TABBED_LINES ? 4 : 3;

    if (is_label(slot) && rng_chance(&d->rng, 30))
        slot->text = scatter(d, slot->text, 20, gaps, gap_n);
}

/* With a cell a line and nothing else, a torn label is two cells for all
 * that can be told: such a report may be flagged. */
void layout_label_breaks(struct gen_doc *d)
{
    if (d->style.dump == DUMP_LINES && d->verdict == VERDICT_VALID)
        d->verdict = VERDICT_EITHER;
    if (d->style.dump == DUMP_LINES)
        d->exact = false;
    layout_slots(d, break_slot);
}

/* ---- words ----------------------------------------------------------------
 */

static void wording_slot(struct gen_doc *d, struct gen_slot *slot)
{
    static const char *const pairs[][2] = {
        { "行政规范性文件", "规范性文件" },
        { "（六）其他处理", "（六）其他" },
        { "3.危及“三安全一稳定”", "3.危及“三安全一稳定”的" },
        { "4.无正当理由大量反复申请", "4.无正当理由，大量反复申请" },
    };

    (void)d;
    if (!is_label(slot))
        return;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (strcmp(slot->text, pairs[i][0]) == 0)
            slot->text = pairs[i][1];
}

void layout_wording(struct gen_doc *d)
{
    layout_slots(d, wording_slot);
}

/* Replace or leave out one character of five or more, numbering aside. */
static const char *mistype(struct gen_doc *d, const char *text)
{
    static const char *const wrong[5] = { "之", "乎", "令", "往", "丰" };
    int len = layout_text_len(text);
    int at = (int)rng_range(&d->rng, 2, len - 1);
    const char *p = text;

    while (at-- > 0)
        p += layout_char_len(p);
    return arena_printf(&d->arena, "%.*s%s%s", (int)(p - text), text,
        rng_chance(&d->rng, 60) ? wrong[rng_below(&d->rng, 5)] : "",
        p + layout_char_len(p))
        .p;
}

/* In `n` labels, each once: two wrong characters may spell another label. */
static void mistype_some(struct gen_doc *d, int n)
{
    const char *done[4] = { NULL };

    assert(n <= 4);
    for (int tries = 0; n > 0 && tries < 500; tries++) {
        const struct gen_block *b =
            &d->block[rng_below(&d->rng, (uint32_t)d->block_n)];
        struct gen_row *row;
        struct gen_slot *slot;

        if (b->kind != BLOCK_SHEET || b->sheet->n == 0)
            continue;
        row = &b->sheet->row[rng_below(&d->rng, (uint32_t)b->sheet->n)];
        if (row->n == 0)
            continue;
        slot = &row->slot[rng_below(&d->rng, (uint32_t)row->n)];
        if (!is_label(slot) || layout_text_len(slot->text) < 6 ||
            strstr(slot->text, "元") != NULL) /* a unit is no mere word */
            continue;
        if (slot->text == done[0] || slot->text == done[1] ||
            slot->text == done[2] || slot->text == done[3])
            continue;
        slot->text = mistype(d, slot->text);
        done[--n] = slot->text;
    }
}

void layout_typo(struct gen_doc *d)
{
    mistype_some(d, 1);
}

void layout_typos(struct gen_doc *d)
{
    mistype_some(d, 4);
}

/* ---- headings --------------------------------------------------------------
 */

void layout_heading_missing(struct gen_doc *d)
{
    int at = gen_heading_find(d, 2 + (int)rng_below(&d->rng, 4));

    if (at >= 0)
        gen_block_remove(d, at);
}

void layout_heading_numerals(struct gen_doc *d)
{
    static const char *const marks[3][6] = {
        { "（一）", "（二）", "（三）", "（四）", "（五）", "（六）" },
        { "1.", "2.", "3.", "4.", "5.", "6." },
        { "", "", "", "", "", "" },
    };
    uint32_t kind = rng_below(&d->rng, 3);

    for (int i = 0; i < d->block_n; i++) {
        struct gen_block *b = &d->block[i];

        if (b->kind == BLOCK_HEADING)
            b->text = arena_printf(&d->arena, "%s%s",
                marks[kind][b->section - 1], b->text + strlen("一、"))
                          .p;
    }
}

void layout_heading_wording(struct gen_doc *d)
{
    static const char *const words[6] = { "一、政府信息公开工作总体情况",
        "二、行政机关主动公开政府信息情况",
        "三、行政机关收到和处理政府信息公开申请情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "五、政府信息公开工作存在的主要问题及改进情况",
        "六、需要报告的其他事项" };

    for (int i = 0; i < d->block_n; i++)
        if (d->block[i].kind == BLOCK_HEADING)
            d->block[i].text = words[d->block[i].section - 1];
}
