/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html_links - links and the dates beside them.
 *
 * List pages print the date of a report before or behind its link, in the
 * same list item or row, or just behind the anchor.  The text since the
 * last anchor is kept in a small window and looked through when the next
 * anchor or the item's edge comes.
 */
#include "transformer/read_html.h"

#include <stdio.h>
#include <strings.h>

void html_links_init(struct html_links *l, struct tree *tree)
{
    *l = (struct html_links){
        .tree = tree, .open = UINT32_MAX, .last = UINT32_MAX
    };
    html_text_init(&l->text);
}

void html_links_clear(struct html_links *l)
{
    html_text_clear(&l->text);
}

/* ---- dates ------------------------------------------------------------- */

/* A number of `min` to `max` digits at the start of *s, taken off. */
static bool take_number(struct slice *s, size_t min, size_t max, unsigned *v)
{
    size_t n = 0;

    *v = 0;
    while (n < s->len && n <= max && s->p[n] >= '0' && s->p[n] <= '9')
        *v = *v * 10 + (unsigned)(s->p[n++] - '0');
    if (n < min || n > max)
        return false;
    *s = slice_from(*s, n);
    return true;
}

static bool take_mark(struct slice *s, const char *cjk)
{
    struct slice mark = slice_str(cjk);

    while (s->len && s->p[0] == ' ')
        *s = slice_from(*s, 1);
    if (slice_starts(*s, mark)) {
        *s = slice_from(*s, mark.len);
    } else {
        if (s->len == 0 || !char_is_one_of(s->p[0], "-/."))
            return false;
        *s = slice_from(*s, 1);
    }
    while (s->len && s->p[0] == ' ')
        *s = slice_from(*s, 1);
    return true;
}

static bool date_at(struct slice s, char out[11])
{
    unsigned year, month, day;

    if (!take_number(&s, 4, 4, &year) || !take_mark(&s, "年") ||
        !take_number(&s, 1, 2, &month) || !take_mark(&s, "月") ||
        !take_number(&s, 1, 2, &day))
        return false;
    if (year < 1990 || year > 2099 || month < 1 || month > 12 || day < 1 ||
        day > 31)
        return false;
    snprintf(out, 11, "%04u-%02u-%02u", year % 10000, month % 100, day % 100);
    return true;
}

bool html_date_find(struct slice s, char out[11])
{
    bool in_number = false;

    for (; s.len >= 8; s = slice_from(s, 1)) {
        bool digit = s.p[0] >= '0' && s.p[0] <= '9';

        if (digit && !in_number && date_at(s, out))
            return true;
        in_number = digit;
    }
    return false;
}

static bool last_date(struct slice s, char out[11])
{
    bool found = false;
    char date[11];

    while (html_date_find(s, date)) {
        memcpy(out, date, sizeof(date));
        found = true;
        /* Go on behind the year that was found. */
        while (s.len && strncmp(s.p, date, s.len < 4 ? s.len : 4) != 0)
            s = slice_from(s, 1);
        s = slice_from(s, 4);
    }
    return found;
}

/* The link's date, unless it has one. */
static void set_date(struct html_links *l, uint32_t link, struct slice near)
{
    struct document_link *to = &l->tree->doc->links[link];
    char date[11];

    if (to->date.p || !html_date_find(near, date))
        return;
    to->date = tree_text(l->tree, (struct slice){ date, 10 });
    l->near_used = true;
}

/* Give the date behind the last link to it, forget the rest. */
static void settle(struct html_links *l)
{
    if (l->last != UINT32_MAX && !tree_failed(l->tree))
        set_date(l, l->last, (struct slice){ l->near, l->near_len });
    l->last = UINT32_MAX;
}

/* ---- links ------------------------------------------------------------- */

static bool is_address(struct slice href)
{
    return href.len && href.p[0] != '#' &&
           slice_find(href, SLICE_LIT("{{")) < 0 &&
           !(href.len >= 11 && strncasecmp(href.p, "javascript:", 11) == 0);
}

static uint32_t add(struct html_links *l, struct slice href, struct slice title)
{
    struct document_link *link;

    href = slice_trim(href);
    if (!is_address(href))
        return UINT32_MAX;
    link = tree_link(l->tree);
    if (!link)
        return UINT32_MAX;
    link->href = tree_text(l->tree, href);
    link->title = tree_text(l->tree, slice_trim(title));
    link->text = SLICE_LIT("");
    return l->tree->doc->link_n - 1;
}

void html_links_open(
    struct html_links *l, struct slice href, struct slice title)
{
    struct slice before;
    char date[11];

    html_links_close(l);
    settle(l);
    l->open = add(l, href, title);
    if (l->open == UINT32_MAX)
        return;
    before = (struct slice){ l->near, l->near_len };
    if (!l->near_used && last_date(before, date))
        l->tree->doc->links[l->open].date =
            tree_text(l->tree, (struct slice){ date, 10 });
    html_text_reset(&l->text);
}

void html_links_close(struct html_links *l)
{
    struct slice text = html_text_get(&l->text);

    if (l->open == UINT32_MAX)
        return;
    l->near_len = 0;
    l->near_used = false;
    l->tree->doc->links[l->open].text = tree_text(l->tree, text);
    set_date(l, l->open, text);
    l->near_used = false;
    l->last = l->open;
    l->open = UINT32_MAX;
}

void html_links_add(struct html_links *l, struct slice href, struct slice title)
{
    add(l, href, title);
}

/* Far from the last anchor: its date would stand in what is full now.  What
 * comes last may stand before the next anchor. */
static void near_full(struct html_links *l)
{
    const size_t keep = 32; /* a date that is cut in two */
    bool used;

    settle(l);
    used = l->near_used;
    l->near_used = false;
    l->near_len = 0;
    if (used)
        return;
    memmove(l->near, l->near + sizeof(l->near) - keep, keep);
    l->near_len = keep;
}

static void near_add(struct html_links *l, char c)
{
    if (l->near_len == sizeof(l->near))
        near_full(l);
    l->near[l->near_len++] = c;
}

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How text is cut into nodes does not matter, but numbers of two nodes are
 * two: the slim copy of a page may have fewer nodes. */
static void near_text(struct html_links *l, struct slice s)
{
    if (s.len && l->near_len && is_digit(s.p[0]) &&
        is_digit(l->near[l->near_len - 1]))
        l->near_space = true;
    for (size_t i = 0; i < s.len; i++) {
        if (is_white(s.p[i])) {
            l->near_space = true;
            continue;
        }
        if (l->near_space && l->near_len)
            near_add(l, ' ');
        l->near_space = false;
        near_add(l, s.p[i]);
    }
}

void html_links_text(struct html_links *l, struct slice s)
{
    if (l->open != UINT32_MAX)
        html_text_add(&l->text, s, false);
    else
        near_text(l, s);
}

void html_links_item(struct html_links *l)
{
    if (l->open != UINT32_MAX)
        return; /* an anchor around items is one link */
    settle(l);
    l->near_len = 0;
    l->near_used = false;
}

void html_links_end(struct html_links *l)
{
    html_links_close(l);
    html_links_item(l);
}
