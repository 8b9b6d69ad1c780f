#!/bin/sh
# Opens HTML reports in headless Chromium as their readers do: at 360, 768 and 1440 pixels, light and dark, without
# JavaScript, and as print. Fails on anything that a reader would stumble over; report-check.js says what that is.
#
#   bench/checks/report.sh [--self-test] [--shots DIR] [REPORT.html…]     default: runs/demo/report.html
#
# --self-test plants faults in copies of the first report and fails if one goes unnoticed; --shots keeps pictures.
# Needs Limbeck built (any ./limbeck command builds it) and Chromium: on the PATH, or named in CHROMIUM. Without
# Chromium nothing is checked, and it says so.
set -eu

here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
browser=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome; do
  [ -n "$browser" ] || browser=$(command -v "$name" || true)
done
if [ -z "$browser" ]; then
  echo "report.sh: skipped, there is no Chromium; install it, or set CHROMIUM to its path"
  exit 0
fi
if [ ! -d "$root/engine/target/classes" ]; then
  echo "report.sh: Limbeck is not built; start $root/limbeck --version once" >&2
  exit 2
fi
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$root/engine/target/classes" "$here/ReportCheck.java" \
  "$browser" "$here/report-check.js" "$@"
