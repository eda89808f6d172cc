/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_ofd - any bytes to the OFD reader: a page, a template, resources,
 * the document.
 */
#include "tests/fuzz/fuzz_package.h"

extern const struct reader ofd_reader;

#define DOCUMENT                                                               \
    "<Document><CommonData><PublicRes>r.xml</PublicRes><TemplatePage ID='2' "  \
    "BaseLoc='t.xml'/></CommonData><Pages><Page ID='1' BaseLoc='p.xml'/>"      \
    "</Pages></Document>"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct package_part parts[] = {
        PACKAGE_PART("OFD.xml",
            "<OFD><DocBody><DocRoot>d.xml</DocRoot></DocBody><DocBody>"
            "<DocRoot>e.xml</DocRoot></DocBody></OFD>"),
        PACKAGE_PART("d.xml", DOCUMENT),
        { "p.xml", { NULL, 0 }, 0 },
        { "t.xml", { NULL, 0 }, 0 },
        { "r.xml", { NULL, 0 }, 0 },
        { "e.xml", { NULL, 0 }, 0 },
    };

    fuzz_package(
        &ofd_reader, parts, sizeof(parts) / sizeof(parts[0]), data, size);
    return 0;
}
