#!/usr/bin/env bash
# Schemathesis over the whole OpenAPI: `npm run test:openapi`, or with address and key of an API that runs. Needs Python 3.
# The event stream never ends, so it is left out; and so is the check that whatever fits the schema is accepted: OpenAPI cannot
# say that a question takes a year or from and to, or that 2023-02-30 is no day.
set -euo pipefail
cd "$(dirname "$0")/../.."

tool=${SCHEMATHESIS:-.steadyline/schemathesis/bin/schemathesis}
if ! [ -x "$tool" ]; then
  python3 -m venv .steadyline/schemathesis
  .steadyline/schemathesis/bin/pip install --quiet schemathesis==4.32.5
fi

address=${1:-}
key=${2:-}
if [ -z "$address" ]; then
  printed=$(mktemp)
  node --import tsx test/openapi/serve.ts >"$printed" &
  server=$!
  trap 'kill $server' EXIT
  until grep -q '^http' "$printed"; do
    kill -0 $server
    sleep 0.2
  done
  read -r address key <"$printed"
fi

"$tool" run "$address/docs/json" --url "$address" --header "Authorization: Bearer $key" --exclude-path /v1/live \
  --exclude-checks positive_data_acceptance --max-examples "${EXAMPLES:-50}" --generation-deterministic --request-timeout 30
