/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wire - the messages between collector, transformers and loader.
 *
 * One message is one ZeroMQ frame (after the routing id): version byte, type
 * byte, then fields in a fixed order, integers little-endian, texts as
 * u32 length and bytes (0xffffffff for null).  Decoders trust nothing: a
 * short, long or unknown message is ERR_INPUT and is dropped with a log
 * line.  This file alone knows the bytes.
 *
 *   worker -> collector   READY credit | HEARTBEAT | DONE job | FAILED job
 *   collector -> worker   JOB | PING (answer with READY: I was restarted)
 *   worker -> loader      RECORD job
 *   loader -> worker      ACK job | NACK job
 */
#ifndef COMMON_WIRE_H
#define COMMON_WIRE_H

#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/slice.h"

#define WIRE_VERSION 1

enum wire_type {
    WIRE_READY = 1, /* I am here and take `credit` more documents */
    WIRE_HEARTBEAT, /* I live and still hold my jobs */
    WIRE_DONE,      /* the loader has committed it */
    WIRE_FAILED,    /* `kind` and `reason` say why */
    WIRE_JOB,       /* a document to read */
    WIRE_PING,      /* collector (re)started: say READY */
    WIRE_RECORD,    /* what the document says */
    WIRE_ACK,       /* committed, or was already */
    WIRE_NACK,      /* not taken: `kind` and `reason`; stale lease or trouble */
};

/* All messages in one plain struct: fields that a type does not use are
 * zero.  Texts of a decoded message point into its bytes. */
struct wire_message {
    enum wire_type type;
    int64_t job;
    uint32_t attempt;
    uint32_t credit;     /* READY */
    uint32_t kind;       /* enum err_kind: FAILED, NACK */
    struct slice reason; /* FAILED, NACK: "<code>: <words>" */
    /* JOB */
    struct slice sha256, url, media_type, charset, title, list_date,
        organization, region, body;
    /* RECORD: an encoded record (common/record.h) */
    struct slice record;
};

/* Append the encoded message to `out`; a full buffer shows in buf_check. */
void wire_encode(const struct wire_message *m, struct buf *out);

/* ERR_INPUT on anything that is not exactly one message of our version. */
int wire_decode(struct slice in, struct wire_message *m, struct err *err);

#endif
