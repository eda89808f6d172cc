#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# pictures - reports that a portal shows as pictures of their pages: one
# document each with its pictures, whatever was killed; what cannot be fetched
# is told.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"
# shellcheck source=tests/flow/site.sh
. "$(dirname "$0")/site.sh"

# ---- the portal ------------------------------------------------------------

# le32 NUMBER: four bytes
le32() {
    local n=$1
    # shellcheck disable=SC2059
    printf "$(printf '\\x%02x' $((n & 255)) $((n >> 8 & 255)) \
        $((n >> 16 & 255)) $((n >> 24 & 255)))"
}
# paper WIDTH HEIGHT: a blank BMP of two colours
paper() {
    local row=$((($1 + 31) / 32)) # words
    row=$((row * 4))
    printf 'BM'
    le32 $((62 + row * $2))
    le32 0
    le32 62
    le32 40
    le32 "$1"
    le32 "$2"
    printf '\1\0\1\0'
    for n in 0 $((row * $2)) 5906 5906 2 2 0 16777215; do
        le32 "$n"
    done
    head -c $((row * $2)) /dev/zero | tr '\0' '\377'
}
# page TITLE IMG...
page() {
    echo "<html><head><meta charset='utf-8'></head><body><h1>$1</h1>"
    echo "<p>发布日期：2020-01-17</p>"
    shift
    printf '<p><img src="%s"></p>\n' "$@"
    echo "<p><img src='/logo.png'></p><p>版权所有</p></body></html>"
}

report=2019年度政府信息公开工作年度报告
data=$root/tests/data/picture
site=$work/site
mkdir -p "$site/nb/img"
cd "$site/nb" || exit
paper 1240 1754 >img/1.bmp
cp "$data/requests-page-of-two-colours.tif" img/2.tif
paper 300 300 >img/code.bmp
page "甲市教育局$report" ../nb/img/1.bmp img/2.tif >scan.html
page "乙市教育局$report" img/1.bmp img/none.tif >gone.html
page "丙市教育局$report" img/code.bmp >icon.html
page "丁市教育局$report" img/scan.html >soft.html
cp scan.html img/scan.html
cp "$data/pictures-in-the-page.html" inline.html
{
    echo '<html><head><meta charset="utf-8"></head><body>'
    for file in gone icon inline scan soft; do
        echo "<a href='$file.html'>某局$report</a>"
    done
    echo '</body></html>'
} >index.html
cd "$root" || exit
asked=$work/asked
start_portal "$site" --log "$asked"

write_nb() {
    # each kill is an attempt at what was being read
    write_conf "$1" "${2:-0}" nb <<<'attempts_max: 100'
    sed -i -e '/^link_patterns:/,/^$/d' "$1/conf/sources.d/sample.yaml"
}

# ask FOLDER SQL
ask() {
    sqlite3 -readonly -cmd '.timeout 5000' "$1/state/ledger.sqlite" "$2"
}

# Every document: what it is, how it ended, how many numbers it has.
endings() {
    ask "$1" "SELECT replace(u.url, '$portal/nb/', ''), d.media_type,
        coalesce(r.reader, j.state),
        coalesce(q.reason, (SELECT count(*) FROM cells c
            WHERE c.report = r.id AND c.value IS NOT NULL))
        FROM documents d JOIN urls u ON u.id = d.url
        JOIN leases j ON j.document = d.id
        LEFT JOIN reports r ON r.job = j.id
        LEFT JOIN quarantine q ON q.job = j.id ORDER BY d.run, 1"
}

audit() {
    "$build/nianbao" audit --config "$1/conf/nianbao.yaml" \
        >"$work/audit.log" 2>&1 || {
        cat "$work/audit.log"
        return 1
    }
}

# ---- a night ---------------------------------------------------------------

calm=$work/calm
write_nb "$calm"
run_nianbao "$calm" || give_up "the run: $(tail -n 5 "$calm/run.log")"
endings "$calm" >"$work/endings"
no_ocr='it needs nianbao-reader-ocr, which this installation does not have (built with OCR=no)'
lost='reader.scan: picture 2 of 2 could not be fetched: http: 404'
soft='reader.scan: picture 1 of 1 could not be fetched: soft404: a page instead of the file'
if [ -x "$build/nianbao-reader-ocr" ]; then
    # as many numbers as are read of the picture alone
    numbers=$("$build/nianbao" extract "$data/requests-page-of-two-colours.tif" |
        grep -o '"value":"' | wc -l)
    inline="html-ocr|$numbers" scan="mhtml-ocr|$numbers"
else
    inline="quarantined|reader.scan: the page is 1 picture; $no_ocr"
    scan="quarantined|reader.scan: the page is 2 pictures; $no_ocr"
fi
claim "a page and its pictures are one report, and what is missing is told" \
    diff - "$work/endings" <<END
gone.html|text/html|quarantined|$lost
icon.html|text/html|rejected|0
inline.html|text/html|$inline
scan.html|multipart/related|$scan
soft.html|text/html|quarantined|$soft
END
claim "the audit passes" audit "$calm"
body=$(ask "$calm" "SELECT lower(hex(sha256)) FROM documents
    WHERE media_type = 'multipart/related'")
body=$(find "$calm/state" -name "*${body:4}*" -type f | head -n 1)
claim "the document that is kept holds the page and both pictures" \
    [ "$(grep -ac '^Content-Location: ' "$body")" = 3 ]
claim "they lie in it as they were served" \
    cmp <(tail -c +$(($(grep -abo 'Content-Location: img/2.tif' "$body" |
        cut -d : -f 1) + 32)) "$body" | head -c "$(stat -c %s "$site/nb/img/2.tif")") \
    "$site/nb/img/2.tif"

# ---- killed ----------------------------------------------------------------

# Killed between a page and its pictures, and where something has ended.
wild=$work/wild
write_nb "$wild" 150
seen() {
    case $1 in
    img*) grep -c "/nb/$1 " "$asked" ;;
    *) ask "$wild" "SELECT count(*) FROM leases WHERE state IN
        ('loaded', 'quarantined')" 2>/dev/null || echo 0 ;;
    esac
}
for what in img/1.bmp img/1.bmp img/none.tif img/2.tif ended ended; do
    before=$(seen "$what")
    "$build/nianbao" run --config "$wild/conf/nianbao.yaml" --json \
        >/dev/null 2>>"$wild/log" &
    pid=$!
    reached() {
        [ "$(seen "$what")" -gt "$before" ] || ! kill -0 "$pid" 2>/dev/null
    }
    until_true 60 reached || give_up "the killed run does not go on"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
done
run_nianbao "$wild" || give_up "after the kills: $(tail -n 5 "$wild/run.log")"
endings "$wild" >"$work/endings.wild"
claim "a run killed on the way ends the same" \
    diff "$work/endings" "$work/endings.wild"
claim "and its audit passes" audit "$wild"
latest() {
    find "$1/archives" -name '*.tar.zst' | sort | tail -n 1
}
claim "the archive is the same, byte for byte" \
    cmp "$(latest "$calm")" "$(latest "$wild")"

# ---- the next nights ---------------------------------------------------------

run_nianbao "$calm" || give_up "the second run: $(tail -n 5 "$calm/run.log")"
endings "$calm" >"$work/endings.second"
claim "the same pictures are no new document" \
    diff "$work/endings" "$work/endings.second"
# One picture is another under the same name, the missing one has come.
paper 1240 1755 >"$site/nb/img/1.bmp"
cp "$site/nb/img/2.tif" "$site/nb/img/none.tif"
run_nianbao "$calm" || give_up "the third run: $(tail -n 5 "$calm/run.log")"
endings "$calm" >"$work/endings.third"
claim "another picture is new content, and what was missing is read" \
    diff - "$work/endings.third" <<END
$(cat "$work/endings")
gone.html|multipart/related|$scan
scan.html|multipart/related|$scan
END
claim "the audit passes then" audit "$calm"

[ "$failures" = 0 ]
