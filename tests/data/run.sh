#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run - what the extractor makes of documents with known truth, as TAP.
#
# 1. tests/data/<format>/<case>.* with <case>.expected.tsv beside it, each
#    named after its trouble; 2. the corpus of real documents, when it is
#    there; 3. thousands of generated documents (DOCUMENTS, 12000);
#    4. misreads put into such documents (ERRORS, 10000), to be localized.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
exact=$BUILD/tests/nianbao-exact
corpus=${CORPUS:-../shared/corpus}
if [ -n "${SANITIZE:-}" ]; then
    documents=${DOCUMENTS:-1500}
    errors=${ERRORS:-1300}
else
    documents=${DOCUMENTS:-12000}
    errors=${ERRORS:-10000}
fi
status=0

for folder in tests/data/*/; do
    # OCR=no leaves the reader of scans out
    if [ "$folder" != tests/data/picture/ ] ||
        [ -x "$BUILD/nianbao-reader-ocr" ]; then
        "$exact" --cases "$folder" || status=1
    fi
done
if [ -d "$corpus" ]; then
    "$exact" --cases "$corpus" || status=1
fi
"$exact" --documents "$documents" --processes "$(nproc)" || status=1
"$BUILD/tests/nianbao-localize" --errors "$errors" \
    --pairs $((errors / 5)) || status=1
exit $status
