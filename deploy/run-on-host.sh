#!/usr/bin/env bash
# Runs what docker-compose.yml describes on this machine, without containers: the same programs with the same
# environment, arguments, configuration and order. Ports are any free ones, volumes are gone at the end (Ctrl-C).
#   deploy/run-on-host.sh [ENV-FILE]      .env.example by default
# Needs a JDK 25 in JAVA_HOME, Maven, and Debian's nginx, curl and, for the profile monitoring, prometheus.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
variables=$(realpath "${1:-$project/.env.example}")
mvn -q -B -f "$project/pom.xml" -DskipTests -Dspotless.check.skip=true package >&2
mvn -q -B -f "$project/pom.xml" -pl deployment -Dspotless.check.skip=true \
  dependency:build-classpath -Dmdep.outputFile=target/classpath >&2
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  -cp "$project/deployment/target/test-classes:$(cat "$project/deployment/target/classpath")" \
  io.lodisc.deployment.compose.RunOnHost "$project" "$variables"
