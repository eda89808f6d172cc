/* SPDX-License-Identifier: Apache-2.0 */
/*
 * wire - the messages between collector, transformers and loader.
 *
 * fields() is the format: it names what each type carries, in order, and
 * serves both directions.
 */
#include "common/wire.h"

#include "common/codec.h"

static void job_fields(struct codec *c, struct wire_message *m)
{
    codec_text(c, &m->sha256);
    codec_text(c, &m->url);
    codec_text(c, &m->media_type);
    codec_text(c, &m->charset);
    codec_text(c, &m->title);
    codec_text(c, &m->list_date);
    codec_text(c, &m->organization);
    codec_text(c, &m->region);
    codec_text(c, &m->body);
}

static void lease_fields(struct codec *c, struct wire_message *m)
{
    codec_i64(c, &m->job);
    codec_u32(c, &m->attempt);
}

static void reason_fields(struct codec *c, struct wire_message *m)
{
    uint8_t kind = (uint8_t)m->kind;

    codec_choice(c, &kind, ERR_FATAL);
    m->kind = kind;
    codec_text(c, &m->reason);
}

/* What a message of its type carries after the first two bytes. */
static void fields(struct codec *c, struct wire_message *m)
{
    switch (m->type) {
    case WIRE_READY:
        codec_u32(c, &m->credit);
        return;
    case WIRE_HEARTBEAT:
    case WIRE_PING:
        return;
    case WIRE_DONE:
    case WIRE_ACK:
        lease_fields(c, m);
        return;
    case WIRE_FAILED:
    case WIRE_NACK:
        lease_fields(c, m);
        reason_fields(c, m);
        return;
    case WIRE_JOB:
        lease_fields(c, m);
        job_fields(c, m);
        return;
    case WIRE_RECORD:
        lease_fields(c, m);
        codec_text(c, &m->record);
        return;
    }
    codec_fail(c, "unknown type");
}

static void message(struct codec *c, struct wire_message *m)
{
    uint8_t version = WIRE_VERSION;
    uint8_t type = (uint8_t)m->type;

    codec_u8(c, &version);
    if (version != WIRE_VERSION)
        codec_fail(c, "another version of the protocol");
    codec_u8(c, &type);
    m->type = (enum wire_type)type;
    fields(c, m);
}

void wire_encode(const struct wire_message *m, struct buf *out)
{
    struct wire_message copy = *m;
    struct codec c;

    codec_init_encode(&c, out);
    message(&c, &copy);
}

int wire_decode(struct slice in, struct wire_message *m, struct err *err)
{
    struct codec c;

    *m = (struct wire_message){ 0 };
    codec_init_decode(&c, in);
    message(&c, m);
    return codec_end(&c, "message", err);
}
