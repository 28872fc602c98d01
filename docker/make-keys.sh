#!/bin/sh
# API keys of a new installation, made once: one for people, which is printed, and one for Prometheus, kept beside the hashes.
set -eu
umask 027
file=${API_KEYS_FILE:?the file of keys, such as /keys/keys.json}
folder=$(dirname "$file")
if [ ! -s "$folder/prometheus.key" ]; then
  steadyline keys add --name prometheus --role viewer --file "$file" > "$folder/prometheus.key.new"
  chmod 644 "$folder/prometheus.key.new" # Prometheus is another user, and its key sees figures only
  mv "$folder/prometheus.key.new" "$folder/prometheus.key"
fi
if grep -q '"dashboard"' "$file"; then
  echo 'There is a key for the dashboard; it was printed when it was made. Another one: docker compose run --rm --entrypoint steadyline keys keys add --name NAME --role admin'
else
  echo 'The key to sign in to the dashboard with:'
  steadyline keys add --name dashboard --role admin --file "$file"
fi
