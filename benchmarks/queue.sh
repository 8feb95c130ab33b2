#!/usr/bin/env bash
# Claims a second of the job queue: 8 workers on 10,000 waiting jobs, on an embedded PostgreSQL.
#   benchmarks/queue.sh [WORKERS] [JOBS]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
build
java_main QueueBenchmark "${1:-8}" "${2:-10000}" 2>/dev/null | grep '^queue'
