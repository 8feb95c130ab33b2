#!/usr/bin/env bash
# Pictures a second and core, from JPEG bytes to both views at 224 px, beside torchvision with PIL.
#   benchmarks/views.sh [ROUNDS] [SECONDS] [PICTURES]
# PYTHON names a Python with torchvision (Debian: apt install python3-torchvision).
set -euo pipefail
. "$(dirname "$0")/lib.sh"
rounds=${1:-5} seconds=${2:-10} pictures=${3:-64}

build
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
java_main Photos "$folder" "$pictures"

# The serial collector works on the one thread that is measured.
lodisc() { JAVA_OPTIONS="-XX:+UseSerialGC" java_main ViewsBenchmark "$folder" "$seconds"; }
torchvision() { "$python" -W ignore "$project/benchmarks/views.py" "$folder" "$seconds"; }
compare "$rounds" lodisc torchvision
