#!/bin/sh
# Prints the last bytes of a process's output: tail.sh NAME [BYTES]
. "$(dirname "$0")/call.sh"

call supervisor.readProcessStdoutLog "$(string "$1")" "$(int "-${2:-1600}")" "$(int 0)" | answer
