"""A server on the socket that it finds as its standard input: it tells each client who it is, and what it was sent."""

import os
import socket

listening = socket.socket(fileno=0)
while True:
    connection, _ = listening.accept()
    connection.sendall(b"%s says: %s" % (os.environ["SUPERVISOR_GROUP_NAME"].encode(), connection.recv(100)))
    connection.close()
