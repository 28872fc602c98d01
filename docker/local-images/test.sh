#!/bin/sh
# `npm run test:containers` on the images of build.sh. The cleaner that testcontainers starts beside them is an image too, and is left out:
# after a run that was broken off, look with `docker ps`. Ports are published on all addresses unless the engine is told otherwise (dockerd --ip 127.0.0.1).
set -eu
cd "$(dirname "$0")/../.."
export TESTCONTAINERS_RYUK_DISABLED=true
# Where ports are published; a machine that looks like a container itself is otherwise taken to reach them at the engine's gateway.
export TESTCONTAINERS_HOST_OVERRIDE=${TESTCONTAINERS_HOST_OVERRIDE:-127.0.0.1}
export APP_IMAGE=steadyline-local/app:latest KAFKA_IMAGE=steadyline-local/kafka:latest CLICKHOUSE_IMAGE=steadyline-local/store:latest
exec npm run test:containers -- "$@"
