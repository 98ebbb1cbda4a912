"""A listener made from the protocol alone. It notes every event in a file, one JSON line each, and answers as it is told.

Arguments: the file, then the answers; the last one is repeated. Besides results there are the answers `die`, `hang` and `noise`.
"""
import json
import os
import sys
import time

path, *answers = sys.argv[1:]
transcript = open(path, "a")


def say(text):
    sys.stdout.write(text)
    sys.stdout.flush()


while True:
    say("READY\n")
    line = sys.stdin.readline()
    if line == "":
        break
    header = dict(token.split(":", 1) for token in line.split())
    payload = sys.stdin.read(int(header["len"]))
    transcript.write(json.dumps([header, payload, os.environ["SUPERVISOR_PROCESS_NAME"]]) + "\n")
    transcript.flush()
    answer = answers.pop(0) if len(answers) > 1 else answers[0] if answers else "OK"
    if answer == "die":
        os._exit(1)
    elif answer == "hang":
        time.sleep(1000)
    elif answer == "noise":
        say("this is no result\n")
        time.sleep(1000)
    else:
        say("RESULT %d\n%s" % (len(answer), answer))
