"""Debian's nginx with the configuration that operators copy. Every request goes to any server at random, on a
connection of its own."""

import os
import re
from pathlib import Path

from tests.balanced.in_front import InFront

EXAMPLE = Path(__file__).parents[2] / "deploy" / "nginx.conf"
# Which server answered, for the test's eyes.
ANSWERED_BY = "Answered-By"


class Balancer(InFront):
    """One nginx with its lines for several hosts."""

    name = "nginx"

    def arguments(self, whole: Path) -> list[str]:
        return ["-p", str(self.folder), "-e", str(self.folder / "errors"), "-c", str(whole)]

    def is_ready(self) -> bool:
        return (self.folder / "pid").is_file()

    def configuration(self, servers: list[int]) -> str:
        temporary = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        # Its workers must reach the folder of the test, which belongs to whoever runs it.
        user = "user root;\n" if os.geteuid() == 0 else ""
        return (
            f"{user}daemon off;\npid {self.folder}/pid;\nworker_processes 2;\nevents {{}}\n"
            f"http {{\n{temporary}{self._example(servers)}\n}}\n"
        )

    def _example(self, servers: list[int]) -> str:
        """The operators' example with its lines for several hosts."""
        said = EXAMPLE.read_text("utf-8").replace("/var/log/nginx", str(self.folder))
        said = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", said, count=1, flags=re.DOTALL)
        said = re.sub(r"^\s*(listen \[::\]|ssl_(?!reject)).*\n", "", said, flags=re.MULTILINE)
        said = said.replace("ssl_reject_handshake on;", "return 444;")
        said = said.replace("listen 443 ssl", f"listen 127.0.0.1:{self.port}").replace("heed.example", "localhost")
        rule = re.search(r"^ +# +server 10\.0\.0\.11:8000( .+;)\n", said, re.MULTILINE)
        assert rule, "the example has no line for one of several hosts"
        lines = "".join(f"    server 127.0.0.1:{port}{rule[1]}\n" for port in servers)
        said, replaced = re.subn(r"^ +server 127\.0\.0\.1:8000;\n", f"    random;\n{lines}", said, flags=re.MULTILINE)
        assert replaced == 1
        said = re.sub(r"^ +keepalive.*\n", "", said, flags=re.MULTILINE)
        return said.replace(
            "    add_header Strict", f"    add_header {ANSWERED_BY} $upstream_addr always;\n    add_header Strict"
        )
