"""Runs a program on a terminal of its own: types lines, waits for texts, and prints what the terminal showed.

Its script comes as JSON in the arguments: a list of [wait for this text, then type this]. "^C", "^D" and "^\\" are the keys.
"""

import json
import os
import pty
import select
import sys
import time

DEADLINE = 120
KEYS = {"^C": b"\x03", "^D": b"\x04", "^\\": b"\x1c"}

words, script = json.loads(sys.argv[1]), json.loads(sys.argv[2])
pid, terminal = pty.fork()
if pid == 0:
    os.execvpe(words[0], words, {**os.environ, "TERM": "dumb", "INPUTRC": "/dev/null"})

shown = b""
ended = False


def read_until(text):
    """Returns what has come up to and with a text; the end of the program is such a text as well."""
    global shown, ended
    deadline = time.monotonic() + DEADLINE
    while text not in shown and not ended:
        if not select.select([terminal], [], [], max(deadline - time.monotonic(), 0))[0]:
            sys.exit("waited in vain for %r, got %r" % (text, shown))
        try:
            chunk = os.read(terminal, 4096)
        except OSError:
            chunk = b""
        ended = chunk == b""
        shown += chunk
    end = shown.index(text) + len(text) if text in shown else len(shown)
    before, shown = shown[:end], shown[end:]
    return before


def tell(output):
    sys.stdout.write(output.decode().replace("\r\n", "\n"))


def wait_until_idle():
    """A key that comes while the program works interrupts it anywhere; three looks in a row have to find it asleep."""
    seen = 0
    while seen < 3 and not ended:
        time.sleep(0.05)
        with open("/proc/%d/stat" % pid) as stat:
            seen = seen + 1 if stat.read().rsplit(")", 1)[1].split()[0] == "S" else 0


for text, answer in script:
    tell(read_until(text.encode()))
    if answer in KEYS:
        wait_until_idle()
    os.write(terminal, KEYS.get(answer, answer.encode() + b"\n"))
tell(read_until(b"\0no such text\0"))
print("\nstatus", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
