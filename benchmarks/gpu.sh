#!/usr/bin/env bash
# The training step on a GPU in each precision, beside the same step in PyTorch (pytorch_step.py) on the
# same device: images a second and the most of the device's memory that was in use (nothing else should
# run on it). Prints a table's rows. Without a GPU that the engine finds it fails.
#   benchmarks/gpu.sh [STEPS] [WIDTH:HEADS] [BATCH ...]       by default 20 768:12 32 64 256
# The engine needs libtorch 2.7.1 for CUDA 12.8: PYTORCH_LIBRARY_PATH=<torch/lib>, PYTORCH_VERSION=2.7.1,
# PYTORCH_FLAVOR=cu128. PYTHON names a Python with PyTorch for CUDA. To see that all of it works, on the
# CPU, where memory is the process's own:
#   DEVICE=cpu benchmarks/gpu.sh 1 48:3 2
set -euo pipefail
. "$(dirname "$0")/lib.sh"
steps=${1:-20} size=${2:-768:12}
shift $(($# > 2 ? 2 : $#))
[ $# -gt 0 ] || set -- 32 64 256
device=${DEVICE:-cuda}
threads=$(nproc)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
  printf 'gpu.sh: %s\n' "$*" >&2
  exit 1
}

if [ "$device" = cuda ]; then
  nvidia-smi -L >&2 2>/dev/null || fail "no NVIDIA GPU found (nvidia-smi lists none); nothing was measured."
  gpu=${CUDA_VISIBLE_DEVICES:-0}
  gpu=${gpu%%,*}
  export CUDA_VISIBLE_DEVICES=$gpu CUDA_DEVICE_ORDER=PCI_BUS_ID
fi
unset NVIDIA_TF32_OVERRIDE TORCH_ALLOW_TF32_CUBLAS_OVERRIDE
build
if [ "$device" = cuda ]; then
  java_main EngineDevice 2>/dev/null | grep -x "device gpu" >&2 ||
    fail "the engine computes on the CPU: PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR must name a libtorch for CUDA."
fi
"$python" -c "import torch; torch.zeros(1, device='$device')" 2>/dev/null || {
  echo "gpu.sh: '$python' has no PyTorch for $device; its columns stay empty." >&2
  python=
}

# measured COMMAND...: "images/s | MiB" of a benchmark that prints a step line, or that memory ran out.
measured() {
  local sampler= status=0 line memory
  if [ "$device" = cuda ]; then
    nvidia-smi -i "$gpu" --query-gpu=memory.used --format=csv,noheader,nounits -lms 100 >"$scratch/memory" &
    sampler=$!
  fi
  "$@" >"$scratch/out" 2>"$scratch/errors" || status=$?
  [ -z "$sampler" ] || { kill "$sampler" && wait "$sampler" 2>/dev/null; } || true
  if [ "$status" -ne 0 ]; then
    grep -qiE 'out of memory|ALLOC_FAILED' "$scratch/errors" || {
      tail -n 20 "$scratch/errors" >&2
      fail "failed: $*"
    }
    echo "out of memory | "
    return
  fi
  line=$(grep '^step' "$scratch/out")
  memory=${line#* MiB }
  memory=${memory%% *}
  [ "$device" = cpu ] || memory=$(sort -n "$scratch/memory" | tail -n 1)
  echo "${line##* } | $memory"
}

# row PRECISION BATCH METHOD: a row of the table; recomputation has no counterpart in pytorch_step.py.
row() {
  local sizes="${size%:*} ${size#*:} $2 $threads $steps" ours theirs=" | "
  ours=$(measured java_main StepBenchmark $sizes "$3" "$1")
  if [ -n "$python" ] && [ "$3" = lodisc ]; then
    theirs=$(measured env -u GLIBC_TUNABLES -u OMP_WAIT_POLICY \
      "$python" -W ignore "$project/benchmarks/pytorch_step.py" $sizes "$3" "$device" "$1")
  fi
  echo "| $1 | $2 | $3 | $ours | $theirs |"
  [[ $ours != "out of memory"* || $3 = recompute ]] || row "$1" "$2" recompute
}

echo "ViT of width and heads $size, patches of 16, 224 px, $steps steps, $device"
echo "| precision | batch | step | LoDisc, images/s | MiB | PyTorch, images/s | MiB |"
echo "|---|---|---|---|---|---|---|"
for precision in fp32 tf32 bf16; do
  (
    job_environment "$precision"
    for batch in "$@"; do
      row "$precision" "$batch" lodisc
    done
  )
done
