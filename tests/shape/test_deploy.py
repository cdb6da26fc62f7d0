"""What an operator copies is true: every setting stands in the table, and the examples can be read by the programs that
they are for."""

import ast
import datetime
import re
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from granian.http import HTTP1Settings

from tests.balanced.in_front import need, program

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
DOCUMENT = (ROOT / "docs" / "deploy.md").read_text("utf-8")
UNITS = ("heed.service", "heed-backup.service", "heed-backup.timer")


def _run(*command: str) -> str:
    """What a program said; it must be content."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def _read_by_the_server() -> set[str]:
    """Every whole text in the server's code that is the name of a setting."""
    return {
        node.value
        for path in (ROOT / "server").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"HEED_[A-Z_]+", node.value)
    }


def test_every_setting_stands_in_the_table_and_no_other() -> None:
    section = DOCUMENT.split("\n## All settings\n")[1].split("\n## ")[0]
    told = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
    assert len(told) == len(set(told))
    assert set(told) == _read_by_the_server()


def test_the_examples_set_only_what_is_read() -> None:
    for path in [*DEPLOY.iterdir(), ROOT / "docs" / "deploy.md"]:
        named = set(re.findall(r"\bHEED_[A-Z_]+", path.read_text("utf-8")))
        assert named - _read_by_the_server() == set(), path.name


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_a_proxy_s_example_keeps_no_address(name: str) -> None:
    said = (DEPLOY / name).read_text("utf-8")
    for header in ("X-Forwarded-", "X-Real-IP", "Forwarded", "Strict-Transport-Security", "heed.example"):
        assert header in said
    assert "inbox.heed.example" in said
    assert re.search(r"max_size 65536|client_max_body_size 64k;", said)
    assert re.search(r"\$remote_addr|\$proxy_add|remote_host|^\s*output ", said, re.MULTILINE) is None


@pytest.mark.parametrize("hosts", [1, 2])
def test_nginx_reads_its_example(tmp_path: Path, hosts: int) -> None:
    program = need("nginx")
    said = (DEPLOY / "nginx.conf").read_text("utf-8")
    if hosts == 2:
        said, told_apart = re.subn(r"^( +)# +(server 10\.)", r"\1\2", said, flags=re.MULTILINE)
        assert told_apart == hosts
        said = said.replace("    server 127.0.0.1:8000;\n", "")
    for name in ("heed.example", "inbox.heed.example"):
        _certificate(tmp_path, name)
    # Ports and places that nobody needs leave for; a machine without IPv6 can read it as well.
    said = said.replace("/etc/ssl/heed", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    said = re.sub(r"^\s*listen \[::\].*\n", "", said, flags=re.MULTILINE)
    said = re.sub(r"listen (80|443)\b", r"listen 127.0.0.1:18\1", said)
    temporary = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = tmp_path / "whole.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{temporary}\n{said}\n}}\n", "utf-8")
    told = _run(program, "-t", "-q", "-p", str(tmp_path), "-e", str(tmp_path / "errors"), "-c", str(whole))
    assert "[warn]" not in told


def test_a_proxy_lets_go_before_the_server_does() -> None:
    """A connection that both think is theirs to close costs whoever sends a form just then. The server's own 30 seconds
    are granian's, for a request's header that does not come."""
    for name, told in (("nginx.conf", r"keepalive_timeout (\d+)s;"), ("Caddyfile", r"^\t\tkeepalive (\d+)s$")):
        found = re.search(told, (DEPLOY / name).read_text("utf-8"), re.MULTILINE)
        assert found, name
        assert int(found[1]) * 1000 < HTTP1Settings().header_read_timeout, name


@pytest.mark.parametrize("name", ["heed", "heed_on_several_hosts"])
def test_caddy_reads_its_example(tmp_path: Path, name: str) -> None:
    caddy = need("caddy")
    said = (DEPLOY / "Caddyfile").read_text("utf-8")
    chosen = tmp_path / "Caddyfile"
    chosen.write_text(said.replace("\timport heed\n", f"\timport {name}\n"), "utf-8")
    assert f"({name}) {{" in said
    _run(caddy, "validate", "--adapter", "caddyfile", "--config", str(chosen))
    assert _run(caddy, "fmt", str(DEPLOY / "Caddyfile")) == said


def test_systemd_reads_its_units(tmp_path: Path) -> None:
    systemd = program("systemd-analyze")
    if systemd is None:
        pytest.skip("this machine has no systemd")
    for name in UNITS:
        said = (DEPLOY / name).read_text("utf-8")
        (tmp_path / name).write_text(said.replace("/opt/heed/bin/heed", "/bin/true"), "utf-8")
    told = _run(systemd, "verify", "--man=no", *(str(tmp_path / name) for name in UNITS))
    # Other units of the machine are its own affair.
    assert [line for line in told.splitlines() if "heed" in line] == []


@pytest.mark.parametrize("name", ["heed.service", "heed-backup.service"])
def test_a_unit_may_do_no_more_than_it_needs(name: str) -> None:
    lines = (DEPLOY / name).read_text("utf-8").splitlines()
    for line in ("User=heed", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "LimitCORE=0"):
        assert line in lines, line
    assert any(line.startswith("StateDirectory=heed") for line in lines)


def test_a_stop_waits_as_long_as_the_server_does() -> None:
    from server import serving

    waits = f"{serving._STOP_SECONDS + 5}"
    assert f"TimeoutStopSec={waits}" in (DEPLOY / "heed.service").read_text("utf-8").splitlines()
    assert f"stop_grace_period: {waits}s" in (DEPLOY / "compose.yaml").read_text("utf-8")


def test_the_image_is_built_from_what_is_there() -> None:
    said = (DEPLOY / "Containerfile").read_text("utf-8")
    copied = [
        source for line in re.findall(r"^COPY (?!--from)(.+)$", said, re.MULTILINE) for source in line.split()[:-1]
    ]
    assert len(copied) > 8
    assert [source for source in copied if not list(ROOT.glob(source))] == []
    assert "\nUSER nobody\n" in said.rpartition("\nFROM ")[2]


def _certificate(folder: Path, name: str) -> None:
    """A certificate that vouches for itself, for a name of the examples."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    begins = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    signed = (
        builder.not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    (folder / f"{name}.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
