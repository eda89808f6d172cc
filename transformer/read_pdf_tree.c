/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_pdf_tree - a page tree that is honest, and pictures left alone.
 *
 * MuPDF finds a page by the counts in the tree's nodes; where these are
 * wrong, in damaged files and in hostile ones, pages are lost without a
 * word.  So the leaves are counted here, and where that differs the tree is
 * replaced by a flat list of them; what pages inherit still comes through
 * their /Parent.
 */
#include "common/limits.h"
#include "transformer/read_pdf.h"

/* Nodes that are not pages, and how deep they nest: usual trees are flat or
 * have a node for some ten pages. */
#define NODES_MAX 20000
#define DEPTH_MAX 64

/* Where a walk through the tree stands. */
struct level {
    pdf_obj *kids; /* borrowed */
    int next, n;
};

struct leaves {
    pdf_obj *flat; /* an array of references, or NULL to count only */
    int n;
    int node_n; /* all that were visited */
};

static bool is_leaf(fz_context *ctx, pdf_obj *node)
{
    return !pdf_is_array(ctx, pdf_dict_get(ctx, node, PDF_NAME(Kids)));
}

static bool is_above(
    fz_context *ctx, const struct level *level, int depth, pdf_obj *kids)
{
    for (int i = 0; i <= depth; i++)
        if (pdf_objcmp_resolve(ctx, level[i].kids, kids) == 0)
            return true;
    return false;
}

/* Go through all leaves below `root`, at most one more than LIMIT_PAGES. */
static void visit(fz_context *ctx, pdf_obj *root, struct leaves *l)
{
    struct level level[DEPTH_MAX];
    int depth = 0;

    level[0].kids = pdf_dict_get(ctx, root, PDF_NAME(Kids));
    level[0].n = pdf_array_len(ctx, level[0].kids);
    level[0].next = 0;
    while (depth >= 0 && l->n <= (int)LIMIT_PAGES && l->node_n < NODES_MAX) {
        struct level *top = &level[depth];
        pdf_obj *kid, *kids;

        if (top->next == top->n) {
            depth--;
            continue;
        }
        l->node_n++;
        kid = pdf_array_get(ctx, top->kids, top->next++);
        if (!pdf_is_dict(ctx, kid))
            continue;
        if (is_leaf(ctx, kid)) {
            l->n++;
            if (l->flat)
                pdf_array_push(ctx, l->flat, kid);
            continue;
        }
        kids = pdf_dict_get(ctx, kid, PDF_NAME(Kids));
        if (depth + 1 == DEPTH_MAX || is_above(ctx, level, depth, kids))
            continue;
        depth++;
        level[depth].kids = kids;
        level[depth].n = pdf_array_len(ctx, kids);
        level[depth].next = 0;
    }
}

int pdf_mend_page_tree(fz_context *ctx, pdf_document *doc)
{
    pdf_obj *root = pdf_dict_getp(ctx, pdf_trailer(ctx, doc), "Root/Pages");
    struct leaves l = { .flat = NULL };
    bool nested;

    if (is_leaf(ctx, root)) /* a single page in its place, or nothing */
        return pdf_count_pages(ctx, doc);
    visit(ctx, root, &l);
    nested = l.node_n > l.n;
    if (l.n > (int)LIMIT_PAGES || (!nested && l.n == pdf_count_pages(ctx, doc)))
        return l.n;
    l = (struct leaves){ .flat = pdf_new_array(ctx, doc, l.n) };
    fz_try(ctx)
    {
        visit(ctx, root, &l);
        pdf_dict_put(ctx, root, PDF_NAME(Kids), l.flat);
        pdf_dict_put_int(ctx, root, PDF_NAME(Count), l.n);
    }
    fz_always(ctx)
    {
        pdf_drop_obj(ctx, l.flat);
    }
    fz_catch(ctx)
    {
        fz_rethrow(ctx);
    }
    return l.n;
}

/* ---- pictures ---------------------------------------------------------- */

/* MuPDF decodes the whole of a JPEG 2000 picture, and the dictionary of a
 * JBIG2 one, when it only opens them. */
static bool is_decoded_when_opened(fz_context *ctx, pdf_obj *filter)
{
    int n = pdf_array_len(ctx, filter);

    if (!pdf_is_array(ctx, filter))
        return pdf_name_eq(ctx, filter, PDF_NAME(JPXDecode)) ||
               pdf_name_eq(ctx, filter, PDF_NAME(JBIG2Decode));
    for (int i = 0; i < n && i < 16; i++) {
        pdf_obj *one = pdf_array_get(ctx, filter, i);

        if (pdf_name_eq(ctx, one, PDF_NAME(JPXDecode)) ||
            pdf_name_eq(ctx, one, PDF_NAME(JBIG2Decode)))
            return true;
    }
    return false;
}

/* As if it were a JPEG, which is kept as it is until someone looks. */
static void blind(fz_context *ctx, pdf_obj *picture)
{
    pdf_dict_put(ctx, picture, PDF_NAME(Filter), PDF_NAME(DCTDecode));
    pdf_dict_del(ctx, picture, PDF_NAME(DecodeParms));
    if (!pdf_dict_get_bool(ctx, picture, PDF_NAME(ImageMask)))
        pdf_dict_put(ctx, picture, PDF_NAME(ColorSpace), PDF_NAME(DeviceGray));
    pdf_dict_put_int(ctx, picture, PDF_NAME(BitsPerComponent),
        pdf_dict_get_bool(ctx, picture, PDF_NAME(ImageMask)) ? 1 : 8);
}

static void blind_object(fz_context *ctx, pdf_document *doc, int number)
{
    pdf_obj *object = NULL;

    fz_var(object);
    fz_try(ctx)
    {
        object = pdf_load_object(ctx, doc, number);
        if (pdf_is_dict(ctx, object) &&
            is_decoded_when_opened(
                ctx, pdf_dict_get(ctx, object, PDF_NAME(Filter))))
            blind(ctx, object);
    }
    fz_always(ctx)
    {
        pdf_drop_obj(ctx, object);
    }
    fz_catch(ctx)
    {
        /* What cannot be loaded cannot be decoded. */
        if (fz_caught(ctx) == FZ_ERROR_MEMORY)
            fz_rethrow(ctx);
    }
}

void pdf_blind_pictures(fz_context *ctx, pdf_document *doc, struct slice in)
{
    int n;

    /* The dictionary of a stream is never compressed. */
    if (slice_find(in, SLICE_LIT("JPX")) < 0 &&
        slice_find(in, SLICE_LIT("JBIG2")) < 0)
        return;
    n = pdf_xref_len(ctx, doc);
    for (int i = 1; i < n; i++)
        blind_object(ctx, doc, i);
}
