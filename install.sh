#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# install - put what was built where it belongs; called by `make install`
# with BUILD, DESTDIR, PREFIX, SYSCONF, UNITDIR, DUCKDB_PREFIX, PDF and OCR
# set.
#
# A configuration that is there already is kept; the new one goes beside it
# as *.dist.  Paths in units and in nianbao.yaml follow PREFIX and SYSCONF.
set -euo pipefail
cd "$(dirname "$0")"
: "${BUILD:?}" "${PREFIX:?}" "${SYSCONF:?}" "${UNITDIR:?}" "${DUCKDB_PREFIX:?}"
: "${PDF:?}" "${OCR:?}"
root=${DESTDIR:-}

# put MODE FILE FOLDER [NAME]
put() {
    install -D -m "$1" "$2" "$root$3/${4:-$(basename "$2")}"
}

# put_conf FILE FOLDER: never over what an operator has changed
put_conf() {
    local name=$2/${3:-$(basename "$1")}
    if [ -e "$root$name" ] && ! cmp -s "$1" "$root$name"; then
        install -m 644 "$1" "$root$name.dist"
        echo "install: kept $root$name, the new one is $name.dist"
    else
        install -D -m 644 "$1" "$root$name"
    fi
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for program in nianbao nianbao-collector nianbao-transformer nianbao-loader \
    nianbao-reader nianbao-reader-office; do
    put 755 "$BUILD/$program" "$PREFIX/bin"
done
# PDF=no and OCR=no leave these out; one of an older build must not stay.
for switch in "PDF:$PDF:nianbao-reader-pdf" "OCR:$OCR:nianbao-reader-ocr"; do
    IFS=: read -r key value program <<<"$switch"
    if [ "$value" != no ]; then
        put 755 "$BUILD/$program" "$PREFIX/bin"
    elif [ -e "$root$PREFIX/bin/$program" ]; then
        rm "$root$PREFIX/bin/$program"
        echo "install: removed $root$PREFIX/bin/$program ($key=no)"
    fi
done
put 755 "$DUCKDB_PREFIX/libduckdb.so" "$PREFIX/lib/nianbao"

sed -e 's|^state_dir:.*|state_dir: /var/lib/nianbao|' \
    -e 's|^out_dir:.*|out_dir: /var/lib/nianbao/archives|' \
    -e 's|^run_dir:.*|run_dir: /run/nianbao|' \
    conf/nianbao.yaml >"$work/nianbao.yaml"
put_conf "$work/nianbao.yaml" "$SYSCONF/nianbao"
for file in conf/forms/*.yaml; do
    put_conf "$file" "$SYSCONF/nianbao/forms"
done
for file in conf/sources.d/*.yaml; do
    [ "$file" = conf/sources.d/sample.yaml ] ||
        put_conf "$file" "$SYSCONF/nianbao/sources.d"
done

for unit in systemd/*.service systemd/*.target systemd/*.timer; do
    sed -e "s|/usr/local/bin/|$PREFIX/bin/|" \
        -e "s|/etc/nianbao/|$SYSCONF/nianbao/|" \
        "$unit" >"$work/$(basename "$unit")"
    put 644 "$work/$(basename "$unit")" "$UNITDIR"
done
put 644 systemd/nianbao.sysusers.conf "$PREFIX/lib/sysusers.d" nianbao.conf
put 644 systemd/nianbao.tmpfiles.conf "$PREFIX/lib/tmpfiles.d" nianbao.conf

for page in docs/man/*.[158]; do
    put 644 "$page" "$PREFIX/share/man/man${page##*.}"
done
for page in README.md LICENSE CHANGELOG.md docs/*.md; do
    [ ! -e "$page" ] || put 644 "$page" "$PREFIX/share/doc/nianbao"
done
