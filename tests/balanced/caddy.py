"""Debian's Caddy with the configuration that operators copy: for one host, or for several."""

import re
import socket
from pathlib import Path

from tests.balanced.in_front import InFront

EXAMPLE = Path(__file__).parents[2] / "deploy" / "Caddyfile"


class Caddy(InFront):
    """One Caddy, without certificates: it would ask the world for them."""

    name = "caddy"

    def arguments(self, whole: Path) -> list[str]:
        return ["run", "--adapter", "caddyfile", "--config", str(whole)]

    def is_ready(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def configuration(self, servers: list[int]) -> str:
        said = EXAMPLE.read_text("utf-8")
        asked = " ".join(f"127.0.0.1:{port}" for port in servers)
        for example in ("127.0.0.1:8000", "10.0.0.11:8000 10.0.0.12:8000"):
            said, replaced = re.subn(f"reverse_proxy {re.escape(example)} ", f"reverse_proxy {asked} ", said)
            assert replaced == 1, example
        if len(servers) > 1:
            said = said.replace("\timport heed\n", "\timport heed_on_several_hosts\n")
        said, sites = re.subn(
            r"^(inbox\.)?heed\.example \{\n",
            rf"http://\1localhost:{self.port} {{\n\tbind 127.0.0.1\n",
            said,
            flags=re.M,
        )
        assert sites == 2
        return said.replace("Host heed.example", f"Host localhost:{self.port}")
