#!/usr/bin/env bash
# Seconds from submitting a small job to its first step, from killing its process to its next attempt's, and
# from killing its worker too (a lease of 60 s) to another worker's.
#   benchmarks/jobs.sh [ROUNDS]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
build
java_main JobTimesBenchmark "${1:-5}" 2>/dev/null | grep '^jobs'
