/* SPDX-License-Identifier: Apache-2.0 */
/*
 * office - a text document to DOCX by LibreOffice, as a second opinion.
 *
 * For documents that our own readers cannot read, or read to tables that do
 * not add up.  DOCX says what is deleted, hidden or a note; in the HTML that
 * LibreOffice makes the digits of all of them stand beside each other.
 * LibreOffice needs files, processes and libraries, so its cage
 * (sandbox_office.c) is wider than a reader's: it may read programs and
 * libraries, write in one folder of its own, and reach no network.
 */
#ifndef TRANSFORMER_OFFICE_H
#define TRANSFORMER_OFFICE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/arena.h"
#include "common/err.h"
#include "common/slice.h"
#include "transformer/sandbox.h"

/* Path of LibreOffice's program, or NULL where it is not installed.  Static
 * text. */
const char *office_program(void);

/* Where LibreOffice makes its sockets. */
#define OFFICE_SOCKETS "/tmp"

/* Where LibreOffice is installed, make the folder that it works in, in /tmp;
 * it goes when this process ends.  Ends the process when it cannot. */
void office_prepare(void);

/* That folder; empty without one. */
const char *office_folder(void);

/* As sandbox_enter, for office_docx. */
sandbox_fn office_sandbox;

/* Convert `in`, a document whose file name would end in `extension`, to DOCX,
 * made in `a`.  ERR_INPUT "reader.none: ..." where LibreOffice is
 * not installed, "reader.broken: ..." when it cannot, ERR_LIMIT "reader.size:
 * ..." when there is too much of it. */
int office_docx(struct slice in, const char *extension, struct arena *a,
    struct slice *docx, struct err *err);

#endif
