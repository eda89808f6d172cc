/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sinks - the table of places that get every archive.
 */
#include "loader/sink.h"

const struct sink *const sinks[] = { &archive_sink, NULL };
