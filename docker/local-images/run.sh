#!/bin/sh
# docker-compose.yml on the images of build.sh: docker/local-images/run.sh up -d, and so on. Without the registry and Grafana.
set -eu
export SCHEMA_REGISTRY_URL= # there is none among the images
cd "$(dirname "$0")/../.."
compose=$(docker compose version >/dev/null 2>&1 && echo 'docker compose' || echo docker-compose)
files='-f docker-compose.yml -f docker/local-images/compose.yml'
# shellcheck disable=SC2086 # options are words
case ${1:-} in
  up) exec $compose $files "$@" kafka clickhouse processor-1 processor-2 keys api demonstration prometheus ;;
  *) exec $compose $files "$@" ;;
esac
