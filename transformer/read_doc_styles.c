/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_doc_styles - what the styles say (2.9.271).
 *
 * A style is worked out when a paragraph first asks for it, together with
 * those that it is based on.
 */
#include "transformer/read_doc.h"

#include "transformer/bytes.h"

enum {
    STYLES_MAX = 4095, /* numbers of styles have 12 bits */
    NO_BASE = 4095,
    /* How many may be based on each other before it looks like a loop. */
    BASED_ON_MAX = 32,
    KIND_PARAGRAPH = 1,
    KIND_CHARACTER = 2,
    /* Word's own styles. */
    BUILT_IN_HEADING_1 = 1,
    BUILT_IN_HEADING_9 = 9,
    BUILT_IN_TOC_1 = 19,
    BUILT_IN_TOC_9 = 27,
    BUILT_IN_TITLE = 62,
};

/* ---- reading
 * ---------------------------------------------------------------- */

/* `s`: one style without its length; `base_len` bytes of it come before its
 * name (2.9.258). */
static void read_style(struct doc_style *style, struct slice s, size_t base_len)
{
    size_t name_len = 2 * ((size_t)bytes_u16(s, base_len) + 2);
    uint32_t kind = bytes_u16(s, 2) & 0xf;
    size_t len;
    struct slice look;

    if (s.len < 10)
        return;
    style->is_paragraph = kind == KIND_PARAGRAPH;
    style->built_in = bytes_u16(s, 0) & 0xfff;
    style->base = bytes_u16(s, 2) >> 4;
    look = slice_from(s, base_len + name_len);
    len = bytes_u16(look, 0);
    if (style->is_paragraph) {
        /* Its own number stands before the modifiers. */
        style->look = slice_from(bytes_part(look, 2, len), 2);
        look = slice_from(look, 2 + len + (len & 1));
    }
    if (style->is_paragraph || kind == KIND_CHARACTER)
        style->run = bytes_part(look, 2, bytes_u16(look, 0));
}

void doc_styles_read(struct doc_styles *s, const struct doc_file *f)
{
    struct slice in = doc_file_part(f, DOC_PART_STYLES);
    struct slice info = bytes_part(in, 2, bytes_u16(in, 0));
    uint32_t n = bytes_u16(info, 0);
    size_t base_len = bytes_u16(info, 2);

    *s = (struct doc_styles){ .n = n < STYLES_MAX ? n : STYLES_MAX };
    s->style = arena_alloc_n(f->arena, (size_t)s->n + 1, sizeof(*s->style));
    in = slice_from(in, 2 + info.len);
    for (uint32_t i = 0; i < s->n; i++) {
        size_t len = bytes_u16(in, 0);

        s->style[i].base = NO_BASE;
        read_style(&s->style[i], bytes_part(in, 2, len), base_len);
        in = slice_from(in, 2 + len + (len & 1));
    }
}

/* ---- asking
 * ----------------------------------------------------------------- */

static void work_out(struct doc_style *style, struct doc_file *f)
{
    uint32_t n = style->built_in;
    struct doc_paragraph *p = &style->is;

    if (n >= BUILT_IN_HEADING_1 && n <= BUILT_IN_HEADING_9) {
        p->look.heading = n <= 6 ? n : 0;
        p->look.has_heading = true;
    } else if (n == BUILT_IN_TITLE) {
        p->look.heading = 1;
        p->look.has_heading = true;
    }
    if (n >= BUILT_IN_TOC_1 && n <= BUILT_IN_TOC_9)
        p->is_toc = true;
    doc_paragraph_apply(f, p, style->look);
    style->is_known = true;
}

/* From the one that all are based on to the one asked for. */
struct doc_paragraph doc_style_get(
    struct doc_styles *s, struct doc_file *f, uint32_t style)
{
    static const struct doc_paragraph plain = { .style = 0 };
    uint32_t chain[BASED_ON_MAX];
    uint32_t n = 0;
    struct doc_paragraph is = plain;

    for (uint32_t i = style; i < s->n && n < BASED_ON_MAX;
         i = s->style[i].base) {
        if (!s->style[i].is_paragraph)
            break;
        chain[n++] = i;
        if (s->style[i].is_known)
            break;
    }
    while (n > 0) {
        struct doc_style *at = &s->style[chain[--n]];

        if (!at->is_known) {
            at->is = is;
            work_out(at, f);
        }
        is = at->is;
    }
    is.style = style;
    return is;
}

/* The one that all are based on first; what one says stays unless another
 * says otherwise. */
struct doc_run doc_style_run(
    struct doc_styles *s, struct doc_file *f, uint32_t style)
{
    struct doc_run is = { .style = 0 };
    uint32_t chain[BASED_ON_MAX];
    uint32_t n = 0;

    if (style < s->n && s->style[style].run_is_known)
        return s->style[style].run_is;
    for (uint32_t i = style; i < s->n && n < BASED_ON_MAX; i = s->style[i].base)
        chain[n++] = i;
    while (n > 0)
        doc_run_apply(f, &is, s->style[chain[--n]].run);
    is.hidden_style = is.hidden;
    is.struck_style = is.struck;
    if (style < s->n) {
        s->style[style].run_is = is;
        s->style[style].run_is_known = true;
    }
    return is;
}
