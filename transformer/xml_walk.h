/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xml_walk - an XML part as a row of calls: open, text, close.
 *
 * Names come with a namespace that is the same for the transitional and the
 * strict form of a format.  Entities that a part declares, tags of more
 * than a megabyte and deep nesting end the walk.
 */
#ifndef TRANSFORMER_XML_WALK_H
#define TRANSFORMER_XML_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "common/slice.h"
#include "transformer/zip_package.h"

enum xml_ns {
    XML_NS_NONE, /* an attribute without a prefix */
    XML_NS_W,    /* WordprocessingML */
    XML_NS_S,    /* SpreadsheetML */
    XML_NS_R,    /* relationships, as attributes */
    XML_NS_RELS, /* relationships, the part */
    XML_NS_WX,   /* hints of Word 2003 */
    XML_NS_PKG,  /* packages written flat */
    XML_NS_MC,   /* markup compatibility */
    XML_NS_M,    /* mathematics */
    XML_NS_CORE, /* core properties, Dublin Core among them */
    XML_NS_SS,   /* spreadsheets of Office 2003 in one XML file */
    XML_NS_X,    /* what only Excel needs of them */
    XML_NS_XML,
    XML_NS_OTHER,
};

struct xml_walk;

/* What a caller does with a part; those that are NULL are not called. */
struct xml_calls {
    void (*open)(struct xml_walk *w, enum xml_ns ns, const char *name,
        const char *const *attributes);
    void (*close)(struct xml_walk *w, enum xml_ns ns, const char *name);
    void (*text)(struct xml_walk *w, struct slice text);
};

struct xml_walk {
    void *to; /* the caller's own */
    const struct xml_calls *calls;
    void *parser;
    uint32_t depth;  /* open elements */
    uint32_t skip;   /* depth of the element that is left out, 0 without */
    uint64_t fed;    /* bytes */
    uint64_t passed; /* of them, before the last call */
    bool stopped;    /* by the caller */
    struct err *err;
};

/* Walk through part `name` of a package.  0 also when xml_stop was called;
 * else ERR_INPUT "reader.broken", "reader.entities", ERR_LIMIT
 * "reader.depth", "reader.size" or what zip_package_read says. */
int xml_walk(struct zip_package *z, struct slice name,
    const struct xml_calls *calls, void *to, struct err *err);

/* The same for a document that is XML itself, as UTF-8 whatever it says of
 * its encoding. */
int xml_walk_text(struct slice text, const struct xml_calls *calls, void *to,
    struct err *err);

/* Within `open`: leave this element out with all in it; its close is not
 * told either. */
void xml_skip(struct xml_walk *w);

/* Enough: no more calls. */
void xml_stop(struct xml_walk *w);

/* Value of an attribute, or NULL. */
const char *xml_attribute(
    const char *const *attributes, enum xml_ns ns, const char *name);

/* A number of decimal digits, `otherwise` when it is none or above `max`. */
uint32_t xml_number(const char *value, uint32_t max, uint32_t otherwise);

/* "1", "true" and "on", as in ECMA-376 part 1, 22.9.2.7; `otherwise` for a
 * value that is not there. */
bool xml_is_on(const char *value, bool otherwise);

#endif
