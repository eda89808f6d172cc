/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_xlsx - any bytes to the XLSX reader: a sheet, texts, styles, the
 * workbook.
 */
#include "tests/fuzz/fuzz_package.h"

extern const struct reader xlsx_reader;

#define BOOK                                                                   \
    "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/"   \
    "main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/"    \
    "relationships'><sheets><sheet r:id='r1'/></sheets></workbook>"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct package_part parts[] = {
        PACKAGE_PART("_rels/.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "officeDocument", "b.xml"))),
        PACKAGE_PART("_rels/b.xml.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "worksheet", "1.xml")
                    PACKAGE_LINK("r2", "sharedStrings", "t.xml")
                        PACKAGE_LINK("r3", "styles", "s.xml"))),
        PACKAGE_PART("b.xml", BOOK),
        { "1.xml", { NULL, 0 }, 0 },
        { "t.xml", { NULL, 0 }, 0 },
        { "s.xml", { NULL, 0 }, 0 },
    };

    fuzz_package(
        &xlsx_reader, parts, sizeof(parts) / sizeof(parts[0]), data, size);
    return 0;
}
