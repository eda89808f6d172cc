#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# valgrind - the flow tests with collector, transformer and loader under
# memcheck.  The caged reader stays as it is: its system-call filter kills
# valgrind, and ASan covers its code.
#
# A folder of wrappers stands in for $BUILD; the real programs lie in real/.
set -u
cd "$(dirname "$0")/.." || exit
build=${BUILD:-build/valgrind}
wrapped=$build/wrapped
rm -rf "$wrapped"
mkdir -p "$wrapped/real" "$wrapped/logs"
cp "$build/nianbao" "$build/nianbao-reader" "$wrapped/"
cp "$build"/nianbao-* "$wrapped/real/"
ln -s ../tests "$wrapped/tests"
here=$(cd "$wrapped" && pwd)
for program in collector transformer loader; do
    cat >"$wrapped/nianbao-$program" <<EOF
#!/bin/sh
exec valgrind -q --error-exitcode=99 --leak-check=full \\
    --errors-for-leak-kinds=definite --show-leak-kinds=definite \\
    --suppressions=$PWD/tests/valgrind.supp \\
    --log-file="$here/logs/$program.%p" \\
    "$here/real/nianbao-$program" "\$@"
EOF
    chmod +x "$wrapped/nianbao-$program"
done
status=0
for script in tests/flow/collect.sh tests/flow/archive.sh tests/flow/run.sh; do
    echo "valgrind: $script"
    BUILD=$wrapped bash "$script" || status=1
done
if [ -n "$(find "$wrapped/logs" -type f -size +0)" ]; then
    find "$wrapped/logs" -type f -size +0 -exec head -n 40 {} +
    status=1
fi
[ $status = 0 ] && echo "valgrind: clean"
exit $status
