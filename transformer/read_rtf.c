/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_rtf - Rich Text of Word, WPS, LibreOffice to paragraphs and grids.
 *
 * Rich Text Format Specification 1.9.1.  What is shown when all tracked
 * changes are accepted: hidden and deleted text, headers, footnotes,
 * pictures and the instructions of fields are left out.  Groups are a stack
 * of states on the heap, never the C stack.
 */
#include "transformer/read_rtf.h"

#include "common/mem.h"
#include "transformer/charset.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"

/* What the text of a group is. */
enum goal {
    GOAL_BODY,
    GOAL_NONE,  /* nothing in it is shown, nor in groups inside */
    GOAL_SHAPE, /* a text box may be in it */
    GOAL_INFO,
    GOAL_TITLE,
    GOAL_FONTS,
    GOAL_STYLES,
    GOAL_NEST_PROPS, /* what a row of a nested table looks like */
};

struct group {
    enum goal goal;
    bool star; /* nothing has followed \* yet */
    bool box;  /* a text box begins with this group */
    bool hidden, deleted, raised, struck, struck_twice, in_table;
    uint32_t depth;    /* \itap, 0 when it is not said */
    uint32_t fallback; /* characters behind a \u that stand for it */
    uint32_t font;
    uint32_t style;
    int32_t outline; /* -1: as the style says */
};

struct rtf {
    struct rtf_scan scan;
    struct rtf_text text;
    struct rtf_body body;
    struct tree *tree;
    struct group *group; /* open ones */
    uint32_t group_n, group_cap;
    uint32_t skip; /* characters that stand for the last \u */
    uint32_t default_font;
    struct buf name, title;
    struct rtf_font font[RTF_FONTS_MAX];
    struct rtf_style style[RTF_FONTS_MAX];
};

static struct group *here(struct rtf *r)
{
    return &r->group[r->group_n - 1];
}

/* ---- text ------------------------------------------------------------------
 */

/* Where text goes now, or NULL. */
static struct buf *goal_of(struct rtf *r)
{
    const struct group *g = here(r);

    switch (g->goal) {
    case GOAL_BODY:
        return g->hidden || g->deleted ? NULL : rtf_body_text(&r->body);
    case GOAL_TITLE:
        return &r->title;
    case GOAL_FONTS:
    case GOAL_STYLES:
        return &r->name;
    case GOAL_NONE:
    case GOAL_SHAPE:
    case GOAL_INFO:
    case GOAL_NEST_PROPS:
        return NULL;
    }
    return NULL;
}

/* The next text goes where it belongs; false when nowhere. */
static bool turn(struct rtf *r)
{
    static const struct rtf_font plain = { .codepage = 0 };
    struct buf *to = goal_of(r);

    rtf_text_turn(&r->text, to,
        here(r)->goal == GOAL_BODY ? &r->font[here(r)->font] : &plain);
    rtf_text_look(
        &r->text, here(r)->raised, here(r)->struck || here(r)->struck_twice);
    return to != NULL;
}

/* One character that may stand for a \u before it. */
static bool is_skipped(struct rtf *r)
{
    if (!r->skip)
        return false;
    r->skip--;
    return true;
}

static void add_char(struct rtf *r, uint32_t c)
{
    if (!is_skipped(r) && turn(r))
        rtf_text_char(&r->text, c);
}

/* The name before a ';' is whole: of a font, of a style. */
static void end_name(struct rtf *r)
{
    const struct group *g = here(r);
    struct rtf_style *style = &r->style[g->style];
    struct slice name;

    rtf_text_flush(&r->text);
    name = slice_trim(buf_slice(&r->name));
    if (g->goal == GOAL_FONTS) {
        r->font[g->font].greek = slice_eq_str(name, "Symbol");
    } else {
        *style = rtf_style_of(name);
        if (!style->heading && g->outline >= 0 && g->outline < 6)
            style->heading = (uint8_t)(g->outline + 1);
    }
    buf_reset(&r->name);
}

static void add_bytes(struct rtf *r, struct slice s)
{
    const char *end;

    while (s.len && is_skipped(r))
        s = slice_skip(s, 1);
    if (!s.len || !turn(r))
        return;
    if (here(r)->goal != GOAL_FONTS && here(r)->goal != GOAL_STYLES) {
        rtf_text_bytes(&r->text, s);
        return;
    }
    while ((end = memchr(s.p, ';', s.len))) {
        rtf_text_bytes(&r->text, (struct slice){ s.p, (size_t)(end - s.p) });
        end_name(r);
        s = slice_skip(s, (size_t)(end - s.p) + 1);
    }
    rtf_text_bytes(&r->text, s);
}

/* ---- groups ----------------------------------------------------------------
 */

static void open_group(struct rtf *r)
{
    struct group g = { .fallback = 1, .outline = -1 };

    r->skip = 0;
    if (r->group_n == LIMIT_OPEN_ELEMENTS) {
        tree_fail(r->tree, "reader.depth: more than %u groups nested",
            LIMIT_OPEN_ELEMENTS);
        return;
    }
    if (r->group_n == r->group_cap) {
        r->group_cap = r->group_cap ? r->group_cap * 2 : 32;
        r->group = mem_realloc_n(r->group, r->group_cap, sizeof(*r->group));
    }
    if (r->group_n)
        g = *here(r);
    g.star = g.box = false;
    r->group[r->group_n++] = g;
}

static void close_group(struct rtf *r)
{
    const struct group *g = here(r);

    r->skip = 0;
    if (g->box) {
        rtf_text_flush(&r->text);
        rtf_body_box_end(&r->body);
        r->text.to = NULL;
    }
    r->group_n--;
}

/* Tables that a paragraph here is in. */
static uint32_t depth_of(const struct group *g)
{
    if (g->depth)
        return g->depth;
    return g->in_table ? 1 : 0;
}

static void open_box(struct rtf *r)
{
    struct group *g = here(r);

    if (g->goal != GOAL_SHAPE)
        return;
    rtf_text_flush(&r->text);
    rtf_body_box(&r->body, depth_of(g));
    g->goal = GOAL_BODY;
    g->box = !tree_failed(r->tree);
    g->in_table = false;
    g->depth = 0;
}

/* A word that says what its group is for; false for others. */
static bool begin_group(struct rtf *r, enum rtf_word word)
{
    struct group *g = here(r);

    switch (word) {
    case RTF_SKIP:
        g->goal = GOAL_NONE;
        return true;
    case RTF_PLAIN_GROUP:
        return true;
    case RTF_FONTS:
        g->goal = GOAL_FONTS;
        return true;
    case RTF_STYLES:
        g->goal = GOAL_STYLES;
        return true;
    case RTF_INFO:
        g->goal = GOAL_INFO;
        return true;
    case RTF_TITLE:
        if (g->goal == GOAL_INFO)
            g->goal = GOAL_TITLE;
        return true;
    case RTF_SHAPE:
        if (g->goal == GOAL_BODY)
            g->goal = GOAL_SHAPE;
        return true;
    case RTF_BOX:
        open_box(r);
        return true;
    case RTF_NEST_PROPS:
        g->goal = GOAL_NEST_PROPS;
        return true;
    default:
        return false;
    }
}

/* ---- words -----------------------------------------------------------------
 */

static uint32_t small(int32_t n)
{
    return n < 0 || n >= (int32_t)RTF_FONTS_MAX ? RTF_FONTS_MAX - 1
                                                : (uint32_t)n;
}

static bool is_on(const struct rtf_token *t)
{
    return !t->has_number || t->number != 0;
}

static void set_plain(struct rtf *r)
{
    struct group *g = here(r);

    g->hidden = g->deleted = g->raised = false;
    g->struck = g->struck_twice = false;
    g->font = r->default_font;
}

static void set_pard(struct rtf *r)
{
    struct group *g = here(r);

    g->in_table = false;
    g->depth = 0;
    g->style = 0;
    g->outline = -1;
}

/* How characters and paragraphs look; false for other words. */
static bool set_look(
    struct rtf *r, enum rtf_word word, const struct rtf_token *t)
{
    struct group *g = here(r);

    switch (word) {
    case RTF_CODEPAGE:
        r->text.document = t->number > 0 ? (uint32_t)t->number : 936;
        return true;
    case RTF_DEFAULT_FONT:
        g->font = r->default_font = small(t->number);
        return true;
    case RTF_FONT:
        g->font = small(t->number);
        return true;
    case RTF_FONT_CHARSET:
        if (g->goal == GOAL_FONTS)
            r->font[g->font].codepage = rtf_codepage_of(t->number);
        return true;
    case RTF_FONT_CODEPAGE:
        if (g->goal == GOAL_FONTS)
            r->font[g->font].codepage = (uint16_t)small(t->number);
        return true;
    case RTF_PLAIN:
        set_plain(r);
        return true;
    case RTF_PARD:
        set_pard(r);
        return true;
    case RTF_STYLE:
        g->style = small(t->number);
        return true;
    case RTF_OUTLINE:
        g->outline = t->number;
        return true;
    case RTF_FALLBACK:
        g->fallback = t->number > 0 ? (uint32_t)t->number : 0;
        return true;
    case RTF_HIDDEN:
        g->hidden = is_on(t);
        return true;
    case RTF_DELETED:
        g->deleted = is_on(t);
        return true;
    case RTF_RAISED:
        g->raised = is_on(t);
        return true;
    case RTF_NOT_RAISED:
        g->raised = false;
        return true;
    case RTF_STRUCK:
        g->struck = is_on(t);
        return true;
    case RTF_STRUCK_TWICE:
        g->struck_twice = is_on(t);
        return true;
    case RTF_IN_TABLE:
        g->in_table = true;
        return true;
    case RTF_DEPTH:
        g->depth = t->number > 0 ? (uint32_t)t->number : 0;
        return true;
    default:
        return false;
    }
}

/* What a row looks like; false for other words. */
static bool set_row(
    struct rtf *r, enum rtf_word word, const struct rtf_token *t)
{
    struct rtf_row *row = &r->body.row[here(r)->goal == GOAL_NEST_PROPS];

    switch (word) {
    case RTF_ROW_BEGIN:
        rtf_row_begin(row);
        return true;
    case RTF_ROW_LEFT:
        row->left = t->number;
        return true;
    case RTF_CELL_END:
        rtf_row_cell(row, r->tree, t->number);
        return true;
    case RTF_ACROSS_FIRST:
        row->next_across = EDGES_FIRST;
        return true;
    case RTF_ACROSS_NEXT:
        row->next_across = EDGES_NEXT;
        return true;
    case RTF_DOWN_FIRST:
        row->next_down = EDGES_FIRST;
        return true;
    case RTF_DOWN_NEXT:
        row->next_down = EDGES_NEXT;
        return true;
    default:
        return false;
    }
}

static void end_paragraph(struct rtf *r)
{
    const struct group *g = here(r);
    struct rtf_style style = r->style[g->style];

    if (g->hidden || g->deleted)
        return; /* the next one goes on in this line */
    if (g->outline >= 0 && g->outline < 6)
        style.heading = (uint8_t)(g->outline + 1);
    rtf_text_flush(&r->text);
    rtf_body_par(&r->body, depth_of(g), &style);
}

/* Paragraphs, cells and rows end. */
static void end_part(struct rtf *r, enum rtf_word word)
{
    uint32_t depth = depth_of(here(r));
    enum goal goal = here(r)->goal;

    if (goal != GOAL_BODY && (goal != GOAL_NEST_PROPS || word != RTF_NEST_ROW))
        return;
    if (word != RTF_PAR && word != RTF_CELL && word != RTF_NEST_CELL &&
        word != RTF_ROW && word != RTF_NEST_ROW)
        return;
    r->skip = 0;
    if (word == RTF_PAR) {
        end_paragraph(r);
        return;
    }
    rtf_text_flush(&r->text);
    if (word == RTF_CELL)
        rtf_body_cell(&r->body, 1);
    else if (word == RTF_NEST_CELL)
        rtf_body_cell(&r->body, depth < 2 ? 2 : depth);
    else if (word == RTF_ROW)
        rtf_body_row(&r->body, 1);
    else if (word == RTF_NEST_ROW && rtf_body_depth(&r->body) > 1)
        rtf_body_row(&r->body, rtf_body_depth(&r->body));
}

static void add_unicode(struct rtf *r, int32_t number)
{
    /* A signed number of 16 bits, though some write it unsigned. */
    uint32_t c = (uint32_t)number & 0xffff;

    r->skip = 0;
    if (turn(r))
        rtf_text_char(&r->text, c ? c : UINT32_MAX);
    r->skip = here(r)->fallback;
}

static void on_word(struct rtf *r, const struct rtf_token *t)
{
    struct group *g = here(r);
    uint32_t c;
    enum rtf_word word = rtf_word_of(t->text, &c);
    bool star = g->star;

    g->star = false;
    if (g->goal == GOAL_NONE || begin_group(r, word))
        return;
    if (star)
        g->goal = GOAL_NONE; /* a group that we do not know */
    else if (word == RTF_UNICODE)
        add_unicode(r, t->number);
    else if (word == RTF_CHAR) {
        r->skip = 0;
        add_char(r, c);
    } else if (!set_look(r, word, t) && !set_row(r, word, t)) {
        end_part(r, word);
    }
}

static void on_symbol(struct rtf *r, char c)
{
    switch (c) {
    case '*':
        here(r)->star = true;
        return;
    case '\\':
    case '{':
    case '}':
        add_bytes(r, (struct slice){ &c, 1 });
        return;
    case '~':
        add_char(r, 0xa0);
        return;
    case '_':
        add_char(r, '-');
        return;
    case '\t':
        add_char(r, '\t');
        return;
    case '\r':
    case '\n':
        end_part(r, RTF_PAR);
        return;
    default: /* optional hyphens, index entries */
        is_skipped(r);
        return;
    }
}

/* ---- all -------------------------------------------------------------------
 */

static void on_token(struct rtf *r, const struct rtf_token *t)
{
    switch (t->kind) {
    case RTF_OPEN:
        open_group(r);
        return;
    case RTF_CLOSE:
        close_group(r);
        return;
    case RTF_WORD:
        on_word(r, t);
        return;
    case RTF_SYMBOL:
        on_symbol(r, t->c);
        return;
    case RTF_BYTE:
        add_bytes(r, (struct slice){ &t->c, 1 });
        return;
    case RTF_TEXT:
        add_bytes(r, t->text);
        return;
    case RTF_END:
        return;
    }
}

/* Up to the end of the outermost group; what follows is padding. */
static int walk(struct rtf *r, struct err *err)
{
    struct rtf_token token;

    do {
        rtf_next(&r->scan, &token);
        on_token(r, &token);
    } while (token.kind != RTF_END && r->group_n && !tree_failed(r->tree));
    if (tree_failed(r->tree))
        return 0;
    if (r->scan.cut)
        return err_set(err, ERR_INPUT,
            "reader.broken: \\bin says more bytes than there are");
    /* Some programs forget the last brace; more, or an open row, is a file
     * that was cut off. */
    if (r->group_n > 1 || (r->group_n && rtf_body_in_row(&r->body)))
        return err_set(
            err, ERR_INPUT, "reader.broken: the document is cut off");
    return 0;
}

/* The title, unless its characters were lost: some programs write "?" for
 * all that the code page lacks. */
static struct slice title_of(const struct rtf *r)
{
    struct slice s = slice_trim(buf_slice(&r->title));

    if (slice_find(s, SLICE_LIT("??")) >= 0)
        s.len = 0;
    return tree_text(r->tree, s);
}

static int build(struct rtf *r, struct document *doc, struct err *err)
{
    if (walk(r, err) < 0)
        return -1;
    rtf_text_flush(&r->text);
    rtf_body_end(&r->body);
    doc->title = title_of(r);
    doc->charset = slice_str(charset_codepage_name(r->text.document));
    doc->replaced_n = r->text.replaced_n;
    return tree_end(r->tree, err);
}

/* From the first brace on. */
static struct slice begin_of(struct slice in)
{
    const char *brace = memchr(in.p, '{', in.len);

    return slice_skip(in, brace ? (size_t)(brace - in.p) : in.len);
}

static int rtf_bid(struct slice in)
{
    const char *type = sniff_binary(in);

    return type && strcmp(type, SNIFF_RTF) == 0 ? 100 : 0;
}

static int rtf_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct rtf *r = mem_alloc(sizeof(*r));
    struct tree tree;
    int status;

    (void)hints;
    tree_init(&tree, doc);
    r->tree = &tree;
    r->scan.left = begin_of(in);
    rtf_text_init(&r->text);
    rtf_body_init(&r->body, &tree);
    buf_init(&r->name, LIMIT_TREE_BYTES);
    buf_init(&r->title, LIMIT_TREE_BYTES);
    status = build(r, doc, err);
    rtf_text_clear(&r->text);
    rtf_body_clear(&r->body);
    buf_clear(&r->name);
    buf_clear(&r->title);
    mem_free(r->group);
    mem_free(r);
    return status;
}

extern const struct reader rtf_reader;
const struct reader rtf_reader = { "rtf", SNIFF_RTF, rtf_bid, rtf_read,
    charset_open };
