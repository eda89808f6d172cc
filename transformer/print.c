/* SPDX-License-Identifier: Apache-2.0 */
/*
 * print - the formats, and the width of text on a terminal.
 */
#include "transformer/print.h"

#include <string.h>

#include <utf8proc.h>

static const struct printer *const printers[] = { &printer_table, &printer_csv,
    &printer_jsonl, NULL };

const struct printer *printer_find(const char *name)
{
    for (size_t i = 0; printers[i]; i++) {
        if (strcmp(printers[i]->name, name) == 0)
            return printers[i];
    }
    return NULL;
}

/* Columns of the character at *i, which moves behind it. */
static size_t char_width(struct slice s, size_t *i)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate(
        (const utf8proc_uint8_t *)s.p + *i, (utf8proc_ssize_t)(s.len - *i), &c);
    int width;

    if (n <= 0) {
        (*i)++;
        return 1;
    }
    *i += (size_t)n;
    width = utf8proc_charwidth(c);
    return width > 0 ? (size_t)width : 0;
}

size_t print_width(struct slice s)
{
    size_t width = 0, i = 0;

    while (i < s.len)
        width += char_width(s, &i);
    return width;
}

struct slice print_fit(struct slice s, size_t max)
{
    size_t width = 0, i = 0, next = 0;

    while (next < s.len) {
        width += char_width(s, &next);
        if (width > max)
            break;
        i = next;
    }
    return (struct slice){ s.p, i };
}
