/** The text of an event listener in Python that takes every event, and so many seconds for each. */
export function listenerScript(seconds: number): string {
  return `import sys, time
out, source = sys.stdout.buffer, sys.stdin.buffer
while True:
    out.write(b"READY\\n")
    out.flush()
    head = dict(word.split(b":") for word in source.readline().split())
    source.read(int(head[b"len"]))
    time.sleep(${seconds})
    out.write(b"RESULT 2\\nOK")
    out.flush()
`;
}
