#!/bin/sh
# Milliseconds from the start of a process to the end of it, in which it loads a small student from a file, predicts
# once and prints: the least and the median of 20, by the caller's clock, the end of the JVM included. With vectors and
# without, on each JDK given; there with an archive of classes (CDS), and from JDK 24 on with an AOT cache. "empty" is
# java -version, with the same flags: what a JVM takes that does nothing. Other work on the machine adds to all of them:
# compare with "empty" of the same run, and the least rather than the median.
#
#   mvn -q -pl bench -am -DskipTests package && bench/checks/startup.sh [JAVA_HOME ...]
set -eu

root=$(CDPATH='' cd -P -- "$(dirname -- "$0")/../.." && pwd)
project=$(sed -n '/<version>/{s/.*<version>\(.*\)<\/version>.*/\1/p;q;}' "$root/pom.xml")
[ $# -gt 0 ] || set -- "${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/limbeck/bench"
cp "$root"/bench/target/classes/limbeck/bench/FirstPrediction.class "$work/limbeck/bench/"
(cd "$work" && "$1/bin/jar" cf first.jar limbeck)
"$1/bin/java" -cp "$root/bench/target/benchmarks.jar" limbeck.bench.FirstModel "$work/student.safetensors" 2>/dev/null
path=$root/engine/target/limbeck-engine-$project.jar:$work/first.jar

# measure NAME COMMAND …: 20 runs, one at a time
measure() {
  name=$1
  shift
  "$@" >/dev/null 2>&1 # warms the disk, and shows by its failure that there is something to time
  i=0
  while [ "$i" -lt 20 ]; do
    from=$(date +%s%N)
    "$@" >/dev/null 2>&1
    echo $((($(date +%s%N) - from) / 10000))
    i=$((i + 1))
  done | sort -n | awk -v name="$name" '
    NR == 1 { least = $1 }
    NR == 10 { printf "%-44s least %6.1f, median %6.1f ms\n", name, least / 100, $1 / 100 }'
}

for home in "$@"; do
  "$home/bin/java" -version 2>&1 | head -n 1
  major=$("$home/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')
  for flags in "--add-modules jdk.incubator.vector" "-Dlimbeck.simd=off"; do
    run="-cp $path limbeck.bench.FirstPrediction $work/student.safetensors"
    # shellcheck disable=SC2086
    measure "empty, $flags" "$home/bin/java" $flags -version
    # shellcheck disable=SC2086
    measure "$flags" "$home/bin/java" $flags $run
    # shellcheck disable=SC2086
    if "$home/bin/java" $flags -XX:ArchiveClassesAtExit="$work/$major.jsa" $run >/dev/null 2>&1; then
      # shellcheck disable=SC2086
      measure "  with an archive of classes" "$home/bin/java" $flags -XX:SharedArchiveFile="$work/$major.jsa" $run
    fi
    if [ "$major" -ge 24 ]; then
      # shellcheck disable=SC2086
      "$home/bin/java" $flags -XX:AOTMode=record -XX:AOTConfiguration="$work/aot.conf" $run >/dev/null 2>&1
      # shellcheck disable=SC2086
      "$home/bin/java" $flags -XX:AOTMode=create -XX:AOTConfiguration="$work/aot.conf" -XX:AOTCache="$work/aot" \
        -cp "$path" >/dev/null 2>&1
      # shellcheck disable=SC2086
      measure "  with an AOT cache" "$home/bin/java" $flags -XX:AOTCache="$work/aot" $run
    fi
  done
done
