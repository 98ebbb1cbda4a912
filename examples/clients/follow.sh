#!/bin/sh
# Follows the output of a process until it is interrupted: follow.sh NAME [stdout|stderr]
. "$(dirname "$0")/call.sh"

request "$url/logtail/$1/${2:-stdout}"
