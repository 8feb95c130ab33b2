#!/usr/bin/env bash
# What a thousand pictures cost the platform, on the demo's pictures: registers and trains on them (three epochs from
# the starter weights), imports them COPIES times, into collections that a search loads into the index. Prints seconds,
# MiB of the heap that are in use after a full collection, and MiB of disk, each per thousand pictures.
#   benchmarks/sizing.sh [COPIES]        by default 4, some 10,000 items
# Needs a JDK 25 in JAVA_HOME, curl, jq and zip.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
copies=${1:-4}
export LODISC_PORT=${LODISC_PORT:-18080}
scratch=$(mktemp -d)
api=http://localhost:$LODISC_PORT/api/v1
json='Content-Type: application/json'

"$project/lodisc" --version >&2 # builds what is stale
"$project/lodisc" serve --home "$scratch/home" --port "$LODISC_PORT" --management-port 0 \
  --dataset-root "$project/demo-data" >"$scratch/log" 2>&1 &
server=$!
trap 'kill $server; wait $server || true; rm -rf "$scratch"' EXIT
until curl -fsS "$api/datasets" >/dev/null 2>&1; do
  kill -0 $server || { cat "$scratch/log" >&2; exit 1; }
  sleep 0.5
done

now() { date +%s.%N; }
heap() { # MiB in use after a full collection
  "$JAVA_HOME/bin/jcmd" $server GC.class_histogram | awk '$1 == "Total" { print $3 / 1048576 }'
}
disk() { du -sm --exclude=pg_wal "$scratch/home/$1" | cut -f1; }
per_thousand() { # WHAT UNIT AMOUNT PICTURES
  awk -v what="$1" -v unit="$2" -v amount="$3" -v n="$4" \
    'BEGIN { printf "%s: %.2f %s per thousand (%d)\n", what, amount / n * 1000, unit, n }'
}
since() { awk -v from="$1" -v to="$(now)" 'BEGIN { print to - from }'; }
minus() { awk -v a="$1" -v b="$2" 'BEGIN { print a - b }'; }

from=$(now)
pictures=$(curl -fsS "$api/datasets" -H "$json" \
  -d "{\"name\": \"emoji\", \"path\": \"$project/demo-data\", \"split\": \"train\"}" | jq .pictures)
per_thousand "register" s "$(since "$from")" "$pictures"

job=$(curl -fsS "$api/jobs" -H "$json" -d '{"dataset": "emoji", "start": "starter", "epochs": 3, "batch": 128,
  "evaluation": {"everyEpochs": 0}}' | jq -r .id)
while curl -fsS "$api/jobs/$job" | jq -e '.endedAt == null' >/dev/null; do sleep 1; done
rate=$(curl -fsS "$api/jobs/$job/metrics?names=imagesPerSecond" | jq '.series[0].points[-1][1]')
per_thousand "train, each epoch" s "$(awk -v n="$pictures" -v rate="$rate" 'BEGIN { print n / rate }')" "$pictures"

zip=$scratch/catalogue.zip
(cd "$project/demo-data" && zip -qr "$zip" manifest.csv pictures)
before=$(heap) database=$(disk postgres) blobs=$(disk blobs) items=0 took=0
for ((copy = 1; copy <= copies; copy++)); do
  collection=$api/collections/copy-$copy
  curl -fsS "$api/collections" -H "$json" -d "{\"name\": \"copy-$copy\", \"model\": \"starter\"}" >/dev/null
  from=$(now)
  imported=$(curl -fsS "$collection/items:import" -F file=@"$zip" | jq .imported)
  took=$(awk -v a="$took" -v b="$(since "$from")" 'BEGIN { print a + b }') items=$((items + imported))
  item=$(curl -fsS "$collection/items?limit=1" | jq -r '.items[0].id')
  curl -fsS "$collection/search" -H "$json" -d "{\"item\": \"$item\"}" >/dev/null
done
per_thousand "import" s "$took" "$items"
per_thousand "heap with all collections loaded" MiB "$(minus "$(heap)" "$before")" "$items"
per_thousand "database" MiB "$(minus "$(disk postgres)" "$database")" "$items"
per_thousand "pictures kept" MiB "$(minus "$(disk blobs)" "$blobs")" "$items"
