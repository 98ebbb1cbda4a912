"""An event listener that has nothing but the protocol. It writes down every event that it gets, header and payload.

What it answers follows from the payload: one that has the word "reject" is refused the first time, at "garbage" it breaks the
protocol, and at "die" it leaves without an answer the first time.
"""

import os
import sys

notes = sys.argv[1]


def first_time(serial):
    """Remembered in a file: the one that dies comes back with an empty memory."""
    with open(notes + ".seen", "a+") as file:
        file.seek(0)
        if serial in file.read().split():
            return False
        file.write(serial + "\n")
        return True


def write_down(text):
    with open(notes, "a") as file:
        file.write(text + "\n")


def say(text):
    sys.stdout.write(text)
    sys.stdout.flush()


say("READY\n")
while True:
    header = sys.stdin.readline()
    if not header:
        break
    tokens = dict(token.split(":", 1) for token in header.split())
    payload = sys.stdin.read(int(tokens["len"]))
    write_down(header.rstrip("\n") + "\n" + payload)
    if "garbage" in payload:
        say("this is no result\n")
    elif "die" in payload and first_time(tokens["serial"]):
        os._exit(1)
    elif "reject" in payload and first_time(tokens["serial"]):
        say("RESULT 4\nFAILREADY\n")
    else:
        say("RESULT 2\nOKREADY\n")
