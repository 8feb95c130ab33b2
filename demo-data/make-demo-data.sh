#!/usr/bin/env bash
# Makes the demonstration pictures, their manifest and their licences again, byte for byte.
#
#   bash demo-data/make-demo-data.sh [OUTPUT_FOLDER]
#
# OUTPUT_FOLDER defaults to the folder this script lies in; its pictures/, LICENSES/ and
# manifest.csv are replaced. Needs Node 20 or newer with npm, which fetches the exact package
# versions below from the registry npm is set up with, into a temporary folder that is removed at
# the end. No package script is run. See README.md for what comes out.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
out="${1:-$here}"
mkdir -p "$out"
out="$(cd "$out" && pwd)"

packages=(
  emoji-datasource-google@16.0.0   # Noto pictures and the names
  emoji-datasource-twitter@16.0.0  # Twemoji pictures
  @lobehub/fluent-emoji-3d@1.1.0   # Fluent pictures
  sharp@0.35.5                     # resizes the Fluent pictures; carries the Apache-2.0 text
  caniuse-lite@1.0.30001826        # only for the CC-BY-4.0 text it carries
)

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp "$here/make-demo-data.mjs" "$work/"
cd "$work"
printf '{"name":"demo-data","version":"0.0.0","private":true}\n' > package.json
npm install --no-audit --no-fund --ignore-scripts --save-exact --loglevel=error "${packages[@]}"
node make-demo-data.mjs "$out"
