#!/bin/bash
# KAFKA_LOG_DIRS=… is log.dirs=…: one underscore a dot, two an underscore, three a dash. Formats an empty folder, then runs.
set -eu
properties=/tmp/server.properties
: >"$properties"
while IFS='=' read -r name value; do
  case $name in
    KAFKA_HEAP_OPTS | KAFKA_OPTS) continue ;;
    KAFKA_*) ;;
    *) continue ;;
  esac
  key=${name#KAFKA_}
  key=${key//___/-}
  key=${key//__/%}
  key=${key//_/.}
  key=${key//%/_}
  printf '%s=%s\n' "${key,,}" "$value" >>"$properties"
done < <(env)
# shellcheck disable=SC2086 # options are words
java=(java ${KAFKA_HEAP_OPTS:--Xmx512m} -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '/opt/kafka/libs/*')
"${java[@]}" kafka.tools.StorageTool format --ignore-formatted "--cluster-id=${CLUSTER_ID:?}" -c "$properties" >/dev/null
exec "${java[@]}" kafka.Kafka "$properties"
