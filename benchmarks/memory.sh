#!/usr/bin/env bash
# Resident memory of a run of many small steps, every tenth of them: it should be flat.
#   benchmarks/memory.sh [STEPS]
set -euo pipefail
. "$(dirname "$0")/lib.sh"
build
job_environment
java_main MemoryBenchmark "${1:-2000}" 2>/dev/null | grep '^memory'
