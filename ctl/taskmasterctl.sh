#!/bin/sh
# Starts the control client. Messages name the program as it was called.
TASKMASTERCTL_PROGRAM=$0
export TASKMASTERCTL_PROGRAM
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
exec node "$here/../dist/taskmasterctl.cjs" "$@"
