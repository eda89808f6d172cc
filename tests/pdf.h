/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pdf - PDF files written by hand: objects in order, a table of where they
 * are, a trailer.
 *
 * Object 1 is the catalogue; pdf_page makes the usual five for one page.
 */
#ifndef TESTS_PDF_H
#define TESTS_PDF_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/limits.h"
#include "common/slice.h"

#define PDF_OBJECTS_MAX 2000

struct pdf_file {
    struct buf out;
    size_t at[PDF_OBJECTS_MAX];
    unsigned n;
};

static inline void pdf_start(struct pdf_file *f)
{
    buf_init(&f->out, LIMIT_BODY_BYTES);
    f->n = 0;
    buf_add_str(&f->out, "%PDF-1.7\n");
}

/* The next object; numbers start at 1. */
__attribute__((format(printf, 2, 3))) static inline void pdf_object(
    struct pdf_file *f, const char *format, ...)
{
    char text[8192];
    va_list ap;

    va_start(ap, format);
    vsnprintf(text, sizeof(text), format, ap);
    va_end(ap);
    f->at[f->n++] = f->out.len;
    buf_printf(&f->out, "%u 0 obj\n%s\nendobj\n", f->n, text);
}

/* A stream with these further entries in its dictionary. */
static inline void pdf_stream(
    struct pdf_file *f, const char *entries, struct slice bytes)
{
    f->at[f->n++] = f->out.len;
    buf_printf(&f->out, "%u 0 obj\n<< /Length %zu %s >>\nstream\n", f->n,
        bytes.len, entries);
    buf_add_slice(&f->out, bytes);
    buf_add_str(&f->out, "\nendstream\nendobj\n");
}

/* Table and trailer with further entries; the bytes live in f->out. */
static inline struct slice pdf_end(struct pdf_file *f, const char *entries)
{
    size_t table = f->out.len;

    buf_printf(&f->out, "xref\n0 %u\n0000000000 65535 f \n", f->n + 1);
    for (unsigned i = 0; i < f->n; i++)
        buf_printf(&f->out, "%010zu 00000 n \n", f->at[i]);
    buf_printf(&f->out,
        "trailer\n<< /Size %u /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n",
        f->n + 1, entries, table);
    return buf_slice(&f->out);
}

/* What a page of 400 x 300 points has in it: F is Helvetica, G a Chinese font
 * written in UCS-2, V the same downwards; further resources and entries. */
struct pdf_page {
    const char *resources, *entries, *trailer;
};

/* Objects 1 to 7: catalogue, pages, page, content, fonts; further objects may
 * follow before pdf_end. */
static inline void pdf_page(
    struct pdf_file *f, struct pdf_page p, const char *content)
{
    static const char chinese[] =
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light "
        "/Encoding /UniGB-UCS2-%c /DescendantFonts [<< /Type /Font "
        "/Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) "
        "/Supplement 2 >> /FontDescriptor << /Type /FontDescriptor "
        "/FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /StemV 80 >> >>] >>";

    pdf_start(f);
    pdf_object(f, "<< /Type /Catalog /Pages 2 0 R >>");
    pdf_object(f, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    pdf_object(f,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] "
        "/Contents 4 0 R /Resources << /Font << /F 5 0 R /G 6 0 R "
        "/V 7 0 R >> %s >> %s >>",
        p.resources ? p.resources : "", p.entries ? p.entries : "");
    pdf_stream(f, "", slice_str(content));
    pdf_object(f, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                  "/Encoding /WinAnsiEncoding >>");
    pdf_object(f, chinese, 'H');
    pdf_object(f, chinese, 'V');
}

#endif
