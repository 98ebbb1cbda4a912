#!/bin/sh
# Stops a process and waits until it is down: stop.sh NAME
. "$(dirname "$0")/call.sh"

call supervisor.stopProcess "$(string "$1")" | answer
