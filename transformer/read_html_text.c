/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html_text - white space as browsers show it.
 *
 * A run of white space is one space, none at the edges of lines; U+00A0 is
 * no white space and stays.  Pending white space is remembered, not
 * written, so nothing has to be taken back.
 */
#include "transformer/read_html.h"

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

void html_text_init(struct html_text *t)
{
    *t = (struct html_text){ .space = false };
    buf_init(&t->buf, LIMIT_TREE_BYTES);
}

void html_text_clear(struct html_text *t)
{
    buf_clear(&t->buf);
}

void html_text_reset(struct html_text *t)
{
    buf_reset(&t->buf);
    t->space = false;
    t->lines = 0;
    t->raised = (struct raised){ .on = false };
}

/* Write the white space that stands before the next character. */
static void settle(struct html_text *t)
{
    if (t->buf.len) {
        if (t->lines)
            buf_add_char(&t->buf, '\n');
        else if (t->space)
            buf_add_char(&t->buf, ' ');
    }
    t->lines = 0;
    t->space = false;
}

static void add_pre(struct html_text *t, struct slice s)
{
    /* Line ends at the start and the end of a text are pending as well. */
    if (s.len)
        settle(t);
    buf_add_slice(&t->buf, s);
}

void html_text_add(struct html_text *t, struct slice s, bool pre)
{
    size_t i = 0;

    if (pre) {
        add_pre(t, s);
        return;
    }
    while (i < s.len) {
        size_t from;

        if (is_white(s.p[i])) {
            t->space = true;
            i++;
            continue;
        }
        from = i;
        while (i < s.len && !is_white(s.p[i]))
            i++;
        settle(t);
        buf_add(&t->buf, s.p + from, i - from);
    }
}

void html_text_line(struct html_text *t)
{
    t->lines++;
}

void html_text_edge(struct html_text *t)
{
    if (t->lines == 0)
        t->lines = 1;
}

struct slice html_text_get(const struct html_text *t)
{
    return slice_trim(buf_slice(&t->buf));
}
