/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_docx_body - goes through the main part, once.
 *
 * What Word shows when all tracked changes are accepted.  Whether a table is
 * layout (holds other tables, so that its text is prose as well) is known at
 * its end only: paragraphs of all cells are emitted, and taken back when a
 * table ends that held none.  Paragraphs stand inside each other through
 * text boxes, so they are a stack like the tables.
 */
#include "transformer/read_docx.h"

#include <assert.h>
#include <stdlib.h>
#include <strings.h>

#include "common/mem.h"

/* Paragraphs inside each other: a text box in a text box is rare. */
#define PARAGRAPHS_MAX 16u

/* Depth of mc:AlternateContent and of fields inside each other. */
#define NESTED_MAX 64u

struct paragraph {
    struct buf text;
    struct raised raised;
    struct docx_look look;
    struct slice number;            /* printed before it, as Word 2003 says */
    const struct docx_style *style; /* or NULL */
    uint32_t depth;                 /* of its element, 0 when none is open */
    bool joined; /* its end was deleted: the next goes on here */
};

/* An open table. */
struct level {
    struct docx_grid grid;
    struct buf text;                       /* of the open cell */
    uint32_t depth, row_depth, cell_depth; /* of the elements, 0 without */
    uint32_t block_n; /* of the document when the table had begun */
    bool layout;      /* holds other tables */
};

struct body {
    struct tree *tree;
    const struct docx_styles *styles;
    struct docx_numbers *numbers;
    struct docx_chunks *chunks; /* or NULL */
    struct level *level;        /* open tables, outermost first */
    uint32_t level_n, level_cap;
    struct paragraph paragraph[PARAGRAPHS_MAX];
    uint32_t paragraph_n; /* open text boxes, plus 1 */
    /* Elements that matter to those inside, by their depth, 0 without. */
    uint32_t paragraph_look, run_look, row_look;
    bool begun;          /* there was a w:body */
    bool hidden, raised; /* the open run is */
    bool in_text, preserve;
    struct buf text;  /* of the open w:t */
    uint32_t fields;  /* open ones */
    uint64_t codes;   /* of them, those whose instruction is passing by */
    uint32_t choices; /* open mc:AlternateContent */
    uint64_t chosen;  /* of them, those that have had their choice */
};

static struct level *top(struct body *b)
{
    return b->level_n ? &b->level[b->level_n - 1] : NULL;
}

static struct paragraph *here(struct body *b)
{
    return &b->paragraph[b->paragraph_n - 1];
}

/* ---- text
 * ---------------------------------------------------------------------- */

static void add_text(struct body *b, struct slice s)
{
    struct paragraph *p = here(b);
    size_t from = p->text.len;

    if (b->hidden || b->codes)
        return;
    buf_add_slice(&p->text, s);
    raised_take(&p->raised, &p->text, from, b->raised);
}

static bool is_white(char c)
{
    return char_is_one_of(c, " \t\r\n");
}

/* A w:t as it is, or without white space at its ends. */
static void close_text(struct body *b)
{
    struct slice s = buf_slice(&b->text);

    b->in_text = false;
    if (b->preserve) {
        add_text(b, s);
        return;
    }
    while (s.len && is_white(s.p[0]))
        s = slice_skip(s, 1);
    while (s.len && is_white(s.p[s.len - 1]))
        s.len--;
    add_text(b, s);
}

static void open_text(struct body *b, const char *const *attributes)
{
    const char *space = xml_attribute(attributes, XML_NS_XML, "space");

    b->preserve = space && strcmp(space, "preserve") == 0;
    b->in_text = true;
    buf_reset(&b->text);
}

/* A character by its number in a font.  The digits and signs of "Symbol"
 * are those of ASCII; other fonts of pictures keep their private numbers,
 * so that nobody takes them for what they are not. */
static void add_symbol(struct body *b, const char *const *attributes)
{
    static const char plain[] = "0123456789+-.,/%()";
    const char *font = xml_attribute(attributes, XML_NS_W, "font");
    const char *value = xml_attribute(attributes, XML_NS_W, "char");
    unsigned long c = value ? strtoul(value, NULL, 16) : 0;
    char ascii = (char)(c & 0x7f);
    char out[3];

    if (c >= 0xf020 && c <= 0xf07e && font && strcmp(font, "Symbol") == 0 &&
        char_is_one_of(ascii, plain)) {
        add_text(b, (struct slice){ &ascii, 1 });
        return;
    }
    if (c >= 0x20 && c < 0x7f) {
        add_text(b, (struct slice){ &ascii, 1 });
        return;
    }
    if (c < 0x800 || c > 0xffff || (c >= 0xd800 && c <= 0xdfff)) {
        add_text(b, SLICE_LIT("\xef\xbf\xbd")); /* shown, but not known */
        return;
    }
    out[0] = (char)(0xe0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3f));
    out[2] = (char)(0x80 | (c & 0x3f));
    add_text(b, (struct slice){ out, 3 });
}

/* ---- paragraphs
 * ------------------------------------------------------------------ */

static void open_paragraph(struct body *b, uint32_t depth)
{
    struct paragraph *p = here(b);

    if (p->depth)
        return; /* in a paragraph without a text box: not as it should be */
    p->depth = depth;
    if (!p->joined) {
        buf_reset(&p->text);
        p->raised = (struct raised){ .on = false };
    }
    p->joined = false;
    p->look = (struct docx_look){ .has_num = false };
    p->number = (struct slice){ NULL, 0 };
    p->style = NULL;
}

/* To the cell around it, and as a paragraph of its own. */
static void emit(struct body *b, struct slice text, uint32_t heading, bool toc)
{
    struct level *l = top(b);

    if (l && l->cell_depth && text.len) {
        if (l->text.len)
            buf_add_char(&l->text, '\n');
        buf_add_slice(&l->text, text);
    }
    if (!toc)
        tree_paragraph(b->tree, heading, text);
}

static void finish_paragraph(struct body *b)
{
    struct paragraph *p = here(b);
    struct buf whole;

    docx_look_complete(b->styles, p->style, &p->look);
    buf_init(&whole, LIMIT_TREE_BYTES);
    if (p->look.num)
        docx_numbers_next(b->numbers, &p->look,
            p->style ? p->style->id : (struct slice){ NULL, 0 }, &whole);
    buf_add_slice(&whole, p->number);
    buf_add_slice(&whole, buf_slice(&p->text));
    if (whole.failed || p->text.failed)
        tree_fail(b->tree, "reader.size: a paragraph of more than %u bytes",
            LIMIT_TREE_BYTES);
    emit(b, slice_trim(buf_slice(&whole)), p->look.heading,
        p->style && p->style->is_toc);
    buf_clear(&whole);
    buf_reset(&p->text);
}

static void close_paragraph(struct body *b)
{
    struct paragraph *p = here(b);

    p->depth = 0;
    b->codes = 0; /* an instruction that never ends must not eat the rest */
    if (!p->joined)
        finish_paragraph(b);
}

/* Nothing can follow any more to which a joined paragraph goes on. */
static void settle_paragraph(struct body *b)
{
    struct paragraph *p = here(b);

    if (p->joined && !p->depth) {
        p->joined = false;
        finish_paragraph(b);
    }
}

static void open_box(struct body *b)
{
    if (b->paragraph_n == PARAGRAPHS_MAX) {
        tree_fail(b->tree, "reader.depth: more than %u text boxes nested",
            PARAGRAPHS_MAX);
        return;
    }
    b->paragraph_n++;
    here(b)->depth = 0;
    here(b)->joined = false;
}

static void close_box(struct body *b)
{
    if (b->paragraph_n > 1) {
        settle_paragraph(b);
        b->paragraph_n--;
    }
}

/* ---- tables
 * ------------------------------------------------------------------------ */

static void open_table(struct body *b, uint32_t depth)
{
    struct level *l = top(b);

    settle_paragraph(b);
    if (l)
        l->layout = true;
    if (b->level_n == b->level_cap) {
        uint32_t cap = b->level_cap ? b->level_cap * 2 : 4;

        b->level = mem_realloc_n(b->level, cap, sizeof(*b->level));
        for (uint32_t i = b->level_cap; i < cap; i++)
            buf_init(&b->level[i].text, LIMIT_TREE_BYTES);
        b->level_cap = cap;
    }
    assert(b->level);
    l = &b->level[b->level_n];
    docx_grid_open(&l->grid, b->tree, b->level_n);
    l->depth = depth;
    l->row_depth = l->cell_depth = 0;
    l->block_n = b->tree->doc->block_n;
    l->layout = false;
    b->level_n++;
}

static void close_table(struct body *b)
{
    const struct level *l = &b->level[b->level_n - 1];

    if (!l->layout)
        tree_cut(b->tree, l->block_n);
    b->level_n--;
}

static void open_row(struct body *b, uint32_t depth)
{
    struct level *l = top(b);

    if (!l || l->row_depth)
        return;
    l->row_depth = depth;
    docx_grid_row(&l->grid);
}

static void open_cell(struct xml_walk *w, struct body *b)
{
    struct level *l = top(b);

    if (!l || !l->row_depth || l->cell_depth)
        return;
    if (l->grid.row_is_out) {
        xml_skip(w);
        return;
    }
    l->cell_depth = w->depth;
    buf_reset(&l->text);
    docx_grid_cell(&l->grid);
}

static void close_cell(struct body *b)
{
    struct level *l = &b->level[b->level_n - 1];

    settle_paragraph(b);
    l->cell_depth = 0;
    if (l->text.failed)
        tree_fail(b->tree, "reader.size: a cell of more than %u bytes",
            LIMIT_TREE_BYTES);
    docx_grid_cell_end(&l->grid, b->tree, slice_trim(buf_slice(&l->text)));
}

static enum docx_merge merge_of(const char *value)
{
    return value && strcmp(value, "restart") == 0 ? DOCX_MERGE_RESTART
                                                  : DOCX_MERGE_CONTINUE;
}

static void read_cell_look(struct level *l, const char *name, const char *value)
{
    if (strcmp(name, "gridSpan") == 0) {
        l->grid.span = xml_number(value, UINT32_MAX, 1);
        if (l->grid.span == 0)
            l->grid.span = 1;
        if (l->grid.span > LIMIT_TABLE_COLS)
            l->grid.span = LIMIT_TABLE_COLS + 1; /* refused when placed */
    } else if (strcasecmp(name, "vMerge") == 0) {
        l->grid.down = merge_of(value);
    } else if (strcasecmp(name, "hMerge") == 0) {
        l->grid.across = merge_of(value);
    }
}

static void read_row_look(struct level *l, const char *name, const char *value)
{
    if (strcmp(name, "gridBefore") == 0)
        l->grid.col = xml_number(value, LIMIT_TABLE_COLS, LIMIT_TABLE_COLS);
    else if (strcmp(name, "del") == 0 ||
             (strcmp(name, "hidden") == 0 && xml_is_on(value, true)))
        l->grid.row_is_out = true;
}

/* ---- elements
 * ------------------------------------------------------------------------ */

enum kind {
    KIND_OTHER, /* what is inside counts */
    KIND_SKIP,  /* nothing inside is shown, or it is shown elsewhere */
    KIND_BODY,
    KIND_BOX,
    KIND_BREAK,
    KIND_CHUNK,
    KIND_FIELD,
    KIND_HYPHEN,
    KIND_PARAGRAPH,
    KIND_PARAGRAPH_LOOK,
    KIND_PARAGRAPH_STYLE,
    KIND_RUN,
    KIND_RUN_LOOK,
    KIND_SYMBOL,
    KIND_TAB,
    KIND_TABLE,
    KIND_CELL,
    KIND_TEXT,
    KIND_ROW,
    KIND_ROW_LOOK,
    KIND_RUN_STYLE,
    KIND_HIDDEN, /* and what raises */
};

struct element {
    /* cppcheck-suppress unusedStructMember ; bsearch's order reads it */
    const char *name;
    enum kind kind;
};

/* In order of name. */
static const struct element elements[] = {
    { "altChunk", KIND_CHUNK },
    { "binData", KIND_SKIP },
    { "body", KIND_BODY },
    { "br", KIND_BREAK },
    { "cellMerge", KIND_SKIP },
    { "cr", KIND_BREAK },
    { "del", KIND_SKIP },
    { "delInstrText", KIND_SKIP },
    { "delText", KIND_SKIP },
    { "docPr", KIND_SKIP },
    { "docSuppData", KIND_SKIP },
    { "endnote", KIND_SKIP },
    { "fldChar", KIND_FIELD },
    { "fonts", KIND_SKIP },
    { "footnote", KIND_SKIP },
    { "ftr", KIND_SKIP },
    { "hdr", KIND_SKIP },
    { "instrText", KIND_SKIP },
    { "lists", KIND_SKIP },
    { "moveFrom", KIND_SKIP },
    { "noBreakHyphen", KIND_HYPHEN },
    { "numberingChange", KIND_SKIP },
    { "p", KIND_PARAGRAPH },
    { "pPr", KIND_PARAGRAPH_LOOK },
    { "pPrChange", KIND_SKIP },
    { "pStyle", KIND_PARAGRAPH_STYLE },
    { "ptab", KIND_TAB },
    { "r", KIND_RUN },
    { "rPr", KIND_RUN_LOOK },
    { "rPrChange", KIND_SKIP },
    { "rStyle", KIND_RUN_STYLE },
    { "rt", KIND_SKIP },
    { "sdtEndPr", KIND_SKIP },
    { "sdtPr", KIND_SKIP },
    { "sectPr", KIND_SKIP },
    { "sectPrChange", KIND_SKIP },
    { "styles", KIND_SKIP },
    { "sym", KIND_SYMBOL },
    { "t", KIND_TEXT },
    { "tab", KIND_TAB },
    { "tbl", KIND_TABLE },
    { "tblGrid", KIND_SKIP },
    { "tblPr", KIND_SKIP },
    { "tblPrEx", KIND_SKIP },
    { "tc", KIND_CELL },
    { "tcPrChange", KIND_SKIP },
    { "tr", KIND_ROW },
    { "trPr", KIND_ROW_LOOK },
    { "trPrChange", KIND_SKIP },
    { "txbxContent", KIND_BOX },
    { "vanish", KIND_HIDDEN },
    { "vertAlign", KIND_HIDDEN },
};

static int compare_element(const void *key, const void *element)
{
    return strcmp(key, ((const struct element *)element)->name);
}

static enum kind kind_of(const char *name)
{
    const struct element *e =
        bsearch(name, elements, sizeof(elements) / sizeof(elements[0]),
            sizeof(elements[0]), compare_element);

    return e ? e->kind : KIND_OTHER;
}

static void open_field(struct body *b, const char *const *attributes)
{
    const char *type = xml_attribute(attributes, XML_NS_W, "fldCharType");
    uint64_t last;

    if (!type)
        return;
    if (strcmp(type, "begin") == 0) {
        if (b->fields < NESTED_MAX)
            b->codes |= 1ull << b->fields;
        b->fields++;
        return;
    }
    if (b->fields == 0)
        return;
    last = b->fields <= NESTED_MAX ? 1ull << (b->fields - 1) : 0;
    b->codes &= ~last;
    if (strcmp(type, "end") == 0)
        b->fields--;
}

/* Of the same thing said in several ways, take the first we understand. */
static void open_alternative(
    struct xml_walk *w, const char *name, const char *const *attributes)
{
    static const char *const known[] = { "wps", "wpg", "wpc", "wp14", "w14",
        "w15", "a14" };
    struct body *b = w->to;
    const char *needs = xml_attribute(attributes, XML_NS_NONE, "Requires");
    bool take = strcmp(name, "Fallback") == 0;
    uint64_t bit;

    if (strcmp(name, "AlternateContent") == 0) {
        if (b->choices == NESTED_MAX) {
            tree_fail(b->tree, "reader.depth: alternatives nested too deep");
            return;
        }
        b->chosen &= ~(1ull << b->choices);
        b->choices++;
        return;
    }
    if (b->choices == 0)
        return;
    for (size_t i = 0; needs && i < sizeof(known) / sizeof(known[0]); i++)
        take = take || strcmp(needs, known[i]) == 0;
    bit = 1ull << (b->choices - 1);
    if (take && !(b->chosen & bit))
        b->chosen |= bit;
    else
        xml_skip(w);
}

/* A run looks as the paragraph's style says, then as its own, then as it
 * says itself; two styles that hide show again (ECMA-376 part 1, 17.7.3). */
static void open_run(struct body *b)
{
    struct docx_run_look look = docx_run_look_of(b->styles, here(b)->style);

    b->hidden = look.hidden;
    b->raised = look.raised;
}

static void set_run_style(struct body *b, const struct docx_style *style)
{
    struct docx_run_look look = docx_run_look_of(b->styles, style);

    if (look.hidden)
        b->hidden = !b->hidden;
    if (look.has_raised)
        b->raised = look.raised;
}

static void set_run_look(struct body *b, const char *name, const char *value)
{
    struct docx_run_look look = { .hidden = b->hidden, .raised = b->raised };

    docx_run_look_read(&look, name, value);
    b->hidden = look.hidden;
    b->raised = look.raised;
}

/* Elements inside of w:pPr, w:trPr and w:tcPr; true when that is where we
 * are. */
static bool open_look(struct body *b, const char *name, const char *value)
{
    struct level *l = top(b);

    if (b->paragraph_look) {
        /* The paragraph's end is a character that can be deleted, too. */
        if (b->run_look &&
            (strcmp(name, "del") == 0 || strcmp(name, "moveFrom") == 0))
            here(b)->joined = true;
        else if (!b->run_look)
            docx_look_read(&here(b)->look, name, value);
        return true;
    }
    if (b->row_look && l) {
        read_row_look(l, name, value);
        return true;
    }
    return false;
}

static void open_word(
    struct xml_walk *w, const char *name, const char *const *attributes)
{
    struct body *b = w->to;
    const char *value = xml_attribute(attributes, XML_NS_W, "val");
    enum kind kind = kind_of(name);
    struct level *l = top(b);

    switch (kind) {
    case KIND_BODY:
        b->begun = true;
        return;
    case KIND_PARAGRAPH_LOOK:
        b->paragraph_look = w->depth;
        return;
    case KIND_PARAGRAPH_STYLE:
        if (b->paragraph_look && value)
            here(b)->style = docx_style_find(b->styles, slice_str(value));
        return;
    case KIND_RUN_LOOK:
        b->run_look = w->depth;
        return;
    case KIND_ROW_LOOK:
        b->row_look = w->depth;
        return;
    case KIND_RUN_STYLE:
        if (b->run_look && !b->paragraph_look && value)
            set_run_style(b, docx_style_find(b->styles, slice_str(value)));
        return;
    case KIND_HIDDEN:
        if (b->run_look && !b->paragraph_look)
            set_run_look(b, name, value);
        return;
    case KIND_TABLE:
        open_table(b, w->depth);
        return;
    case KIND_ROW:
        open_row(b, w->depth);
        return;
    case KIND_CELL:
        open_cell(w, b);
        return;
    case KIND_PARAGRAPH:
        open_paragraph(b, w->depth);
        return;
    case KIND_RUN:
        open_run(b);
        return;
    case KIND_BOX:
        open_box(b);
        return;
    case KIND_TEXT:
        open_text(b, attributes);
        return;
    case KIND_FIELD:
        open_field(b, attributes);
        return;
    case KIND_SYMBOL:
        add_symbol(b, attributes);
        return;
    case KIND_CHUNK:
        docx_chunks_add(
            b->chunks, b->tree, xml_attribute(attributes, XML_NS_R, "id"));
        return;
    case KIND_HYPHEN:
        add_text(b, SLICE_LIT("-"));
        return;
    case KIND_TAB:
        if (!open_look(b, name, value))
            add_text(b, SLICE_LIT("\t"));
        return;
    case KIND_BREAK:
        add_text(b, SLICE_LIT("\n"));
        return;
    case KIND_SKIP:
        open_look(b, name, value);
        xml_skip(w);
        return;
    case KIND_OTHER:
        if (!open_look(b, name, value) && l && l->cell_depth)
            read_cell_look(l, name, value);
        return;
    }
}

/* Word 2003 says the number of a paragraph of a list; marks of fonts of
 * their own have neither letters nor digits. */
static void open_number(struct body *b, const char *const *attributes)
{
    const char *value = xml_attribute(attributes, XML_NS_WX, "val");
    bool is_number = false;

    if (!b->paragraph_look || !value)
        return;
    for (const char *p = value; *p; p++)
        is_number |= (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') ||
                     (*p >= 'A' && *p <= 'Z') ||
                     ((unsigned char)*p >= 0xe4 && (unsigned char)*p <= 0xe9);
    if (is_number)
        here(b)->number = arena_printf(b->tree->doc->arena, "%s ", value);
}

/* Of a package written flat, the main part is read. */
static void open_part(struct xml_walk *w, const char *const *attributes)
{
    const char *type = xml_attribute(attributes, XML_NS_PKG, "contentType");

    if (!type || !strstr(type, "main+xml"))
        xml_skip(w);
}

static void open_element(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct body *b = w->to;

    if (ns == XML_NS_W)
        open_word(w, name, attributes);
    else if (ns == XML_NS_MC)
        open_alternative(w, name, attributes);
    else if (ns == XML_NS_WX && strcmp(name, "t") == 0)
        open_number(b, attributes);
    else if (ns == XML_NS_PKG && strcmp(name, "part") == 0)
        open_part(w, attributes);
    else if (ns == XML_NS_M && strcmp(name, "t") == 0)
        open_text(b, attributes);
    if (tree_failed(b->tree))
        xml_stop(w);
}

/* A paragraph, row, cell or table ends where it began, whatever stands
 * between: depths say where. */
static void close_part(struct body *b, uint32_t depth, enum kind kind)
{
    struct level *l = top(b);

    if (kind == KIND_PARAGRAPH && here(b)->depth == depth)
        close_paragraph(b);
    if (kind == KIND_CELL && l && l->cell_depth == depth)
        close_cell(b);
    if (kind == KIND_ROW && l && l->row_depth == depth) {
        l->row_depth = 0;
        docx_grid_row_end(&l->grid, b->tree);
    }
    if (kind == KIND_TABLE && l && l->depth == depth)
        close_table(b);
}

static void close_word(struct xml_walk *w, const char *name)
{
    struct body *b = w->to;
    uint32_t depth = w->depth + 1;
    enum kind kind = kind_of(name);

    if (kind == KIND_TEXT && b->in_text)
        close_text(b);
    else if (kind == KIND_PARAGRAPH_LOOK && b->paragraph_look == depth)
        b->paragraph_look = 0;
    else if (kind == KIND_RUN_LOOK && b->run_look == depth)
        b->run_look = 0;
    else if (kind == KIND_ROW_LOOK && b->row_look == depth)
        b->row_look = 0;
    else if (kind == KIND_RUN)
        b->hidden = b->raised = false;
    else if (kind == KIND_BOX)
        close_box(b);
    else
        close_part(b, depth, kind);
}

static void close_element(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct body *b = w->to;

    if (ns == XML_NS_W)
        close_word(w, name);
    else if (ns == XML_NS_MC && b->choices &&
             strcmp(name, "AlternateContent") == 0)
        b->choices--;
    else if (ns == XML_NS_M && strcmp(name, "t") == 0 && b->in_text)
        close_text(b);
    if (tree_failed(b->tree))
        xml_stop(w);
}

static void on_text(struct xml_walk *w, struct slice text)
{
    struct body *b = w->to;

    if (b->in_text)
        buf_add_slice(&b->text, text);
}

int docx_body_read(struct zip_package *z, struct slice name,
    const struct docx_styles *styles, struct docx_numbers *numbers,
    struct docx_chunks *chunks, struct tree *tree, struct err *err)
{
    static const struct xml_calls calls = { open_element, close_element,
        on_text };
    struct body *b = mem_alloc(sizeof(*b));
    int status;

    b->tree = tree;
    b->styles = styles;
    b->numbers = numbers;
    b->chunks = chunks;
    b->paragraph_n = 1;
    buf_init(&b->text, LIMIT_TREE_BYTES);
    for (uint32_t i = 0; i < PARAGRAPHS_MAX; i++)
        buf_init(&b->paragraph[i].text, LIMIT_TREE_BYTES);
    status = xml_walk(z, name, &calls, b, err);
    if (status == 0)
        settle_paragraph(b);
    for (uint32_t i = 0; i < b->level_cap; i++)
        buf_clear(&b->level[i].text);
    for (uint32_t i = 0; i < PARAGRAPHS_MAX; i++)
        buf_clear(&b->paragraph[i].text);
    buf_clear(&b->text);
    if (status == 0 && !b->begun && !tree_failed(tree))
        status = err_set(err, ERR_INPUT,
            "reader.broken: %.*s is no text document", (int)name.len, name.p);
    mem_free(b->level);
    mem_free(b);
    return status;
}
