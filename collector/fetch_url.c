/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fetch_url - what a URL means.
 *
 * libcurl reads them, as it does when it requests them, so that both agree
 * on what a hostile one says.
 */
#include "collector/fetch_url.h"

#include <curl/curl.h>

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/log.h"
#include "common/mem.h"

/* Whether `s` starts with a scheme other than http and https. */
static bool has_foreign_scheme(const char *s)
{
    size_t n = 0;

    while (isalnum((unsigned char)s[n]) || (s[n] && strchr("+-.", s[n])))
        n++;
    if (n == 0 || s[n] != ':')
        return false;
    return !(n == 4 && strncasecmp(s, "http", 4) == 0) &&
           !(n == 5 && strncasecmp(s, "https", 5) == 0);
}

/* The text of a href as browsers see it: trimmed, tabs and line breaks out,
 * backslashes of the path turned.  NULL when it cannot be an address. */
static char *clean_href(struct slice href)
{
    char *out;
    size_t n = 0;
    bool in_path = true;

    href = slice_trim(href);
    if (href.len == 0 || href.len > LIMIT_URL_BYTES || href.p[0] == '#' ||
        memchr(href.p, '\0', href.len))
        return NULL;
    out = mem_alloc(href.len + 1);
    for (size_t i = 0; i < href.len; i++) {
        char c = href.p[i];

        if (c == '\t' || c == '\r' || c == '\n')
            continue;
        if (c == '?')
            in_path = false;
        if (c == '\\' && in_path)
            c = '/';
        out[n++] = c;
    }
    return out;
}

/* Lower-case the host of `h`; false when there is none or a user is named. */
static bool settle_host(CURLU *h)
{
    char *host = NULL, *user = NULL;
    bool ok = false;

    if (curl_url_get(h, CURLUPART_USER, &user, 0) == CURLUE_OK ||
        curl_url_get(h, CURLUPART_HOST, &host, 0) != CURLUE_OK)
        goto out;
    if (host[0] == '\0' || strlen(host) > LIMIT_HOST_BYTES)
        goto out;
    for (char *c = host; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    ok = curl_url_set(h, CURLUPART_HOST, host, 0) == CURLUE_OK;
out:
    curl_free(user);
    curl_free(host);
    return ok;
}

/* A handle for the address, or NULL. */
static CURLU *open_url(const char *base, const char *href)
{
    CURLU *h = curl_url();
    char *scheme = NULL;
    bool ok = false;

    if (!h)
        fatal("out of memory");
    if (base && curl_url_set(h, CURLUPART_URL, base, 0) != CURLUE_OK)
        goto out;
    if (has_foreign_scheme(href) ||
        curl_url_set(h, CURLUPART_URL, href, CURLU_URLENCODE) != CURLUE_OK ||
        curl_url_get(h, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK)
        goto out;
    ok = (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0) &&
         settle_host(h) &&
         curl_url_set(h, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK;
out:
    curl_free(scheme);
    if (!ok) {
        curl_url_cleanup(h);
        h = NULL;
    }
    return h;
}

char *fetch_url_resolve(const char *base, struct slice href)
{
    char *text = clean_href(href);
    char *url = NULL, *out = NULL;
    CURLU *h = NULL;

    if (!text || !(h = open_url(base, text)))
        goto out;
    if (curl_url_get(h, CURLUPART_URL, &url, CURLU_NO_DEFAULT_PORT) ==
            CURLUE_OK &&
        strlen(url) <= LIMIT_URL_BYTES)
        out = mem_strdup(url);
out:
    curl_free(url);
    curl_url_cleanup(h);
    mem_free(text);
    return out;
}

static bool get_parts(CURLU *h, struct fetch_url *out)
{
    char *scheme = NULL, *host = NULL, *port = NULL, *path = NULL;
    char *query = NULL;
    bool ok = false;
    int n;

    if (curl_url_get(h, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(h, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
        curl_url_get(h, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) !=
            CURLUE_OK ||
        curl_url_get(h, CURLUPART_PATH, &path, 0) != CURLUE_OK)
        goto out;
    if (curl_url_get(h, CURLUPART_QUERY, &query, 0) != CURLUE_OK)
        query = NULL;
    out->secure = strcmp(scheme, "https") == 0;
    n = snprintf(out->host, sizeof out->host, "%s", host);
    if (n < 0 || (size_t)n >= sizeof out->host)
        goto out;
    n = snprintf(
        out->origin, sizeof out->origin, "%s://%s:%s", scheme, host, port);
    if (n < 0 || (size_t)n >= sizeof out->origin)
        goto out;
    n = snprintf(out->path, sizeof out->path, "%s%s%s", path, query ? "?" : "",
        query ? query : "");
    ok = n >= 0 && (size_t)n < sizeof out->path;
out:
    curl_free(scheme);
    curl_free(host);
    curl_free(port);
    curl_free(path);
    curl_free(query);
    return ok;
}

bool fetch_url_split(const char *url, struct fetch_url *out)
{
    CURLU *h;
    bool ok;

    if (strlen(url) > LIMIT_URL_BYTES || !(h = open_url(NULL, url)))
        return false;
    ok = get_parts(h, out);
    curl_url_cleanup(h);
    return ok;
}
