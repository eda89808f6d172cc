/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sections - the prose of the six sections.
 *
 * From one heading to the next, tables left out.  What stands before the
 * first heading is the page's own; the last section ends where the page's
 * footer begins.
 */
#include "transformer/recognize.h"

#include <string.h>

/* Lines first..end as one text, '\n' between them. */
static struct slice join(const struct lines *lines, uint32_t first,
    uint32_t end, bool is_last, struct arena *a)
{
    size_t len = 0;
    char *out, *p;

    for (uint32_t i = first; i < end; i++) {
        if (is_last && line_is_footer(lines->line[i].plain))
            end = i;
        else if (!lines->line[i].in_table)
            len += lines->line[i].text.len + 1;
    }
    p = out = arena_alloc(a, len + 1);
    for (uint32_t i = first; i < end; i++) {
        const struct line *line = &lines->line[i];
        if (line->in_table)
            continue;
        if (p > out)
            *p++ = '\n';
        memcpy(p, line->text.p, line->text.len);
        p += line->text.len;
    }
    return (struct slice){ out, (size_t)(p - out) };
}

void extract_sections(const struct outline *o, struct record *rec)
{
    const int32_t *heads = o->heads.line;
    struct section *out;

    rec->sections =
        arena_alloc_n(rec->arena, o->heads.found_n + 1u, sizeof(*out));
    rec->section_n = 0;
    for (uint32_t s = 0; s < SECTION_N; s++) {
        uint32_t first = (uint32_t)heads[s], end = o->lines.line_n;
        bool is_last = true;

        if (heads[s] < 0)
            continue;
        for (uint32_t n = s + 1; n < SECTION_N && is_last; n++) {
            if (heads[n] >= 0) {
                end = (uint32_t)heads[n];
                is_last = false;
            }
        }
        out = &rec->sections[rec->section_n++];
        out->number = s + 1;
        out->heading = o->lines.line[first].text;
        out->text = join(&o->lines, first + 1, end, is_last, rec->arena);
    }
}
