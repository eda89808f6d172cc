/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_docx - any bytes to the DOCX reader: main part, styles, numbering.
 */
#include "tests/fuzz/fuzz_package.h"

extern const struct reader docx_reader;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct package_part parts[] = {
        PACKAGE_PART("_rels/.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "officeDocument", "w/d.xml"))),
        PACKAGE_PART("w/_rels/d.xml.rels",
            PACKAGE_LINKS(PACKAGE_LINK("r1", "styles", "s.xml")
                    PACKAGE_LINK("r2", "numbering", "n.xml"))),
        { "w/d.xml", { NULL, 0 }, 0 },
        { "w/s.xml", { NULL, 0 }, 0 },
        { "w/n.xml", { NULL, 0 }, 0 },
    };

    fuzz_package(
        &docx_reader, parts, sizeof(parts) / sizeof(parts[0]), data, size);
    return 0;
}
