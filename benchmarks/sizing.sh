#!/usr/bin/env bash
# What a catalogue needs: seconds, disk and heap of a thousand items, on the demo's 849 held-out pictures.
#   benchmarks/sizing.sh [WIDTH:HEADS] [COLLECTIONS]
# Needs curl, jq, zip and psql.
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-384:6} collections=${2:-2}
home=$(mktemp -d) server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || true; }; rm -rf "$home"' EXIT

./lodisc serve --home "$home" --port 0 > "$home/console.txt" 2>&1 &
server=$!
until url=$(grep -o 'lodisc is at http://.*' "$home/console.txt"); do kill -0 $server; sleep 1; done
api=${url#lodisc is at }/api/v1 json='Content-Type: application/json'
port=$(sed -n 4p "$home/postgres/postmaster.pid")

database() { psql -qtA -h localhost -p "$port" -U postgres -d postgres -c "$1"; }
heap() { # KiB in use after a collection
  "${JAVA_HOME:+$JAVA_HOME/bin/}jcmd" "$server" GC.run > "$home/gc.txt"
  "${JAVA_HOME:+$JAVA_HOME/bin/}jcmd" "$server" GC.heap_info | sed -n 's/.* used \([0-9]*\)K.*/\1/p' | head -1
}

mkdir -p "$home/datasets/few"
cp $(ls -d demo-data/pictures/noto/*.png | head -8) "$home/datasets/few"
curl -fsS "$api/datasets" -H "$json" -d "{\"name\": \"few\", \"path\": \"$home/datasets/few\"}" > "$home/answer.txt"
job=$(curl -fsS "$api/jobs" -H "$json" -d "{\"dataset\": \"few\", \"epochs\": 1, \"batch\": 8,
  \"headHidden\": 64, \"headOut\": 64, \"evaluation\": {\"everyEpochs\": 0},
  \"architecture\": {\"imageSize\": 224, \"patch\": 16, \"depth\": 12, \"width\": ${size%:*}, \"heads\": ${size#*:}}}" |
  jq -r .id)
until [ "$(curl -fsS "$api/jobs/$job" | jq -r .state)" = SUCCEEDED ]; do sleep 1; done
curl -fsS -X PUT "$api/models/sized" -H "$json" \
  -d "{\"checkpoint\": \"$(curl -fsS "$api/jobs/$job" | jq -r .checkpoint)\"}" > "$home/answer.txt"
(cd demo-data && zip -qr "$home/catalogue.zip" manifest.csv pictures)
curl -fsS "$api/embeddings" -F model=sized -F image=@demo-data/pictures/noto/1f004.png > "$home/answer.txt"

before=$(heap) rows=$(database "select pg_database_size('postgres')")
started=$(date +%s.%N)
for i in $(seq "$collections"); do
  curl -fsS "$api/collections" -H "$json" -d "{\"name\": \"c$i\", \"model\": \"sized\"}" > "$home/answer.txt"
  curl -fsS "$api/collections/c$i/items:import" -F file=@"$home/catalogue.zip" -F split=test > "$home/answer.txt"
done
ended=$(date +%s.%N)
for i in $(seq "$collections"); do # a collection is in memory from its first search on
  curl -fsS "$api/collections/c$i/search" -F image=@demo-data/pictures/noto/1f004.png > "$home/answer.txt"
done
after=$(heap) grown=$(database "select pg_database_size('postgres')")
items=$(database "select count(*) from retrieval.item")
awk -v n="$items" -v s="$started" -v e="$ended" -v b="$before" -v a="$after" -v r="$rows" -v g="$grown" -v w="${size%:*}" 'BEGIN {
  printf "sizing: width %d, %d items; a thousand of them: %.0f s to import, %.1f MiB of database, %.1f MiB of heap\n",
    w, n, (e - s) * 1000 / n, (g - r) / 1048576 * 1000 / n, (a - b) / 1024 * 1000 / n }'
