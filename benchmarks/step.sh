#!/usr/bin/env bash
# Images a second of the training step at 224 px, beside the same step in PyTorch (pytorch_step.py), and
# of LoDisc beside MoCo v3 and with dropped tokens. Each line also has the peak of resident memory.
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
  sizes="${size%:*} ${size#*:} $batch $threads $steps"
  ours() { java_main StepBenchmark $sizes "$1" 2>/dev/null | grep '^step'; }
  pytorch() { env -u GLIBC_TUNABLES -u OMP_WAIT_POLICY "$python" -W ignore "$project/benchmarks/pytorch_step.py" $sizes "$1"; }
  lodisc() { ours lodisc; }
  mocov3() { ours mocov3; }
  dropped() { ours dropped; }
  pytorch_lodisc() { pytorch lodisc; }
  echo "== width $size: LoDisc, ours / PyTorch"
  compare "$rounds" lodisc pytorch_lodisc
  echo "== width $size: time of LoDisc / MoCo v3"
  compare "$rounds" mocov3 lodisc
  echo "== width $size: time of LoDisc with dropped tokens / MoCo v3"
  compare "$rounds" mocov3 dropped
done
