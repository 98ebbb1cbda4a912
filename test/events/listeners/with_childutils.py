"""A listener as superlance's are made: with supervisor's own childutils. Notes every event like plain.py, and accepts it."""
import json
import os
import sys

from supervisor import childutils

transcript = open(sys.argv[1], "a")

while True:
    header, payload = childutils.listener.wait()
    transcript.write(json.dumps([header, payload, os.environ["SUPERVISOR_PROCESS_NAME"]]) + "\n")
    transcript.flush()
    childutils.listener.ok()
