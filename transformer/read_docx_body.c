/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_docx_body - goes through the main part, once.
 *
 * What Word shows when all tracked changes are accepted.
 */
#include "transformer/read_docx.h"

#include <stdlib.h>
#include <strings.h>

#include "common/mem.h"

/* Depth of mc:AlternateContent and of fields inside each other. */
#define NESTED_MAX 64u

struct body {
    struct docx_flow flow;
    struct docx_chunks *chunks; /* or NULL */
    /* Elements that matter to those inside, by their depth, 0 without. */
    uint32_t paragraph_look, run_look, row_look, math_raised;
    bool begun;               /* there was a w:body */
    struct docx_run_look run; /* the open one's */
    bool in_text, preserve;
    struct buf text;  /* of the open w:t */
    uint32_t fields;  /* open ones */
    uint64_t codes;   /* of them, those whose instruction is passing by */
    uint32_t choices; /* open mc:AlternateContent */
    uint64_t chosen;  /* of them, those that have had their choice */
};

/* ---- text --------------------------------------------------------------- */

static void add_text(struct body *b, struct slice s)
{
    unsigned look = b->run.holds | (b->math_raised ? DOCX_RAISED : 0);

    if (!(look & DOCX_HIDDEN) && !b->codes)
        docx_flow_text(&b->flow, s, look);
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

/* ---- rows and cells ----------------------------------------------------- */

static enum docx_merge merge_of(const char *value)
{
    return value && strcmp(value, "restart") == 0 ? DOCX_MERGE_RESTART
                                                  : DOCX_MERGE_CONTINUE;
}

static void read_cell_look(
    struct docx_open_table *l, const char *name, const char *value)
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

static void read_row_look(
    struct docx_open_table *l, const char *name, const char *value)
{
    if (strcmp(name, "gridBefore") == 0)
        l->grid.col = xml_number(value, LIMIT_TABLE_COLS, LIMIT_TABLE_COLS);
    else if (strcmp(name, "del") == 0 ||
             (strcmp(name, "hidden") == 0 && xml_is_on(value, true)))
        l->grid.row_is_out = true;
}

/* ---- elements ----------------------------------------------------------- */

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
    KIND_RUN_TRAIT, /* hides, raises or strikes it */
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
    { "dstrike", KIND_RUN_TRAIT },
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
    { "strike", KIND_RUN_TRAIT },
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
    { "vanish", KIND_RUN_TRAIT },
    { "vertAlign", KIND_RUN_TRAIT },
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
            tree_fail(
                b->flow.tree, "reader.depth: alternatives nested too deep");
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
 * says itself. */
static void open_run(struct body *b)
{
    b->run = docx_run_look_of(b->flow.styles, docx_flow_here(&b->flow)->style);
}

static void set_run_style(struct body *b, const struct docx_style *style)
{
    docx_run_look_on(&b->run, docx_run_look_of(b->flow.styles, style));
}

/* Elements inside of w:pPr, w:trPr and w:tcPr; true when that is where we
 * are. */
static bool open_look(struct body *b, const char *name, const char *value)
{
    struct docx_open_table *l = docx_flow_top(&b->flow);

    if (b->paragraph_look) {
        /* The paragraph's end is a character that can be deleted, too. */
        if (b->run_look &&
            (strcmp(name, "del") == 0 || strcmp(name, "moveFrom") == 0))
            docx_flow_here(&b->flow)->joined = true;
        else if (!b->run_look)
            docx_look_read(&docx_flow_here(&b->flow)->look, name, value);
        return true;
    }
    if (b->row_look && l) {
        read_row_look(l, name, value);
        return true;
    }
    return false;
}

/* What says how paragraphs, runs and rows look; false for other words. */
static bool open_style(struct body *b, uint32_t depth, enum kind kind,
    const char *name, const char *value)
{
    switch (kind) {
    case KIND_PARAGRAPH_LOOK:
        b->paragraph_look = depth;
        return true;
    case KIND_PARAGRAPH_STYLE:
        if (b->paragraph_look && value)
            docx_flow_here(&b->flow)->style =
                docx_style_find(b->flow.styles, slice_str(value));
        return true;
    case KIND_RUN_LOOK:
        b->run_look = depth;
        return true;
    case KIND_ROW_LOOK:
        b->row_look = depth;
        return true;
    case KIND_RUN_STYLE:
        if (b->run_look && !b->paragraph_look && value)
            set_run_style(b, docx_style_find(b->flow.styles, slice_str(value)));
        return true;
    case KIND_RUN_TRAIT:
        if (b->run_look && !b->paragraph_look)
            docx_run_look_read(&b->run, name, value);
        return true;
    default:
        return false;
    }
}

static void open_word(
    struct xml_walk *w, const char *name, const char *const *attributes)
{
    struct body *b = w->to;
    const char *value = xml_attribute(attributes, XML_NS_W, "val");
    enum kind kind = kind_of(name);
    struct docx_open_table *l = docx_flow_top(&b->flow);

    if (open_style(b, w->depth, kind, name, value))
        return;
    switch (kind) {
    case KIND_BODY:
        b->begun = true;
        return;
    case KIND_TABLE:
        docx_flow_table(&b->flow, w->depth);
        return;
    case KIND_ROW:
        docx_flow_row(&b->flow, w->depth);
        return;
    case KIND_CELL:
        if (!docx_flow_cell(&b->flow, w->depth))
            xml_skip(w);
        return;
    case KIND_PARAGRAPH:
        docx_flow_paragraph(&b->flow, w->depth);
        return;
    case KIND_RUN:
        open_run(b);
        return;
    case KIND_BOX:
        docx_flow_box(&b->flow);
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
            b->chunks, b->flow.tree, xml_attribute(attributes, XML_NS_R, "id"));
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
    default:
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
        docx_flow_here(&b->flow)->number =
            arena_printf(b->flow.tree->doc->arena, "%s ", value);
}

/* Of a package written flat, the main part is read. */
static void open_part(struct xml_walk *w, const char *const *attributes)
{
    const char *type = xml_attribute(attributes, XML_NS_PKG, "contentType");

    if (!type || !strstr(type, "main+xml"))
        xml_skip(w);
}

/* Formulas as one line: x² has a raised digit, one half is 1/2
 * (ECMA-376 part 1, 22.1.2). */
static void open_math(struct body *b, uint32_t depth, const char *name,
    const char *const *attributes)
{
    if (strcmp(name, "t") == 0)
        open_text(b, attributes);
    else if (strcmp(name, "den") == 0)
        add_text(b, SLICE_LIT("/"));
    else if (!b->math_raised &&
             (strcmp(name, "sup") == 0 || strcmp(name, "sub") == 0))
        b->math_raised = depth;
}

static void close_math(struct body *b, uint32_t depth, const char *name)
{
    if (strcmp(name, "t") == 0 && b->in_text)
        close_text(b);
    if (b->math_raised == depth)
        b->math_raised = 0;
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
    else if (ns == XML_NS_M)
        open_math(b, w->depth, name, attributes);
    if (tree_failed(b->flow.tree))
        xml_stop(w);
}

static void close_paragraph(struct body *b)
{
    b->codes = 0; /* an instruction that never ends must not eat the rest */
    docx_flow_paragraph_end(&b->flow);
}

/* A paragraph, row, cell or table ends where it began, whatever stands
 * between: depths say where. */
static void close_part(struct body *b, uint32_t depth, enum kind kind)
{
    struct docx_open_table *l = docx_flow_top(&b->flow);

    if (kind == KIND_PARAGRAPH && docx_flow_here(&b->flow)->depth == depth)
        close_paragraph(b);
    if (kind == KIND_CELL && l && l->cell_depth == depth)
        docx_flow_cell_end(&b->flow);
    if (kind == KIND_ROW && l && l->row_depth == depth) {
        l->row_depth = 0;
        docx_grid_row_end(&l->grid, b->flow.tree);
    }
    if (kind == KIND_TABLE && l && l->depth == depth)
        docx_flow_table_end(&b->flow);
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
        b->run = (struct docx_run_look){ .said = 0 };
    else if (kind == KIND_BOX)
        docx_flow_box_end(&b->flow);
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
    else if (ns == XML_NS_M)
        close_math(b, w->depth + 1, name);
    if (tree_failed(b->flow.tree))
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

    docx_flow_init(&b->flow, tree, styles, numbers);
    b->chunks = chunks;
    buf_init(&b->text, LIMIT_TREE_BYTES);
    status = xml_walk(z, name, &calls, b, err);
    if (status == 0)
        docx_flow_settle(&b->flow);
    docx_flow_clear(&b->flow);
    buf_clear(&b->text);
    if (status == 0 && !b->begun && !tree_failed(tree))
        status = err_set(err, ERR_INPUT,
            "reader.broken: %.*s is no text document", (int)name.len, name.p);
    mem_free(b);
    return status;
}
