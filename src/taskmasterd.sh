#!/bin/sh
# Starts the daemon. Node raises the limit of open files before any code of ours runs, so it is noted down here: programs get the one
# that taskmasterd was started with.
TASKMASTER_NOFILE=$(ulimit -Sn)
export TASKMASTER_NOFILE
if [ -n "$NODE_EXTRA_CA_CERTS" ]; then
  # Node would read these at its start, and has no use for them here; what it starts itself gets the variable back.
  TASKMASTER_EXTRA_CA_CERTS=$NODE_EXTRA_CA_CERTS
  export TASKMASTER_EXTRA_CA_CERTS
  unset NODE_EXTRA_CA_CERTS
fi
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
if [ -L "$0" ]; then
  file=$(readlink -f "$0")
  here=${file%/*}
fi
# Little of what the daemon makes lives for long, and one helper is enough to collect it: with the usual 16 MiB for what is new, and four
# helpers, it would hold 20 MiB more after each burst of work.
exec node --max-semi-space-size=2 --v8-pool-size=1 "$here/../dist/taskmasterd.cjs" "$@"
