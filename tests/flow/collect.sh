#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# collect - the collector alone against a small portal: what it finds, what
# it refuses, how it treats the portal, and that a kill costs nothing.
# Without transformers its jobs stay queued, so it is asked to end when the
# run is crawled.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"

# ---- two portals ---------------------------------------------------------

# page FILE TITLE [BODY]: a report page in UTF-8
page() {
    mkdir -p "$(dirname "$1")"
    cat >"$1" <<EOF
<html><head><meta charset="utf-8"><title>$2</title></head>
<body><h1>$2</h1><p>一、总体情况</p>${3:-}</body></html>
EOF
}

# headers FILE LINE...: the sidecar of a file that need not exist
headers() {
    local file=$1
    shift
    mkdir -p "$(dirname "$file")"
    printf '%s\n' "$@" >"$file.headers"
}

report=政府信息公开工作年度报告
site=$work/site
mkdir -p "$site/nb" "$site/gb" "$site/short"
printf 'User-agent: *\nDisallow: /private/\n' >"$site/robots.txt"
page "$site/nb/t20240101_1.html" "甲局2023年$report" \
    '<a href="./files/1.pdf">下载</a><a href="../budget/index.html">预算</a>'
page "$site/nb/t20240101_2.html" "乙局2023年$report"
page "$site/nb/t20230101_5.html" "丙局2022年$report"
page "$site/private/t20240101_3.html" "丁局2023年$report"
mkdir -p "$site/nb/files"
echo '%PDF-1.4 not really' >"$site/nb/files/1.pdf"
echo '%PDF-1.4 nor this' >"$site/nb/files/4.pdf"
cat >"$site/nb/index.html" <<EOF
<html><head><meta charset="utf-8"></head><body><ul>
<li><a href="./t20240101_1.html" title="甲局2023年$report">甲局2023年政府信…</a>
  <span>2024-01-17</span></li>
<li><a href="./t20240101_2.html">乙局2023年$report</a><span>2024-01-18</span></li>
<li><a href="/private/t20240101_3.html">丁局2023年$report</a></li>
<li><a href="files/4.pdf">戊局2023年$report</a></li>
<li><a href="./t20240101_9.html">公开年报编制通知</a></li>
<li><a href="http://elsewhere.example/t.html">己局2023年$report</a></li>
<li><a>$report</a><a href="">$report</a><a href="javascript:;">$report</a></li>
</ul><script>createPageHTML(2, 0, "index", "html");</script></body></html>
EOF
cat >"$site/nb/index_1.html" <<EOF
<html><head><meta charset="utf-8"></head><body><ul>
<li><a href="./t20230101_5.html">丙局2022年$report</a><span>2023-01-09</span></li>
</ul><script>createPageHTML(2, 1, "index", "html");</script></body></html>
EOF
{
    echo '<html><head><meta http-equiv="Content-Type"'
    echo 'content="text/html; charset=gb2312"></head><body>'
    echo "<a href='a.html'>庚局2021年$report</a> 2022-01-05"
    echo '<a href="index_2.html">2</a> <a href="index_2.html">尾页</a></body></html>'
} | iconv -f UTF-8 -t gb18030 >"$site/gb/index.html"
echo "<html><body><a href='b.html'>辛局2020年$report</a></body></html>" |
    iconv -f UTF-8 -t gb18030 >"$site/gb/index_2.html"
page "$site/gb/a.html" "庚局2021年$report"
page "$site/gb/b.html" "辛局2020年$report"
cat >"$site/short/index.html" <<EOF
<html><head><meta charset="utf-8"></head><body>
<a href="1.html">壬局2023年$report</a>
<script>listModel({ pagebar: { recordCount: '20' } });</script></body></html>
EOF
page "$site/short/1.html" "壬局2023年$report"

bad=$work/bad
mkdir -p "$bad"
page "$bad/good.html" "好局2023年$report"
page "$bad/late.html" "晚局2023年$report"
headers "$bad/private.html" "Status: 302" "Location: http://192.168.0.1/x.html"
headers "$bad/home.html" "Status: 302" "Location: /"
headers "$bad/never.html" "Status: 503" "Retry-After: 86400"
{
    echo '<html><head><meta charset="utf-8"></head><body>'
    for path in good.html missing.html private.html home.html never.html \
        fault/endless/a.html fault/bomb/a.html fault/truncated/a.html \
        fault/loop/a.html fault/chain/4 fault/chain/7 fault/headers/a.html \
        fault/drip/a.html fault/503-twice/late.html fault/429-once/good.html; do
        echo "<a href='/$path'>某局2023年$report</a>"
    done
    echo '</body></html>'
} >"$bad/index.html"

# start_portal NAME FOLDER: sets $NAME_url
start_portal() {
    "$build/tests/nianbao-portal" --root "$2" --port-file "$work/$1.port" \
        --log "$work/$1.log" >"$work/$1.out" 2>&1 &
    until_true 20 [ -s "$work/$1.port" ] ||
        give_up "nianbao-portal: $(cat "$work/$1.out")"
    eval "$1_url=http://127.0.0.1:$(cat "$work/$1.port")"
}
site_url='' bad_url=''
start_portal site "$site"
start_portal bad "$bad"

# write_source FOLDER NAME PRIVATE DELAY_MS TIMEOUT_MS COLUMN...
write_source() {
    local folder=$1 name=$2 private=$3 delay=$4 timeout=$5
    shift 5
    {
        printf 'name: %s\ntitle: %s\nregion: "999901"\n' "$name" "$name"
        printf 'enabled: true\nallow_private: %s\n' "$private"
        printf 'delay_ms: %s\ntimeout_ms: %s\nretries_max: 2\n' \
            "$delay" "$timeout"
        printf 'list_pages_max: 10\ntitle_excludes:\n  - 通知\ncolumns:\n'
        printf '  - url: %s\n' "$@"
    } >"$folder/conf/sources.d/$name.yaml"
}

# write_conf FOLDER: state and sockets of its own
write_conf() {
    mkdir -p "$1/conf/sources.d" "$1/run"
    cat >"$1/conf/nianbao.yaml" <<EOF
state_dir: $1/state
out_dir: $1/archives
run_dir: $1/run
forms_dir: $root/conf/forms
sources_dir: sources.d
program_dir: $build
clock: 2026-01-31T00:00:00Z
body_max_bytes: 1000000
EOF
}

# ---- what is asked of the ledger ------------------------------------------

# ask FOLDER SQL
ask() {
    sqlite3 -readonly -cmd '.timeout 5000' "$1/state/ledger.sqlite" "$2" \
        2>>"$work/sqlite.log"
}

run_is() {
    [ "$(ask "$1" 'SELECT state FROM runs ORDER BY id DESC LIMIT 1')" = "$2" ]
}

is_gone() {
    ! kill -0 "$1" 2>/dev/null
}

# collect FOLDER [MORE...]: until the run is crawled, then asked to end
collect() {
    local folder=$1 pid
    shift
    "$build/nianbao-collector" --config "$folder/conf/nianbao.yaml" --once \
        "$@" 2>>"$folder/log" &
    pid=$!
    until_true 60 run_is "$folder" crawled || {
        tail -n 20 "$folder/log"
        give_up "the run is never crawled"
    }
    kill -TERM $pid 2>/dev/null # it may have ended: no job left
    until_true 60 is_gone $pid || {
        kill -KILL $pid
        give_up "a collector asked to end does not"
    }
    wait $pid
    status=$?
}

# What loader and transformers would do: end the run.
end_run() {
    sqlite3 "$1/state/ledger.sqlite" \
        "UPDATE leases SET state = 'loaded';
         UPDATE runs SET state = 'empty', finished_at = started_at"
}

# has FOLDER WANT SQL
has() {
    local got
    got=$(ask "$1" "$3")
    [ "$got" = "$2" ] || {
        echo "# $3"
        echo "# got $got, wanted $2"
        return 1
    }
}

# ended_as PATH ERROR: how the visit of the bad portal's page ended
ended_as() {
    has "$night" "$2" "SELECT coalesce(f.error, 'kept') FROM fetches f
        JOIN urls u ON u.id = f.url WHERE u.url LIKE '$bad_url/$1'
        AND f.outcome <> 'retry'"
}

# ---- the first night -------------------------------------------------------

night=$work/night
write_conf "$night"
write_source "$night" site true 30 10000 \
    "$site_url/nb/index.html" "$site_url/gb/" "$site_url/short/index.html"
write_source "$night" bad true 0 2000 "$bad_url/"
write_source "$night" outside false 500 2000 "$site_url/nb/index.html"
collect "$night"

claim "a collector asked to end ends with status 0" [ $status = 0 ]

found() {
    ask "$night" "SELECT replace(url, '$site_url', '') FROM urls
        WHERE source = 'site' AND kind = '$1' ORDER BY 1" | tr '\n' ' '
}
claim "all list pages are found" \
    [ "$(found list)" = \
    "/gb/ /gb/index_2.html /nb/index.html /nb/index_1.html /short/index.html " ]
claim "all reports and attachments are found, and nothing else" \
    [ "$(found document)" = "/gb/a.html /gb/b.html /nb/files/1.pdf \
/nb/files/4.pdf /nb/t20230101_5.html /nb/t20240101_1.html \
/nb/t20240101_2.html /private/t20240101_3.html /short/1.html " ] || found document
claim "titles are those of the attribute where the text is cut" \
    has "$night" "甲局2023年$report|2024-01-17" \
    "SELECT title, list_date FROM urls WHERE url LIKE '%/t20240101_1.html'
     AND source = 'site'"
claim "GB2312 lists are read" \
    has "$night" "庚局2021年$report" \
    "SELECT title FROM urls WHERE url LIKE '%/gb/a.html'"
claim "what was fetched is queued once" \
    has "$night" "$(cd "$site" && cat nb/t2*.html nb/files/*.pdf gb/a.html \
        gb/b.html short/1.html | wc -c)|8" \
    "SELECT sum(d.size), count(*) FROM leases l JOIN documents d
     ON d.id = l.document JOIN urls u ON u.id = d.url
     WHERE u.source = 'site' AND l.state = 'queued'"
bodies_are_kept() {
    ask "$night" "SELECT lower(hex(sha256)) FROM leases" |
        while read -r key; do
            echo "$key  $night/state/store/${key:0:2}/$key"
        done | sha256sum --quiet -c
}
claim "each body is in the store under its hash" bodies_are_kept
claim "what robots.txt forbids is not asked for" \
    has "$night" "0|robots: disallowed" \
    "SELECT f.status, f.error FROM fetches f JOIN urls u ON u.id = f.url
     WHERE u.url LIKE '%/private/%' AND u.source = 'site'"
claim "nor is the portal asked" sh -c "! grep -q /private/ '$work/site.log'"
claim "a column that declares more than it shows is told" \
    has "$night" "incomplete column: 20 documents declared, 1 found" \
    "SELECT f.error FROM fetches f JOIN urls u ON u.id = f.url
     WHERE u.url LIKE '%/short/index.html'"
claim "private addresses are refused where not allowed" \
    has "$night" "address: not a public one" \
    "SELECT f.error FROM fetches f JOIN urls u ON u.id = f.url
     WHERE u.source = 'outside'"

# polite LOG DELAY_MS: each request waits its time after the one before
polite() {
    awk -v delay="$2" '/^GET / {
        if (n++ && $4 - last < delay - 1) { print "# " $0; bad = 1 }
        last = $4
    } END { exit bad || n < 2 }' "$1"
}
claim "requests keep their distance" polite "$work/site.log" 30
claim "there is one at a time" \
    sh -c "! grep -q 'concurrent [2-9]' '$work/site.log'"

claim "a good page beside bad ones is kept" ended_as good.html kept
claim "a missing page is told" ended_as missing.html "http: 404"
claim "a redirect to a private address is refused" \
    ended_as private.html "redirect: to another host"
claim "a redirect home is a soft 404" \
    ended_as home.html "soft404: redirected to the home page"
claim "a wait of a day is left for another night" \
    ended_as never.html "http: told to wait longer than a run does"
claim "an endless body is cut off" \
    ended_as fault/endless/a.html "limit: body too long"
claim "a body that unpacks without end is cut off" \
    ended_as fault/bomb/a.html "limit: body too long"
claim "a truncated body is not kept" \
    ended_as fault/truncated/a.html "truncated: less came than was announced"
claim "it was tried three times" has "$night" 3 \
    "SELECT count(*) FROM fetches f JOIN urls u ON u.id = f.url
     WHERE u.url LIKE '%/fault/truncated/%'"
claim "a redirect loop ends" \
    ended_as fault/loop/a.html "redirect: more than 5 in a row"
claim "four redirects are followed" ended_as fault/chain/4 kept
claim "seven are not" \
    ended_as fault/chain/7 "redirect: more than 5 in a row"
claim "endless headers are refused" \
    ended_as fault/headers/a.html "limit: headers too long"
claim "a dripping body runs into its time" \
    ended_as fault/drip/a.html "timeout: no whole answer in time"
claim "a server in trouble is asked again" \
    ended_as fault/503-twice/late.html kept
claim "Retry-After is obeyed" ended_as fault/429-once/good.html kept

# ---- the second night ------------------------------------------------------

before=$(grep -c '^GET ' "$work/site.log")
end_run "$night"
collect "$night" --source site
# but for the incomplete column, which is asked for anew
claim "a second night is answered with 304" \
    has "$night" "13|12" \
    "SELECT count(*), sum(status = 304) FROM fetches
     WHERE run = 2 AND (error IS NULL OR error NOT LIKE 'robots:%')"
claim "no more was asked than needed" \
    [ $(($(grep -c '^GET ' "$work/site.log") - before)) = 14 ]
claim "nothing new is queued" has "$night" 0 \
    "SELECT count(*) FROM leases WHERE run = 2"
claim "the incomplete column is told again" has "$night" 1 \
    "SELECT count(*) FROM fetches WHERE run = 2 AND error LIKE 'incomplete%'"

# ---- killed -----------------------------------------------------------------

killed=$work/killed
write_conf "$killed"
write_source "$killed" site true 30 10000 \
    "$site_url/nb/index.html" "$site_url/gb/" "$site_url/short/index.html"
for n in 1 3 5 7; do
    "$build/nianbao-collector" --config "$killed/conf/nianbao.yaml" \
        2>>"$killed/log" &
    pid=$!
    has_fetched() {
        [ "$(ask "$killed" 'SELECT count(*) FROM fetches' || echo 0)" -ge "$n" ]
    }
    until_true 30 has_fetched || give_up "the killed collector does not go on"
    kill -9 $pid
    wait $pid 2>/dev/null
done
collect "$killed"
documents="SELECT replace(u.url, '$site_url', ''), hex(d.sha256), u.title
    FROM documents d JOIN urls u ON u.id = d.url WHERE u.source = 'site'
    ORDER BY 1"
claim "a collector killed four times finds the same" \
    [ "$(ask "$killed" "$documents")" = "$(ask "$night" "$documents")" ]
claim "it stayed one run" has "$killed" 1 "SELECT count(*) FROM runs"
claim "nothing was fetched twice" has "$killed" 0 \
    "SELECT count(*) FROM (SELECT url FROM fetches WHERE outcome = 'done'
     GROUP BY url HAVING count(*) > 1)"

"$build/nianbao-collector" --config "$killed/conf/nianbao.yaml" \
    --source nowhere 2>"$work/unknown"
claim "an unknown source is an error" [ $? = 1 ]
claim "it is named" grep -q '"nowhere"' "$work/unknown"

[ "$failures" = 0 ]
