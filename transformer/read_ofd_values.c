/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_ofd_values - numbers, boxes, matrices and colours in attributes
 * (GB/T 33190-2016, 7.3).
 *
 * Numbers are parsed here because strtod asks the locale.
 */
#include "transformer/read_ofd.h"

/* Millimetres, indices and factors stay far below. */
#define NUMBER_MAX 1e7

struct ofd_matrix ofd_multiply(
    const struct ofd_matrix *inner, const struct ofd_matrix *outer)
{
    struct ofd_matrix m = {
        .a = outer->a * inner->a + outer->c * inner->b,
        .b = outer->b * inner->a + outer->d * inner->b,
        .c = outer->a * inner->c + outer->c * inner->d,
        .d = outer->b * inner->c + outer->d * inner->d,
        .e = inner->e,
        .f = inner->f,
    };

    ofd_apply(outer, &m.e, &m.f);
    return m;
}

void ofd_apply(const struct ofd_matrix *m, double *x, double *y)
{
    double from_x = *x;

    *x = m->a * from_x + m->c * *y + m->e;
    *y = m->b * from_x + m->d * *y + m->f;
}

/* ---- numbers --------------------------------------------------------------
 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static double scale_by(double value, int exponent)
{
    for (; exponent > 0 && value < NUMBER_MAX; exponent--)
        value *= 10;
    for (; exponent < 0 && value > 0; exponent++)
        value /= 10;
    return value;
}

/* "E-7" behind a number, as Java prints small ones. */
static int exponent_of(const char **at)
{
    const char *p = *at;
    bool minus;
    int n = 0;

    if (*p != 'e' && *p != 'E')
        return 0;
    p++;
    minus = *p == '-';
    if (*p == '-' || *p == '+')
        p++;
    if (!is_digit(*p))
        return 0;
    for (; is_digit(*p); p++)
        n = n < 1000 ? n * 10 + (*p - '0') : n;
    *at = p;
    return minus ? -n : n;
}

bool ofd_next_number(const char **list, double *out)
{
    const char *p = *list, *digits;
    double value = 0;
    bool minus, some;

    while (char_is_one_of(*p, " \t\r\n,"))
        p++;
    minus = *p == '-';
    if (*p == '-' || *p == '+')
        p++;
    for (digits = p; is_digit(*p); p++)
        value = value < NUMBER_MAX ? value * 10 + (*p - '0') : value;
    some = p > digits;
    if (*p == '.') {
        double place = 0.1;

        for (p++; is_digit(*p); p++, some = true) {
            value += place * (*p - '0');
            place /= 10;
        }
    }
    if (!some)
        return false;
    value = scale_by(value, exponent_of(&p));
    if (value > NUMBER_MAX)
        value = NUMBER_MAX;
    *out = minus ? -value : value;
    *list = p;
    return true;
}

bool ofd_numbers(const char *list, double *out, size_t n)
{
    double found[6];

    if (!list || n > sizeof(found) / sizeof(found[0]))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!ofd_next_number(&list, &found[i]))
            return false;
    memcpy(out, found, n * sizeof(*out));
    return true;
}

double ofd_number(const char *value, double otherwise)
{
    double n;

    return ofd_numbers(value, &n, 1) ? n : otherwise;
}

bool ofd_size(const char *box, double *width, double *height)
{
    double is[4];

    if (!ofd_numbers(box, is, 4) || !(is[2] > 0) || !(is[3] > 0))
        return false;
    *width = is[2];
    *height = is[3];
    return true;
}

uint32_t ofd_id(const char *const *attributes, const char *name)
{
    return xml_number(
        xml_attribute(attributes, XML_NS_NONE, name), UINT32_MAX, 0);
}

/* ---- colours --------------------------------------------------------------
 */

static int hex_digit(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A channel of a colour: "255" or "#ff". */
static bool next_channel(const char **list, double *out)
{
    const char *p = *list;
    int value = 0;

    while (char_is_one_of(*p, " \t\r\n,"))
        p++;
    if (*p != '#')
        return ofd_next_number(list, out);
    for (p++; hex_digit(*p) >= 0 && value < 4096; p++)
        value = value * 16 + hex_digit(*p);
    *out = value;
    *list = p;
    return true;
}

enum ofd_ink ofd_ink(const char *const *attributes)
{
    const char *value = xml_attribute(attributes, XML_NS_NONE, "Value");
    double low = 255, high = 0, channel;
    int n = 0;

    if (ofd_number(xml_attribute(attributes, XML_NS_NONE, "Alpha"), 255) <= 0)
        return OFD_INK_NONE;
    /* Of a pattern or a palette nobody knows. */
    if (!value)
        return OFD_INK_SEEN;
    for (; n < 5 && next_channel(&value, &channel); n++) {
        low = channel < low ? channel : low;
        high = channel > high ? channel : high;
    }
    /* CMYK is ink, the others are light. */
    if (n == 4)
        return high <= 5 ? OFD_INK_WHITE : OFD_INK_SEEN;
    return (n == 1 || n == 3) && low >= 250 ? OFD_INK_WHITE : OFD_INK_SEEN;
}

/* ---- short texts ----------------------------------------------------------
 */

void ofd_leaf_open(struct ofd_leaf *leaf)
{
    leaf->len = 0;
    leaf->is_open = true;
    leaf->is_long = false;
}

void ofd_leaf_add(struct ofd_leaf *leaf, struct slice text)
{
    if (!leaf->is_open || leaf->is_long)
        return;
    if (text.len > sizeof(leaf->text) - leaf->len) {
        leaf->is_long = true;
        return;
    }
    memcpy(leaf->text + leaf->len, text.p, text.len);
    leaf->len += text.len;
}

struct slice ofd_leaf_take(struct ofd_leaf *leaf)
{
    struct slice text = { leaf->text, leaf->len };

    if (!leaf->is_open || leaf->is_long)
        text.len = 0;
    leaf->is_open = false;
    return slice_trim(text);
}
