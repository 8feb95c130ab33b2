#!/usr/bin/env bash
# Start-up of each service as its image starts it, with its start-up cache and without, in turn: seconds from the
# JVM's start until all beans are made (no database, which is not theirs to speed up). Prints each round and the
# median of the ratios with / without.
#   benchmarks/startup.sh [ROUNDS]       by default 5
# Needs a JDK 25 in JAVA_HOME.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
rounds=${1:-5}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export DJL_OFFLINE=true OPT_OUT_TRACKING=true PYTORCH_VERSION=2.7.1 PYTORCH_FLAVOR=cpu LODISC_HOME=$scratch/home

mvn -q -B -f "$project/pom.xml" -pl training-service,inference-service,retrieval-service -am \
  -DskipTests -Dspotless.check.skip=true package >&2

# start OPTION: the service in $image, until its beans are made.
start() {
  "$JAVA_HOME/bin/java" "@$project/deploy/images/java.options" "$1" -Dspring.context.exit=onRefresh \
    -jar "$image/service.jar" "--spring.config.additional-location=file:$project/deploy/images/no-database.properties" \
    --lodisc.training.starter= \
    >"$scratch/log" 2>&1 || { tail -n 20 "$scratch/log" >&2 && exit 1; }
}

timed() {
  local from
  from=$(date +%s%N)
  start "$1"
  echo "$service $2 s $(awk -v ns=$(($(date +%s%N) - from)) 'BEGIN { printf "%.2f", ns / 1e9 }')"
}
with() { timed "-XX:AOTCache=$image/start.aot" with; }
without() { timed -XX:AOTMode=off without; }

for service in training inference retrieval; do
  image=$scratch/$service
  "$project/deploy/images/layout" "$project/$service-service/target/$service-service-"*-exec.jar "$image" >&2
  export PYTORCH_LIBRARY_PATH=$image/torch ENGINE_CACHE_DIR=$image/engine
  start "-XX:AOTCacheOutput=$image/start.aot"
  compare "$rounds" with without
done
