/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ofd - laid out pages as an OFD file (GB/T 33190-2016).
 *
 * Each way writes what a page shows differently and shows the same; what is
 * hidden says numbers that are nowhere in the report.
 */
#include "tests/gen/ofd.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "common/limits.h"
#include "common/log.h"

#define XMLNS " xmlns:ofd=\"http://www.ofdspec.org/2016\""
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

const struct ofd_way_name ofd_ways[] = {
    { "plain", "each edge a path, a line of text an object", 0 },
    { "rects", "a closed path around each cell", OFD_RECTS },
    { "bars", "rulings as filled thin rectangles", OFD_BARS },
    { "one-path", "all rulings of a page in one path", OFD_ONE_PATH },
    { "long", "edges that meet as one line", OFD_LONG },
    { "glyphs", "each character an object", OFD_GLYPHS },
    { "list", "DeltaX without groups", OFD_LIST },
    { "no-delta", "no DeltaX at all", OFD_NO_DELTA },
    { "scaled", "texts of size 1 with a matrix", OFD_SCALED },
    { "turned", "pages drawn sideways, clockwise", OFD_TURNED },
    { "turned-back", "pages drawn sideways, anticlockwise", OFD_TURNED_BACK },
    { "vertical", "group labels written downwards", OFD_VERTICAL },
    { "template", "a head line and a frame from a template", OFD_TEMPLATE },
    { "grouped", "rulings as a group", OFD_GROUPED },
    { "params", "inks by draw parameters, white lines among them", OFD_PARAMS },
    { "hidden", "objects that nobody sees", OFD_HIDDEN },
    { "watermark", "slanted text over the page", OFD_WATERMARK },
    { "stamp", "a stamp as annotation", OFD_STAMP },
    { "glyph-ids", "characters with glyph numbers", OFD_GLYPH_IDS },
    { "blocks", "objects in blocks of blocks", OFD_BLOCKS },
    { "two", "two documents in the file", OFD_TWO },
    { "stored", "parts not packed", OFD_STORED },
    { "backslash", "names of parts with backslashes", OFD_BACKSLASH },
    { "absolute", "names of parts from the root", OFD_ABSOLUTE },
    { "version", "a version that replaces the first", OFD_VERSION },
    { "references", "characters as numeric references", OFD_REFERENCES },
    { "open", "no borders where a page breaks", OFD_OPEN },
    { "header", "header rows repeated", OFD_HEADER },
    { "torn", "rows torn by a page break", OFD_TORN },
    { "whole-page", "each boundary is the page", OFD_WHOLE_PAGE },
    { "twice", "each text twice, for it is bold", OFD_TWICE },
    { "picture", "the pages are pictures", OFD_PICTURE },
    { NULL, NULL, 0 },
};

bool ofd_order_parse(struct ofd_order *o, char *names)
{
    char *rest = NULL;

    *o = (struct ofd_order){ 0, -1 };
    for (char *name = strtok_r(names, ",", &rest); name != NULL;
         name = strtok_r(NULL, ",", &rest)) {
        const struct ofd_way_name *w = ofd_ways;

        if (strncmp(name, "break=", 6) == 0) {
            o->break_row = (int)strtol(name + 6, NULL, 10);
            continue;
        }
        while (w->name != NULL && strcmp(w->name, name) != 0)
            w++;
        if (w->name == NULL)
            return false;
        o->ways |= w->way;
    }
    return true;
}

/* ---- the zip file ---------------------------------------------------------
 */

struct file {
    struct archive *zip;
    struct buf *out;
    unsigned ways;
};

static la_ssize_t on_write(
    struct archive *a, void *to, const void *p, size_t len)
{
    (void)a;
    buf_add(to, p, len);
    return (la_ssize_t)len;
}

static void add_part(struct file *f, const char *name, const struct buf *text)
{
    struct archive_entry *e = archive_entry_new();
    char copy[256];

    snprintf(copy, sizeof copy, "%s", name);
    for (char *c = copy; (f->ways & OFD_BACKSLASH) != 0 && *c != '\0'; c++)
        if (*c == '/')
            *c = '\\';
    archive_entry_set_pathname(e, copy);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_mtime(e, 1704067200, 0); /* 2024-01-01 */
    archive_entry_set_size(e, (la_int64_t)text->len);
    if (archive_write_header(f->zip, e) != ARCHIVE_OK ||
        archive_write_data(f->zip, text->p, text->len) < 0)
        fatal("zip: %s", archive_error_string(f->zip));
    archive_entry_free(e);
}

static void open_file(struct file *f, unsigned ways, struct buf *out)
{
    *f = (struct file){ archive_write_new(), out, ways };
    archive_write_set_format_zip(f->zip);
    archive_write_set_options(f->zip, (ways & OFD_STORED) != 0
                                          ? "zip:compression=store"
                                          : "zip:compression=deflate");
    archive_write_set_bytes_in_last_block(f->zip, 1);
    if (archive_write_open(f->zip, out, NULL, on_write, NULL) != ARCHIVE_OK)
        fatal("zip: %s", archive_error_string(f->zip));
}

static void close_file(struct file *f)
{
    if (archive_write_close(f->zip) != ARCHIVE_OK)
        fatal("zip: %s", archive_error_string(f->zip));
    archive_write_free(f->zip);
}

/* ---- objects --------------------------------------------------------------
 */

struct sheet_of { /* one part that is being written */
    struct buf *out;
    unsigned ways;
    int id;
    int page; /* of the document, that is being written */
};

/* A place on the upright page as it is on the drawn one. */
static void place(unsigned ways, double *x, double *y)
{
    double old = *x;

    if ((ways & OFD_TURNED) != 0) {
        *x = PAPER_HEIGHT - *y;
        *y = old;
    } else if ((ways & OFD_TURNED_BACK) != 0) {
        *x = *y;
        *y = PAPER_WIDTH - old;
    }
}

static void add_char(struct sheet_of *s, const char *p, size_t n)
{
    unsigned c = (unsigned char)p[0];

    if ((s->ways & OFD_REFERENCES) != 0 && n == 3) {
        c = (c & 0x0F) << 12 | (unsigned)(p[1] & 0x3F) << 6 |
            (unsigned)(p[2] & 0x3F);
        buf_printf(s->out, "&#x%X;", c);
    } else if (*p == '&') {
        buf_add_str(s->out, "&amp;");
    } else if (*p == '<') {
        buf_add_str(s->out, "&lt;");
    } else {
        buf_add(s->out, p, n);
    }
}

static void add_group(struct sheet_of *s, int n, double step)
{
    if (n > 1)
        buf_printf(s->out, "g %d %.4f ", n, step);
    else
        buf_printf(s->out, "%.4f ", step);
}

/* The steps between the characters of `text` for DeltaX or DeltaY. */
static void add_steps(
    struct sheet_of *s, const char *text, double unit, bool down)
{
    double run = -1, wide;
    int n = 0;

    for (const char *p = text; *p != '\0';) {
        p += paper_char(p, &wide);
        wide = down ? unit : wide * unit;
        if (*p == '\0')
            break;
        if ((s->ways & OFD_LIST) != 0) {
            buf_printf(s->out, "%.4f ", wide);
            continue;
        }
        if (n > 0 && fabs(wide - run) > 1e-9) {
            add_group(s, n, run);
            n = 0;
        }
        run = wide;
        n++;
    }
    if (n > 0)
        add_group(s, n, run);
}

/* Open a TextObject whose first glyph starts at the origin. */
static void open_text(struct sheet_of *s, double x, double y, double size,
    double wide, const char *attributes)
{
    bool moved = (s->ways & OFD_WHOLE_PAGE) == 0;
    double scale = (s->ways & OFD_SCALED) != 0 ? size : 1;
    double m[4] = { scale, 0, 0, scale };

    if ((s->ways & OFD_TURNED) != 0)
        memcpy(m, (double[4]){ 0, scale, -scale, 0 }, sizeof m);
    if ((s->ways & OFD_TURNED_BACK) != 0)
        memcpy(m, (double[4]){ 0, -scale, scale, 0 }, sizeof m);
    place(s->ways, &x, &y);
    buf_printf(s->out, "<ofd:TextObject ID=\"%d\" Font=\"3\" Size=\"%.4f\"%s",
        s->id++, size / scale, attributes);
    if (moved)
        buf_printf(s->out, " Boundary=\"%.4f %.4f %.4f %.4f\"", x, y, wide,
            size * 1.2);
    else
        buf_add_str(s->out, " Boundary=\"0 0 297 297\"");
    if (m[0] != 1 || !moved)
        buf_printf(s->out, " CTM=\"%.4f %.4f %.4f %.4f %.4f %.4f\"", m[0], m[1],
            m[2], m[3], moved ? 0 : x, moved ? 0 : y);
    buf_add_str(s->out, ">");
}

static void add_text_code(
    struct sheet_of *s, const char *text, size_t n, double unit, bool down)
{
    char *copy = strndup(text, n);
    double wide;

    if ((s->ways & OFD_GLYPH_IDS) != 0)
        buf_printf(s->out,
            "<ofd:CGTransform CodePosition=\"0\" CodeCount=\"1\" "
            "GlyphCount=\"1\"><ofd:Glyphs>17</ofd:Glyphs></ofd:CGTransform>");
    buf_add_str(s->out, "<ofd:TextCode X=\"0\" Y=\"0\"");
    if ((s->ways & OFD_NO_DELTA) == 0 && paper_char(text, &wide) < n) {
        buf_add_str(s->out, down ? " DeltaY=\"" : " DeltaX=\"");
        add_steps(s, copy, unit, down);
        buf_add_str(s->out, "\"");
    }
    buf_add_str(s->out, ">");
    for (const char *p = copy; *p != '\0';) {
        size_t len = paper_char(p, &wide);

        add_char(s, p, len);
        p += len;
    }
    buf_add_str(s->out, "</ofd:TextCode></ofd:TextObject>\n");
    free(copy);
}

static void add_text(struct sheet_of *s, const struct paper_text *t)
{
    double unit = (s->ways & OFD_SCALED) != 0 ? 1 : t->size;
    double x = t->x, y = t->y, wide;
    const char *down = t->down ? " ReadDirection=\"90\"" : "";

    if ((s->ways & OFD_GLYPHS) == 0) {
        open_text(s, x, y, t->size, 160, down);
        add_text_code(s, t->text, strlen(t->text), unit, t->down);
        return;
    }
    for (const char *p = t->text; *p != '\0';) {
        size_t n = paper_char(p, &wide);

        open_text(s, x, y, t->size, t->size, down);
        add_text_code(s, p, n, unit, t->down);
        x += t->down ? 0 : wide * t->size;
        y += t->down ? t->size : 0;
        p += n;
    }
}

/* ---- rulings --------------------------------------------------------------
 */

struct edge {
    double x0, y0, x1, y1;
};

struct edges {
    struct edge one[8192];
    int n;
};

static void add_edge(
    struct edges *e, double x0, double y0, double x1, double y1)
{
    assert(e->n < 8192);
    e->one[e->n++] = (struct edge){ x0, y0, x1, y1 };
}

/* Does `b` go on where `a` ends, or lie within it? */
static bool meets(const struct edge *a, const struct edge *b)
{
    if (a->y0 == a->y1 && b->y0 == b->y1)
        return fabs(a->y0 - b->y0) < 1e-6 && b->x0 <= a->x1 + 1e-6 &&
               b->x1 >= a->x0 - 1e-6;
    if (a->x0 == a->x1 && b->x0 == b->x1)
        return fabs(a->x0 - b->x0) < 1e-6 && b->y0 <= a->y1 + 1e-6 &&
               b->y1 >= a->y0 - 1e-6;
    return false;
}

static void join_edges(struct edges *e)
{
    for (int i = 0; i < e->n; i++)
        for (int k = i + 1; k < e->n; k++) {
            struct edge *a = &e->one[i];
            const struct edge *b = &e->one[k];

            if (!meets(a, b))
                continue;
            *a = (struct edge){ fmin(a->x0, b->x0), fmin(a->y0, b->y0),
                fmax(a->x1, b->x1), fmax(a->y1, b->y1) };
            e->one[k] = e->one[--e->n];
            k = i;
        }
}

static void edges_of(
    const struct paper_page *page, unsigned ways, struct edges *e)
{
    e->n = 0;
    for (int i = 0; i < page->cell_n; i++) {
        const struct paper_cell *c = &page->cell[i];

        if (!c->open_top || (ways & OFD_OPEN) == 0)
            add_edge(e, c->x0, c->y0, c->x1, c->y0);
        if (!c->open_bottom || (ways & OFD_OPEN) == 0)
            add_edge(e, c->x0, c->y1, c->x1, c->y1);
        add_edge(e, c->x0, c->y0, c->x0, c->y1);
        add_edge(e, c->x1, c->y0, c->x1, c->y1);
    }
    if ((ways & OFD_LONG) != 0)
        join_edges(e);
}

static void open_path(struct sheet_of *s, const char *attributes)
{
    buf_printf(s->out,
        "<ofd:PathObject ID=\"%d\" Boundary=\"1 2 297 297\" "
        "LineWidth=\"0.25\"%s><ofd:AbbreviatedData>",
        s->id++, attributes);
}

static void close_path(struct sheet_of *s)
{
    buf_add_str(s->out, "</ofd:AbbreviatedData></ofd:PathObject>\n");
}

/* A corner, as the boundary at 1, 2 has it. */
static void add_corner(struct sheet_of *s, char command, double x, double y)
{
    place(s->ways, &x, &y);
    buf_printf(s->out, "%c %.4f %.4f ", command, x - 1, y - 2);
}

static void add_box(struct sheet_of *s, const struct edge *e)
{
    add_corner(s, 'M', e->x0, e->y0);
    add_corner(s, 'L', e->x1, e->y0);
    add_corner(s, 'L', e->x1, e->y1);
    add_corner(s, 'L', e->x0, e->y1);
    buf_add_str(s->out, "C ");
}

static void add_bar(struct sheet_of *s, const struct edge *e)
{
    struct edge bar = { e->x0 - 0.1, e->y0 - 0.1, e->x1 + 0.1, e->y1 + 0.1 };

    open_path(s, " Stroke=\"false\" Fill=\"true\"");
    add_box(s, &bar);
    close_path(s);
}

static void add_line(struct sheet_of *s, const struct edge *e)
{
    add_corner(s, 'M', e->x0, e->y0);
    add_corner(s, 'L', e->x1, e->y1);
}

static void add_rects(struct sheet_of *s, const struct paper_page *page)
{
    for (int i = 0; i < page->cell_n; i++) {
        const struct paper_cell *c = &page->cell[i];
        struct edge box = { c->x0, c->y0, c->x1, c->y1 };

        open_path(s, "");
        add_box(s, &box);
        close_path(s);
    }
}

static void add_rulings(struct sheet_of *s, const struct paper_page *page)
{
    static struct edges e;

    if ((s->ways & OFD_RECTS) != 0) {
        add_rects(s, page);
        return;
    }
    edges_of(page, s->ways, &e);
    if ((s->ways & OFD_ONE_PATH) != 0 && e.n > 0)
        open_path(s, "");
    for (int i = 0; i < e.n; i++) {
        if ((s->ways & OFD_BARS) != 0) {
            add_bar(s, &e.one[i]);
            continue;
        }
        if ((s->ways & OFD_ONE_PATH) == 0)
            open_path(s, "");
        add_line(s, &e.one[i]);
        if ((s->ways & OFD_ONE_PATH) == 0)
            close_path(s);
    }
    if ((s->ways & OFD_ONE_PATH) != 0 && e.n > 0)
        close_path(s);
}

/* ---- what is not to be read -----------------------------------------------
 */

/* White lines through every cell, by a draw parameter based on another. */
static void add_white(struct sheet_of *s, const struct paper_page *page)
{
    for (int i = 0; i < page->cell_n; i++) {
        const struct paper_cell *c = &page->cell[i];
        double middle = (c->x0 + c->x1) / 2;
        struct edge e = { middle, c->y0, middle, c->y1 };

        open_path(s, " DrawParam=\"12\"");
        add_line(s, &e);
        close_path(s);
    }
}

static void add_hidden(struct sheet_of *s, const struct paper_page *page)
{
    static const char *const attributes[] = { " Visible=\"false\"",
        " Alpha=\"0\"", " Fill=\"false\"" };

    for (int i = 0; i < page->cell_n; i++) {
        const struct paper_cell *c = &page->cell[i];
        struct edge e = { c->x0, c->y0 + 1.5, c->x1, c->y0 + 1.5 };

        open_text(s, c->x0 + 1, c->y0 + 3, 3, 30, attributes[i % 3]);
        add_text_code(s, "777", 3, 3, false);
        open_path(s, i % 2 > 0 ? " Stroke=\"false\"" : " Alpha=\"0\"");
        add_line(s, &e);
        close_path(s);
    }
    open_text(s, -40, 100, 4, 30, "");
    add_text_code(s, "778", 3, 4, false);
}

static void add_watermark(struct sheet_of *s)
{
    for (int i = 0; i < 12; i++)
        buf_printf(s->out,
            "<ofd:TextObject ID=\"%d\" Boundary=\"%d %d 60 60\" "
            "CTM=\"0.8 -0.6 0.6 0.8 0 0\" Font=\"3\" Size=\"8\" Alpha=\"40\">"
            "<ofd:TextCode X=\"0\" Y=\"0\" DeltaX=\"g 5 8\">内部资料8899"
            "</ofd:TextCode></ofd:TextObject>\n",
            s->id++, 20 + i % 3 * 60, 60 + i / 3 * 60);
}

/* ---- parts ----------------------------------------------------------------
 */

static void start_page(struct sheet_of *s)
{
    bool sideways = (s->ways & (OFD_TURNED | OFD_TURNED_BACK)) != 0;

    buf_reset(s->out);
    buf_printf(s->out, HEAD "<ofd:Page" XMLNS ">");
    if ((s->ways & OFD_TEMPLATE) != 0)
        buf_add_str(
            s->out, "<ofd:Template TemplateID=\"2\" ZOrder=\"Background\"/>");
    buf_printf(s->out,
        "<ofd:Area><ofd:PhysicalBox>0 0 %s</ofd:PhysicalBox></ofd:Area>"
        "<ofd:Content><ofd:Layer ID=\"%d\" Type=\"Body\" DrawParam=\"11\">\n",
        sideways ? "297 210" : "210 297", s->id++);
    if ((s->ways & OFD_BLOCKS) != 0)
        buf_add_str(s->out, "<ofd:PageBlock><ofd:PageBlock>\n");
}

static void end_page(struct sheet_of *s)
{
    if ((s->ways & OFD_BLOCKS) != 0)
        buf_add_str(s->out, "</ofd:PageBlock></ofd:PageBlock>\n");
    buf_add_str(s->out, "</ofd:Layer></ofd:Content></ofd:Page>\n");
}

static void write_page(struct sheet_of *s, const struct paper_page *page)
{
    start_page(s);
    if ((s->ways & OFD_PICTURE) != 0) {
        buf_printf(s->out,
            "<ofd:ImageObject ID=\"%d\" Boundary=\"0 0 210 297\" "
            "CTM=\"210 0 0 297 0 0\" ResourceID=\"13\"/>\n",
            s->id++);
        end_page(s);
        return;
    }
    if ((s->ways & OFD_PARAMS) != 0)
        add_white(s, page);
    if ((s->ways & OFD_GROUPED) != 0)
        buf_printf(s->out,
            "<ofd:CompositeObject ID=\"%d\" Boundary=\"3 4 200 290\" "
            "CTM=\"1 0 0 1 -3 -4\" ResourceID=\"%d\"/>\n",
            s->id++, 100 + s->page);
    else
        add_rulings(s, page);
    for (int i = 0; i < page->text_n; i++) {
        struct paper_text again = page->text[i];

        add_text(s, &page->text[i]);
        again.x += 0.1;
        if ((s->ways & OFD_TWICE) != 0)
            add_text(s, &again);
    }
    if ((s->ways & OFD_HIDDEN) != 0)
        add_hidden(s, page);
    if ((s->ways & OFD_WATERMARK) != 0)
        add_watermark(s);
    end_page(s);
}

/* The second layer's ink goes on to its objects; 12 is white because 10 is. */
static void write_resources(
    struct sheet_of *s, const struct paper_page *page, int page_n)
{
    buf_reset(s->out);
    buf_printf(s->out,
        HEAD "<ofd:Res" XMLNS " BaseLoc=\"Res\"><ofd:Fonts><ofd:Font ID=\"3\" "
             "FontName=\"宋体\" FamilyName=\"宋体\"/></ofd:Fonts>"
             "<ofd:DrawParams><ofd:DrawParam ID=\"10\"><ofd:StrokeColor "
             "Value=\"255 255 255\"/></ofd:DrawParam><ofd:DrawParam ID=\"11\" "
             "LineWidth=\"0.2\"><ofd:FillColor Value=\"0 0 0\"/>"
             "</ofd:DrawParam><ofd:DrawParam ID=\"12\" Relative=\"10\">"
             "<ofd:FillColor Value=\"1 2 3\"/></ofd:DrawParam>"
             "</ofd:DrawParams><ofd:MultiMedias><ofd:MultiMedia ID=\"13\" "
             "Type=\"Image\"><ofd:MediaFile>page.png</ofd:MediaFile>"
             "</ofd:MultiMedia></ofd:MultiMedias>");
    buf_add_str(s->out, "<ofd:CompositeGraphicUnits>");
    for (int i = 0; (s->ways & OFD_GROUPED) != 0 && i < page_n; i++) {
        buf_printf(s->out,
            "<ofd:CompositeGraphicUnit ID=\"%d\" Width=\"210\" "
            "Height=\"297\"><ofd:Content>",
            100 + i);
        add_rulings(s, &page[i]);
        buf_add_str(s->out, "</ofd:Content></ofd:CompositeGraphicUnit>");
    }
    buf_add_str(s->out, "</ofd:CompositeGraphicUnits></ofd:Res>\n");
}

/* A template that names itself. */
static void write_template(struct sheet_of *s)
{
    struct paper_text head = { 30, 18, 3, "政府信息公开", false };
    struct edge line = { 25, 20, 185, 20 };

    start_page(s);
    add_text(s, &head);
    open_path(s, "");
    add_line(s, &line);
    close_path(s);
    end_page(s);
}

static void write_document(struct file *f, struct sheet_of *s, int number,
    const struct paper_page *page, int page_n)
{
    struct buf part;
    char name[64];

    buf_init(&part, 1 << 20);
    buf_printf(&part,
        HEAD "<ofd:Document" XMLNS "><ofd:CommonData><ofd:MaxUnitID>9999"
             "</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 100 100"
             "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>");
    if ((s->ways & OFD_ABSOLUTE) != 0)
        buf_printf(&part, "/Doc_%d/", number);
    buf_add_str(&part, "PublicRes.xml</ofd:PublicRes>"
                       "<ofd:TemplatePage ID=\"2\" BaseLoc=\"Tpls/T.xml\"/>"
                       "</ofd:CommonData><ofd:Pages>");
    for (int i = 0; i < page_n; i++) {
        buf_printf(&part, "<ofd:Page ID=\"%d\" BaseLoc=\"", 1000 + i);
        if ((s->ways & OFD_ABSOLUTE) != 0)
            buf_printf(&part, "/Doc_%d/", number);
        if ((s->ways & OFD_BACKSLASH) != 0)
            buf_printf(&part, "Pages\\Page_%d\\Content.xml\"/>", i);
        else
            buf_printf(&part, "Pages/Page_%d/Content.xml\"/>", i);
    }
    buf_add_str(&part, "</ofd:Pages>");
    if ((s->ways & OFD_STAMP) != 0)
        buf_add_str(
            &part, "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>");
    buf_add_str(&part, "</ofd:Document>\n");
    snprintf(name, sizeof name, "Doc_%d/Document.xml", number);
    add_part(f, name, &part);
    buf_clear(&part);
    for (int i = 0; i < page_n; i++) {
        snprintf(
            name, sizeof name, "Doc_%d/Pages/Page_%d/Content.xml", number, i);
        s->page = i;
        write_page(s, &page[i]);
        add_part(f, name, s->out);
    }
    snprintf(name, sizeof name, "Doc_%d/PublicRes.xml", number);
    write_resources(s, page, page_n);
    add_part(f, name, s->out);
    if ((s->ways & OFD_TEMPLATE) != 0) {
        snprintf(name, sizeof name, "Doc_%d/Tpls/T.xml", number);
        write_template(s);
        add_part(f, name, s->out);
    }
}

static void write_annotations(struct file *f, struct sheet_of *s)
{
    buf_reset(s->out);
    buf_add_str(s->out,
        HEAD "<ofd:Annotations" XMLNS "><ofd:Page PageID=\"1000\"><ofd:FileLoc>"
             "Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>"
             "</ofd:Annotations>\n");
    add_part(f, "Doc_0/Annots/Annotations.xml", s->out);
    buf_reset(s->out);
    buf_add_str(s->out,
        HEAD "<ofd:PageAnnot" XMLNS "><ofd:Annot ID=\"1\" Type=\"Stamp\">"
             "<ofd:Appearance Boundary=\"20 60 100 100\"><ofd:TextObject "
             "ID=\"2\" Boundary=\"0 0 90 20\" Font=\"3\" Size=\"6\">"
             "<ofd:TextCode X=\"0\" Y=\"9\" DeltaX=\"g 9 6\">已审核4455"
             "</ofd:TextCode></ofd:TextObject></ofd:Appearance></ofd:Annot>"
             "</ofd:PageAnnot>\n");
    add_part(f, "Doc_0/Annots/Page_0/Annotation.xml", s->out);
}

/* An empty document that the version replaces. */
static void write_version(struct file *f, struct sheet_of *s)
{
    buf_reset(s->out);
    buf_add_str(s->out,
        HEAD "<ofd:Document" XMLNS "><ofd:CommonData/><ofd:Pages/>"
             "</ofd:Document>\n");
    add_part(f, "Doc_0/First.xml", s->out);
    buf_reset(s->out);
    buf_add_str(s->out,
        HEAD "<ofd:DocVersion" XMLNS " ID=\"1\"><ofd:FileList/><ofd:DocRoot>"
             "/Doc_0/Document.xml</ofd:DocRoot></ofd:DocVersion>\n");
    add_part(f, "Doc_0/V.xml", s->out);
}

static void add_body(const struct gen_doc *d, struct sheet_of *s, int number)
{
    bool versions = (s->ways & OFD_VERSION) != 0 && number == 0;

    buf_printf(s->out,
        "<ofd:DocBody><ofd:DocInfo><ofd:DocID>%032d</ofd:DocID>"
        "<ofd:Title>%s</ofd:Title><ofd:Author>某某</ofd:Author>"
        "<ofd:CreationDate>%s</ofd:CreationDate></ofd:DocInfo>"
        "<ofd:DocRoot>%sDoc_%d%s%s</ofd:DocRoot>",
        number, d->title, d->published,
        (s->ways & OFD_ABSOLUTE) != 0 ? "/" : "", number,
        (s->ways & OFD_BACKSLASH) != 0 ? "\\" : "/",
        versions ? "First.xml" : "Document.xml");
    if (versions)
        buf_add_str(s->out,
            "<ofd:Versions><ofd:Version ID=\"1\" Index=\"1\" Current=\"true\" "
            "BaseLoc=\"Doc_0/V.xml\"/></ofd:Versions>");
    buf_add_str(s->out, "</ofd:DocBody>");
}

void ofd_render(
    const struct gen_doc *d, const struct ofd_order *order, struct buf *out)
{
    struct buf bytes;
    struct arena arena;
    struct file f;
    struct sheet_of s = { &bytes, order->ways, 100000, 0 };
    struct paper *paper;
    int second;

    buf_init(&bytes, LIMIT_BODY_BYTES);
    arena_init(&arena, LIMIT_ARENA_BYTES);
    paper = paper_new(d, order, &arena);
    for (second = 1; second < paper->page_n; second++)
        if (paper->page[second].starts_document)
            break;
    open_file(&f, order->ways, out);
    buf_add_str(
        &bytes, HEAD "<ofd:OFD" XMLNS " Version=\"1.1\" DocType=\"OFD\">");
    add_body(d, &s, 0);
    if (second < paper->page_n)
        add_body(d, &s, 1);
    buf_add_str(&bytes, "</ofd:OFD>\n");
    add_part(&f, "OFD.xml", &bytes);
    write_document(&f, &s, 0, paper->page, second);
    if (second < paper->page_n)
        write_document(&f, &s, 1, paper->page + second, paper->page_n - second);
    if ((order->ways & OFD_STAMP) != 0)
        write_annotations(&f, &s);
    if ((order->ways & OFD_VERSION) != 0)
        write_version(&f, &s);
    close_file(&f);
    arena_clear(&arena);
    buf_clear(&bytes);
}
