#!/bin/sh
# Compares our matrix product with OpenBLAS's on one processor core:
#
#   bench/peers/openblas/compare.sh [product ...]        (default: the shapes of the workloads)
#
# Needs a C compiler, OpenBLAS (Debian: libopenblas-dev), and the bench packaged:
#   mvn -q -pl bench -am -DskipTests package
# Environment: JAVA_HOME (default: the java found), ROUNDS (5), CORE (1), JAVA_OPTS (for example
# -Dlimbeck.simd=256). The two programs take turns; medians of GFLOP/s and their ratio are printed.
set -eu

here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd)
jar=$here/../../target/benchmarks.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
rounds=${ROUNDS:-5}
core=${CORE:-1}

if [ $# -eq 0 ]; then
  set -- nn:512:512:512 nn:1024:1024:1024 nt:100:1200:784 nn:100:784:1200 tn:1200:784:100 \
    nt:100:10:1200 nt:50:600:300 nt:32:64:64 nn:32:64:64 nt:128:128:64 nt:1:1200:784 nt:1:64:64
fi
if [ ! -f "$jar" ]; then
  echo "compare.sh: $jar is missing; run: mvn -q -pl bench -am -DskipTests package" >&2
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -O2 "$here/sgemm.c" -o "$work/sgemm" -lopenblas

round=0
while [ "$round" -lt "$rounds" ]; do
  OPENBLAS_NUM_THREADS=1 taskset -c "$core" "$work/sgemm" "$@" | sed 's/^/blas /' >> "$work/times"
  # shellcheck disable=SC2086
  taskset -c "$core" "$java" --add-modules jdk.incubator.vector ${JAVA_OPTS:-} -cp "$jar" \
    limbeck.bench.GemmTimes "$@" 2> "$work/messages" | sed 's/^/java /' >> "$work/times"
  round=$((round + 1))
done
if ! grep -q '^java' "$work/times"; then
  cat "$work/messages" >&2
  exit 1
fi

"$java" -version 2>&1 | head -n 1
printf '%-20s %10s %10s %7s\n' product OpenBLAS Limbeck ratio
for product in "$@"; do
  for who in blas java; do
    awk -v who="$who" -v product="$product" '$1 == who && $2 == product { print $4 }' "$work/times" |
      sort -n | awk '{ x[NR] = $1 } END { print (x[int((NR + 1) / 2)] + x[int((NR + 2) / 2)]) / 2 }'
  done | { read -r blas; read -r ours; awk -v p="$product" -v b="$blas" -v o="$ours" \
    'BEGIN { printf "%-20s %10.1f %10.1f %7.2f\n", p, b, o, o / b }'; }
done
