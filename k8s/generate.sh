#!/usr/bin/env bash
# Writes the manifests in this folder anew, from the chart and each folder's values.yaml. Needs what the
# build needs, and no Helm; with kubectl there, its kustomize builds what was written.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -B -pl deployment -am test -Dspotless.check.skip=true -Dlodisc.generate=true \
  -Dtest=PlainManifestsTest -Dsurefire.failIfNoSpecifiedTests=false
git status --short k8s
if command -v kubectl >/dev/null; then
  for folder in base single-node gpu-cluster; do
    kubectl kustomize "k8s/$folder" >/dev/null
  done
fi
