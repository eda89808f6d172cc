/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encode - the finished text in the bytes of its charset.
 */
#include <iconv.h>
#include <string.h>

#include "common/log.h"
#include "tests/gen/gen.h"

static void add_crlf(const struct buf *in, struct buf *out)
{
    for (size_t i = 0; i < in->len; i++) {
        if (in->p[i] == '\n' && (i == 0 || in->p[i - 1] != '\r'))
            buf_add_char(out, '\r');
        buf_add_char(out, in->p[i]);
    }
}

/* What stands for a character that the charset lacks. */
static char substitute(const char *p)
{
    bool space = memcmp(p, "\xC2\xA0", 2) == 0 ||
                 memcmp(p, "\xE2\x80", 2) == 0 || memcmp(p, "\xEF\xBB", 2) == 0;

    return space ? ' ' : '?';
}

static void convert(const char *charset, const struct buf *in, struct buf *out)
{
    iconv_t cd = iconv_open(charset, "UTF-8");
    char *from = in->p;
    size_t left = in->len;

    if (cd == (iconv_t)-1)
        fatal("iconv charset=%s", charset);
    while (left > 0) {
        char block[4096], *to = block;
        size_t room = sizeof block;
        size_t failed = iconv(cd, &from, &left, &to, &room);

        buf_add(out, block, sizeof block - room);
        if (failed == (size_t)-1 && room >= 8 && left > 0) {
            buf_add_char(out, substitute(from));
            do {
                from++;
                left--;
            } while (left > 0 && (*from & 0xC0) == 0x80);
        }
    }
    iconv_close(cd);
}

void gen_encode(struct gen_doc *d, const struct buf *in)
{
    struct buf lines;
    const struct buf *text = in;

    buf_init(&lines, in->max);
    if (d->style.crlf) {
        add_crlf(in, &lines);
        text = &lines;
    }
    switch (d->style.charset) {
    case CHARSET_UTF8_BOM:
        buf_add_str(&d->bytes, "\xEF\xBB\xBF");
        buf_add(&d->bytes, text->p, text->len);
        break;
    case CHARSET_UTF8:
        buf_add(&d->bytes, text->p, text->len);
        break;
    case CHARSET_UTF16:
        buf_add(&d->bytes, "\xFF\xFE", 2);
        convert("UTF-16LE", text, &d->bytes);
        break;
    case CHARSET_GB18030:
        convert("GB18030", text, &d->bytes);
        break;
    case CHARSET_GBK:
        convert("GBK", text, &d->bytes);
        break;
    }
    buf_clear(&lines);
}
