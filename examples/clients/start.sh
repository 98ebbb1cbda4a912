#!/bin/sh
# Starts a process and waits until it is up: start.sh NAME
. "$(dirname "$0")/call.sh"

call supervisor.startProcess "$(string "$1")" "$(boolean 1)" | answer
