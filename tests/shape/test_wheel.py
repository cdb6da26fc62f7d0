"""What an operator installs is whole: the built app with its worker, content, words and migrations are in the wheel."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.served import need_build

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need_build()
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_everything_that_is_served(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    for name in (
        "server/phone/app/index.html",
        "server/phone/app/sw.js",
        "server/phone/app/sw.js.br",
        "server/inbox/static/.vite/manifest.json",
        "server/inbox/templates/inbox/referral.html",
        "server/screening/content/indicators.yaml",
        "server/screening/content/areas/scotland.json",
        "server/translating/catalogues/locales.json",
        "server/translating/catalogues/ar/LC_MESSAGES/phone.po",
    ):
        assert name in names, name
    assert any(name.startswith("server/phone/app/assets/index-") for name in names)
    assert any(name.startswith("server/migrations/versions/") and name.endswith(".py") for name in names)


def test_an_installed_wheel_makes_a_partnership_and_serves_the_app(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(installed)
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "HEED_DATABASE_URL": f"sqlite:///{tmp_path}/heed.db",
    }
    demo = [sys.executable, "-m", "server.cli", "demo"]
    subprocess.run(demo, cwd=tmp_path, env=environment, check=True, capture_output=True)
    ask = (
        f"import server, server.hosts; assert server.__file__.startswith({str(installed)!r}), server.__file__;"
        "client = server.create_app().test_client();"
        "assert client.get('/sw.js', base_url='http://localhost:8000').status_code == 200;"
        "words = client.get('/api/v1/content', base_url='http://localhost:8000').json['words'];"
        "assert 'ar' in [one['locale'] for one in words], words"
    )
    subprocess.run([sys.executable, "-c", ask], cwd=tmp_path, env=environment, check=True)
