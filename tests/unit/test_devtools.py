"""Setting up and shipping: what locks may say, how missing libraries are named, what the bundle may hold."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import bundle, locks, system
from devtools.environment import DEV_LOCK, RUNTIME_LOCK
from tests.rules import ROOT, Module, imports, modules

_INSTALLED = frozenset({"devtools.catalogues"})


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEV_LOCK], ids=lambda lock: str(lock.name))
def test_a_lock_holds_versions_and_hashes_only(lock: Path) -> None:
    assert locks.improper_lines(lock.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "--find-links wheels",
        "attrs @ https://packages.example/attrs.whl",
        "attrs>=26",
        "./wheels/attrs-26.1.0-py3-none-any.whl",
        "    # via -r /home/someone/requirements.in",
    ],
)
def test_anything_else_in_a_lock_is_seen(line: str) -> None:
    assert locks.improper_lines(f"attrs==26.1.0 \\\n{line}\n") == [line]


def test_tools_come_with_the_very_versions_the_program_has() -> None:
    def pins(lock: Path) -> set[str]:
        lines = lock.read_text(encoding="utf-8").splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line and not line.startswith(" ")}

    assert pins(RUNTIME_LOCK) <= pins(DEV_LOCK)


def test_setting_up_needs_the_standard_library_only() -> None:
    needed = [module for module in modules("devtools") if module.name not in _INSTALLED]
    needed.append(Module("dev", (ROOT / "dev.py").read_text(encoding="utf-8")))
    foreign = {
        f"{module.name}: {found.target}"
        for module in needed
        for found in imports(module)
        if found.target.split(".")[0] not in sys.stdlib_module_names | {"devtools"}
    }
    assert foreign == set()


def test_dev_py_starts_under_a_bare_python() -> None:
    bare = [sys.executable, "-E", "-S", str(ROOT / "dev.py"), "--help"]
    done = subprocess.run(bare, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "everything CI runs" in done.stdout


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libEGL.so.1", "libegl1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libX11-xcb.so.1", "libx11-xcb1"),
        ("libpython3.11.so.1.0", "libpython3.11"),
    ],
)
def test_a_missing_library_is_named_by_its_debian_package(library: str, package: str) -> None:
    assert system.debian_package(library) == package


@pytest.mark.parametrize("name", ["ssl", "http.client", "urllib.request", "asyncio.events"])
def test_a_network_module_in_the_bundle_is_seen(name: str) -> None:
    assert bundle.forbidden(["attrs", name]) == [name]


def test_modules_that_only_sound_alike_may_ship() -> None:
    assert bundle.forbidden(["urllib.parse", "httpish", "app.domain"]) == []


@pytest.mark.parametrize(
    "path",
    [
        "_internal/libssl.so.3",
        "_internal/PySide6/Qt/lib/libQt6Network.so.6",
        "_internal/PySide6/QtNetwork.abi3.so",
        "_internal/PySide6/Qt6Pdf.dll",
        "_internal/PySide6/Qt/plugins/platforms/libqvnc.so",
        "_internal/resources/locale/de/LC_MESSAGES/poruch.po",
    ],
)
def test_a_forbidden_file_in_the_bundle_is_seen(path: str) -> None:
    assert bundle.FORBIDDEN_FILES.search(path)


@pytest.mark.parametrize(
    "path", ["_internal/pikepdf.libs/libqpdf-781b0270.so.30.4.2", "_internal/libcrypto.so.3"]
)
def test_what_the_program_needs_is_not_suspected(path: str) -> None:
    assert not bundle.FORBIDDEN_FILES.search(path)


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="not a git checkout")
def test_no_committed_file_names_this_machine() -> None:
    found = subprocess.run(
        ["git", "grep", "-nIF", "-e", f"{ROOT}/", "-e", f"{Path.home()}/", "--", "."],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert found.stdout == ""
