#!/bin/sh
# Runs the demo in the foreground and says how to talk to it.
here=$(dirname "$(readlink -f "$0")")
cat <<HINT

taskmaster runs examples/demo.yaml. In another terminal, from this directory, try:

  npx taskmasterctl -c examples/demo.yaml status
  npx taskmasterctl -c examples/demo.yaml tail -f web
  npx taskmasterctl -c examples/demo.yaml stop worker:*
  curl http://127.0.0.1:8080/

Ctrl-C stops everything.

HINT
exec "$here/../src/taskmasterd.sh" -n -c "$here/demo.yaml" "$@"
