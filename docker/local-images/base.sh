#!/bin/sh
# Makes the two bases of the image on this Debian machine, where no registry of images can be reached: a Debian, and the
# machine's own Node on it. Needs root, debootstrap and a Docker engine. Tags: steadyline-local/debian, steadyline-local/node.
set -eu
export DOCKER_BUILDKIT=${DOCKER_BUILDKIT:-0} # the plugin for the other builder may not be there
cd "$(dirname "$0")"
suite=${DEBIAN_SUITE:-bookworm}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

echo "Debian $suite …"
debootstrap --variant=minbase --include=ca-certificates,libstdc++6 "$suite" "$folder/debian" >"$folder/debootstrap.log" ||
  { tail -n 20 "$folder/debootstrap.log" >&2; exit 1; }
# As small as the slim images that are published: nobody reads manuals in a container.
(cd "$folder/debian" && rm -rf usr/share/doc/* usr/share/man/* usr/share/locale/* usr/share/info/* var/cache/apt/*.bin \
  var/cache/apt/archives/*.deb var/lib/apt/lists/* var/log/*)
# A mirror of packages may have an authority of its own, which this machine knows.
cp /etc/ssl/certs/ca-certificates.crt "$folder/debian/etc/ssl/certs/ca-certificates.crt"
tar -C "$folder/debian" -c . | docker import - steadyline-local/debian:latest

echo "Node $(node --version) …"
mkdir "$folder/node"
cp "$(readlink -f "$(command -v node)")" "$folder/node/node"
cp -r "$(dirname "$(readlink -f "$(command -v npm)")")/.." "$folder/node/npm"
cat >"$folder/node/Dockerfile" <<'DOCKERFILE'
FROM steadyline-local/debian:latest
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
DOCKERFILE
docker build -q -t steadyline-local/node:latest "$folder/node"
