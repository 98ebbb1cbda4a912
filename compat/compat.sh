#!/bin/sh
# Tells every scenario to a real supervisord and to taskmasterd, compares, and writes compat/matrix.md.
#   npm run compat                     both live
#   npm run compat -- --record         also keeps what supervisord did, in compat/recordings
#   npm run compat -- --recorded       taskmasterd alone, against the recordings, as in npm test
#   npm run compat -- --only logs      only the worlds whose name holds this text
COMPAT=live
while [ $# -gt 0 ]; do
  case $1 in
    --record) COMPAT=record ;;
    --recorded) COMPAT=recorded ;;
    --only) COMPAT_ONLY=$2; export COMPAT_ONLY; shift ;;
    *) sed -n '2,6s/^# *//p' "$0" >&2; exit 2 ;;
  esac
  shift
done
export COMPAT
exec npx vitest run compat
