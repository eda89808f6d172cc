/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_ofd - what the files of the OFD reader share (GB/T 33190-2016).
 *
 * A file holds documents, a document pages, a page objects, each with its
 * own matrix.  Lengths are millimetres, y runs down.  Elements are known by
 * their local names: no other vocabulary is mixed in.
 */
#ifndef TRANSFORMER_READ_OFD_H
#define TRANSFORMER_READ_OFD_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/document.h"
#include "common/err.h"
#include "common/slice.h"
#include "transformer/page.h"
#include "transformer/tree.h"
#include "transformer/xml_walk.h"
#include "transformer/zip_package.h"

/* ---- values (read_ofd_values.c) ----------------------------------------- */

/* x' = a x + c y + e, y' = b x + d y + f, as in CTM="a b c d e f". */
struct ofd_matrix {
    double a, b, c, d, e, f;
};

/* First `inner`, then `outer`. */
struct ofd_matrix ofd_multiply(
    const struct ofd_matrix *inner, const struct ofd_matrix *outer);
void ofd_apply(const struct ofd_matrix *m, double *x, double *y);

/* The next number of a list with white space or commas between; false at
 * its end and where there is none.  Numbers are finite. */
bool ofd_next_number(const char **list, double *out);

/* Exactly `n` numbers; false, and `out` as it was, otherwise. */
bool ofd_numbers(const char *list, double *out, size_t n);

/* A single number, or `otherwise`. */
double ofd_number(const char *value, double otherwise);

/* Width and height of a box "x y width height", when both are above 0. */
bool ofd_size(const char *box, double *width, double *height);

/* The id in an attribute; 0, which no object has, without. */
uint32_t ofd_id(const char *const *attributes, const char *name);

/* What a colour leaves on white paper. */
enum ofd_ink {
    OFD_INK_INHERIT, /* not said here */
    OFD_INK_NONE,    /* transparent */
    OFD_INK_WHITE,   /* seen on something dark only */
    OFD_INK_SEEN,
};

/* The ink of a FillColor or StrokeColor. */
enum ofd_ink ofd_ink(const char *const *attributes);

/* Text of one short element: a name of a part, a title. */
struct ofd_leaf {
    size_t len;
    bool is_open, is_long;
    char text[1024];
};

void ofd_leaf_open(struct ofd_leaf *leaf);
void ofd_leaf_add(struct ofd_leaf *leaf, struct slice text);
/* Close it: trimmed text, empty when it was too long or not open. */
struct slice ofd_leaf_take(struct ofd_leaf *leaf);

/* ---- resources (read_ofd_resources.c) ----------------------------------- */

enum ofd_resource_kind {
    OFD_DRAW_PARAM,
    OFD_MEDIA,     /* a picture */
    OFD_COMPOSITE, /* objects drawn as one */
};

struct ofd_resource {
    enum ofd_resource_kind kind;
    uint32_t id;
    uint32_t relative;         /* of a draw parameter: what it is based on */
    enum ofd_ink stroke, fill; /* of a draw parameter */
    struct slice part; /* of a picture; of a composite: where it stands */
};

struct ofd_resources {
    struct arena *arena;
    struct ofd_resource *one;
    uint32_t n, cap;
    bool sorted;
};

/* Append what a resource part lists; a part that is not there has none. */
int ofd_resources_read(struct ofd_resources *r, struct zip_package *zip,
    struct slice part, struct err *err);

const struct ofd_resource *ofd_resource_find(
    struct ofd_resources *r, enum ofd_resource_kind kind, uint32_t id);

/* What draw parameter `id` says, with what it is based on. */
enum ofd_ink ofd_stroke_of(struct ofd_resources *r, uint32_t id);
enum ofd_ink ofd_fill_of(struct ofd_resources *r, uint32_t id);

/* ---- documents (read_ofd_document.c) ------------------------------------ */

struct ofd_template {
    uint32_t id;
    struct slice part;
};

struct ofd_document {
    struct zip_package *zip;
    struct arena *arena;
    double width, height; /* of a page that does not say its own */
    struct slice *page;   /* parts, in order */
    uint32_t page_n, page_cap;
    struct ofd_template *template;
    uint32_t template_n, template_cap;
    uint32_t composite_n; /* drawn so far */
    uint32_t before_n;    /* pages of the documents before */
    struct ofd_resources resources;
};

/* The name that part `of` gives another; some programs name it from the
 * root without saying so. */
struct slice ofd_part(struct zip_package *zip, struct arena *arena,
    struct slice of, struct slice target);

/* Read Document.xml and its resources; `d` holds zip and arena. */
int ofd_document_read(
    struct ofd_document *d, struct slice part, struct err *err);

/* ---- pages (read_ofd_page.c) -------------------------------------------- */

enum ofd_object_kind {
    OFD_NO_OBJECT,
    OFD_TEXT,
    OFD_PATH,
    OFD_IMAGE,
    OFD_GROUP, /* CompositeObject */
};

/* A rectangle in points of the page. */
struct ofd_box {
    double x0, y0, x1, y1;
};

struct ofd_object {
    enum ofd_object_kind kind;
    struct ofd_matrix matrix; /* object space to points of the page */
    bool is_cut;              /* what is drawn ends at its boundary */
    struct ofd_box boundary;
    uint32_t param;    /* draw parameter */
    uint32_t resource; /* of a picture or group */
    bool strokes, fills;
    enum ofd_ink stroke, fill; /* said in the object itself */
    bool may_cover;            /* opaque, and painted over what came before */
    bool covers;               /* its fill is white without clips */
    /* text */
    double size, hscale;
    uint32_t read_direction, char_direction; /* quarters of a turn */
    double x, y; /* of the last TextCode that said them */
};

struct ofd_image {
    uint32_t resource;
    struct ofd_matrix matrix; /* unit square to points of the page */
};

enum {
    OFD_PAGE_TEMPLATES = 64,
    OFD_PAGE_IMAGES = 256,
    OFD_PAGE_GROUPS = 256,
    OFD_PAGE_SHADES = 512,
};

/* A filled rectangle that is no line, in points of the page. */
struct ofd_shade {
    float x0, y0, x1, y1;
};

struct ofd_page {
    struct ofd_document *doc;
    struct pages *pages;
    struct page *page;
    struct slice part;       /* that is walked through */
    struct ofd_matrix outer; /* of what is walked through to points */
    uint32_t composite;      /* only this one of a resource part, or 0 */
    bool is_template;
    bool inside;          /* the composite is open */
    uint32_t layer_param; /* draw parameter of the open layer */
    bool is_background;   /* the open layer lies below the others */
    struct ofd_object object;
    struct ofd_leaf leaf;
    bool takes_text;    /* `text` is open */
    struct buf text;    /* of a TextCode, or a path */
    struct buf delta_x; /* of a TextCode, terminated, or empty */
    struct buf delta_y;
    uint32_t template[OFD_PAGE_TEMPLATES];
    uint32_t template_n;
    struct ofd_image image[OFD_PAGE_IMAGES];
    uint32_t image_n;
    struct ofd_image group[OFD_PAGE_GROUPS]; /* still to be drawn */
    uint32_t group_n;
    struct ofd_shade shade[OFD_PAGE_SHADES]; /* as far as they fit */
    uint32_t shade_n;
    uint32_t cover_work; /* glyphs compared with what lies over them */
    uint32_t glyph_n;    /* not white space */
    uint32_t turned[4];  /* of them, by quarters of a turn clockwise */
};

/* Read a page with its templates into the next one of `pages`. */
int ofd_page_read(struct ofd_document *d, struct slice part,
    struct pages *pages, struct err *err);

/* The glyphs of the TextCode in p->text; white ones where they lie on a
 * shade (read_ofd_text.c). */
void ofd_text_add(struct ofd_page *p, bool is_white);

/* The rulings and shades of the AbbreviatedData in p->text
 * (read_ofd_path.c); what is not drawn with ink has none. */
void ofd_path_add(struct ofd_page *p, bool strokes, bool fills);

/* The white rectangle of the AbbreviatedData in p->text covers what came
 * before it. */
void ofd_path_cover(struct ofd_page *p);

/* Leave out the glyphs below a box, or below the object's picture, if it is
 * one of the page (read_ofd_cover.c). */
void ofd_cover(struct ofd_page *p, const struct ofd_box *box);
void ofd_cover_image(struct ofd_page *p);

/* A page that is pictures alone is recognised, where this program can;
 * others are left as they are (read_ofd_picture.c). */
int ofd_picture_read(struct ofd_page *p, struct err *err);

#endif
