#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# deps - install what the build and the tests need: Debian packages, the
# pinned DuckDB library (Parquet) and, for the tests alone, a second reader
# of Parquet that is not DuckDB (hyparquet, with fzstd for its pages).  Says
# what it does; does nothing when all is there.  DUCKDB_PREFIX=<folder with
# libduckdb.so and duckdb.h> keeps it from fetching DuckDB.  --lint adds the
# tools of `make lint` and `make fuzz`, --office what `make fixtures` and
# `make torture` write documents with, --bench what `make bench` compares with.
set -euo pipefail
cd "$(dirname "$0")"

packages=(
    # build
    gcc libc6-dev make pkg-config
    libarchive-dev libcurl4-openssl-dev libcyaml-dev libexpat1-dev libgsf-1-dev
    libgumbo-dev libjansson-dev libseccomp-dev libsqlite3-dev libssl-dev
    libsystemd-dev libuchardet-dev libutf8proc-dev libzmq3-dev
    # nianbao-reader-pdf: libmupdf is static and does not ask for its own
    libmupdf-dev libmujs-dev libopenjp2-7-dev libjbig2dec0-dev libharfbuzz-dev
    libfreetype-dev libjpeg-dev zlib1g-dev
    # nianbao-reader-ocr
    libtesseract-dev libleptonica-dev tesseract-ocr-eng tesseract-ocr-chi-sim
    # tests
    libcmocka-dev libmicrohttpd-dev sqlite3 systemd zstd procps valgrind nodejs
    bsdextrautils
    # fetching and checking what is no Debian package
    ca-certificates openssl
)

case "${1:-}" in
--lint)
    packages+=(clang libclang-rt-dev clang-format clang-tidy cppcheck shellcheck)
    ;;
--office)
    packages+=(poppler-utils fonts-wqy-zenhei perl)
    # with windows or without: the two cannot be installed together
    command -v soffice >/dev/null ||
        packages+=(libreoffice-writer-nogui libreoffice-calc-nogui)
    ;;
--bench)
    packages+=(python3-lxml python3-pandas python3-pdfminer poppler-utils)
    ;;
esac

# One question for all: each start of dpkg-query reads its whole database.
mapfile -t missing < <(
    printf '%s\n' "${packages[@]}" | grep -vxFf <(
        dpkg-query -W -f='${db:Status-Status} ${Package}\n' "${packages[@]}" \
            2>/dev/null | sed -n 's/^installed //p'
    )
)
if [ -n "${DUCKDB_PREFIX:-}" ]; then
    duckdb=$DUCKDB_PREFIX
else
    duckdb=build/deps/duckdb
fi
need_duckdb=1
[ -s "$duckdb/libduckdb.so" ] && [ -s "$duckdb/duckdb.h" ] && need_duckdb=0
hyparquet=build/deps/hyparquet
need_hyparquet=1
[ -s $hyparquet/hyparquet/src/index.js ] &&
    [ -s $hyparquet/fzstd/lib/index.js ] && need_hyparquet=0
if [ $need_duckdb$need_hyparquet != 00 ] && ! command -v npm >/dev/null; then
    missing+=(npm)
fi

if [ ${#missing[@]} -gt 0 ]; then
    echo "deps: installing Debian packages: ${missing[*]}"
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" \
        >/dev/null
fi

[ $need_duckdb$need_hyparquet = 00 ] && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# fetch_package NAME@VERSION SHA512-BASE64 PATH-INSIDE DESTINATION
fetch_package() {
    local spec=$1 want=$2 inside=$3 destination=$4 file got
    if ! file=$(cd "$work" && npm pack --silent "$spec" 2>npm.log); then
        cat "$work/npm.log" >&2
        echo "deps: npm cannot fetch $spec; run 'npm pack $spec' to see why" \
            "(a proxy, a certificate authority of your own: 'npm help" \
            "config')" >&2
        exit 1
    fi
    got=$(openssl dgst -sha512 -binary "$work/$file" | base64 -w0)
    if [ "$got" != "$want" ]; then
        echo "deps: $spec: checksum is $got, expected $want" >&2
        exit 1
    fi
    tar -xzf "$work/$file" -C "$work" "$inside"
    mv "$work/$inside" "$destination"
}

if [ $need_duckdb = 1 ]; then
    if [ -n "${DUCKDB_PREFIX:-}" ]; then
        echo "deps: DUCKDB_PREFIX=$duckdb has no libduckdb.so and duckdb.h" >&2
        exit 1
    fi
    case $(uname -m) in
    x86_64)
        binding=@duckdb/node-bindings-linux-x64@1.4.4-r.4
        sum=jBTL/WvfwxLToFa/pVHfT6elMtltJGnc3wSuxZD9OfMltit9YUdVFS37vBFQzXMT1Z8OWjtSjMh+zPKxOwHLHA==
        ;;
    *)
        echo "deps: no pinned DuckDB for $(uname -m); install libduckdb 1.4" \
            "and set DUCKDB_PREFIX" >&2
        exit 1
        ;;
    esac
    echo "deps: fetching the DuckDB 1.4.4 library and header into $duckdb"
    mkdir -p "$duckdb"
    fetch_package "$binding" "$sum" package/libduckdb.so "$work/libduckdb.so"
    fetch_package duckdb@1.4.4 \
        hEJJ5hyVF0VLj3dmOLpsWrQR0b3d4Ykqtygm6iUXjHJDDnSqg/USKxcb5qvNrOhFYPgktayU6dXCtgPqcmmpog== \
        package/src/duckdb/src/include/duckdb.h "$work/duckdb.h"
    mv "$work/duckdb.h" "$work/libduckdb.so" "$duckdb/"
fi

if [ $need_hyparquet = 1 ]; then
    echo "deps: fetching hyparquet and fzstd for the tests into $hyparquet"
    rm -rf $hyparquet
    mkdir -p $hyparquet
    fetch_package hyparquet@1.31.5 \
        KPVfaxW8xOiO2/4fjeiBfFNEXhGVw9tfcb9ha2iNZdJ3J/yBjEwIeAnTyyuhllFFTb9YO9wg0DfRAOnm6KCvBg== \
        package $hyparquet/hyparquet
    fetch_package fzstd@0.1.1 \
        dkuVSOKKwh3eas5VkJy1AW1vFpet8TA/fGmVA5krThl8YcOVE/8ZIoEA1+U1vEn5ckxxhLirSdY837azmbaNHA== \
        package $hyparquet/fzstd
fi
