#!/bin/sh
# Writes anew how long each kernel takes as a multiple of a plain loop, which CliffsTest compares with: the least over
# vectors of 512 and 256 bits on each JDK given. A kernel much slower in one of these settings is listed: look at it
# first, for it is what the record is there to find.
#
#   bench/checks/cliffs.sh [JAVA_HOME ...]      default: JAVA_HOME, or the java on the PATH
#
# Needs the bench packaged: mvn -q -pl bench -am -DskipTests package. Nothing else should run on the machine.
set -eu

bench=$(CDPATH='' cd -P -- "$(dirname -- "$0")/.." && pwd)
jar=$bench/target/benchmarks.jar
record=$bench/src/main/resources/limbeck/bench/cliffs.txt
if [ ! -f "$jar" ]; then
  echo "cliffs.sh: $jar is missing; run: mvn -q -pl bench -am -DskipTests package" >&2
  exit 1
fi
[ $# -gt 0 ] || set -- "${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}"
all=$(mktemp)
trap 'rm -f "$all"' EXIT

for home in "$@"; do
  for width in 512 256; do
    "$home/bin/java" --add-modules jdk.incubator.vector -Dlimbeck.simd=$width -cp "$jar" limbeck.bench.Cliffs \
      2>/dev/null | sed "s|\$| $width bit, $home|" >> "$all"
  done
done
mkdir -p "$(dirname "$record")"
awk '!($1 in least) { order[++n] = $1; least[$1] = $2 }
  $2 < least[$1] { least[$1] = $2 }
  END { for (i = 1; i <= n; i++) print order[i], least[order[i]] }' "$all" > "$record"
awk 'NR == FNR { least[$1] = $2; next }
  $2 > 2 * least[$1] || $3 > 4096 { print $1 ": " $2 / least[$1] " times the least, " $3 " bytes a run;", $4, $5, $6 }' \
  "$record" "$all"
echo "written: $record, $(wc -l < "$record") kernels"
