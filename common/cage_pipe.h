/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cage_pipe - the bytes between a cage and the reader in it.
 *
 * A frame is a little-endian u32 length and that many bytes.  The reader
 * says one READY frame when it is locked in, then answers each request
 * frame with one answer frame, until its input ends.
 *
 *   request   hints and body as texts of common/codec.h
 *   answer    one byte, then what it announces up to the end of the frame
 */
#ifndef COMMON_CAGE_PIPE_H
#define COMMON_CAGE_PIPE_H

#include <stdint.h>

#include "common/buf.h"
#include "common/cage.h"
#include "common/err.h"
#include "common/limits.h"
#include "common/slice.h"

/* First byte of an answer. */
enum cage_answer {
    CAGE_TREE = 'T',  /* an encoded document */
    CAGE_INPUT = 'I', /* ERR_INPUT and its message */
    CAGE_LIMIT = 'L', /* ERR_LIMIT and its message */
    CAGE_READY = 'R', /* locked in, nothing follows */
};

#define CAGE_FRAME_HEAD 4 /* bytes of the length */

/* A request: a body and the hints, of which a URL is the longest. */
#define CAGE_REQUEST_BYTES (LIMIT_BODY_BYTES + 4 * LIMIT_URL_BYTES)

/* An answer: a tree, or the parts of a container, of which the last begins
 * before LIMIT_PARTS_BYTES, and their names and troubles. */
#define CAGE_ANSWER_BYTES (LIMIT_PARTS_BYTES + LIMIT_BODY_BYTES + (2u << 20))

uint32_t cage_frame_len(const unsigned char head[CAGE_FRAME_HEAD]);
void cage_frame_head(uint32_t len, unsigned char head[CAGE_FRAME_HEAD]);

/* Append everything of a request frame before the body's own bytes. */
void cage_request_encode(
    const struct cage_hints *hints, uint32_t body_len, struct buf *out);

/* Texts point into `frame`, the bytes behind the length. */
int cage_request_decode(struct slice frame, struct cage_hints *hints,
    struct slice *body, struct err *err);

#endif
