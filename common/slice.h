/* SPDX-License-Identifier: Apache-2.0 */
/*
 * slice - borrowed text: a pointer and a length in bytes.
 *
 * Not terminated, may hold NUL.  Whoever owns the bytes (an arena, a
 * message) outlives the slice.  { NULL, 0 } is "not given"; an empty text
 * that was given has a non-NULL pointer.
 */
#ifndef COMMON_SLICE_H
#define COMMON_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *p;
    size_t len; /* bytes */
};

/* Is `c` one of the characters of `set`?  NUL never is. */
static inline bool char_is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* printf arguments for "%.*s". */
#define SLICE_ARG(s) (int)(s).len, (s).p ? (s).p : ""

/* A slice of a string literal. */
#define SLICE_LIT(s) ((struct slice){ ("" s), sizeof(s) - 1 })

static inline struct slice slice_str(const char *s)
{
    return (struct slice){ s, s ? strlen(s) : 0 };
}

static inline bool slice_eq(struct slice a, struct slice b)
{
    return a.len == b.len &&
           (a.len == 0 || (a.p && b.p && memcmp(a.p, b.p, a.len) == 0));
}

static inline bool slice_eq_str(struct slice a, const char *b)
{
    return slice_eq(a, slice_str(b));
}

static inline bool slice_starts(struct slice a, struct slice with)
{
    return a.len >= with.len &&
           (with.len == 0 ||
               (a.p && with.p && memcmp(a.p, with.p, with.len) == 0));
}

static inline bool slice_ends(struct slice a, struct slice with)
{
    return a.len >= with.len &&
           (with.len == 0 ||
               (a.p && with.p &&
                   memcmp(a.p + a.len - with.len, with.p, with.len) == 0));
}

/* From byte `from` to the end; `from` past the end gives an empty slice. */
static inline struct slice slice_from(struct slice a, size_t from)
{
    if (a.len == 0)
        return a;
    if (from > a.len)
        from = a.len;
    return (struct slice){ a.p + from, a.len - from };
}

/* Without its first `n` bytes, where the caller knows that it has them. */
static inline struct slice slice_skip(struct slice a, size_t n)
{
    return (struct slice){ a.p + n, a.len - n };
}

/* Offset of the first `needle` in `a`, or -1. */
static inline ptrdiff_t slice_find(struct slice a, struct slice needle)
{
    const char *hit;

    if (needle.len == 0 || a.len < needle.len || !a.p)
        return needle.len == 0 ? 0 : -1;
    hit = memmem(a.p, a.len, needle.p, needle.len);
    return hit ? hit - a.p : -1;
}

/* Without ASCII white space at both ends. */
static inline struct slice slice_trim(struct slice a)
{
    while (a.len > 0 && strchr(" \t\r\n\f\v", a.p[0]) && a.p[0] != '\0') {
        a.p++;
        a.len--;
    }
    while (a.len > 0 && strchr(" \t\r\n\f\v", a.p[a.len - 1]) &&
           a.p[a.len - 1] != '\0')
        a.len--;
    return a;
}

#endif
