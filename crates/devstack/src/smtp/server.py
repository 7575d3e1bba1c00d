"""Private SMTP server: demands TLS and AUTH, records mails, fails on demand.

The only argument is the directory with config.json, server.pem, control.json (faults) and mails/. The port is printed
as "ready PORT". The server ends, and removes its directory, when standard input does: that is, with its owner.
"""

import asyncio
import email
import email.policy
import json
import os
import shutil
import signal
import ssl
import sys
import warnings

try:
    from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
except ImportError:
    print("missing aiosmtpd", flush=True)
    sys.exit(1)

HOME = sys.argv[1]
NO_FAULTS = {"sequence": 0, "refuse_connections": False, "replies": {}, "after_data": "answer"}


def read_json(name):
    with open(os.path.join(HOME, name), encoding="utf-8") as file:
        return json.load(file)


def write_atomically(name, content):
    path = os.path.join(HOME, name)
    with open(path + ".part", "wb") as file:
        file.write(content)
    os.rename(path + ".part", path)


class Recorder:
    """Answers the protocol's questions and keeps what was taken."""

    def __init__(self, config):
        self.config = config
        self.faults = NO_FAULTS
        self.taken = 0

    def authenticate(self, server, session, envelope, mechanism, data):
        expected = (self.config["username"].encode(), self.config["password"].encode())
        good = isinstance(data, LoginPassword) and (data.login, data.password) == expected
        return AuthResult(success=good, handled=False, auth_data=self.config["username"])

    async def handle_RCPT(self, server, session, envelope, address, options):
        replies = self.faults["replies"]
        code = replies.get(address, replies.get("*"))
        if code is not None:
            return f"{code} {'4.2.0' if code < 500 else '5.1.1'} refused on demand"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        after = self.faults["after_data"]
        if after == "hang":
            await asyncio.sleep(3600)
        self.record(session, envelope, server)
        if after == "drop-before-answer":
            server.transport.abort()
            await asyncio.sleep(3600)
        if after == "drop-after-answer":
            # Runs when the answer is written, before another command is read.
            asyncio.get_running_loop().call_soon(server.transport.close)
        return "250 OK"

    def record(self, session, envelope, server):
        self.taken += 1
        name = f"mails/{self.taken:06}"
        parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
        part = parsed.get_body(preferencelist=("plain",))
        record = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "headers": [[key, str(value)] for key, value in parsed.items()],
            "text": part.get_content() if part is not None else "",
            "isEncrypted": server.transport.get_extra_info("ssl_object") is not None,
            "login": session.auth_data if session.authenticated else None,
        }
        write_atomically(name + ".eml", envelope.content)
        write_atomically(name + ".json", json.dumps(record).encode())


class Listener:
    """Opens and closes the port, and cuts connections."""

    def __init__(self, config, recorder):
        self.config = config
        self.recorder = recorder
        self.port = config["port"]
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(os.path.join(HOME, "server.pem"))
        self.connections = set()
        self.server = None

    def protocol(self):
        starttls = self.config["tls"] == "starttls"
        protocol = SMTP(
            self.recorder,
            hostname="localhost",
            tls_context=self.context if starttls else None,
            require_starttls=starttls,
            auth_required=True,
            auth_require_tls=starttls,
            authenticator=self.recorder.authenticate,
            loop=asyncio.get_running_loop(),
        )
        self.connections.add(protocol)
        return protocol

    async def open(self):
        context = None if self.config["tls"] == "starttls" else self.context
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(self.protocol, "127.0.0.1", self.port, ssl=context)
        self.port = self.server.sockets[0].getsockname()[1]

    def close(self):
        self.server.close()
        self.server = None
        for protocol in self.connections:
            if protocol.transport is not None:
                protocol.transport.abort()
        self.connections.clear()

    async def apply(self, faults):
        if faults["refuse_connections"] and self.server is not None:
            self.close()
        elif not faults["refuse_connections"] and self.server is None:
            await self.open()
        self.connections = {protocol for protocol in self.connections if protocol.transport is not None}
        self.recorder.faults = faults
        write_atomically("applied", str(faults["sequence"]).encode())


async def follow_control(listener):
    while True:
        try:
            faults = read_json("control.json")
            if faults["sequence"] != listener.recorder.faults["sequence"]:
                await listener.apply(faults)
        except FileNotFoundError:
            pass
        await asyncio.sleep(0.01)


def leave():
    shutil.rmtree(HOME, ignore_errors=True)
    os._exit(0)


async def main():
    config = read_json("config.json")
    listener = Listener(config, Recorder(config))
    await listener.open()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), leave)
    print(f"ready {listener.port}", flush=True)
    await follow_control(listener)


warnings.simplefilter("ignore")
signal.signal(signal.SIGINT, signal.SIG_IGN)
try:
    asyncio.run(main())
except OSError as error:
    print(f"failed: {error.strerror}", flush=True)
    sys.exit(1)
