"""A wrong setting is refused in one line that names it."""

from pathlib import Path

import pytest

from server.config import Config, ConfigRefused, from_environment


def test_without_settings_it_is_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    config = from_environment({})
    assert (config.field_host, config.inbox_host) == ("localhost:8000", "inbox.localhost:8000")
    assert (config.bind_host, config.bind_port, config.on_loopback) == ("127.0.0.1", 8000, True)
    assert config.database_url == f"sqlite:///{tmp_path}/var/heed.db"
    assert config.secret != from_environment({}).secret
    assert config.secret not in repr(config)
    assert config.metrics is None


def test_a_nation_s_settings_are_taken() -> None:
    config = from_environment(
        {
            "HEED_FIELD_ORIGIN": "https://heed.example",
            "HEED_INBOX_ORIGIN": "https://inbox.heed.example:8443/",
            "HEED_DATABASE_URL": "postgresql://heed:secret@db/heed",
            "HEED_BIND": "[::]:80",
            "HEED_DEVICE_CEILING": "5",
            "HEED_KEEP_CLOSED_DAYS": "7",
            "HEED_KEEP_DAYS": "60",
            "HEED_KEEP_RECORD_MONTHS": "24",
            "HEED_WORKERS": "4",
            "HEED_METRICS": "[fd00::7]:9100",
            "HEED_SECRET": "shared",
        }
    )
    assert config == Config(
        field_origin="https://heed.example",
        inbox_origin="https://inbox.heed.example:8443",
        database_url="postgresql+psycopg://heed:secret@db/heed",
        bind_host="::",
        bind_port=80,
        device_ceiling=5,
        keep_closed_days=7,
        keep_days=60,
        keep_record_months=24,
        workers=4,
        metrics=("fd00::7", 9100),
        secret="shared",
    )
    assert not config.on_loopback


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HEED_FIELD_ORIGIN", "heed.example"),
        ("HEED_FIELD_ORIGIN", "https://heed.example/app"),
        ("HEED_INBOX_ORIGIN", "http://inbox.heed.example"),
        ("HEED_INBOX_ORIGIN", "http://localhost:8000"),
        ("HEED_INBOX_ORIGIN", "ftp://localhost"),
        ("HEED_DATABASE_URL", "heed.db"),
        ("HEED_DATABASE_URL", "mysql://localhost/heed"),
        ("HEED_DATABASE_URL", "sqlite://"),
        ("HEED_BIND", "8000"),
        ("HEED_BIND", "127.0.0.1:99999"),
        ("HEED_DEVICE_CEILING", "0"),
        ("HEED_DEVICE_CEILING", "many"),
        ("HEED_KEEP_CLOSED_DAYS", "0"),
        ("HEED_KEEP_CLOSED_DAYS", "91"),
        ("HEED_KEEP_DAYS", "0"),
        ("HEED_KEEP_DAYS", "91"),
        ("HEED_KEEP_DAYS", ""),
        ("HEED_KEEP_RECORD_MONTHS", "5"),
        ("HEED_KEEP_RECORD_MONTHS", "25"),
        ("HEED_WORKERS", "0"),
        ("HEED_WORKERS", "65"),
        # The usual database is an SQLite file.
        ("HEED_WORKERS", "2"),
        ("HEED_METRICS", "9100"),
        ("HEED_METRICS", "0.0.0.0:9100"),
        ("HEED_METRICS", "[::]:9100"),
        ("HEED_METRICS", "198.18.0.1.example:9100"),
        ("HEED_METRICS", "8.8.8.8:9100"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(ConfigRefused) as refused:
        from_environment({name: value})
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)
