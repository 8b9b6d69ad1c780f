#!/bin/sh
# Kills a run (kill -9) at random moments, resumes it, and compares all weights with those of a run that nobody
# disturbed. Fails if a resumed run fails or any weight differs.
#
#   bench/checks/kill.sh [KILLS] [SEED]      default: 20 kills, seed 1; JAVA_HOME as for ./limbeck
#
# Every killed run starts in a folder of its own and is killed after a random part of the undisturbed run's time,
# start of the JVM included; a checkpoint is written every half second, so that most kills come between two.
set -u

root=$(CDPATH='' cd -P -- "$(dirname -- "$0")/../.." && pwd)
kills=${1:-20}
seed=${2:-1}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
LIMBECK_JAVA_OPTIONS="${LIMBECK_JAVA_OPTIONS:-} -Dlimbeck.checkpoint.seconds=0.5"
export LIMBECK_JAVA_OPTIONS

run() {
  exec "$root/limbeck" demo --seeds 1,2 --set data.train=4000 --set data.test=500 --set teacher.epochs=8 \
    --set student.epochs=20 --out "$1"
}

# The weights' hashes of all networks of the run in folder $1.
weights() {
  sed -n 's/.*"weightsSha256": *"\([0-9a-f]*\)".*/\1/p' "$1/report.json"
}

millis() {
  echo $(($(date +%s%N) / 1000000))
}

"$root/limbeck" --version >/dev/null 2>&1 || { "$root/limbeck" --version; exit 1; } # builds, if need be
before=$(millis)
(run "$work/whole") >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
time=$(($(millis) - before))
expected=$(weights "$work/whole")
[ -n "$expected" ] || { echo "the undisturbed run wrote no weights"; exit 1; }
echo "undisturbed: $time ms, $(echo "$expected" | wc -l) networks"

# Seconds to wait before each kill, one a line.
awk -v n="$kills" -v seed="$seed" -v time="$time" \
  'BEGIN { srand(seed); for (i = 0; i < n; i++) printf "%.3f\n", (0.1 + 0.9 * rand()) * time / 1000 }' >"$work/moments"

i=0
killed=0
failed=0
while read -r moment; do
  i=$((i + 1))
  (run "$work/$i") >"$work/log" 2>&1 </dev/null &
  pid=$!
  sleep "$moment"
  if kill -9 "$pid" 2>/dev/null; then
    killed=$((killed + 1))
    state="killed after $moment s, $(find "$work/$i/models" -name '*.safetensors' 2>/dev/null | wc -l) models done"
  else
    state="had ended by $moment s"
  fi
  wait "$pid" 2>/dev/null
  if (run "$work/$i") >"$work/log" 2>&1 </dev/null && [ "$(weights "$work/$i")" = "$expected" ]; then
    echo "$i: $state; resumed to equal bits"
  else
    failed=$((failed + 1))
    echo "$i: $state; NOT resumed to equal bits:"
    cat "$work/log"
  fi
  rm -rf "${work:?}/$i"
done <"$work/moments"

echo "$killed killed, $((kills - failed)) of $kills resumed to equal bits"
[ "$failed" -eq 0 ] && [ "$killed" -gt 0 ]
