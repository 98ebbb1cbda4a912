#!/bin/sh
# Starts the daemon. Node raises the limit of open files before any code of ours runs, so it is noted down here: programs get the one
# that taskmasterd was started with.
TASKMASTER_NOFILE=$(ulimit -Sn)
export TASKMASTER_NOFILE
exec node "$(dirname "$(readlink -f "$0")")/../dist/src/main.js" "$@"
