#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# units - what `make install` puts down works, and the units hold.
# shellcheck source=tests/flow/tap.sh
. "$(dirname "$0")/tap.sh"

make --no-print-directory -s install BUILD="${BUILD:-build}" \
    PREFIX="$work/usr" SYSCONF="$work/etc" >"$work/install.log" 2>&1 ||
    give_up "make install: $(tail -n 3 "$work/install.log")"
units=$work/usr/lib/systemd/system

verifies() {
    # the user comes with sysusers, which this test must not run
    SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no \
        "$units"/nianbao.target "$units"/nianbao.timer \
        "$units"/nianbao-collector.service \
        "$units"/nianbao-loader.service \
        "$units"/nianbao-transformer@.service >"$work/verify.log" 2>&1
    local status=$?
    grep -n "$units" "$work/verify.log" && status=1
    return $status
}
claim "systemd finds nothing wrong with the units" verifies

# exposed UNIT TENTHS: systemd's exposure level is at most that
exposed() {
    systemd-analyze security --offline=true --no-pager --threshold="$2" \
        "$units/$1" >"$work/security.log" 2>&1 || {
        tail -n 1 "$work/security.log"
        return 1
    }
    ! grep "$units" "$work/security.log"
}
claim "the transformer is exposed by less than 1.0" \
    exposed nianbao-transformer@.service 9
claim "the loader is exposed by less than 1.0" \
    exposed nianbao-loader.service 9
claim "the collector is exposed by less than 2.0" \
    exposed nianbao-collector.service 19

has_no_network() {
    grep -qx PrivateNetwork=yes "$units/nianbao-transformer@.service" &&
        grep -qx PrivateNetwork=yes "$units/nianbao-loader.service"
}
claim "only the collector has a network" has_no_network

configured() {
    local conf=$work/etc/nianbao/nianbao.yaml
    grep -qx "state_dir: /var/lib/nianbao" "$conf" &&
        grep -qx "out_dir: /var/lib/nianbao/archives" "$conf" &&
        grep -qx "run_dir: /run/nianbao" "$conf"
}
claim "the installed configuration names the folders of the system" configured
# understood COMMAND...: ends well, what it says is of no interest
understood() {
    "$@" >"$work/understood.log" 2>&1 || {
        cat "$work/understood.log"
        return 1
    }
}
claim "the timer's calendar is one" understood systemd-analyze calendar \
    "$(sed -n 's/^OnCalendar=//p' systemd/nianbao.timer)"
claim "sysusers understands the user" understood \
    systemd-sysusers --dry-run "$work/usr/lib/sysusers.d/nianbao.conf"

extracts() {
    printf '1\n' >"$work/nothing.txt"
    (cd / && "$work/usr/bin/nianbao" extract --format jsonl \
        "$work/nothing.txt") >"$work/extract.json" 2>"$work/extract.log"
    # 4: read and found to be no report
    [ $? = 4 ] && grep -q '"status": *"unrecognized"' "$work/extract.json"
}
claim "the installed program extracts with the installed forms" extracts

claim "the installed configuration passes check-config" understood \
    "$work/usr/bin/nianbao" check-config

keeps_conf() {
    echo "# mine" >>"$work/etc/nianbao/nianbao.yaml"
    make --no-print-directory -s install BUILD="${BUILD:-build}" \
        PREFIX="$work/usr" SYSCONF="$work/etc" >"$work/again.log" 2>&1 &&
        grep -q "# mine" "$work/etc/nianbao/nianbao.yaml" &&
        [ -e "$work/etc/nianbao/nianbao.yaml.dist" ]
}
claim "a second installation keeps the operator's configuration" keeps_conf

[ "$failures" = 0 ]
