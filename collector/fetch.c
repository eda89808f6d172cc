/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fetch - HTTP requests in parallel.
 *
 * The peer's address is checked twice: before a socket is made, and again
 * before the request is sent, because a connection made for a source that
 * may use private addresses could be reused for one that may not.
 */
#include "collector/fetch.h"

#include <curl/curl.h>

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "collector/address.h"
#include "common/buf.h"
#include "common/log.h"
#include "common/mem.h"

#define CONNECT_TIMEOUT_MS 15000L

/* A peer slower than this for so long is as good as silent. */
#define LOW_SPEED_BYTES_S 64L
#define LOW_SPEED_S 20L

/* Longest header value kept (ETag, Last-Modified, Location, ...). */
#define HEADER_VALUE_MAX LIMIT_URL_BYTES

/* ---- one transfer ---------------------------------------------------- */

struct transfer {
    CURL *easy;
    struct curl_slist *headers;
    bool allow_private, cut_body;
    bool address_refused, body_full, headers_full; /* why we stopped it */
    size_t header_bytes;
    struct buf body;
    char *media_type, *charset, *etag, *last_modified, *location;
    char *retry_after;
    struct fetch_result result;
};

struct fetcher {
    CURLM *multi;
    char *user_agent;
    struct transfer *active[LIMIT_FETCHES]; /* NULL: free place */
    struct transfer *finished;              /* the one handed out last */
};

static void set_text(char **to, struct slice v)
{
    mem_free(*to);
    *to = NULL;
    if (!v.p || v.len == 0 || v.len > HEADER_VALUE_MAX)
        return;
    for (size_t i = 0; i < v.len; i++) {
        if ((unsigned char)v.p[i] < 0x20)
            return;
    }
    *to = mem_strndup(v.p, v.len);
}

static void forget_headers(struct transfer *t)
{
    char **texts[] = { &t->media_type, &t->charset, &t->etag, &t->last_modified,
        &t->location, &t->retry_after };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char **text = texts[i];

        mem_free(*text);
        *text = NULL;
    }
}

static void lower(char *s)
{
    for (; s && *s; s++)
        *s = (char)tolower((unsigned char)*s);
}

/* "text/html; charset=gb2312" into its two parts (RFC 9110, 8.3). */
static void read_content_type(struct transfer *t, struct slice v)
{
    const char *semicolon = memchr(v.p, ';', v.len);
    struct slice type = v, rest = { NULL, 0 };
    const char *at;

    if (semicolon) {
        type.len = (size_t)(semicolon - v.p);
        rest = slice_skip(v, type.len + 1);
    }
    set_text(&t->media_type, slice_trim(type));
    lower(t->media_type);
    set_text(&t->charset, (struct slice){ NULL, 0 });
    while (rest.len >= 8 && strncasecmp(rest.p, "charset=", 8) != 0)
        rest = slice_skip(rest, 1);
    if (rest.len < 8)
        return;
    rest = slice_skip(rest, 8);
    if ((at = memchr(rest.p, ';', rest.len)))
        rest.len = (size_t)(at - rest.p);
    rest = slice_trim(rest);
    if (rest.len >= 2 && strchr("\"'", rest.p[0]) &&
        rest.p[rest.len - 1] == rest.p[0])
        rest = (struct slice){ rest.p + 1, rest.len - 2 };
    set_text(&t->charset, rest);
}

static void read_header(struct transfer *t, struct slice line)
{
    const char *colon = memchr(line.p, ':', line.len);
    struct slice key, value;

    if (!colon) {
        if (slice_starts(line, SLICE_LIT("HTTP/")))
            forget_headers(t); /* of an interim answer */
        return;
    }
    key = (struct slice){ line.p, (size_t)(colon - line.p) };
    value = slice_trim(slice_skip(line, key.len + 1));
#define KEY_IS(s) (key.len == sizeof(s) - 1 && !strncasecmp(key.p, s, key.len))
    if (KEY_IS("content-type"))
        read_content_type(t, value);
    else if (KEY_IS("etag"))
        set_text(&t->etag, value);
    else if (KEY_IS("last-modified"))
        set_text(&t->last_modified, value);
    else if (KEY_IS("location"))
        set_text(&t->location, value);
    else if (KEY_IS("retry-after"))
        set_text(&t->retry_after, value);
#undef KEY_IS
}

static size_t on_header(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;

    n *= size;
    t->header_bytes += n;
    if (t->header_bytes > LIMIT_HEADER_BYTES) {
        t->headers_full = true;
        return 0;
    }
    read_header(t, (struct slice){ p, n });
    return n;
}

static size_t on_body(char *p, size_t size, size_t n, void *ctx)
{
    struct transfer *t = ctx;
    size_t room = t->body.max - t->body.len;

    n *= size;
    if (n <= room) {
        buf_add(&t->body, p, n);
        return n;
    }
    if (t->cut_body)
        buf_add(&t->body, p, room);
    t->body_full = true;
    return 0;
}

static curl_socket_t on_socket(
    void *ctx, curlsocktype purpose, struct curl_sockaddr *a)
{
    struct transfer *t = ctx;

    (void)purpose;
    if (!t->allow_private && !address_is_public(&a->addr)) {
        t->address_refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static int on_request(
    void *ctx, char *peer_ip, char *local_ip, int peer_port, int local_port)
{
    struct transfer *t = ctx;

    (void)local_ip;
    (void)peer_port;
    (void)local_port;
    if (t->allow_private || address_text_is_public(peer_ip))
        return CURL_PREREQFUNC_OK;
    t->address_refused = true;
    return CURL_PREREQFUNC_ABORT;
}

static void transfer_free(struct transfer *t)
{
    if (!t)
        return;
    curl_easy_cleanup(t->easy);
    curl_slist_free_all(t->headers);
    forget_headers(t);
    buf_clear(&t->body);
    mem_free(t);
}

static void add_header(struct transfer *t, const char *name, const char *value)
{
    char *line;
    struct curl_slist *more;

    if (!value)
        return;
    line = mem_printf("%s: %s", name, value);
    more = curl_slist_append(t->headers, line);
    mem_free(line);
    if (!more)
        fatal("out of memory");
    t->headers = more;
}

/* Options of libcurl are only refused by a libcurl that lacks them, which
 * would leave us without a guard: that ends the process. */
static void must_set(CURLcode code, const char *option)
{
    if (code != CURLE_OK)
        fatal("libcurl refuses %s", option);
}

#define SET(t, option, value)                                                  \
    must_set(curl_easy_setopt((t)->easy, option, value), #option)

static void set_guards(struct transfer *t, const struct fetch_request *req)
{
    SET(t, CURLOPT_PROTOCOLS_STR, "http,https");
    SET(t, CURLOPT_FOLLOWLOCATION, 0L);
    SET(t, CURLOPT_PROXY, "");
    SET(t, CURLOPT_NOSIGNAL, 1L);
    SET(t, CURLOPT_SSL_VERIFYPEER, 1L);
    SET(t, CURLOPT_SSL_VERIFYHOST, 2L);
    SET(t, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MS);
    SET(t, CURLOPT_TIMEOUT_MS, (long)req->timeout_ms);
    SET(t, CURLOPT_LOW_SPEED_LIMIT, LOW_SPEED_BYTES_S);
    SET(t, CURLOPT_LOW_SPEED_TIME, LOW_SPEED_S);
    if (!req->cut_body)
        SET(t, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)req->body_max);
    SET(t, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    SET(t, CURLOPT_OPENSOCKETDATA, t);
    SET(t, CURLOPT_PREREQFUNCTION, on_request);
    SET(t, CURLOPT_PREREQDATA, t);
}

static struct transfer *transfer_new(
    const struct fetcher *f, const struct fetch_request *req)
{
    struct transfer *t = mem_alloc(sizeof *t);

    buf_init(&t->body, req->body_max);
    t->allow_private = req->allow_private;
    t->cut_body = req->cut_body;
    t->result.tag = req->tag;
    t->easy = curl_easy_init();
    if (!t->easy)
        fatal("out of memory");
    set_guards(t, req);
    add_header(t, "If-None-Match", req->etag);
    add_header(t, "If-Modified-Since", req->last_modified);
    SET(t, CURLOPT_URL, req->url);
    SET(t, CURLOPT_USERAGENT, f->user_agent);
    SET(t, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(t, CURLOPT_ACCEPT_ENCODING, "");
    SET(t, CURLOPT_HTTPHEADER, t->headers);
    SET(t, CURLOPT_HEADERFUNCTION, on_header);
    SET(t, CURLOPT_HEADERDATA, t);
    SET(t, CURLOPT_WRITEFUNCTION, on_body);
    SET(t, CURLOPT_WRITEDATA, t);
    SET(t, CURLOPT_PRIVATE, t);
    return t;
}

/* ---- what came of it ------------------------------------------------- */

static void refuse(struct fetch_result *r, const char *error)
{
    r->outcome = FETCH_REFUSED;
    r->error = error;
}

static void postpone(struct fetch_result *r, const char *error)
{
    r->outcome = FETCH_TRANSIENT;
    r->error = error;
}

/* Error texts carry no numbers that differ from run to run. */
static void judge(struct transfer *t, CURLcode code)
{
    struct fetch_result *r = &t->result;

    if (t->address_refused) {
        refuse(r, "address: not a public one");
        return;
    }
    if (t->headers_full) {
        refuse(r, "limit: headers too long");
        return;
    }
    if (t->body_full && t->cut_body)
        code = CURLE_OK;
    else if (t->body_full)
        code = CURLE_FILESIZE_EXCEEDED;
    switch ((int)code) { /* of libcurl's 100 codes these can happen here */
    case CURLE_OK:
        r->outcome = FETCH_ANSWERED;
        break;
    case CURLE_OUT_OF_MEMORY: /* so it calls a single line of 100 KB */
        refuse(r, "limit: headers too long");
        break;
    case CURLE_FILESIZE_EXCEEDED:
        refuse(r, "limit: body too long");
        break;
    case CURLE_OPERATION_TIMEDOUT:
        postpone(r, "timeout: no whole answer in time");
        break;
    case CURLE_COULDNT_RESOLVE_HOST:
        postpone(r, "dns: no address for the host");
        break;
    case CURLE_COULDNT_CONNECT:
        postpone(r, "connect: host refuses or is unreachable");
        break;
    case CURLE_PARTIAL_FILE:
        postpone(r, "truncated: less came than was announced");
        break;
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
        postpone(r, "broken: connection ended early");
        break;
    case CURLE_SSL_CONNECT_ERROR:
        postpone(r, "tls: handshake failed");
        break;
    case CURLE_PEER_FAILED_VERIFICATION:
        refuse(r, "tls: certificate not accepted");
        break;
    case CURLE_BAD_CONTENT_ENCODING:
        refuse(r, "encoding: body cannot be decompressed");
        break;
    default:
        refuse(r, "http: answer cannot be understood");
        log_debug(
            "fetch code=%d text=\"%s\"", (int)code, curl_easy_strerror(code));
        break;
    }
}

static void finish(struct transfer *t, CURLcode code)
{
    struct fetch_result *r = &t->result;
    curl_off_t bytes = 0;
    long status = 0;

    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(t->easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    r->status = (int32_t)status;
    r->bytes = bytes > 0 ? (uint64_t)bytes : 0;
    r->media_type = t->media_type;
    r->charset = t->charset;
    r->etag = t->etag;
    r->last_modified = t->last_modified;
    r->location = t->location;
    r->retry_after = t->retry_after;
    judge(t, code);
    if (r->outcome == FETCH_ANSWERED)
        r->body = buf_slice(&t->body);
}

/* ---- all of them ----------------------------------------------------- */

struct fetcher *fetch_open(const char *user_agent, struct err *err)
{
    struct fetcher *f;
    CURLM *multi;

    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
        !(multi = curl_multi_init())) {
        err_set(err, ERR_FATAL, "libcurl does not start");
        return NULL;
    }
    curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 1L);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 64L);
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
    f = mem_alloc(sizeof *f);
    f->multi = multi;
    f->user_agent = mem_strdup(user_agent);
    return f;
}

void fetch_close(struct fetcher *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < LIMIT_FETCHES; i++) {
        if (f->active[i])
            curl_multi_remove_handle(f->multi, f->active[i]->easy);
        transfer_free(f->active[i]);
    }
    transfer_free(f->finished);
    curl_multi_cleanup(f->multi);
    curl_global_cleanup();
    mem_free(f->user_agent);
    mem_free(f);
}

bool fetch_start(struct fetcher *f, const struct fetch_request *req)
{
    for (size_t i = 0; i < LIMIT_FETCHES; i++) {
        if (f->active[i])
            continue;
        f->active[i] = transfer_new(f, req);
        if (curl_multi_add_handle(f->multi, f->active[i]->easy) != CURLM_OK)
            fatal("libcurl takes no transfer");
        return true;
    }
    return false;
}

static const struct fetch_result *take(struct fetcher *f, const CURLMsg *msg)
{
    CURLcode code = msg->data.result; /* msg dies with the handle */
    CURL *easy = msg->easy_handle;

    for (size_t i = 0; i < LIMIT_FETCHES; i++) {
        if (!f->active[i] || f->active[i]->easy != easy)
            continue;
        f->finished = f->active[i];
        f->active[i] = NULL;
        finish(f->finished, code);
        curl_multi_remove_handle(f->multi, easy);
        return &f->finished->result;
    }
    fatal("libcurl finished a transfer that was not started");
}

const struct fetch_result *fetch_next(struct fetcher *f)
{
    int running, left;

    transfer_free(f->finished);
    f->finished = NULL;
    for (int turn = 0; turn < 2; turn++) {
        const CURLMsg *msg;

        while ((msg = curl_multi_info_read(f->multi, &left))) {
            if (msg->msg == CURLMSG_DONE)
                return take(f, msg);
        }
        if (turn == 0 && curl_multi_perform(f->multi, &running) != CURLM_OK)
            fatal("libcurl cannot go on");
    }
    return NULL;
}

int fetch_wait(struct fetcher *f, const int *fds, size_t fd_n, int timeout_ms,
    struct err *err)
{
    struct curl_waitfd extra[4];
    CURLMcode code;

    if (fd_n > sizeof extra / sizeof *extra)
        return err_set(err, ERR_FATAL, "too many descriptors to wait for");
    for (size_t i = 0; i < fd_n; i++)
        extra[i] =
            (struct curl_waitfd){ .fd = fds[i], .events = CURL_WAIT_POLLIN };
    code = curl_multi_poll(f->multi, extra, (unsigned)fd_n, timeout_ms, NULL);
    if (code != CURLM_OK)
        return err_set(
            err, ERR_FATAL, "waiting: %s", curl_multi_strerror(code));
    return 0;
}
