#!/bin/sh
# Builds every image that can be made without a registry of images, on the bases of base.sh: the program itself, and
# a broker, a store and a Prometheus that stand in for the public ones. docs/containers.md says what that does not prove.
set -eu
export DOCKER_BUILDKIT=${DOCKER_BUILDKIT:-0} # the plugin for the other builder may not be there
cd "$(dirname "$0")/../.."
docker image inspect steadyline-local/debian:latest steadyline-local/node:latest >/dev/null 2>&1 || docker/local-images/base.sh

# Of the host's network: package registries are reached as this machine reaches them.
build() { docker build --network host "$@"; }
node=steadyline-local/node:latest
debian=steadyline-local/debian:latest

build -f docker/Dockerfile --build-arg NODE_IMAGE=$node --build-arg BASE_IMAGE=$debian -t steadyline-local/app:latest .
build -f docker/local-images/store/Dockerfile --build-arg NODE_IMAGE=$node -t steadyline-local/store:latest .

# The jars that `npm start` runs, by this machine's Maven.
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
cp docker/local-images/kafka/Dockerfile docker/local-images/kafka/start.sh "$context"
jars=$(node --import tsx --eval "
  const { brokerJars } = await import('./local/broker/jars.ts')
  console.log(await brokerJars(process.env.HOME + '/.cache/steadyline', () => {}))" --input-type=module)
cp -r "$jars" "$context/jars"
build --build-arg BASE_IMAGE=$debian -t steadyline-local/kafka:latest "$context"

build --build-arg BASE_IMAGE=$debian -t steadyline-local/prometheus:latest docker/local-images/prometheus
docker images 'steadyline-local/*'
