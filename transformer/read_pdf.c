/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_pdf - PDF files to paragraphs and grids, by MuPDF.
 *
 * One context a document, with a bound on its memory that MuPDF cannot see:
 * it gets NULL and tidies up.  What MuPDF mends by itself is read as far as
 * it goes; a page whose drawing broke off somewhere is read as doubtful, so
 * that only sums confirm its numbers.  A page that is a picture ends the
 * reading with "reader.scan: ..." where there is no recognition.
 */
#include "transformer/read_pdf.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "common/limits.h"
#include "transformer/page_picture.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"
#include "transformer/tree.h"

/* Bytes of what MuPDF may keep to use again: fonts, decoded pictures. */
#define STORE_BYTES ((size_t)32 << 20)

/* What a title or a date may take. */
#define PROPERTY_BYTES 1024

struct reading {
    struct slice in;
    struct document *doc;
    struct err *err;
    struct pages pages;
    struct ink ink;
    size_t used;   /* bytes that MuPDF has */
    bool refused;  /* it wanted more than it may have */
    bool damaged;  /* something of this page was left out */
    bool broken;   /* all that comes after some point of it */
    bool garbled;  /* glyphs of some page do not tell their characters */
    uint32_t lost; /* pages that could not be read at all */
};

/* ---- memory ------------------------------------------------------------ */

/* `more` bytes, of which `old` are had already. */
static bool may_take(struct reading *r, size_t more, size_t old)
{
    if (more <= LIMIT_PARSER_BYTES &&
        r->used - old <= LIMIT_PARSER_BYTES - more)
        return true;
    r->refused = true;
    return false;
}

static void *take(void *user, size_t size)
{
    struct reading *r = user;
    void *p = may_take(r, size, 0) ? malloc(size) : NULL;

    if (p)
        r->used += malloc_usable_size(p);
    return p;
}

static void *take_again(void *user, void *old, size_t size)
{
    struct reading *r = user;
    size_t had = old ? malloc_usable_size(old) : 0;
    void *p = may_take(r, size, had) ? realloc(old, size) : NULL;

    if (p)
        r->used += malloc_usable_size(p) - had;
    return p;
}

static void give_back(void *user, void *p)
{
    struct reading *r = user;

    if (p)
        r->used -= malloc_usable_size(p);
    free(p);
}

/* ---- what MuPDF says --------------------------------------------------- */

/* Words of its warnings that mean lost drawing; there are many others, about
 * fonts and the like. */
static void on_message(void *user, const char *message)
{
    static const char *const losses[] = { "premature end", "zlib error",
        "content stream", "compression error", "error during interpretation",
        "syntax error", "cannot load", "cannot find", "too many syntax" };
    struct reading *r = user;

    for (size_t i = 0; i < sizeof(losses) / sizeof(losses[0]); i++)
        r->damaged |= strstr(message, losses[i]) != NULL;
}

/* An error that MuPDF threw, as ours.  Its words are in English and short,
 * but may quote the document. */
static int caught(fz_context *ctx, struct reading *r, const char *what)
{
    const char *message = fz_caught_message(ctx);

    if (r->refused || fz_caught(ctx) == FZ_ERROR_MEMORY)
        return err_set(r->err, ERR_LIMIT,
            "reader.memory: the document takes more than %u MB to read",
            LIMIT_PARSER_BYTES >> 20);
    if (strstr(message, "encrypt") || strstr(message, "password"))
        return err_set(r->err, ERR_INPUT, "reader.encrypted: %.120s", message);
    return err_set(
        r->err, ERR_INPUT, "reader.broken: %s: %.120s", what, message);
}

/* ---- pages ------------------------------------------------------------- */

/* Out of memory is no matter of one page, and after MuPDF has mended the file
 * on the way the page is to be begun again. */
static bool must_go_on_up(fz_context *ctx, const struct reading *r)
{
    return r->refused || fz_caught(ctx) == FZ_ERROR_MEMORY ||
           fz_caught(ctx) == FZ_ERROR_REPAIRED;
}

/* What is put on the page as a note: its frames are none of a table, and
 * the signs of notes and links are none of the page. */
static void draw_annotations(fz_context *ctx, struct ink *ink, pdf_page *page,
    fz_device *dev, fz_matrix ctm, fz_cookie *cookie)
{
    ink->frameless = true;
    for (pdf_annot *a = pdf_first_annot(ctx, page); a;
         a = pdf_next_annot(ctx, a)) {
        enum pdf_annot_type type = pdf_annot_type(ctx, a);

        if (type != PDF_ANNOT_LINK && type != PDF_ANNOT_TEXT &&
            type != PDF_ANNOT_POPUP)
            pdf_run_annot(ctx, a, dev, ctm, cookie);
    }
    ink->frameless = false;
}

/* Draw the page into r->ink, as far as it can be drawn. */
static void draw(fz_context *ctx, struct reading *r, pdf_page *page)
{
    fz_cookie cookie = { 0 };
    fz_rect box = pdf_bound_page(ctx, page);
    fz_matrix ctm = fz_translate(-box.x0, -box.y0);
    fz_device *dev;

    ink_start(&r->ink, box.x1 - box.x0, box.y1 - box.y0);
    dev = pdf_new_ink_device(ctx, &r->ink, &cookie);
    fz_try(ctx)
    {
        pdf_run_page_contents(ctx, page, dev, ctm, &cookie);
        draw_annotations(ctx, &r->ink, page, dev, ctm, &cookie);
        pdf_run_page_widgets(ctx, page, dev, ctm, &cookie);
        fz_close_device(ctx, dev);
    }
    fz_always(ctx)
    {
        fz_drop_device(ctx, dev);
    }
    fz_catch(ctx)
    {
        if (must_go_on_up(ctx, r))
            fz_rethrow(ctx);
        r->damaged = r->broken = true;
    }
    r->damaged |= cookie.errors > 0;
}

static int judge(fz_context *ctx, struct reading *r, pdf_page *page, int number)
{
    struct ink_verdict v = ink_judge(&r->ink);

    if (r->ink.full)
        return err_set(r->err, ERR_LIMIT,
            "reader.size: page %d draws more than is kept", number);
    r->garbled |= v.garbled;
    if (v.picture && page_recognize)
        return pdf_recognize(ctx, page, &r->ink, &r->pages, r->err);
    if (v.picture)
        return err_set(
            r->err, ERR_INPUT, "reader.scan: page %d %s", number, v.picture);
    r->doc->replaced_n += v.unknown_n;
    r->lost += r->broken && v.seen_n == 0;
    ink_to_page(
        &r->ink, r->damaged ? READING_DOUBTFUL : READING_TEXT, &r->pages);
    return 0;
}

/* 0, or -1 with r->err set; MuPDF's own errors are thrown. */
static int read_page(
    fz_context *ctx, struct reading *r, pdf_document *pdf, int index)
{
    pdf_page *page = NULL;
    int status = -1;

    fz_var(page);
    fz_var(status);
    r->damaged = r->broken = false;
    fz_try(ctx)
    {
        page = pdf_load_page(ctx, pdf, index);
        draw(ctx, r, page);
        status = judge(ctx, r, page, index + 1);
    }
    fz_always(ctx)
    {
        fz_drop_page(ctx, page ? &page->super : NULL);
    }
    fz_catch(ctx)
    {
        fz_rethrow(ctx);
    }
    return status;
}

/* A page that cannot be read stays empty, so that the others keep their
 * numbers; what stood on it is missing, which the tables show. */
static int read_page_or_lose_it(
    fz_context *ctx, struct reading *r, pdf_document *pdf, int index)
{
    int status = 0;
    int tries = 2;

    fz_var(status);
    fz_var(tries);
    while (tries-- > 0) {
        fz_try(ctx)
        {
            status = read_page(ctx, r, pdf, index);
            tries = 0;
        }
        fz_catch(ctx)
        {
            if (r->refused || fz_caught(ctx) == FZ_ERROR_MEMORY)
                fz_rethrow(ctx);
            tries *= fz_caught(ctx) == FZ_ERROR_REPAIRED;
        }
    }
    if (status == 0 && r->pages.page_n == (uint32_t)index) {
        r->lost++;
        pages_add(&r->pages, 0, 0);
    }
    return status;
}

static int read_pages(fz_context *ctx, struct reading *r, pdf_document *pdf)
{
    int n = pdf_mend_page_tree(ctx, pdf);

    if (n <= 0)
        return err_set(r->err, ERR_INPUT, "reader.broken: no pages");
    if (n > (int)LIMIT_PAGES)
        return err_set(
            r->err, ERR_LIMIT, "reader.size: more than %u pages", LIMIT_PAGES);
    for (int i = 0; i < n && r->pages.trouble[0] == '\0'; i++)
        if (read_page_or_lose_it(ctx, r, pdf, i) < 0)
            return -1;
    if (r->lost == (uint32_t)n)
        return err_set(r->err, ERR_INPUT, "reader.broken: no page can be read");
    return 0;
}

/* ---- properties -------------------------------------------------------- */

/* What is said of the document; names of persons are not kept. */
static const struct {
    const char *key, *meta;
} properties[] = {
    { FZ_META_INFO_TITLE, "title" },
    { FZ_META_INFO_SUBJECT, "subject" },
    { FZ_META_INFO_CREATIONDATE, "created" },
    { FZ_META_INFO_MODIFICATIONDATE, "modified" },
};

static void add_property(struct tree *tree, const char *meta, const char *text)
{
    struct slice s = slice_trim(slice_str(text));

    if (s.len == 0 || s.len >= PROPERTY_BYTES - 1)
        return; /* one that was cut is none */
    if (strcmp(meta, "title") == 0)
        tree->doc->title = tree_text(tree, s);
    tree_meta(tree, slice_str(meta), s);
}

/* "D:20240131..." to 2024-01-31. */
static void add_date(struct tree *tree, const char *meta, const char *text)
{
    char date[11];

    if (strncmp(text, "D:", 2) == 0)
        text += 2;
    if (strspn(text, "0123456789") < 8)
        return;
    snprintf(date, sizeof(date), "%.4s-%.2s-%.2s", text, text + 4, text + 6);
    tree_meta(tree, slice_str(meta), slice_str(date));
}

static void read_property(fz_context *ctx, pdf_document *pdf, const char *key,
    const char *meta, struct tree *tree)
{
    char text[PROPERTY_BYTES];

    fz_try(ctx)
    {
        if (pdf_lookup_metadata(ctx, pdf, key, text, sizeof(text)) > 0) {
            if (strstr(key, "Date"))
                add_date(tree, meta, text);
            else
                add_property(tree, meta, text);
        }
    }
    fz_catch(ctx)
    {
        /* A report without its properties is a report. */
        if (fz_caught(ctx) == FZ_ERROR_MEMORY)
            fz_rethrow(ctx);
    }
}

static void read_properties(
    fz_context *ctx, pdf_document *pdf, struct tree *tree)
{
    for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++)
        read_property(ctx, pdf, properties[i].key, properties[i].meta, tree);
}

/* ---- the document ------------------------------------------------------ */

static int read_opened(fz_context *ctx, struct reading *r, pdf_document *pdf)
{
    struct tree tree;

    if (pdf_needs_password(ctx, pdf))
        return err_set(r->err, ERR_INPUT,
            "reader.encrypted: the document opens with a password only");
    tree_init(&tree, r->doc);
    read_properties(ctx, pdf, &tree);
    if (!page_recognize)
        pdf_blind_pictures(ctx, pdf, r->in);
    if (read_pages(ctx, r, pdf) < 0)
        return -1;
    if (pdf_was_repaired(ctx, pdf) || r->lost)
        tree_meta(&tree, SLICE_LIT("damaged"),
            r->lost ? SLICE_LIT("pages lost") : SLICE_LIT("repaired"));
    return tree_end(&tree, r->err);
}

static int open_and_read(fz_context *ctx, struct reading *r)
{
    fz_stream *stream = NULL;
    pdf_document *pdf = NULL;
    int status = -1;

    fz_var(stream);
    fz_var(pdf);
    fz_var(status);
    fz_try(ctx)
    {
        stream = fz_open_memory(ctx, (const unsigned char *)r->in.p, r->in.len);
        pdf = pdf_open_document_with_stream(ctx, stream);
        status = read_opened(ctx, r, pdf);
    }
    fz_always(ctx)
    {
        pdf_drop_document(ctx, pdf);
        fz_drop_stream(ctx, stream);
    }
    fz_catch(ctx)
    {
        status = caught(ctx, r, pdf ? "a page" : "not a PDF");
    }
    return status;
}

static int read_in_context(struct reading *r)
{
    const fz_alloc_context memory = { r, take, take_again, give_back };
    fz_context *ctx = fz_new_context(&memory, NULL, STORE_BYTES);
    int status;

    if (!ctx)
        return err_set(r->err, ERR_LIMIT, "reader.memory: MuPDF cannot begin");
    fz_set_warning_callback(ctx, on_message, r);
    fz_set_error_callback(ctx, on_message, r);
    fz_disable_icc(ctx);
    status = open_and_read(ctx, r);
    fz_drop_context(ctx);
    if (status == 0 && r->refused)
        return err_set(r->err, ERR_LIMIT,
            "reader.memory: the document takes more than %u MB to read",
            LIMIT_PARSER_BYTES >> 20);
    return status;
}

/* The fonts of other pages may be no better: digits are to be confirmed. */
static void doubt_all(struct pages *p)
{
    for (uint32_t i = 0; i < p->page_n; i++)
        for (uint32_t k = 0; k < p->pages[i].run_n; k++)
            if (p->pages[i].runs[k].reading == READING_TEXT)
                p->pages[i].runs[k].reading = READING_DOUBTFUL;
}

static int pdf_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct reading r = { .in = in, .doc = doc, .err = err };
    int status;

    (void)hints;
    doc->charset = SLICE_LIT("UTF-8");
    pages_init(&r.pages, doc->arena);
    ink_init(&r.ink);
    status = read_in_context(&r);
    ink_clear(&r.ink);
    if (r.garbled)
        doubt_all(&r.pages);
    return status < 0 ? -1 : pages_to_tree(&r.pages, doc, err);
}

static int pdf_bid(struct slice in)
{
    const char *type = sniff_binary(in);

    return type && strcmp(type, "application/pdf") == 0 ? 100 : 0;
}

extern const struct reader pdf_reader;
const struct reader pdf_reader = { "pdf", "application/pdf", pdf_bid, pdf_read,
    NULL };
