#!/bin/sh
# Starts the control client. Messages name the program as it was called.
TASKMASTERCTL_PROGRAM=$0
export TASKMASTERCTL_PROGRAM
case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
if [ -L "$0" ]; then
  file=$(readlink -f "$0")
  here=${file%/*}
fi
exec node "$here/../dist/taskmasterctl.cjs" "$@"
