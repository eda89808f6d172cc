/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xml_walk - an XML part as a row of calls: open, text, close.
 *
 * expat keeps an unfinished token whole and looks at all of it again with
 * each block, so tokens have a ceiling.  A declared entity stops the walk
 * before it can be used; no format here declares any.  This file alone
 * knows <expat.h>.
 */
#include "transformer/xml_walk.h"

#include <expat.h>

#include "common/limits.h"

/* What expat puts between namespace and name; no URI holds it. */
#define BETWEEN ' '

struct space {
    struct slice uri;
    enum xml_ns ns;
};

#define SPACE(uri, ns)                                                         \
    {                                                                          \
        { uri, sizeof(uri) - 1 }, ns                                           \
    }

/* Transitional and strict. */
static const struct space spaces[] = {
    SPACE("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        XML_NS_W),
    SPACE("http://purl.oclc.org/ooxml/wordprocessingml/main", XML_NS_W),
    SPACE("http://schemas.microsoft.com/office/word/2003/wordml", XML_NS_W),
    SPACE("http://schemas.microsoft.com/office/word/2003/auxHint", XML_NS_WX),
    SPACE("http://schemas.microsoft.com/office/2006/xmlPackage", XML_NS_PKG),
    SPACE(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main", XML_NS_S),
    SPACE("http://purl.oclc.org/ooxml/spreadsheetml/main", XML_NS_S),
    SPACE("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        XML_NS_R),
    SPACE("http://purl.oclc.org/ooxml/officeDocument/relationships", XML_NS_R),
    SPACE("http://schemas.openxmlformats.org/package/2006/relationships",
        XML_NS_RELS),
    SPACE("http://schemas.openxmlformats.org/markup-compatibility/2006",
        XML_NS_MC),
    SPACE(
        "http://schemas.openxmlformats.org/officeDocument/2006/math", XML_NS_M),
    SPACE("http://purl.oclc.org/ooxml/officeDocument/math", XML_NS_M),
    SPACE("http://schemas.openxmlformats.org/package/2006/metadata/"
          "core-properties",
        XML_NS_CORE),
    SPACE("http://purl.org/dc/elements/1.1/", XML_NS_CORE),
    SPACE("http://purl.org/dc/terms/", XML_NS_CORE),
    SPACE("urn:schemas-microsoft-com:office:spreadsheet", XML_NS_SS),
    SPACE("urn:schemas-microsoft-com:office:excel", XML_NS_X),
    SPACE("http://www.w3.org/XML/1998/namespace", XML_NS_XML),
};

/* Split "URI name"; without a URI there is none. */
static enum xml_ns split(const char *full, const char **name)
{
    const char *at = strrchr(full, BETWEEN);
    struct slice uri = { full, at ? (size_t)(at - full) : 0 };

    *name = at ? at + 1 : full;
    if (!at)
        return XML_NS_NONE;
    for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
        if (slice_eq(uri, spaces[i].uri))
            return spaces[i].ns;
    return XML_NS_OTHER;
}

const char *xml_attribute(
    const char *const *attributes, enum xml_ns ns, const char *name)
{
    for (; attributes[0]; attributes += 2) {
        const char *is;

        if (split(attributes[0], &is) == ns && strcmp(is, name) == 0)
            return attributes[1];
    }
    return NULL;
}

uint32_t xml_number(const char *value, uint32_t max, uint32_t otherwise)
{
    uint64_t n = 0;

    if (!value || !*value)
        return otherwise;
    for (; *value; value++) {
        if (*value < '0' || *value > '9')
            return otherwise;
        n = n * 10 + (uint64_t)(*value - '0');
        if (n > max)
            return otherwise;
    }
    return (uint32_t)n;
}

bool xml_is_on(const char *value, bool otherwise)
{
    if (!value)
        return otherwise;
    return strcmp(value, "1") == 0 || strcmp(value, "true") == 0 ||
           strcmp(value, "on") == 0;
}

void xml_skip(struct xml_walk *w)
{
    w->skip = w->depth;
}

void xml_stop(struct xml_walk *w)
{
    w->stopped = true;
    XML_StopParser(w->parser, XML_FALSE);
}

/* ---- what expat tells ---------------------------------------------------- */

static void refuse(struct xml_walk *w, enum err_kind kind, const char *msg)
{
    if (w->err->kind == ERR_NONE)
        err_set(w->err, kind, "%s", msg);
    XML_StopParser(w->parser, XML_FALSE);
}

static void on_open(void *data, const char *full, const char **attributes)
{
    struct xml_walk *w = data;
    const char *name;
    enum xml_ns ns;

    w->passed = w->fed;
    w->depth++;
    if (w->depth > LIMIT_OPEN_ELEMENTS)
        refuse(w, ERR_LIMIT, "reader.depth: elements nested too deep");
    if (w->skip || w->err->kind != ERR_NONE || w->stopped)
        return;
    ns = split(full, &name);
    if (w->calls->open)
        w->calls->open(w, ns, name, (const char *const *)attributes);
}

static void on_close(void *data, const char *full)
{
    struct xml_walk *w = data;
    const char *name;
    enum xml_ns ns;

    w->passed = w->fed;
    w->depth--;
    if (w->skip) {
        if (w->skip > w->depth)
            w->skip = 0;
        return;
    }
    ns = split(full, &name);
    if (w->calls->close && !w->stopped)
        w->calls->close(w, ns, name);
}

static void on_text(void *data, const char *p, int len)
{
    struct xml_walk *w = data;

    w->passed = w->fed;
    if (!w->skip && !w->stopped && w->calls->text)
        w->calls->text(w, (struct slice){ p, (size_t)len });
}

/* expat's own signature. */
static void on_entity(void *data, const char *name, int is_parameter,
    const char *value, int value_len, const char *base, const char *system_id,
    const char *public_id, const char *notation)
{
    (void)name;
    (void)is_parameter;
    (void)value;
    (void)value_len;
    (void)base;
    (void)system_id;
    (void)public_id;
    (void)notation;
    refuse(data, ERR_INPUT, "reader.entities: a part declares entities");
}

/* ---- feeding it -----------------------------------------------------------
 */

static int feed(struct xml_walk *w, struct slice block, bool last)
{
    enum XML_Status status;

    w->fed += block.len;
    status = XML_Parse(w->parser, block.p, (int)block.len, last);
    if (w->err->kind != ERR_NONE)
        return -1;
    if (w->stopped)
        return 0;
    if (status == XML_STATUS_ERROR)
        return err_set(w->err, ERR_INPUT, "reader.broken: XML, line %lu: %s",
            (unsigned long)XML_GetCurrentLineNumber(w->parser),
            XML_ErrorString(XML_GetErrorCode(w->parser)));
    if (w->fed - w->passed > LIMIT_XML_TOKEN_BYTES)
        return err_set(w->err, ERR_LIMIT,
            "reader.size: more than %u bytes in one piece of XML",
            LIMIT_XML_TOKEN_BYTES);
    return 0;
}

/* Blocks small enough for an int and for the ceiling of tokens. */
static int take(void *to, struct slice block, struct err *err)
{
    struct xml_walk *w = to;

    (void)err;
    while (block.len && !w->stopped) {
        size_t len = block.len < (64u << 10) ? block.len : (64u << 10);

        if (feed(w, (struct slice){ block.p, len }, false) < 0)
            return -1;
        block = slice_skip(block, len);
    }
    return 0;
}

static int begin(struct xml_walk *w, const char *encoding)
{
    w->parser = XML_ParserCreateNS(encoding, BETWEEN);
    if (!w->parser)
        return err_set(w->err, ERR_LIMIT, "reader.memory: no memory for XML");
    err_clear(w->err);
    XML_SetUserData(w->parser, w);
    XML_SetElementHandler(w->parser, on_open, on_close);
    XML_SetCharacterDataHandler(w->parser, on_text);
    XML_SetEntityDeclHandler(w->parser, on_entity);
    return 0;
}

/* All has been fed with this status. */
static int end(struct xml_walk *w, int status)
{
    if (status == 0 && !w->stopped)
        status = feed(w, SLICE_LIT(""), true);
    XML_ParserFree(w->parser);
    return status;
}

int xml_walk(struct zip_package *z, struct slice name,
    const struct xml_calls *calls, void *to, struct err *err)
{
    struct xml_walk w = { .to = to, .calls = calls, .err = err };

    if (begin(&w, NULL) < 0)
        return -1;
    return end(&w, zip_package_read(z, name, take, &w, err));
}

int xml_walk_text(
    struct slice text, const struct xml_calls *calls, void *to, struct err *err)
{
    struct xml_walk w = { .to = to, .calls = calls, .err = err };

    if (begin(&w, "UTF-8") < 0)
        return -1;
    return end(&w, take(&w, text, err));
}
