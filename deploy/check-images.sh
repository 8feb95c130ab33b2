#!/usr/bin/env bash
# Builds the images from their Dockerfiles and starts them, where neither a Docker engine nor a registry is at hand:
# with buildah and podman, as root. The base images are stand-ins made here: Debian (debootstrap) with a JRE of this
# machine's JDK, and for Maven's image the same with jars that Maven has just built on this machine. The images for
# GPUs are not among them.
#   deploy/check-images.sh [FOLDER]      where the stand-ins are kept; a temporary one by default
# Needs buildah, podman, debootstrap, Maven and a JDK 25 in JAVA_HOME.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$(mktemp -d)}
mkdir -p "$folder"
version=0.1.0-SNAPSHOT

fail() {
  printf 'check-images: %s\n' "$*" >&2
  exit 1
}

# container_tool COMMAND...: podman as this machine lets it run. Limits are this process's own, and where control
# groups are of both versions podman sees only the second.
container_tool() {
  [ -f "$folder/containers.conf" ] || printf '[containers]\ndefault_ulimits = []\n' >"$folder/containers.conf"
  export CONTAINERS_CONF=$folder/containers.conf
  if [ -d /sys/fs/cgroup/unified ]; then
    unshare --mount bash -c 'umount -R /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup; exec podman "$@"' podman "$@"
  else
    podman "$@"
  fi
}

run() {
  container_tool run --cgroups=disabled --ulimit host --no-healthcheck --network host \
    --read-only --tmpfs /tmp:rw,mode=1777 "$@"
}

# base NAME FOLDER: an image of what lies in a folder.
base() {
  local working
  working=$(buildah from scratch)
  buildah copy --quiet "$working" "$2" / >/dev/null
  buildah config --env JAVA_HOME=/opt/java/openjdk --env PATH=/opt/java/openjdk/bin:/usr/sbin:/usr/bin:/sbin:/bin "$working"
  buildah commit --quiet --rm "$working" "$1" >/dev/null
}

stand_ins() {
  [ -d "$folder/debian" ] || debootstrap --variant=minbase bookworm "$folder/debian" >"$folder/debootstrap.log"
  if [ ! -d "$folder/jre" ]; then
    mkdir -p "$folder/jre/opt/java"
    "$JAVA_HOME/bin/jlink" --add-modules java.se,jdk.unsupported,jdk.management,jdk.crypto.ec,jdk.zipfs,jdk.net \
      --generate-cds-archive --output "$folder/jre/opt/java/openjdk"
    cp -a "$folder/debian/." "$folder/jre"
  fi
  rm -rf "$folder/maven"
  mkdir -p "$folder/maven/opt/java" "$folder/maven/jars"
  cp -a "$folder/debian/." "$folder/maven"
  cp -a "$JAVA_HOME" "$folder/maven/opt/java/openjdk"
  local service
  for service in training inference retrieval; do
    mkdir -p "$folder/maven/jars/$service-service/target"
    cp "$project/$service-service/target/"*-exec.jar "$folder/maven/jars/$service-service/target"
  done
  printf '#!/bin/sh\n# In place of Maven: what it has built outside.\ncp -r /jars/. .\n' >"$folder/maven/usr/bin/mvn"
  chmod +x "$folder/maven/usr/bin/mvn"
  base localhost/lodisc-stand-in/jre "$folder/jre"
  base localhost/lodisc-stand-in/maven "$folder/maven"
}

build() {
  buildah bud --quiet --isolation=chroot --layers=false --format docker \
    --build-arg RUNTIME=cpu --build-arg JRE=localhost/lodisc-stand-in/jre --build-arg MAVEN=localhost/lodisc-stand-in/maven \
    -f "$project/$1-service/Dockerfile" -t "localhost/lodisc/$1-service:$version" "$project" >"$folder/$1.log" 2>&1 ||
    { tail -n 30 "$folder/$1.log" >&2 && fail "the $1-service's Dockerfile does not build"; }
  printf '%s-service: built, %s\n' "$1" \
    "$(podman images --format '{{.Size}}' "localhost/lodisc/$1-service:$version")"
}

# check_user SERVICE: who it is, and that it can write nowhere but where it should.
check_user() {
  local said
  said=$(run --rm --entrypoint /bin/bash "localhost/lodisc/$1-service:$version" -c '
    id -u; touch /tmp/a && echo tmp; for f in /a /opt/lodisc/a /var/a; do touch $f 2>/dev/null && echo "$f"; done; true')
  [ "$said" = $'10001\ntmp' ] || fail "$1-service: not user 10001 on a read-only root: $said"
  printf '%s-service: user 10001, writes to /tmp and not to the root file system\n' "$1"
}

# check_start SERVICE PORT ARGUMENTS...: becomes healthy, with its start-up cache, and stops when it is told to.
check_start() {
  local service=$1 port=$2 waited=0 container
  shift 2
  container=$(run -d --volume /var/lib/lodisc --env JDK_JAVA_OPTIONS=-XX:AOTMode=on \
    --env LODISC_DRAIN=1s "$@" "localhost/lodisc/$service-service:$version")
  until container_tool exec "$container" /opt/lodisc/healthcheck "$port" 2>/dev/null; do
    [ "$((waited += 1))" -lt 120 ] && [ "$(container_tool inspect --format '{{.State.Running}}' "$container")" = true ] ||
      { container_tool logs "$container" 2>&1 | tail -n 40 >&2 && fail "$service-service does not become ready"; }
    sleep 1
  done
  container_tool logs "$container" 2>&1 | grep -o 'Started .*Application in.*' || true
  container_tool stop --time 60 "$container" >/dev/null
  local exit
  exit=$(container_tool inspect --format '{{.State.ExitCode}}' "$container")
  [ "$exit" = 143 ] || fail "$service-service ended with $exit"
  container_tool rm --volumes "$container" >/dev/null
  printf '%s-service: healthy with its start-up cache, stopped by SIGTERM\n' "$service"
}

mvn -q -B -f "$project/pom.xml" -pl training-service,inference-service,retrieval-service -am \
  -DskipTests -Dspotless.check.skip=true package
stand_ins
for service in training inference retrieval; do
  build "$service"
  check_user "$service"
done
for service in training inference; do
  run --rm "localhost/lodisc/$service-service:$version" --lodisc.self-test=true
done
check_start inference 9082
if [ -n "${DATABASE_URL:-}" ]; then # a PostgreSQL of this machine, with its user and password
  for service in training:9081 retrieval:9083; do
    run --rm --env "LODISC_DATABASE_URL=$DATABASE_URL" --env "LODISC_DATABASE_USER=${DATABASE_USER:-postgres}" \
      --env "LODISC_DATABASE_PASSWORD=${DATABASE_PASSWORD:-}" \
      "localhost/lodisc/${service%:*}-service:$version" --lodisc.migrate-only=true >/dev/null
    check_start "${service%:*}" "${service#*:}" --env "LODISC_DATABASE_URL=$DATABASE_URL" \
      --env "LODISC_DATABASE_USER=${DATABASE_USER:-postgres}" --env "LODISC_DATABASE_PASSWORD=${DATABASE_PASSWORD:-}"
  done
fi
