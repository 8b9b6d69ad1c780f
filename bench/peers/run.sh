#!/bin/sh
# Times our workloads beside libtorch and ONNX Runtime, in turns:
#
#   bench/peers/run.sh [part of a case's name, such as "train resnet20"]
#
# On one pinned core and on two; the tables go to standard output, the figures to
# bench/target/peers.json. Nothing else may run on the machine meanwhile. Needs python3 with torch
# (Debian: python3-torch and python3-onnx), which makes the peers' networks, and Maven's repository,
# where the peers come from.
# Environment: JAVA_HOME (default: the java found), ROUNDS (5), CORES ("1 2": the numbers of cores).
set -eu

root=$(CDPATH='' cd -P -- "$(dirname -- "$0")/../.." && pwd)
target=$root/bench/target
models=$target/peers-models
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
rounds=${ROUNDS:-5}

cd "$root"
mvn -q -Ppeers -pl bench -am -DskipTests package
if [ ! -f "$models/complete" ]; then
  mkdir -p "$models"
  "${PYTHON:-/usr/bin/python3}" bench/peers/export.py "$models"
  touch "$models/complete"
fi

"$java" --add-modules jdk.incubator.vector -cp "$target/classes:$target/peers-lib/*" \
  limbeck.bench.workload.PeerAgreement "$models"

files=
for cores in ${CORES:-1 2}; do
  pin=$([ "$cores" = 1 ] && echo "taskset -c 1" || echo "taskset -c 0-$((cores - 1))")
  json=$target/peers-$cores.json
  # shellcheck disable=SC2086
  OMP_NUM_THREADS=$cores MKL_NUM_THREADS=$cores $pin "$java" --add-modules jdk.incubator.vector \
    -Dai.djl.offline=true -DPYTORCH_FLAVOR=cpu -cp "$target/classes:$target/peers-lib/*" \
    limbeck.bench.peers.PeerBench "$models" "$cores" "$rounds" "$json" "${1:-}"
  files="$files $json"
done
# one list of the lists
# shellcheck disable=SC2086
cat $files | sed -e '/^[][]$/d' -e 's/},*$/},/' | sed -e '1s/^/[\n/' -e '$s/,$/\n]/' > "$target/peers.json"
