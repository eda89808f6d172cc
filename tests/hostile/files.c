/* SPDX-License-Identifier: Apache-2.0 */
/*
 * files - attachments made to break whoever reads them: bombs, loops, lies
 * about sizes, locks without keys.
 */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "common/log.h"
#include "common/mem.h"
#include "tests/hostile/hostile.h"
#include "tests/ole.h"
#include "tests/package.h"

enum {
    BOMB_BYTES = 200 * 1000 * 1000,
    ENTRIES = 60000,
    MADE_BYTES = 8 << 20,
};

static void put_buf(FILE *f, struct buf *b)
{
    if (b->failed)
        fatal("hostile: a file became too large");
    fwrite(b->p, 1, b->len, f);
    buf_clear(b);
}

static void put_parts(FILE *f, const struct package_part *part, size_t n)
{
    struct buf b;

    buf_init(&b, MADE_BYTES);
    package_zip(&b, part, n);
    put_buf(f, &b);
}

/* ---- zip files -------------------------------------------------------------
 */

static void add_entry(
    struct archive *a, const char *name, const char *text, size_t len, int n)
{
    struct archive_entry *e = archive_entry_new();

    archive_entry_set_pathname(e, name);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_mtime(e, 1704067200, 0);
    archive_entry_set_size(e, (int64_t)len * n);
    if (archive_write_header(a, e) != ARCHIVE_OK)
        fatal("hostile: %s", archive_error_string(a));
    for (int i = 0; i < n; i++)
        archive_write_data(a, text, len);
    archive_entry_free(e);
}

/* Entries beside it, then one of much nothing, packed. */
static void put_bomb(
    FILE *f, const struct package_part *beside, size_t n, const char *name)
{
    struct archive *a = archive_write_new();
    char *nothing = mem_alloc_n(1000, 1000);

    memset(nothing, ' ', 1000000);
    archive_write_set_format_zip(a);
    archive_write_zip_set_compression_deflate(a);
    if (archive_write_open_FILE(a, f) != ARCHIVE_OK)
        fatal("hostile: %s", archive_error_string(a));
    for (size_t i = 0; i < n; i++)
        add_entry(a, beside[i].name, beside[i].text.p, beside[i].text.len, 1);
    add_entry(a, name, nothing, 1000000, BOMB_BYTES / 1000000);
    archive_write_close(a);
    archive_write_free(a);
    mem_free(nothing);
}

static void bomb_zip(FILE *f)
{
    put_bomb(f, NULL, 0, "report.html");
}

static const char types[] =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
    "content-types\"/>";
static const char relations[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
    "relationships\"><Relationship Id=\"r\" Target=\"word/document.xml\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/officeDocument\"/></Relationships>";

static void bomb_docx(FILE *f)
{
    const struct package_part beside[] = {
        { "[Content_Types].xml", slice_str(types), 0 },
        { "_rels/.rels", slice_str(relations), 0 },
    };

    put_bomb(f, beside, 2, "word/document.xml");
}

/* All entries of the directory are the same bytes. */
static void overlapping(FILE *f)
{
    const struct package_part one = { "report.html",
        SLICE_LIT("<html><title>x</title>"), 0 };
    struct buf b, entry;
    size_t directory;

    buf_init(&b, MADE_BYTES);
    buf_init(&entry, 1000);
    package_zip(&b, &one, 1);
    directory = 30 + strlen(one.name) + one.text.len;
    buf_add(&entry, b.p + directory, 46 + strlen(one.name));
    b.len = directory;
    for (int i = 0; i < ENTRIES; i++)
        buf_add_slice(&b, buf_slice(&entry));
    package_put(&b, 0x06054b50, 4);
    package_put(&b, 0, 4);
    package_put(&b, ENTRIES, 2);
    package_put(&b, ENTRIES, 2);
    package_put(&b, (uint64_t)ENTRIES * entry.len, 4);
    package_put(&b, directory, 4);
    package_put(&b, 0, 2);
    buf_clear(&entry);
    put_buf(f, &b);
}

static void entities(FILE *f)
{
    static const char laughs[] =
        "<!DOCTYPE w:document [<!ENTITY a \"aaaaaaaaaa\">"
        "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
        "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>"
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/"
        "wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&d;</w:t></w:r>"
        "</w:p></w:body></w:document>";
    const struct package_part parts[] = {
        { "[Content_Types].xml", slice_str(types), 0 },
        { "_rels/.rels", slice_str(relations), 0 },
        { "word/document.xml", slice_str(laughs), 0 },
    };

    put_parts(f, parts, 3);
}

static void locked_zip(FILE *f)
{
    const struct package_part part = { "report.html",
        SLICE_LIT("<html>not readable</html>"), 1 };

    put_parts(f, &part, 1);
}

/* A run of a billion glyphs in five bytes. */
static void glyphs(FILE *f)
{
    static const char root[] =
        "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:DocBody>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>";
    static const char document[] =
        "<ofd:Document xmlns:ofd=\"http://www.ofdspec.org/2016\">"
        "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        "<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages>"
        "</ofd:Document>";
    static const char page[] =
        "<ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:Content>"
        "<ofd:Layer ID=\"2\"><ofd:TextObject ID=\"3\" Boundary=\"0 0 100 100\" "
        "Size=\"4\"><ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"g 999999999 1\">"
        "text</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content>"
        "</ofd:Page>";
    const struct package_part parts[] = {
        { "OFD.xml", slice_str(root), 0 },
        { "Doc_0/Document.xml", slice_str(document), 0 },
        { "Doc_0/Pages/Page_0/Content.xml", slice_str(page), 0 },
    };

    put_parts(f, parts, 3);
}

/* ---- OLE2 -------------------------------------------------------------------
 */

static void locked_doc(FILE *f)
{
    const struct ole_stream streams[] = {
        { "EncryptedPackage", SLICE_LIT("\x40\0\0\0\0\0\0\0locked away") },
        { "EncryptionInfo", SLICE_LIT("\4\0\4\0") },
    };
    struct buf b;

    buf_init(&b, MADE_BYTES);
    ole_make(&b, streams, 2);
    put_buf(f, &b);
}

/* Every chain of sectors leads back to itself ([MS-CFB] 2.2, 2.3). */
static void looping_doc(FILE *f)
{
    char body[5000] = "\xec\xa5\xc1";
    const struct ole_stream streams[] = {
        { "WordDocument", { body, sizeof(body) } },
        { "1Table", { body, sizeof(body) } },
    };
    struct buf b;
    uint32_t sector;
    char *fat;

    buf_init(&b, MADE_BYTES);
    ole_make(&b, streams, 2);
    memcpy(&sector, b.p + 76, sizeof(sector));
    fat = b.p + 512 * ((size_t)sector + 1);
    for (uint32_t i = 0; i < 128; i++) {
        uint32_t next;

        memcpy(&next, fat + 4 * (size_t)i, sizeof(next));
        if (next < 0xfffffffau || next == 0xfffffffeu)
            memcpy(fat + 4 * (size_t)i, &i, sizeof(i));
    }
    put_buf(f, &b);
}

/* ---- PDF and pictures -------------------------------------------------------
 */

static void looping_xref(FILE *f)
{
    fputs("%PDF-1.4\n"
          "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
          "2 0 obj<</Type/Pages/Kids[]/Count 1>>endobj\n"
          "xref\n0 1\n0000000000 65535 f \n"
          "trailer<</Size 3/Root 1 0 R/Prev 96>>\nstartxref\n96\n%%EOF\n",
        f);
}

static void looping_pages(FILE *f)
{
    fputs("%PDF-1.4\n"
          "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
          "2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000000>>endobj\n"
          "trailer<</Size 3/Root 1 0 R>>\n%%EOF\n",
        f);
}

static void locked_pdf(FILE *f)
{
    fputs("%PDF-1.4\n"
          "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
          "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
          "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
          "4 0 obj<</Filter/Standard/V 2/R 3/Length 128/P -4"
          "/O<00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>"
          "/U<ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100>"
          ">>endobj\n"
          "trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF\n",
        f);
}

/* A page that is one picture, of four billion dots and eight bytes. */
static void vast_picture(FILE *f)
{
    fputs("%PDF-1.4\n"
          "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
          "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
          "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 "
          "R/Resources<</XObject<</I 5 0 R>>>>>>endobj\n"
          "4 0 obj<</Length 26>>stream\nq 595 0 0 842 0 0 cm /I Do Q\n"
          "endstream endobj\n"
          "5 0 obj<</Type/XObject/Subtype/Image/Width 65535/Height 65535"
          "/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode"
          "/Length 8>>stream\n"
          "\1\1\1\1\1\1\1\1\nendstream endobj\n"
          "trailer<</Size 6/Root 1 0 R>>\n%%EOF\n",
        f);
}

static void vast_png(FILE *f)
{
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\x86\xa0"
                              "\0\1\x86\xa0\10\0\0\0\0\xdc\xcb\x9e\x9b"
                              "\0\0\0\10IDATx\x9c\x63\0\0\0\1\0\1\0\0\0\0";

    fwrite(png, 1, sizeof(png) - 1, f);
}

/* ---- text -------------------------------------------------------------------
 */

static void deep_rtf(FILE *f)
{
    fputs("{\\rtf1 ", f);
    for (int i = 0; i < 1000000; i++)
        fputc('{', f);
}

static void lying_rtf(FILE *f)
{
    fputs("{\\rtf1\\bin2000000000 }", f);
}

static void endless_mail(FILE *f)
{
    fputs("MIME-Version: 1.0\nContent-Type: multipart/related; "
          "boundary=\"b\"\n\n",
        f);
    for (int i = 0; i < 100000; i++)
        fputs("--b\nContent-Type: multipart/mixed; boundary=\"b\"\n\n", f);
}

static void torn_rar(FILE *f)
{
    static const char rar[] = "Rar!\x1a\7\1\0\xff\xff\xff\xff\x7f";

    fwrite(rar, 1, sizeof(rar) - 1, f);
}

const struct hostile_case file_cases[] = {
    { "case-bomb.zip", bomb_zip },
    { "case-bomb.docx", bomb_docx },
    { "case-overlapping.zip", overlapping },
    { "case-entities.docx", entities },
    { "case-locked.zip", locked_zip },
    { "case-glyphs.ofd", glyphs },
    { "case-locked.doc", locked_doc },
    { "case-looping.doc", looping_doc },
    { "case-looping-xref.pdf", looping_xref },
    { "case-looping-pages.pdf", looping_pages },
    { "case-locked.pdf", locked_pdf },
    { "case-vast-picture.pdf", vast_picture },
    { "case-vast.png", vast_png },
    { "case-deep.rtf", deep_rtf },
    { "case-lying.rtf", lying_rtf },
    { "case-endless.mht", endless_mail },
    { "case-torn.rar", torn_rar },
    { NULL, NULL },
};
