"""Drives the daemon with nothing but Python's own xmlrpc.client, over its unix socket and over TCP."""

import http.client
import os
import socket
import sys
import xmlrpc.client


class UnixConnection(http.client.HTTPConnection):
    """A connection to a unix socket, as everyone writes it who finds no other."""

    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)


class UnixTransport(xmlrpc.client.Transport):
    def __init__(self, path):
        super().__init__()
        self.path = path

    def make_connection(self, host):
        return UnixConnection(self.path)


def over_unix():
    return xmlrpc.client.ServerProxy("http://localhost", transport=UnixTransport(os.environ["SUPERVISOR_SOCKET"]))


def over_tcp(login=True):
    host = os.environ["SUPERVISOR_URL"].removeprefix("http://")
    if login:
        host = "%s:%s@%s" % (os.environ["SUPERVISOR_USER"], os.environ["SUPERVISOR_PASSWORD"], host)
    return xmlrpc.client.ServerProxy("http://" + host)


def show(what, action):
    try:
        print(what, "->", repr(action()))
    except xmlrpc.client.Fault as fault:
        print(what, "-> fault", fault.faultCode, fault.faultString)
    except xmlrpc.client.ProtocolError as error:
        print(what, "-> HTTP", error.errcode, error.errmsg)


def status(server):
    """The types of a process's struct, and what of it does not change from run to run."""
    info = server.supervisor.getProcessInfo("cat")
    print({name: type(value).__name__ for name, value in info.items()})
    print({name: info[name] for name in ("name", "group", "statename", "state", "spawnerr", "exitstatus")})


def control(server):
    show("stop", lambda: server.supervisor.stopProcess("cat"))
    show("stop again", lambda: server.supervisor.stopProcess("cat"))
    show("start", lambda: server.supervisor.startProcess("cat", True))
    show("start again", lambda: server.supervisor.startProcess("cat"))
    show("no such process", lambda: server.supervisor.startProcess("nope"))
    show("signal", lambda: server.supervisor.signalProcess("cat", "CONT"))
    show("a whole group", lambda: server.supervisor.signalProcess("cat:*", "CONT"))


def logs(server):
    show("a log", lambda: server.supervisor.readProcessStdoutLog("talker", 0, 0))
    show("its end", lambda: server.supervisor.tailProcessStdoutLog("talker", 0, 5))
    show("bad arguments", lambda: server.supervisor.readProcessStdoutLog("talker", -1, 5))
    show("no log", lambda: server.supervisor.readProcessStderrLog("talker", 0, 0))


def several(server):
    show("multicall", lambda: server.system.multicall([{"methodName": "supervisor.getAPIVersion", "params": []}, {"methodName": "nope"}]))


def system(server):
    show("methods", lambda: [name for name in server.system.listMethods() if not name.startswith("taskmaster.")])
    show("signature", lambda: server.system.methodSignature("supervisor.startProcess"))
    show("help", lambda: type(server.system.methodHelp("supervisor.startProcess")).__name__)
    show("state", server.supervisor.getState)
    show("wrong arguments", lambda: server.supervisor.getState(1))
    show("unknown", server.supervisor.nope)


def refused(server):
    del server
    show("without a password", over_tcp(login=False).supervisor.getState)


ACTIONS = (status, control, logs, several, system, refused)

if __name__ == "__main__":
    chosen = {action.__name__: action for action in ACTIONS}[sys.argv[2]]
    chosen({"unix": over_unix, "tcp": over_tcp}[sys.argv[1]]())
