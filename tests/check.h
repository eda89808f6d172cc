/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check - cmocka with the headers it wants first.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A failed assertion does not come back, which cmocka's own declaration
 * does not tell the compiler and the analyzers. */
extern void _fail(const char *file, int line) __attribute__((noreturn));

#endif
