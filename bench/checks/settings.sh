#!/bin/sh
# Times every workload in four settings, in turns: one core with the newer JDK, with the older one, with vectors of 256
# bits, and two cores. Prints a line a workload: medians in ms, and their ratios. Nothing else should run on the machine;
# a round takes a minute a training step and half a minute an inference.
#
#   bench/checks/settings.sh OLDER_JAVA_HOME NEWER_JAVA_HOME [PART OF A CASE'S NAME]      ROUNDS=3 is the default
#
# Needs the bench packaged: mvn -q -pl bench -am -DskipTests package
set -eu

bench=$(CDPATH='' cd -P -- "$(dirname -- "$0")/.." && pwd)
jar=$bench/target/benchmarks.jar
if [ $# -lt 2 ] || [ ! -f "$jar" ]; then
  echo "usage: settings.sh OLDER_JAVA_HOME NEWER_JAVA_HOME [PART], with $jar packaged" >&2
  exit 2
fi
times=$(mktemp)
trap 'rm -f "$times"' EXIT

# run NAME CORES WORKERS JAVA_HOME FLAGS CASE
run() {
  # shellcheck disable=SC2086
  taskset -c "$2" "$4/bin/java" --add-modules jdk.incubator.vector $5 -cp "$jar" \
    limbeck.bench.workload.WorkloadTimes "$3" 3 "$6" "$warm" 2>/dev/null | sed "s|^|$1 |" >> "$times"
}

median() {
  grep "^$1 " "$times" | sed 's/ ms .*//; s/.* //' | sort -g | awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'
}

printf '%-32s %10s %10s %7s %10s %7s %10s %7s\n' workload newer older ratio '256 bit' ratio 'two cores' one/two
"$2/bin/java" --add-modules jdk.incubator.vector -cp "$jar" limbeck.bench.workload.WorkloadTimes 1 0 "${3:-}" \
  2>/dev/null | while read -r name; do
  : > "$times"
  case $name in train*) warm=12 ;; *) warm=5 ;; esac # JDK 17 on one core is long compiling
  round=0
  while [ "$round" -lt "${ROUNDS:-3}" ]; do
    run newer 1 1 "$2" "" "$name" </dev/null
    run older 1 1 "$1" "" "$name" </dev/null
    run narrow 1 1 "$2" -Dlimbeck.simd=256 "$name" </dev/null
    run two 0,1 2 "$2" "" "$name" </dev/null
    round=$((round + 1))
  done
  echo "$name|$(median newer)|$(median older)|$(median narrow)|$(median two)" | awk -F'|' \
    '{ printf "%-32s %10.3f %10.3f %7.2f %10.3f %7.2f %10.3f %7.2f\n", $1, $2, $3, $3 / $2, $4, $4 / $2, $5, $2 / $5 }'
done
