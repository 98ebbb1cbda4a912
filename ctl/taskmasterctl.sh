#!/bin/sh
# Starts the control client. Messages name the program as it was called.
TASKMASTERCTL_PROGRAM=$0
export TASKMASTERCTL_PROGRAM
exec node "$(dirname "$(readlink -f "$0")")/../dist/ctl/main.js" "$@"
