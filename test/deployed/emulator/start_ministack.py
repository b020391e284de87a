"""Starts MiniStack on 127.0.0.1 with HTTPS. MiniStack's own command would also bind port 443, and write a file with its
process id. It stops when its standard input closes."""

import asyncio
import os
import signal
import sys
import threading

import corrections
from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app
from ministack.core import tls


def stop_with_parent():
    """Waits until the process that started MiniStack has ended, so that MiniStack never outlives it."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


corrections.apply()
threading.Thread(target=stop_with_parent, daemon=True).start()

config = Config()
config.bind = [f"127.0.0.1:{os.environ['GATEWAY_PORT']}"]
config.certfile, config.keyfile = tls.resolve_tls_material()
config.keep_alive_timeout = 75
asyncio.run(serve(app.app, config))
