#!/bin/sh
# Times our workloads beside libtorch, ONNX Runtime and rapaio, and the matrix products in them beside OpenBLAS and
# rapaio, in turns:
#
#   bench/peers/run.sh [part of a case's name, such as "train resnet20" or "gemm"]
#
# On one pinned core and on two; tables and means go to standard output, the figures to bench/target/peers.json.
# Nothing else may run on the machine meanwhile. Needs python3 with torch (Debian: python3-torch and python3-onnx),
# which makes the peers' networks, and Maven's repository, where the peers come from. OpenBLAS takes part where there
# are a C compiler and OpenBLAS (Debian: libopenblas-dev), rapaio on a JDK from 25 on.
# Environment: JAVA_HOME (default: the java found), ROUNDS (5), CORES ("1 2": the numbers of cores).
set -eu

root=$(CDPATH='' cd -P -- "$(dirname -- "$0")/../.." && pwd)
target=$root/bench/target
models=$target/peers-models
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
rounds=${ROUNDS:-5}

cd "$root"
version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
profiles=peers
if [ "${version%%.*}" -ge 25 ]; then
  profiles=peers,rapaio
else
  echo "run.sh: without rapaio, which needs a JDK from 25 on; this is $version" >&2
fi
mvn -q -P$profiles -pl bench -am -DskipTests package
if [ ! -f "$models/complete" ]; then
  mkdir -p "$models"
  "${PYTHON:-/usr/bin/python3}" bench/peers/export.py "$models"
  touch "$models/complete"
fi

"$java" --add-modules jdk.incubator.vector -cp "$target/classes:$target/peers-lib/*" \
  limbeck.bench.workload.PeerAgreement "$models"

sgemm=$target/sgemm
if ! cc -O2 bench/peers/openblas/sgemm.c -o "$sgemm" -lopenblas; then
  echo "run.sh: without OpenBLAS, whose library or header is missing, or a C compiler" >&2
  sgemm=none
fi

files=
for cores in ${CORES:-1 2}; do
  pin=$([ "$cores" = 1 ] && echo "taskset -c 1" || echo "taskset -c 0-$((cores - 1))")
  json=$target/peers-$cores.json
  # shellcheck disable=SC2086
  OMP_NUM_THREADS=$cores MKL_NUM_THREADS=$cores OPENBLAS_NUM_THREADS=$cores $pin "$java" --add-modules jdk.incubator.vector \
    -Dai.djl.offline=true -DPYTORCH_FLAVOR=cpu -cp "$target/classes:$target/peers-lib/*" \
    limbeck.bench.peers.PeerBench "$models" "$cores" "$rounds" "$json" "$sgemm" "${1:-}"
  files="$files $json"
done
# one list of the lists
# shellcheck disable=SC2086
cat $files | sed -e '/^[][]$/d' -e 's/},*$/},/' | sed -e '1s/^/[\n/' -e '$s/,$/\n]/' > "$target/peers.json"
