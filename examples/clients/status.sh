#!/bin/sh
# Shows every process and its state.
# SUPERVISOR_URL (http://127.0.0.1:9001), SUPERVISOR_USER and SUPERVISOR_PASSWORD tell where the daemon is and who you are.
. "$(dirname "$0")/call.sh"

call supervisor.getAllProcessInfo | values name group statename
