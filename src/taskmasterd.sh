#!/bin/sh
# Starts the daemon. Node raises the limit of open files before any code of ours runs, so it is noted down here: programs get the one
# that taskmasterd was started with.
TASKMASTER_NOFILE=$(ulimit -Sn)
export TASKMASTER_NOFILE
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
if [ -L "$0" ]; then
  file=$(readlink -f "$0")
  here=${file%/*}
fi
exec node "$here/../dist/taskmasterd.cjs" "$@"
