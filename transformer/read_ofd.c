/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read_ofd - OFD files to paragraphs and grids (GB/T 33190-2016).
 *
 * OFD.xml names the documents of the file; each is read as pages and becomes
 * part of one tree, page numbers going on.  Signatures are not verified and
 * what is encrypted (GM/T 0099) is refused.
 */
#include "transformer/read_ofd.h"

#include "common/limits.h"
#include "transformer/reader.h"
#include "transformer/sniff.h"

/* ---- OFD.xml --------------------------------------------------------------
 */

struct body {
    struct slice root;    /* Document.xml */
    struct slice version; /* what describes the version that counts */
};

struct walk {
    struct zip_package *zip;
    struct tree *tree;
    struct slice part; /* that is walked through */
    struct body body[LIMIT_OFD_DOCUMENTS];
    uint32_t body_n;
    struct ofd_leaf leaf;
};

/* What is said of a document: element and name of the meta.  Names of
 * persons are not kept. */
static const struct {
    const char *element, *meta;
} properties[] = {
    { "Title", "title" },
    { "Subject", "subject" },
    { "CreationDate", "created" },
    { "ModDate", "modified" },
};

static const char *meta_of(const char *element)
{
    for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++)
        if (strcmp(properties[i].element, element) == 0)
            return properties[i].meta;
    return NULL;
}

static void on_open(struct xml_walk *w, enum xml_ns ns, const char *name,
    const char *const *attributes)
{
    struct walk *s = w->to;
    const char *current = xml_attribute(attributes, XML_NS_NONE, "Current");
    const char *loc = xml_attribute(attributes, XML_NS_NONE, "BaseLoc");

    (void)ns;
    if (strcmp(name, "DocBody") == 0) {
        if (s->body_n == LIMIT_OFD_DOCUMENTS) {
            err_set(w->err, ERR_LIMIT,
                "reader.size: more than %u documents in one file",
                LIMIT_OFD_DOCUMENTS);
            xml_stop(w);
            return;
        }
        s->body[s->body_n++] = (struct body){ { NULL, 0 }, { NULL, 0 } };
    } else if (s->body_n && strcmp(name, "Version") == 0 && loc &&
               xml_is_on(current, false)) {
        s->body[s->body_n - 1].version =
            ofd_part(s->zip, s->tree->doc->arena, s->part, slice_str(loc));
    } else if (strcmp(name, "DocRoot") == 0 || meta_of(name)) {
        ofd_leaf_open(&s->leaf);
    }
}

static void on_text(struct xml_walk *w, struct slice text)
{
    struct walk *s = w->to;

    ofd_leaf_add(&s->leaf, text);
}

static void on_close(struct xml_walk *w, enum xml_ns ns, const char *name)
{
    struct walk *s = w->to;
    struct slice text = ofd_leaf_take(&s->leaf);
    struct document *doc = s->tree->doc;
    const char *meta = meta_of(name);

    (void)ns;
    if (text.len == 0 || s->body_n == 0)
        return;
    if (strcmp(name, "DocRoot") == 0) {
        s->body[s->body_n - 1].root =
            ofd_part(s->zip, doc->arena, s->part, text);
    } else if (meta && s->body_n == 1) {
        if (strcmp(meta, "title") == 0)
            doc->title = tree_text(s->tree, text);
        tree_meta(s->tree, slice_str(meta), text);
    }
}

static const struct xml_calls calls = { on_open, on_close, on_text };

/* A version names its own Document.xml; one that does not, or is not there,
 * leaves the document as it was. */
static int follow_version(struct walk *s, struct body *body, struct err *err)
{
    struct walk version = {
        .zip = s->zip, .tree = s->tree, .part = body->version, .body_n = 2
    };

    if (!zip_package_has(s->zip, body->version))
        return 0;
    if (xml_walk(s->zip, body->version, &calls, &version, err) < 0)
        return -1;
    if (zip_package_has(s->zip, version.body[1].root))
        body->root = version.body[1].root;
    return 0;
}

/* ---- documents ------------------------------------------------------------
 */

/* Page numbers of what was appended go on from `before`. */
static void renumber(const struct document *doc, uint32_t block_n,
    uint32_t table_n, uint32_t before)
{
    for (uint32_t i = block_n; i < doc->block_n; i++)
        if (doc->blocks[i].page)
            doc->blocks[i].page += before;
    for (uint32_t i = table_n; i < doc->table_n; i++)
        for (uint32_t k = 0; k < doc->tables[i].cell_n; k++)
            if (doc->tables[i].cells[k].page)
                doc->tables[i].cells[k].page += before;
}

/* Read a document whose pages come after `*page_n` others. */
static int read_document(
    struct walk *s, struct slice root, uint32_t *page_n, struct err *err)
{
    struct document *doc = s->tree->doc;
    struct ofd_document d = {
        .zip = s->zip, .arena = doc->arena, .before_n = *page_n
    };
    uint32_t block_n = doc->block_n, table_n = doc->table_n;
    struct pages pages;

    if (ofd_document_read(&d, root, err) < 0)
        return -1;
    if (d.page_n > LIMIT_PAGES - *page_n)
        return err_set(
            err, ERR_LIMIT, "reader.size: more than %u pages", LIMIT_PAGES);
    pages_init(&pages, doc->arena);
    for (uint32_t i = 0; i < d.page_n && pages.trouble[0] == '\0'; i++)
        if (ofd_page_read(&d, d.page[i], &pages, err) < 0)
            return -1;
    if (pages_to_tree(&pages, doc, err) < 0)
        return -1;
    renumber(doc, block_n, table_n, *page_n);
    *page_n += d.page_n;
    return 0;
}

static int read_documents(struct walk *s, struct err *err)
{
    uint32_t page_n = 0;

    if (s->body_n == 0)
        return err_set(
            err, ERR_INPUT, "reader.broken: OFD.xml names no document");
    for (uint32_t i = 0; i < s->body_n; i++)
        if (follow_version(s, &s->body[i], err) < 0 ||
            read_document(s, s->body[i].root, &page_n, err) < 0)
            return -1;
    return 0;
}

/* ---- reader ---------------------------------------------------------------
 */

static int ofd_bid(struct slice in)
{
    const char *type = sniff_binary(in);

    return type && strcmp(type, SNIFF_OFD) == 0 ? 100 : 0;
}

static int ofd_read(struct slice in, const struct cage_hints *hints,
    struct document *doc, struct err *err)
{
    struct zip_package zip;
    struct tree tree;
    struct walk s = {
        .zip = &zip, .tree = &tree, .part = SLICE_LIT("OFD.xml")
    };

    (void)hints;
    doc->charset = SLICE_LIT("UTF-8");
    tree_init(&tree, doc);
    if (zip_package_open(&zip, in, doc->arena, err) < 0)
        return -1;
    if (zip_package_has(&zip, SLICE_LIT("Encryptions.xml")))
        return err_set(err, ERR_INPUT,
            "reader.encrypted: the parts of the OFD file are encrypted");
    if (xml_walk(&zip, s.part, &calls, &s, err) < 0 || tree_end(&tree, err) < 0)
        return -1;
    return read_documents(&s, err);
}

extern const struct reader ofd_reader;
const struct reader ofd_reader = { "ofd", SNIFF_OFD, ofd_bid, ofd_read,
    zip_package_prepare };
