/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_html_walk - goes through gumbo's tree, once.
 *
 * Text flows into paragraphs outside of tables and into the cell around it
 * inside.  A table that holds other tables, or a single cell, is layout: the
 * text of its cells is prose as well and flows into paragraphs too.  No
 * recursion: hostile pages nest deeper than any stack.
 */
#include "transformer/read_html.h"

#include <assert.h>
#include <strings.h>

#include "common/mem.h"
#include "transformer/struck.h"
#include "transformer/text_lines.h"

/* What an element changed on the way in, to be undone on the way out. */
enum undo {
    UNDO_HIDDEN = 1 << 0,
    UNDO_BLOCK = 1 << 1,
    UNDO_PRE = 1 << 2,
    UNDO_PRE_BLOCK = 1 << 3,
    UNDO_HEADING = 1 << 4,
    UNDO_TABLE = 1 << 5,
    UNDO_GROUP = 1 << 6,
    UNDO_CELL = 1 << 7,
    UNDO_CAPTION = 1 << 8,
    UNDO_ITEM = 1 << 9,
    UNDO_ANCHOR = 1 << 10,
    UNDO_RAISED = 1 << 11,
    UNDO_STRUCK = 1 << 12,
    UNDO_NOTHING = 1 << 13, /* its children are not visited */
};

/* An element whose children are being visited. */
struct frame {
    const GumboNode *node;
    unsigned next; /* child */
    unsigned undo;
};

struct stack {
    struct frame *frame;
    size_t n, cap;
};

/* An open table. */
struct level {
    struct html_grid grid;
    struct html_text text; /* of the open cell or caption */
    uint32_t cell;         /* index of the open cell */
    bool in_cell, in_caption;
    bool layout; /* holds other tables, or one cell */
};

struct walk {
    struct tree *tree;
    struct html_pictures *pictures;
    enum html_take take;
    bool left_out; /* a hidden table was */
    struct stack stack, search;
    struct html_text flow; /* the paragraph */
    struct html_links links;
    struct level *level; /* open tables, outermost first */
    uint32_t level_n, level_cap;
    uint32_t heading; /* level of the open heading, 0 outside */
    /* Open elements of the kind: */
    uint32_t hidden_n, pre_n, pre_block_n, raised_n, struck_n;
};

/* ---- going through a tree ---------------------------------------------- */

static void push(struct stack *s, const GumboNode *node, unsigned undo)
{
    if (s->n == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 64;
        s->frame = mem_realloc_n(s->frame, s->cap, sizeof(*s->frame));
    }
    s->frame[s->n++] = (struct frame){ .node = node, .undo = undo };
}

/* The next child of the top frame, or NULL when it has been through all. */
static const GumboNode *next_child(struct stack *s)
{
    struct frame *f = &s->frame[s->n - 1];
    const GumboVector *children = &f->node->v.element.children;

    return f->next < children->length ? children->data[f->next++] : NULL;
}

static bool is_text(const GumboNode *node)
{
    return node->type == GUMBO_NODE_TEXT ||
           node->type == GUMBO_NODE_WHITESPACE ||
           node->type == GUMBO_NODE_CDATA;
}

/* Does an element hold a table?  Stops at the first, so that over all the
 * tables of a page no node is visited twice.  Else *cell_n is the number of
 * its cells. */
static bool holds_table(struct walk *w, const GumboNode *node, uint32_t *cell_n)
{
    struct stack *s = &w->search;
    bool found = false;

    *cell_n = 0;
    s->n = 0;
    push(s, node, 0);
    while (s->n && !found) {
        const GumboNode *child = next_child(s);

        if (!child) {
            s->n--;
        } else if (child->type == GUMBO_NODE_ELEMENT) {
            enum html_kind kind = html_kind(&child->v.element);

            found = kind == KIND_TABLE;
            *cell_n += kind == KIND_CELL;
            push(s, child, 0);
        }
    }
    return found;
}

/* The text of an element and of what is in it, white space collapsed;
 * scripts are none. */
static void gather(struct walk *w, const GumboNode *node, struct html_text *to)
{
    struct stack *s = &w->search;

    s->n = 0;
    push(s, node, 0);
    while (s->n) {
        const GumboNode *child = next_child(s);

        if (!child)
            s->n--;
        else if (is_text(child))
            html_text_add(to, slice_str(child->v.text.text), false);
        else if (child->type == GUMBO_NODE_ELEMENT &&
                 child->v.element.tag != GUMBO_TAG_SCRIPT &&
                 child->v.element.tag != GUMBO_TAG_STYLE)
            push(s, child, 0);
    }
}

/* ---- where text goes --------------------------------------------------- */

static struct level *top(struct walk *w)
{
    return w->level_n ? &w->level[w->level_n - 1] : NULL;
}

static bool in_field(const struct level *l)
{
    return l && (l->in_cell || l->in_caption);
}

/* Does text here flow into paragraphs? */
static bool flows(const struct level *l)
{
    return !in_field(l) || l->layout;
}

static void end_paragraph(struct walk *w)
{
    if (html_text_is_empty(&w->flow)) {
        html_text_reset(&w->flow);
        return;
    }
    if (w->pre_block_n)
        text_lines(
            w->tree, arena_slice(w->tree->doc->arena, buf_slice(&w->flow.buf)));
    else
        tree_paragraph(w->tree, w->heading, html_text_get(&w->flow));
    html_text_reset(&w->flow);
}

/* The edge of a block. */
static void edge(struct walk *w)
{
    struct level *l = top(w);

    if (in_field(l))
        html_text_edge(&l->text);
    if (flows(l))
        end_paragraph(w);
}

static void add_text_to(struct walk *w, struct html_text *to, struct slice s)
{
    size_t from = to->buf.len;

    html_text_add(to, s, w->pre_n > 0);
    if (w->struck_n)
        struck_take(&to->buf, from);
    raised_take(&to->raised, &to->buf, from, w->raised_n > 0);
}

static void add_text(struct walk *w, struct slice s)
{
    struct level *l = top(w);

    if (in_field(l))
        add_text_to(w, &l->text, s);
    if (flows(l))
        add_text_to(w, &w->flow, s);
    if (!w->hidden_n)
        html_links_text(&w->links, s);
}

static void add_break(struct walk *w)
{
    struct level *l = top(w);

    if (in_field(l))
        html_text_line(&l->text);
    if (!flows(l))
        return;
    if (w->pre_block_n) {
        html_text_add(&w->flow, SLICE_LIT("\n"), true);
        return;
    }
    html_text_line(&w->flow);
    if (w->flow.lines > 1)
        end_paragraph(w); /* an empty line parts paragraphs */
}

/* ---- tables ------------------------------------------------------------ */

static void open_table(struct walk *w, const GumboNode *node)
{
    struct level *l;
    uint32_t cell_n;
    bool layout = holds_table(w, node, &cell_n) || cell_n <= 1;

    if (w->level_n == w->level_cap) {
        uint32_t cap = w->level_cap ? w->level_cap * 2 : 4;

        w->level = mem_realloc_n(w->level, cap, sizeof(*w->level));
        for (uint32_t i = w->level_cap; i < cap; i++)
            html_text_init(&w->level[i].text);
        w->level_cap = cap;
    }
    l = &w->level[w->level_n];
    html_grid_open(&l->grid, w->tree, w->level_n);
    html_text_reset(&l->text);
    l->in_cell = l->in_caption = false;
    l->layout = layout;
    w->level_n++;
}

static void open_cell(struct walk *w, const GumboElement *e)
{
    struct level *l = top(w);
    const struct document_cell *cell =
        html_grid_cell(&l->grid, html_attribute_number(e, "rowspan", 1),
            html_attribute_number(e, "colspan", 1));

    if (!cell)
        return;
    l->cell = w->tree->doc->tables[l->grid.table.index].cell_n - 1;
    l->in_cell = true;
    html_text_reset(&l->text);
}

static void close_cell(struct walk *w)
{
    struct level *l = top(w);

    assert(l); /* the walk closes only what it has opened */
    if (tree_failed(w->tree))
        return;
    w->tree->doc->tables[l->grid.table.index].cells[l->cell].text =
        tree_text(w->tree, html_text_get(&l->text));
    l->in_cell = false;
}

static void close_caption(struct walk *w)
{
    struct level *l = top(w);

    assert(l); /* the walk closes only what it has opened */
    if (tree_failed(w->tree))
        return;
    w->tree->doc->tables[l->grid.table.index].caption =
        tree_text(w->tree, html_text_get(&l->text));
    l->in_caption = false;
}

/* ---- head and links ---------------------------------------------------- */

static void read_meta(struct walk *w, const GumboElement *e)
{
    static const char *const names[] = { "name", "property", "http-equiv" };
    struct slice content = html_attribute(e, "content");

    for (size_t i = 0; content.p && i < 3; i++) {
        struct slice name = html_attribute(e, names[i]);

        if (name.len) {
            tree_meta(w->tree, name, slice_trim(content));
            return;
        }
    }
}

static void read_title(struct walk *w, const GumboNode *node)
{
    struct html_text text;

    if (w->tree->doc->title.p)
        return;
    html_text_init(&text);
    gather(w, node, &text);
    w->tree->doc->title = tree_text(w->tree, html_text_get(&text));
    html_text_clear(&text);
}

/* Elements of the portals' own that carry metadata as their text. */
static void read_unknown(struct walk *w, const GumboNode *node)
{
    GumboStringPiece tag = node->v.element.original_tag;
    struct slice name;
    struct html_text text;

    gumbo_tag_from_original_text(&tag);
    name = (struct slice){ tag.data, tag.length };
    if (!(name.len == 11 && strncasecmp(name.p, "publishtime", 11) == 0) &&
        !(name.len == 9 && strncasecmp(name.p, "ucaptitle", 9) == 0))
        return;
    html_text_init(&text);
    gather(w, node, &text);
    tree_meta(w->tree, name, html_text_get(&text));
    html_text_clear(&text);
}

/* A clone is what gumbo makes of an anchor that nobody closed. */
static bool is_clone(const GumboNode *node)
{
    return node->parse_flags &
           (GUMBO_INSERTION_RECONSTRUCTED_FORMATTING_ELEMENT |
               GUMBO_INSERTION_ADOPTION_AGENCY_CLONED);
}

static unsigned open_anchor(struct walk *w, const GumboNode *node)
{
    const GumboElement *e = &node->v.element;
    struct slice href = html_attribute(e, "href");

    if (w->hidden_n || !href.p || is_clone(node))
        return 0;
    html_links_open(&w->links, href, html_attribute(e, "title"));
    return UNDO_ANCHOR;
}

static void read_frame(struct walk *w, const GumboElement *e)
{
    struct slice src = html_attribute(e, "src");

    if (e->tag == GUMBO_TAG_OBJECT)
        src = html_attribute(e, "data");
    if (!w->hidden_n && src.p)
        html_links_add(&w->links, src, html_attribute(e, "title"));
}

/* ---- in and out -------------------------------------------------------- */

static void read_base(struct walk *w, const GumboElement *e)
{
    struct slice href = slice_trim(html_attribute(e, "href"));

    if (!w->tree->doc->base.p && href.p)
        w->tree->doc->base = tree_text(w->tree, href);
}

static unsigned open_heading(struct walk *w, const GumboElement *e)
{
    edge(w);
    w->heading = (uint32_t)(e->tag - GUMBO_TAG_H1) + 1;
    return UNDO_BLOCK | UNDO_HEADING;
}

/* Elements of a table; gumbo lets none of them stand outside of one, but
 * we do not depend on it. */
static unsigned open_part(
    struct walk *w, const GumboElement *e, enum html_kind kind)
{
    struct level *l = top(w);

    if (!l)
        return 0;
    if (kind == KIND_GROUP) {
        html_grid_group_end(&l->grid);
        return UNDO_GROUP;
    }
    if (kind == KIND_ROW) {
        html_grid_row(&l->grid);
        html_links_item(&w->links);
        return UNDO_ITEM;
    }
    edge(w);
    if (kind == KIND_CELL) {
        open_cell(w, e);
        return l->in_cell ? UNDO_BLOCK | UNDO_CELL : 0;
    }
    html_text_reset(&l->text);
    l->in_caption = true;
    return UNDO_BLOCK | UNDO_CAPTION;
}

/* Begin an element; what to undo at its end, or UNDO_NOTHING when nothing
 * in it is to be visited. */
static unsigned open_element(
    struct walk *w, const GumboNode *node, enum html_kind kind)
{
    const GumboElement *e = &node->v.element;

    switch (kind) {
    case KIND_SKIP:
        return UNDO_NOTHING;
    case KIND_TITLE:
        read_title(w, node);
        return UNDO_NOTHING;
    case KIND_META:
        read_meta(w, e);
        return UNDO_NOTHING;
    case KIND_BASE:
        read_base(w, e);
        return UNDO_NOTHING;
    case KIND_BREAK:
        add_break(w);
        return UNDO_NOTHING;
    case KIND_FRAME:
        read_frame(w, e);
        return e->tag == GUMBO_TAG_OBJECT ? 0 : UNDO_NOTHING;
    case KIND_PICTURE:
        if (!w->hidden_n) /* behind the paragraph at hand, if any */
            html_pictures_add(w->pictures, e, w->tree->doc->arena,
                w->tree->doc->block_n + !html_text_is_empty(&w->flow));
        return UNDO_NOTHING;
    case KIND_BLOCK:
        edge(w);
        return UNDO_BLOCK;
    case KIND_PRE:
        edge(w);
        w->pre_n++;
        w->pre_block_n++;
        return UNDO_BLOCK | UNDO_PRE | UNDO_PRE_BLOCK;
    case KIND_ITEM:
        edge(w);
        html_links_item(&w->links);
        return UNDO_BLOCK | UNDO_ITEM;
    case KIND_HEADING:
        return open_heading(w, e);
    case KIND_TABLE:
        edge(w);
        open_table(w, node);
        return UNDO_TABLE;
    case KIND_GROUP:
    case KIND_ROW:
    case KIND_CELL:
    case KIND_CAPTION:
        return open_part(w, e, kind);
    case KIND_ANCHOR:
        return open_anchor(w, node);
    case KIND_UNKNOWN:
        read_unknown(w, node);
        return 0;
    case KIND_RAISED:
        w->raised_n++;
        return UNDO_RAISED;
    case KIND_STRUCK:
        w->struck_n++;
        return UNDO_STRUCK;
    case KIND_INLINE:
        return 0;
    }
    return 0;
}

static void enter(struct walk *w, const GumboNode *node)
{
    const GumboElement *e = &node->v.element;
    unsigned undo = 0;
    uint32_t cell_n;
    struct html_look look = html_look_of(e);

    if (look.hidden && w->take == HTML_SHOWN) {
        w->left_out = w->left_out || e->tag == GUMBO_TAG_TABLE ||
                      holds_table(w, node, &cell_n);
        return;
    }
    undo = open_element(w, node, html_kind(e));
    if (undo & UNDO_NOTHING)
        return;
    if (look.hidden) {
        w->hidden_n++;
        undo |= UNDO_HIDDEN;
    }
    if (look.raised && !(undo & UNDO_RAISED)) {
        w->raised_n++;
        undo |= UNDO_RAISED;
    }
    if (look.struck && !(undo & UNDO_STRUCK)) {
        w->struck_n++;
        undo |= UNDO_STRUCK;
    }
    if (look.pre && !(undo & UNDO_PRE)) {
        w->pre_n++;
        undo |= UNDO_PRE;
        if (undo & UNDO_BLOCK && !top(w)) {
            w->pre_block_n++;
            undo |= UNDO_PRE_BLOCK;
        }
    }
    push(&w->stack, node, undo);
}

static void leave(struct walk *w, unsigned undo)
{
    /* The edge first: it belongs to what was inside. */
    if (undo & UNDO_BLOCK)
        edge(w);
    if (undo & UNDO_CELL)
        close_cell(w);
    if (undo & UNDO_CAPTION)
        close_caption(w);
    if (undo & UNDO_TABLE) {
        edge(w);
        html_grid_close(&top(w)->grid);
        w->level_n--;
        edge(w);
    }
    if (undo & UNDO_GROUP)
        html_grid_group_end(&top(w)->grid);
    if (undo & UNDO_ITEM)
        html_links_item(&w->links);
    if (undo & UNDO_ANCHOR)
        html_links_close(&w->links);
    if (undo & UNDO_HEADING)
        w->heading = 0;
    if (undo & UNDO_PRE)
        w->pre_n--;
    if (undo & UNDO_PRE_BLOCK)
        w->pre_block_n--;
    if (undo & UNDO_RAISED)
        w->raised_n--;
    if (undo & UNDO_STRUCK)
        w->struck_n--;
    if (undo & UNDO_HIDDEN)
        w->hidden_n--;
}

bool html_walk(struct tree *tree, const GumboNode *root, enum html_take take,
    struct html_pictures *pictures)
{
    struct walk w = { .tree = tree, .pictures = pictures, .take = take };

    html_text_init(&w.flow);
    html_links_init(&w.links, tree);
    push(&w.stack, root, 0);
    while (w.stack.n && !tree_failed(tree)) {
        const GumboNode *child = next_child(&w.stack);

        if (!child)
            leave(&w, w.stack.frame[--w.stack.n].undo);
        else if (is_text(child))
            add_text(&w, slice_str(child->v.text.text));
        else if (child->type == GUMBO_NODE_ELEMENT)
            enter(&w, child);
    }
    end_paragraph(&w);
    html_links_end(&w.links);
    html_links_clear(&w.links);
    html_text_clear(&w.flow);
    for (uint32_t i = 0; i < w.level_cap; i++)
        html_text_clear(&w.level[i].text);
    mem_free(w.level);
    mem_free(w.stack.frame);
    mem_free(w.search.frame);
    return w.left_out;
}
