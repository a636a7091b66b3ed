"""The package as others install it: the lock, the wheel, the commands of the Makefile."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BUILD_TOOLS = ("hatchling", "setuptools", "wheel")  # setuptools and wheel: jieba comes as source


def pins() -> dict[str, Version]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(one.name): Version(str(one.specifier).removeprefix("==")) for one in found}


def needs(roots: list[Requirement], environment: dict[str, str]) -> Iterator[Requirement]:
    """Everything that `roots` need, directly or not, on the Python and system that `environment` describes."""
    seen: set[tuple[str, str]] = set()
    waiting = [(one, extra) for one in roots for extra in ("", *one.extras)]
    while waiting:
        one, extra = waiting.pop()
        if (canonicalize_name(one.name), extra) in seen:
            continue
        seen.add((canonicalize_name(one.name), extra))
        yield one
        for need in map(Requirement, distribution(one.name).requires or ()):
            if need.marker is None or need.marker.evaluate({**environment, "extra": extra}):
                waiting += [(need, more) for more in ("", *need.extras)]


@pytest.mark.parametrize("system", ["linux", "darwin"])
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_the_lock_holds_everything_on(python: str, system: str) -> None:
    environment = {
        **default_environment(),
        "python_version": python,
        "python_full_version": f"{python}.2",
        "sys_platform": system,
        "platform_system": system.capitalize(),
    }
    roots = [
        Requirement(need) for need in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"], *BUILD_TOOLS]
    ]
    locked = pins()
    for need in needs(roots, environment):
        pinned = locked.get(canonicalize_name(need.name))
        assert pinned is not None, f"{need.name} is not in requirements.lock; run make lock"
        assert need.specifier.contains(pinned, prereleases=True), f"{need} but the lock has {pinned}"


def test_what_is_installed_is_what_the_lock_says() -> None:
    differing = {
        name: str(version) for name, version in pins().items() if Version(distribution(name).version) != version
    }
    assert not differing, f"run make again; the lock says {differing}"


def test_every_pin_accepts_the_pythons_we_promise() -> None:
    for name in pins():
        wanted = distribution(name).metadata.get("Requires-Python")
        for python in ("3.11.2", "3.12.0", "3.13.0", "3.14.2"):
            assert not wanted or Requirement(f"x{wanted}").specifier.contains(python), f"{name} refuses Python {python}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.glob("govkg-*.whl")
    with ZipFile(file) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_all_that_the_program_reads(wheel: set[str]) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "kg", "ontology"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in tracked.stdout.split():
        inside = f"kg/{name}" if name.startswith("ontology/") else name
        assert inside in wheel, f"{name} is missing from the wheel"
    assert "kg/ontology/kg.ttl" in wheel


def test_the_wheel_holds_nothing_else(wheel: set[str]) -> None:
    assert {name.split("/")[0] for name in wheel} == {"kg", f"govkg-{_version()}.dist-info"}
    assert not [name for name in wheel if "__pycache__" in name]


def _version() -> str:
    found = re.search(r'__version__ = "(.+)"', (ROOT / "kg/__init__.py").read_text(encoding="utf-8"))
    assert found
    return found[1]


def test_the_changelog_speaks_of_this_version() -> None:
    assert f"## {_version()}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_proof_can_be_run() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def make(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    assigned = [f"{name}={value}" for name, value in variables.items()]
    command = ["make", "--no-print-directory", *arguments, *assigned]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("python", "first"),
    [
        ("", "Install Python 3.11 or newer"),
        ("exit 1", "Install Python 3.11 or newer"),  # an older one
        ('case "$2" in *ensurepip*) exit 1;; esac', "Install python3-venv"),  # Debian's without python3-venv
    ],
)
def test_make_says_first_what_to_install(tmp_path: Path, python: str, first: str) -> None:
    script(tmp_path / "python", python)
    done = make(f"{tmp_path}/venv/.ready", VENV=f"{tmp_path}/venv", PYTHON=f"{tmp_path}/python" if python else "")
    assert done.returncode == 2
    assert done.stderr.startswith(first)
    assert not (tmp_path / "venv").exists()


def find_browser(tools: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Looks for a browser on a Debian that has nothing but `tools`."""
    for name in ("sh", "head", "env", "true", "chmod"):
        found = next(folder / name for folder in (Path("/bin"), Path("/usr/bin")) if (folder / name).exists())
        (tools / name).symlink_to(found)
    script(tools / "uname", "echo Linux")
    command = ["/bin/sh", str(ROOT / "tests/find_browser.sh"), *arguments]
    return subprocess.run(command, env={"PATH": str(tools)}, capture_output=True, text=True, check=False)


on_linux = pytest.mark.skipif(sys.platform == "darwin", reason="there, Chrome lies outside the PATH")


@on_linux
def test_a_missing_browser_is_named(tmp_path: Path) -> None:
    done = find_browser(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "apt-get install chromium" in done.stderr
    assert done.stderr.count("\n") == 1


INSTALLS = """[ "$1" = install ] || exit 0
for name in chromium chromedriver; do echo '#!/bin/sh' > BIN/$name; chmod +x BIN/$name; done
echo '#!/bin/sh\necho a font' > BIN/fc-list; chmod +x BIN/fc-list"""


@on_linux
@pytest.mark.parametrize("user", ["0", "1000"])
def test_a_missing_browser_is_installed_where_that_can_be_done(tmp_path: Path, user: str) -> None:
    script(tmp_path / "id", f"echo {user}")
    script(tmp_path / "sudo", 'shift; exec "$@"')
    script(tmp_path / "apt-get", INSTALLS.replace("BIN", str(tmp_path)))
    done = find_browser(tmp_path, "--install")
    assert (done.returncode, done.stdout) == (0, f"{tmp_path}/chromium\n"), done.stderr


@on_linux
def test_without_rights_it_says_what_to_install(tmp_path: Path) -> None:
    script(tmp_path / "id", "echo 1000")
    script(tmp_path / "sudo", "exit 1")
    script(tmp_path / "apt-get", "exit 99")
    done = find_browser(tmp_path, "--install")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
