/* SPDX-License-Identifier: Apache-2.0 */
/*
 * statistics_labels - the known rows of the statistics table, by their label.
 *
 * Normalised once when the forms are read.  Labels stand twice in the table
 * (被依法纠错数 under 复议 and under 诉讼): the row above tells which one is
 * meant.
 */
#include <string.h>

#include "common/mem.h"
#include "transformer/norm.h"
#include "transformer/statistics.h"

enum {
    SIMILAR_MIN = 80, /* per cent: typing errors in long labels */
    SIMILAR_CHARS = 6,
};

struct indicator_label {
    struct norm norm;
    uint32_t indicator;
    int32_t parent; /* index of the indicator it is a part of, or -1 */
};

struct indicators {
    struct arena arena;
    uint32_t n;
    struct indicator_label *label; /* official ones and variants */
};

static void add(
    struct indicators *in, uint32_t indicator, int32_t parent, const char *text)
{
    struct indicator_label *l = &in->label[in->n];

    if (!norm_arena(slice_str(text), &in->arena, &l->norm) || l->norm.n == 0)
        return;
    l->indicator = indicator;
    l->parent = parent;
    in->n++;
}

struct indicators *indicators_new(const struct form *f)
{
    struct indicators *in = mem_alloc(sizeof(*in));
    size_t n = 0;

    arena_init(&in->arena, (size_t)16 << 20);
    for (uint32_t i = 0; i < f->indicators_count; i++)
        n += 1 + f->indicators[i].variants_count;
    in->label = mem_alloc_n(n + 1, sizeof(*in->label));
    for (uint32_t i = 0; i < f->indicators_count; i++) {
        const struct form_indicator *one = &f->indicators[i];
        int32_t parent =
            one->parent
                ? (int32_t)(form_indicator_find(f, one->parent) - f->indicators)
                : -1;

        add(in, i, parent, one->label);
        for (unsigned v = 0; v < one->variants_count; v++)
            add(in, i, parent, one->variants[v]);
    }
    return in;
}

void indicators_free(struct indicators *in)
{
    if (!in)
        return;
    arena_clear(&in->arena);
    mem_free(in->label);
    mem_free(in);
}

static bool is_exactly(const struct indicator_label *l, const struct norm *n)
{
    return (l->norm.hash == n->hash &&
               norm_equal(l->norm.cp, l->norm.n, n->cp, n->n)) ||
           (l->norm.hash == n->bare_hash &&
               norm_equal(l->norm.cp, l->norm.n, n->bare, n->bare_n));
}

static int32_t find_exactly(
    const struct indicators *in, const struct norm *n, int32_t parent)
{
    int32_t hit = -1;

    for (uint32_t i = 0; i < in->n; i++) {
        if (!is_exactly(&in->label[i], n))
            continue;
        if (in->label[i].parent == parent)
            return (int32_t)in->label[i].indicator;
        if (hit < 0)
            hit = (int32_t)in->label[i].indicator;
    }
    return hit;
}

/* The label that is most like it: 不同意公开答复数 and 同意公开答复数 are
 * much alike, so nothing is said where two are equally near. */
static int32_t find_nearly(
    const struct indicators *in, const struct norm *n, int32_t parent)
{
    uint32_t best = SIMILAR_MIN - 1;
    int32_t hit = -1;

    if (n->bare_n < SIMILAR_CHARS)
        return -1;
    for (uint32_t i = 0; i < in->n; i++) {
        const struct indicator_label *l = &in->label[i];
        uint32_t like = norm_similarity(
            n->bare, n->bare_n, l->norm.cp, l->norm.n, SIMILAR_MIN);

        if (like < SIMILAR_MIN || like < best || (int32_t)l->indicator == hit)
            continue;
        if (like > best || l->parent == parent)
            hit = (int32_t)l->indicator;
        else
            hit = -1;
        best = like;
    }
    return hit;
}

struct slice statistics_among(struct slice label, bool *opens)
{
    const struct slice among = SLICE_LIT("其中");
    const struct slice colons[] = { SLICE_LIT("："), SLICE_LIT(":") };

    *opens = slice_starts(label, among);
    if (!*opens)
        return label;
    label = slice_from(label, among.len);
    for (size_t i = 0; i < 2; i++)
        if (slice_starts(label, colons[i]))
            label = slice_from(label, colons[i].len);
    return label;
}

int32_t statistics_indicator(const struct indicators *in, struct slice label,
    int32_t parent, bool *exactly)
{
    struct norm_room room;
    struct norm n;
    bool opens;
    int32_t hit;

    *exactly = false;
    if (!norm_make(statistics_among(slice_trim(label), &opens), &room, &n) ||
        n.n == 0)
        return -1;
    hit = find_exactly(in, &n, parent);
    *exactly = hit >= 0;
    return hit >= 0 ? hit : find_nearly(in, &n, parent);
}
