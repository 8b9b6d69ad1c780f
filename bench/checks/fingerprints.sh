#!/bin/sh
# Prints the fingerprint under every setting that must not change it, on each JDK given, and fails if two differ.
#
#   bench/checks/fingerprints.sh [JAVA_HOME ...]      default: JAVA_HOME, or the java on the PATH
set -u

root=$(CDPATH='' cd -P -- "$(dirname -- "$0")/../.." && pwd)
"$root/limbeck" --version >/dev/null || exit 2 # builds, if need be
project=$(sed -n '/<version>/{s/.*<version>\(.*\)<\/version>.*/\1/p;q;}' "$root/pom.xml")
jar=$root/kd/target/limbeck-kd-$project.jar
[ $# -gt 0 ] || set -- "${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}"
vectors='--add-modules jdk.incubator.vector'
all=
failed=0

check() {
  # shellcheck disable=SC2086
  out=$("$home/bin/java" $1 -cp "$jar" limbeck.kd.cli.Main doctor 2>/dev/null) || failed=1
  print=$(printf '%s\n' "$out" | sed -n 's/^fingerprint  *//p')
  reason=$(printf '%s\n' "$out" | sed -n 's/^reason  *//p')
  printf '%-64s %.16s  %s\n' "$1" "${print:-none}" "$reason"
  [ -n "$all" ] || all=$print
  if [ -z "$print" ] || [ "$print" != "$all" ]; then
    failed=1
  fi
}

for home in "$@"; do
  "$home/bin/java" -version 2>&1 | head -n 1
  for width in 512 256 128 off; do
    check "$vectors -Dlimbeck.simd=$width"
  done
  for workers in 1 2 3 8; do
    check "$vectors -Dlimbeck.workers=$workers"
  done
  check ""
  check "$vectors -XX:UseAVX=2"
  check "$vectors -XX:-UseFMA"
  check "$vectors -XX:TieredStopAtLevel=1"
done
if [ "$failed" -ne 0 ]; then
  echo "NOT all equal, or not this version's fingerprint"
  exit 1
fi
echo "all equal: $all"
