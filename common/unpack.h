/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unpack - all documents of a container, those of containers in it as well.
 *
 * Unpacking happens in the cage, an answer at a time; here is only the order
 * in which answers are asked for, and how many.  Formats that are zip files
 * themselves (DOCX, XLSX, OFD) are documents, not containers: the reader
 * says which.
 */
#ifndef COMMON_UNPACK_H
#define COMMON_UNPACK_H

#include <stdbool.h>
#include <stdint.h>

#include "common/cage.h"
#include "common/err.h"
#include "common/slice.h"

/* One document of a container, in the container's order; what a container
 * in it holds follows it. */
struct unpack_part {
    uint32_t index;      /* 1, 2, ... as they are told */
    uint32_t within;     /* index of the part it lies in; 0: outermost */
    struct slice path;   /* inside the container that it lies in */
    struct slice bytes;  /* empty where they could not be unpacked */
    struct slice reason; /* why it is set aside, as in cage.h; or empty */
    bool is_container;   /* its parts follow */
};

/* Take a part, valid for the call; -1 with `err` set ends the unpacking. */
typedef int unpack_take(
    void *ctx, const struct unpack_part *part, struct err *err);

/* Whether `in` begins like a container; only such bytes go to the cage. */
bool unpack_may(struct slice in);

/*
 * Tell the parts of `body` to `take`, if it is a container: *is_container.
 * Reads in the cage as it needs.  A part that cannot be unpacked, or lies
 * deeper than LIMIT_CONTAINER_DEPTH, has its reason.
 * ERR_INPUT, ERR_LIMIT: the whole container is at fault, and what was told
 * of it does not count; ERR_RETRY, ERR_FATAL: as cage_read and `take`.
 */
int unpack(struct cage *cage, struct slice body, struct slice name,
    unpack_take *take, void *ctx, bool *is_container, struct err *err);

#endif
