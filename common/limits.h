/* SPDX-License-Identifier: Apache-2.0 */
/*
 * limits - every ceiling, with a sentence saying why that number.
 */
#ifndef COMMON_LIMITS_H
#define COMMON_LIMITS_H

/* A fetched body.  The largest scanned PDF seen has some 6 MB; ten pages in
 * colour at 300 dpi take up to 20. */
#define LIMIT_BODY_BYTES (32u << 20)

/* A body that is text alone: the largest real HTML report seen is 0.3 MB. */
#define LIMIT_PAGE_BYTES (8u << 20)

/* Memory of one document in one process, as arena.  A 100 KB report takes
 * under 1 MB; a full-size hostile page must be refused before this. */
#define LIMIT_ARENA_BYTES (256u << 20)

/* Memory of an HTML parser for one document: gumbo takes some 30 bytes for
 * one of a usual page, and 100 for one of a page of nothing but tags. */
#define LIMIT_PARSER_BYTES (256u << 20)

/* A document tree on the pipe.  Text of LIMIT_PAGE_BYTES decoded from GB18030
 * grows by half, plus the cells' frames. */
#define LIMIT_TREE_BYTES (24u << 20)

/* One record on the wire: some 250 cells and checks with provenance and the
 * prose of six sections; real ones stay under 200 KB. */
#define LIMIT_RECORD_BYTES (16u << 20)

/* Elements of a record: the two forms have some 220 cells and 100 checks;
 * statistics tables of the 2014 generation bring some hundred rows more. */
#define LIMIT_RECORD_REASONS 4096u
#define LIMIT_RECORD_CELLS 16384u
#define LIMIT_RECORD_CHECKS 16384u
#define LIMIT_RECORD_SECTIONS 256u

/* One ZeroMQ message: a body or a record with its header. */
#define LIMIT_MESSAGE_BYTES (LIMIT_BODY_BYTES + (64u << 10))

/* Physical rows and columns of a table.  The requests table has 30 rows and
 * 10 columns; XLSX exports spread it over 27 columns. */
#define LIMIT_TABLE_ROWS 2000u
#define LIMIT_TABLE_COLS 200u

/* Tables in a document: layout tables of old portals nest some 30. */
#define LIMIT_TABLES 2000u

/* Cells in a document, spans not expanded. */
#define LIMIT_CELLS 200000u

/* Blocks (paragraphs and tables) and links in a document: the longest list
 * page seen has 400 links.  Each link may be a request to its portal: 5,000
 * are more than an hour at one a second. */
#define LIMIT_BLOCKS 100000u
#define LIMIT_LINKS 5000u

/* <meta> pairs in a document: pages seen have up to 40. */
#define LIMIT_METAS 1000u

/* Attributes on one HTML tag: gumbo is quadratic in them (100,000 took
 * 27 s); pages seen use at most 40. */
#define LIMIT_TAG_ATTRIBUTES 512u

/* Depth of open elements: gumbo scans them at each tag (50,000 took 6 s);
 * pages seen nest at most 60. */
#define LIMIT_OPEN_ELEMENTS 2000u

/* Packages of compressed parts (DOCX, XLSX).  Parts are read as they come
 * and never kept, so these bound time: the largest part seen has 4 MB. */
#define LIMIT_PACKAGE_PART_BYTES (64u << 20)
#define LIMIT_PACKAGE_BYTES (128u << 20)

/* Entries of a package: those seen have up to 60; each picture is one. */
#define LIMIT_PACKAGE_ENTRIES 4096u

/* Tables inside each other in a DOC, where a number says how deep: layout
 * tables of reports nest up to 3. */
#define LIMIT_TABLE_DEPTH 64u

/* Entries of an OLE2 file (DOC, XLS): those seen have up to 20; each picture
 * or formula brings four more. */
#define LIMIT_OLE_ENTRIES 4096u

/* How much a part may grow when it is unpacked, after its first megabyte:
 * the markup of real reports shrinks to a twentieth. */
#define LIMIT_PACKAGE_RATIO 200u
#define LIMIT_PACKAGE_RATIO_FREE (1u << 20)

/* Entries of a container (zip, rar), folders and all; what it holds of
 * documents at all depths: a district with a file for each of its bodies and
 * each year stays far below. */
#define LIMIT_CONTAINER_ENTRIES 4096u
#define LIMIT_PARTS 512u

/* Containers in containers: a bundle of bundles is seen, no more. */
#define LIMIT_CONTAINER_DEPTH 2u

/* Unpacked bytes that come in one answer, so that a container never takes
 * more memory than this and its last part; and of all its parts. */
#define LIMIT_PARTS_BYTES (6u << 20)
#define LIMIT_CONTAINER_BYTES (128u << 20)

/* Answers asked for of one fetched container, those of containers in it
 * counted: what a hostile one may cost in time. */
#define LIMIT_UNPACK_CALLS 32u

/* Path of a part, cut between characters; with the container's own address
 * it stays below LIMIT_URL_BYTES. */
#define LIMIT_PART_NAME_BYTES 512u

/* One token of XML (a tag with its attributes, a comment): the parser keeps
 * it whole, and looks at it again with each block that comes in. */
#define LIMIT_XML_TOKEN_BYTES (1u << 20)

/* Relationships of one part; a report with pictures has some 40. */
#define LIMIT_RELATIONSHIPS 4096u

/* Styles, numberings and sheets of an office document: those seen have up
 * to 600 of one kind, mostly left by copying from others. */
#define LIMIT_STYLES 20000u
#define LIMIT_NUMBERINGS 20000u
#define LIMIT_SHEETS 256u

/* Pages of a document; the longest report seen has 40.  What one page draws:
 * glyphs (a dense page has 2,500) and rulings (a table page has 300), for the
 * time of the grid grows with the product of horizontal and vertical ones. */
#define LIMIT_PAGES 500u
#define LIMIT_PAGE_RUNS 50000u
#define LIMIT_PAGE_RULINGS 5000u

/* The same of all pages together, for memory: a run takes some 130 bytes.
 * The longest report seen has 100,000 glyphs and 12,000 rulings. */
#define LIMIT_RUNS 1000000u
#define LIMIT_RULINGS 500000u

/* Bytes of one run: a glyph, or what is seen as one cell of a picture. */
#define LIMIT_RUN_BYTES 4096u

/* A page as a picture: A3 at 300 dpi has 17 million pixels, A4 at 600 dpi
 * 35 million; each takes a byte or four while it is worked on. */
#define LIMIT_PICTURE_SIDE 20000u
#define LIMIT_PICTURE_PIXELS 40000000u

/* Pictures on one web page: the longest report seen has 40 pages. */
#define LIMIT_PICTURES 64u

/* OFD.  Documents in one file (a report and its annexes are some), and what
 * objects refer to by number: draw parameters, pictures, groups; a report has
 * some 100.  Groups drawn in a document, each a walk through its part.  The
 * text or path of one object: the largest seen drew a map in 1 MB. */
#define LIMIT_OFD_DOCUMENTS 64u
#define LIMIT_OFD_RESOURCES 20000u
#define LIMIT_OFD_COMPOSITES 2000u
#define LIMIT_OFD_TEXT_BYTES (4u << 20)

/* What LibreOffice makes of a document, and each file it writes: ten
 * times what it makes of the largest report seen. */
#define LIMIT_OFFICE_BYTES (16u << 20)

/* Digits of a printed number before and after its point: a thousand billion
 * in yuan, with more places than any report prints.  They fit DECIMAL(18,6).
 * Sums and amounts in yuan (times 10,000) fit DECIMAL(24,6).  A cell with
 * more is unreadable. */
#define LIMIT_NUMBER_INT_DIGITS 12u
#define LIMIT_NUMBER_FRACTION_DIGITS 6u
#define LIMIT_SUM_INT_DIGITS 18u

/* A URL, as most servers refuse longer ones; the host in it (RFC 1035). */
#define LIMIT_URL_BYTES 2048u
#define LIMIT_HOST_BYTES 255u

/* All header bytes of one answer; real ones stay under 4 KB. */
#define LIMIT_HEADER_BYTES ((size_t)64 << 10)

/* Transfers at once: bounds the memory of hostile bodies to this many times
 * body_max_bytes, and is plenty where every host is asked once a second. */
#define LIMIT_FETCHES 16u

/* Attachments taken from one report page; the most seen are 6. */
#define LIMIT_ATTACHMENTS 32u

/* Workers at once: more than this is a fault, not a farm.  Documents that
 * one of them may hold, whatever credit it claims. */
#define LIMIT_WORKERS 256u
#define LIMIT_CREDIT 64u

/* Generations of the form in forms_dir: a new one comes every few years. */
#define LIMIT_FORMS 64u

/* Messages queued for one peer of a socket, in each direction.  A worker
 * holds `credit` documents, so this is never reached while all is well. */
#define LIMIT_LINK_QUEUE 64

/* Bodies on their way to one worker, unless it is a single one: bounds what
 * large documents take in both queues.  A usual share is under 0.5 MB. */
#define LIMIT_LEASED_BYTES (4u << 20)

/* What a page may cost in the collector's cage: it serves the workers as
 * well, and a usual page takes a hundredth of a second. */
#define LIMIT_PAGE_CPU_S 3u
#define LIMIT_PAGE_WALL_MS 10000u

/* How long to wait for a socket that a dying process still holds. */
#define LIMIT_LINK_BIND_MS 10000

/* robots.txt, as in RFC 9309 section 2.5 (at least 500 KiB are parsed). */
#define LIMIT_ROBOTS_BYTES (512u << 10)

#endif
