/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_engine - tesseract: a picture of one line or block to symbols.
 *
 * The models live as long as the process: reading them takes a tenth of a
 * second and files that the sandbox hides.  OpenMP would only burn time here
 * (measured: 3.4 s instead of 0.8 s of CPU for a page), and its threads may
 * not be started in the sandbox.
 */
#include "transformer/ocr_engine.h"

#include <leptonica/allheaders.h>
#include <string.h>
#include <tesseract/capi.h>

#include "common/log.h"
#include "common/mem.h"

/* From <omp.h>, which clang does not bring. */
void omp_set_max_active_levels(int levels);

/* Symbols of one picture; a dense page has 2,500. */
#define SYMBOLS_MAX 20000u

static struct TessBaseAPI *engines[2]; /* eng, chi_sim */

static struct TessBaseAPI *load(const char *language)
{
    struct TessBaseAPI *api = TessBaseAPICreate();

    if (TessBaseAPIInit2(api, NULL, language, OEM_LSTM_ONLY) != 0)
        fatal("tesseract has no model %s: install tesseract-ocr-%s", language,
            strcmp(language, "eng") == 0 ? "eng" : "chi-sim");
    TessBaseAPISetVariable(api, "tessedit_do_invert", "0");
    return api;
}

void ocr_engine_prepare(void)
{
    struct ocr_symbols symbols = { .n = 0 };
    PIX *blank;

    if (engines[0])
        return;
    omp_set_max_active_levels(0);
    setMsgSeverity(L_SEVERITY_NONE);
    engines[0] = load("eng");
    engines[1] = load("chi_sim");
    /* What is only set up at the first line must not wait for the sandbox. */
    blank = pixCreate(64, 32, 8);
    pixSetAllGray(blank, 255);
    for (int model = OCR_DIGITS; model <= OCR_TEXT; model++)
        ocr_engine_read((enum ocr_model)model, OCR_BLOCK, blank, &symbols);
    pixDestroy(&blank);
    mem_free(symbols.items);
}

static struct ocr_symbol *add(struct ocr_symbols *out)
{
    if (out->n == out->cap) {
        out->cap = out->cap ? out->cap * 2 : 256;
        out->items = mem_realloc_n(out->items, out->cap, sizeof(*out->items));
    }
    out->items[out->n] = (struct ocr_symbol){ .confidence = 0 };
    return &out->items[out->n++];
}

static void collect(struct TessResultIterator *at, struct ocr_symbols *out)
{
    do {
        char *text = TessResultIteratorGetUTF8Text(at, RIL_SYMBOL);
        const struct TessPageIterator *page =
            TessResultIteratorGetPageIteratorConst(at);
        struct ocr_symbol *s;

        if (text && text[0] && strlen(text) < sizeof(s->text)) {
            s = add(out);
            memcpy(s->text, text, strlen(text) + 1);
            s->confidence = TessResultIteratorConfidence(at, RIL_SYMBOL);
            TessPageIteratorBoundingBox(
                page, RIL_SYMBOL, &s->x0, &s->y0, &s->x1, &s->y1);
            s->line_end = TessPageIteratorIsAtFinalElement(
                page, RIL_TEXTLINE, RIL_SYMBOL);
        }
        TessDeleteText(text);
    } while (out->n < SYMBOLS_MAX && TessResultIteratorNext(at, RIL_SYMBOL));
}

void ocr_engine_read(enum ocr_model model, enum ocr_layout layout,
    struct Pix *pix, struct ocr_symbols *out)
{
    struct TessBaseAPI *api = engines[model == OCR_DIGITS ? 0 : 1];

    out->n = 0;
    TessBaseAPISetVariable(api, "tessedit_char_whitelist",
        model == OCR_TEXT ? "" : "0123456789.,-");
    TessBaseAPISetPageSegMode(
        api, layout == OCR_LINE ? PSM_RAW_LINE : PSM_SINGLE_BLOCK);
    TessBaseAPISetImage2(api, pix);
    TessBaseAPISetSourceResolution(api, 200);
    if (TessBaseAPIRecognize(api, NULL) == 0) {
        struct TessResultIterator *at = TessBaseAPIGetIterator(api);

        if (at) {
            collect(at, out);
            TessResultIteratorDelete(at);
        }
    }
    TessBaseAPIClear(api);
}
