"""A real provider of single sign-on, started from its package; and a visitor who signs in there without a browser."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import requests

HERE = Path(__file__).parent
SECRET = "bi-mat-chi-dung-trong-kiem-thu"
MISSING = "single sign-on is not tried against a real provider: no Node.js, no npm, or no package registry"


def install(folder: Path) -> bool:
    """Install the provider into a folder with the machine's own npm; return whether that was possible."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    for name in ("package.json", "server.mjs"):
        shutil.copy(HERE / name, folder)
    command = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


@contextmanager
def serve(folder: Path, *bases: str) -> Iterator[str]:
    """Serve the provider for a product that answers at some addresses; yield its issuer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["node", "server.mjs", str(port), *bases]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            while b"ready" not in (line := process.stdout.readline()):
                assert line, "the provider did not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


class Visitor:
    """Somebody at the provider."""

    def __init__(self) -> None:
        self.session = requests.Session()

    def sign_in(self, address: str, name: str, back: str) -> str:
        """Go to the provider, sign in and consent; return the address to which it sends the visitor back."""
        answer = self.session.get(address, allow_redirects=False, timeout=10)
        for _ in range(20):
            if answer.is_redirect:
                following = urljoin(answer.url, answer.headers["Location"])
                if following.startswith(back):
                    return following
                answer = self.session.get(following, allow_redirects=False, timeout=10)
                continue
            prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
            action = re.search(r'action="([^"]+)"', answer.text)
            assert prompt and action, answer.text[-2000:]
            values = {"prompt": prompt[1], "login": name, "password": "x"}
            target = urljoin(answer.url, action[1])
            answer = self.session.post(target, values, allow_redirects=False, timeout=10)
        raise AssertionError("the provider does not send anybody back")
