#!/usr/bin/env bash
# Images a second of the training step at 224 px, beside the same step in PyTorch (pytorch_step.py), each
# line also with the peak of resident memory; and the time of LoDisc, with tokens zeroed and dropped, over
# MoCo v3's, their steps in turn in one process.
#   benchmarks/step.sh [ROUNDS] [STEPS] [BATCH] [WIDTH:HEADS ...]
# PYTHON names a Python with PyTorch. Ours runs in the environment of a job's process.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
rounds=${1:-3} steps=${2:-5} batch=${3:-16}
shift $(($# > 3 ? 3 : $#))
[ $# -gt 0 ] || set -- 192:3 384:12
threads=$(nproc)

build
job_environment
for size in "$@"; do
  sizes="${size%:*} ${size#*:} $batch $threads"
  lodisc() { java_main StepBenchmark $sizes "$steps" lodisc 2>/dev/null | grep '^step'; }
  pytorch() { env -u GLIBC_TUNABLES -u OMP_WAIT_POLICY "$python" -W ignore "$project/benchmarks/pytorch_step.py" $sizes "$steps" lodisc; }
  echo "== width $size: LoDisc, ours / PyTorch"
  compare "$rounds" lodisc pytorch
  echo "== width $size: time over MoCo v3"
  java_main StepBenchmark $sizes $((rounds * steps)) mocov3,lodisc,dropped 2>/dev/null | grep '^time'
done
