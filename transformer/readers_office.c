/* SPDX-License-Identifier: Apache-2.0 */
/*
 * readers_office - the formats that nianbao-reader-office reads.
 */
#include "transformer/office.h"
#include "transformer/page_picture.h"
#include "transformer/reader.h"

extern const struct reader office_reader;

const char readers_program[] = "nianbao-reader-office";

const struct reader *const readers[] = { &office_reader, NULL };

sandbox_fn *const readers_sandbox = office_sandbox;
page_recognize_fn *const page_recognize = NULL;
picture_decode_fn *const picture_decode = NULL;
