/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plain - texts of others, made harmless for a terminal and for a log.
 */
#include "common/plain.h"

#include <stdbool.h>
#include <string.h>

/* Bytes of the control character at `p`, 0 when there is none. */
static size_t control_len(const unsigned char *p, size_t len)
{
    if (p[0] < 0x20 || p[0] == 0x7f)
        return 1;
    if (len >= 2 && p[0] == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f)
        return 2; /* C1 */
    if (len < 3 || p[0] != 0xe2)
        return 0;
    if (p[1] == 0x80 && p[2] >= 0xa8 && p[2] <= 0xae)
        return 3; /* U+2028 to U+202E: separators, overrides */
    if (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9)
        return 3; /* U+2066 to U+2069: isolates */
    return 0;
}

/* Where the first control character starts, `len` without one. */
static size_t find_control(const char *p, size_t len)
{
    size_t i = 0;

    while (i < len && !control_len((const unsigned char *)p + i, len - i))
        i++;
    return i;
}

void plain_bytes(char *p, size_t len)
{
    size_t i = 0;

    while ((i += find_control(p + i, len - i)) < len) {
        bool is_space = p[i] == '\t' || p[i] == '\n' || p[i] == '\r';
        size_t n = control_len((const unsigned char *)p + i, len - i);

        memset(p + i, is_space ? ' ' : '?', n);
        i += n;
    }
}

struct slice plain_text(struct arena *a, struct slice s)
{
    char *copy;

    if (s.len == 0 || find_control(s.p, s.len) == s.len)
        return s;
    copy = arena_alloc(a, s.len + 1);
    memcpy(copy, s.p, s.len);
    copy[s.len] = '\0';
    plain_bytes(copy, s.len);
    return (struct slice){ copy, s.len };
}

/* ---- records ----------------------------------------------------------- */

static void make_plain(struct arena *a, struct slice *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *texts[i] = plain_text(a, *texts[i]);
}

static void plain_cell(struct arena *a, struct cell *c)
{
    struct slice *const texts[] = { &c->table, &c->row, &c->column, &c->value,
        &c->raw, &c->unit, &c->value_cny, &c->proposed, &c->evidence };

    make_plain(a, texts, sizeof(texts) / sizeof(texts[0]));
}

static void plain_check(struct arena *a, struct check *c)
{
    struct slice *const texts[] = { &c->rule, &c->form, &c->source, &c->left,
        &c->right, &c->difference, &c->left_cells, &c->right_cells,
        &c->message };

    make_plain(a, texts, sizeof(texts) / sizeof(texts[0]));
}

static void *take_copy(struct arena *a, const void *from, size_t n, size_t size)
{
    void *to = arena_alloc_n(a, n + 1, size);

    if (n)
        memcpy(to, from, n * size);
    return to;
}

struct record plain_record(struct arena *a, const struct record *rec)
{
    struct record out = *rec;
    struct slice *const texts[] = { &out.sha256, &out.media_type, &out.charset,
        &out.reader, &out.title, &out.organization, &out.published,
        &out.form_proactive, &out.form_requests, &out.form_review,
        &out.form_statistics };

    make_plain(a, texts, sizeof(texts) / sizeof(texts[0]));
    out.reasons =
        take_copy(a, rec->reasons, rec->reason_n, sizeof(*rec->reasons));
    out.cells = take_copy(a, rec->cells, rec->cell_n, sizeof(*rec->cells));
    out.checks = take_copy(a, rec->checks, rec->check_n, sizeof(*rec->checks));
    for (uint32_t i = 0; i < out.reason_n; i++)
        out.reasons[i] = plain_text(a, out.reasons[i]);
    for (uint32_t i = 0; i < out.cell_n; i++)
        plain_cell(a, &out.cells[i]);
    for (uint32_t i = 0; i < out.check_n; i++)
        plain_check(a, &out.checks[i]);
    return out;
}
