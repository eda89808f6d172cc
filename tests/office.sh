# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# office - LibreOffice for fixtures.sh and torture.sh: a work folder, and
# HTML converted to other formats.
set -euo pipefail
shopt -s extglob
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
BUILD=${BUILD:-build}
if ! command -v soffice >/dev/null; then
    echo "office: needs LibreOffice: apt-get install" \
        "libreoffice-writer-nogui libreoffice-calc-nogui" >&2
    exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# convert FORMAT FOLDER HTML...
convert() {
    local format=$1 to=$2
    local -a how
    shift 2
    case $format in
    doc) how=(--convert-to "doc:MS Word 97") ;;
    docx) how=(--convert-to "docx:MS Word 2007 XML") ;;
    xlsx) how=("--infilter=HTML (StarCalc)" --convert-to xlsx) ;;
    *) return 1 ;;
    esac
    soffice "-env:UserInstallation=file://$work/profile" --headless \
        "${how[@]}" --outdir "$to" "$@" >/dev/null 2>"$work/soffice.log" ||
        {
            cat "$work/soffice.log" >&2
            return 1
        }
}

# truth FORMAT FILE: what is known, as the format can show it.  Numbers that
# LibreOffice finds in HTML lose the zeros at their end in a spreadsheet;
# those with wide digits or words stay texts.
truth() {
    if [ "$1" = xlsx ] && [[ $2 != *-@(fullwidth|annotated|units)* ]]; then
        sed -E 's/(\t-?[0-9]+\.[0-9]*[1-9])0+$/\1/; s/(\t-?[0-9]+)\.0+$/\1/' \
            "$2"
    else
        cat "$2"
    fi
}
