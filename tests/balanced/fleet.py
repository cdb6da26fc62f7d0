"""Several `heed serve` on one PostgreSQL database behind one balancer, with the demo partnership: asked as one site."""

import http.client
import json
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.balanced.nginx import ANSWERED_BY, Balancer
from tests.referrals import bearer
from tests.sealing.formats import join_secret
from tests.served import HEED, Served

JSON = {"Content-Type": "application/json"}

_SECRET = "the same long random text on every host"  # of a test's servers only


class OneOfSeveral(Served):
    """A server that answers to the balancer's names, on a port of its own."""

    def __init__(self, database_url: str, folder: Path, balancer: int, workers: int) -> None:
        super().__init__(database_url, folder / "server.log")
        folder.mkdir()
        self._balancer = balancer
        self._workers = workers

    @property
    def environment(self) -> dict[str, str]:
        return {
            **super().environment,
            "HEED_FIELD_ORIGIN": f"http://localhost:{self._balancer}",
            "HEED_INBOX_ORIGIN": f"http://inbox.localhost:{self._balancer}",
            "HEED_SECRET": _SECRET,
            "HEED_WORKERS": str(self._workers),
        }

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """Past the balancer, to this very server."""
        return super().ask(method, path, body, {"Host": f"localhost:{self._balancer}", **(headers or {})})


@dataclass(frozen=True)
class Answer:
    """What came back through the balancer. `by`: the ports that were asked, the one that answered last."""

    status: int
    body: bytes
    headers: http.client.HTTPMessage = field(repr=False)

    @property
    def by(self) -> list[int]:
        return [int(one.rpartition(":")[2]) for one in self.headers[ANSWERED_BY].split(", ")]

    def json(self) -> Any:
        return json.loads(self.body)


class Fleet:
    """Three servers, the last of two processes. What of journeys/site.py a journey asks for is here as well."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.database_url = database_url
        self.folder = folder
        self.balancer = Balancer(folder / "balancer")
        self.servers = [
            OneOfSeveral(database_url, folder / f"server{at}", self.balancer.port, workers)
            for at, workers in enumerate((1, 1, 2))
        ]

    def make_demo(self) -> None:
        """`heed demo`, run where its secrets file belongs to this fleet."""
        command, environment = [*HEED, "demo"], self.servers[0].environment
        done = subprocess.run(command, env=environment, cwd=self.folder, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def take_demo(self, made: "Fleet") -> None:
        """The secrets of another fleet whose database this one's is a copy of. Links name the balancer's port."""
        said = made._secrets.read_text("utf-8")
        self._secrets.parent.mkdir()
        self._secrets.write_text(
            said.replace(f"localhost:{made.balancer.port}", f"localhost:{self.balancer.port}"), "utf-8"
        )

    def start(self) -> None:
        """All at once, as after a power cut, then the balancer."""
        with ThreadPoolExecutor(len(self.servers)) as starting:
            for each in [starting.submit(server.start) for server in self.servers]:
                each.result()
        self.balancer.start(self.ports)

    def kill(self) -> None:
        self.balancer.end()
        for server in self.servers:
            server.kill()

    @property
    def ports(self) -> list[int]:
        return [server.port for server in self.servers]

    @property
    def _secrets(self) -> Path:
        return self.folder / "var" / "demo.json"

    @property
    def field_origin(self) -> str:
        return f"http://localhost:{self.balancer.port}"

    @property
    def inbox_origin(self) -> str:
        return f"http://inbox.localhost:{self.balancer.port}"

    @property
    def demo(self) -> dict[str, Any]:
        """What `heed demo` left."""
        told: dict[str, Any] = json.loads(self._secrets.read_text("utf-8"))
        return told

    def coordinator(self, name: str) -> dict[str, str]:
        """The demo's member of this sign-in name."""
        return next(member for member in self.demo["members"] if member["sign_in_name"] == name)

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None, host: str = ""
    ) -> Answer:
        """One request through the balancer, on a connection of its own. `host`: a name before localhost."""
        connection = http.client.HTTPConnection("127.0.0.1", self.balancer.port, timeout=60)
        try:
            named = {"Host": f"{host}localhost:{self.balancer.port}", **(headers or {})}
            connection.request(method, path, body or None, named)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(), answer.headers)
        finally:
            connection.close()

    def phone(self) -> dict[str, str]:
        """A phone that joins the council through the balancer. Out: the header that it sends with a referral."""
        secret = self.coordinator("council")["invitation"].partition("#")[2].split(".")[1]
        body = json.dumps({"invitation": join_secret(secret)}).encode()
        joined = self.ask("POST", "/api/v1/devices", body, JSON)
        assert joined.status == 201, joined.body
        return bearer(joined.json()["device_token"]) | JSON
