"""Answers what supervisord makes of configuration files: a list of questions as JSON on stdin, a list of answers on stdout."""

import io
import json
import shlex
import sys

from supervisor import datatypes, loggers, options


class Refused(Exception):
    pass


class Options(options.ServerOptions):
    def usage(self, message):
        raise Refused(str(message))


class CtlOptions(options.ClientOptions):
    def usage(self, message):
        raise Refused(str(message))


def load(question):
    loaded = Options()
    loaded.realize(["-c", question["path"]], doc="", progname="supervisord")
    return {
        "daemon": daemon(loaded),
        "servers": [server(each) for each in loaded.server_configs],
        "groups": [group(each) for each in loaded.process_group_configs],
        "warnings": loaded.parse_warnings,
        "infos": loaded.parse_infos,
    }


def daemon(loaded):
    names = "logfile logfile_maxbytes logfile_backups pidfile umask minfds minprocs childlogdir directory identifier uid".split()
    flags = "nodaemon silent nocleanup strip_ansi".split()
    values = {name: getattr(loaded, name) for name in names}
    values.update({name: bool(getattr(loaded, name)) for name in flags})
    values["loglevel"] = next(
        word for word in "critical error warn info debug trace blather".split()
        if loggers.getLevelNumByDescription(word) == loaded.loglevel or word == loaded.loglevel
    )
    return values


def server(config):
    kept = dict(config)
    kept["family"] = kept["family"].name
    kept.pop("name")
    return kept


def group(config):
    events = getattr(config, "pool_events", None)
    socket = getattr(config, "socket_config", None)
    return {
        "name": config.name,
        "priority": config.priority,
        "processes": [process(each) for each in config.process_configs],
        "events": None if events is None else sorted(options_event_name(each) for each in events),
        "buffer_size": getattr(config, "buffer_size", None),
        "socket": None if socket is None else {
            "url": socket.url,
            "backlog": socket.get_backlog(),
            "mode": socket.get_mode() if hasattr(socket, "get_mode") else None,
            "owner": socket.get_owner() if hasattr(socket, "get_owner") else None,
        },
    }


def options_event_name(event):
    from supervisor.events import getEventNameByType
    return getEventNameByType(event)


def process(config):
    values = {name: getattr(config, name) for name in config.req_param_names + config.optional_param_names}
    values["autorestart"] = {
        False: "never", datatypes.RestartUnconditionally: "always", datatypes.RestartWhenExitUnexpected: "unexpected",
    }[config.autorestart]
    for channel in ("stdout", "stderr"):
        log = values[channel + "_logfile"]
        values[channel + "_logfile"] = "AUTO" if log is datatypes.Automatic else (log or None)
    values["stopsignal"] = int(config.stopsignal)
    return values


def load_ctl(question):
    loaded = CtlOptions()
    loaded.realize(["-c", question["path"]], doc="", progname="supervisorctl")
    return {name: getattr(loaded, name) for name in "serverurl username password prompt history_file".split()}


def parse(question):
    parser = options.UnhosedConfigParser()
    stream = io.TextIOWrapper(io.BytesIO(question["text"].encode("utf-8")), encoding="utf-8")
    try:
        parser.read_file(stream, "x.conf")
    except options.ConfigParser.ParsingError as problem:
        raise Refused(str(problem))
    return {"sections": [[name, list(map(list, parser._sections[name].items()))] for name in parser.sections()],
            "defaults": list(map(list, parser.defaults().items()))}


def value(question):
    return getattr(datatypes, question["type"])(question["text"])


ACTIONS = {
    "load": load,
    "loadCtl": load_ctl,
    "parse": parse,
    "value": value,
    "environment": lambda question: datatypes.dict_of_key_value_pairs(question["text"]),
    "expand": lambda question: options.expand(question["text"], question["names"], "x"),
    "split": lambda question: shlex.split(question["text"]),
    "repr": lambda question: repr(question["text"]),
}


def answer(question):
    try:
        return {"ok": True, "value": ACTIONS[question["ask"]](question)}
    except (Refused, ValueError, options.ConfigParser.Error) as problem:
        return {"ok": False, "message": str(problem)}


json.dump([answer(question) for question in json.load(sys.stdin)], sys.stdout)
