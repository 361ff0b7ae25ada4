"""What the machine itself must have: libraries Qt's plugins load, Xvfb, binutils. Standard library only.

Where it may (Debian as root) it installs them; everywhere else it says the one command to run.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from devtools.shell import LINUX, VENV, StepFailedError, environment, run_quietly, say

# library file -> Debian package, where the name does not follow from the file's
_DEBIAN: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libz.so.1": "zlib1g",
    "libstdc++.so.6": "libstdc++6",
}
# what holds a tool: on Debian, on Fedora and SUSE, on Arch
_PACKAGES_OF_TOOLS: Final = {
    "Xvfb": ("xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    "objdump": ("binutils", "binutils", "binutils"),
    "ldd": ("libc-bin", "glibc-common", "glibc"),
}
_ARCH_QT: Final = "libxcb xcb-util-cursor xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil"
_ARCH_MORE: Final = "libxkbcommon-x11 libglvnd fontconfig dbus glib2"


def ensure_qt_libraries() -> None:
    """See that every library Qt's window plugins need can be loaded.

    Raises:
        StepFailedError: something is missing and could not be installed.
    """
    if not LINUX:
        return
    missing = missing_libraries(_qt_files())
    if missing:
        _install(missing, [])
        still = missing_libraries(_qt_files())
        if still:
            raise StepFailedError("Still missing after the installation: " + ", ".join(sorted(still)))


def ensure_tools(*tools: str) -> None:
    """See that programs which are not Python packages are there (Linux only; elsewhere nothing is needed).

    Args:
        tools: names of programs, each known to this module.

    Raises:
        StepFailedError: one is missing and could not be installed.
    """
    missing = [tool for tool in tools if LINUX and shutil.which(tool) is None]
    if missing:
        _install(set(), missing)


def ensure_python_library() -> None:
    """See that Python's own library is there: the packaged program carries it, Debian's Python does without.

    Raises:
        StepFailedError: it is missing and could not be installed.
    """
    name = str(sysconfig.get_config_var("INSTSONAME") or "")
    folder = Path(str(sysconfig.get_config_var("LIBDIR") or ""))
    if LINUX and ".so" in name and not (folder / name).exists() and not _loadable(name):
        _install({name}, [])


def missing_libraries(files: Iterable[Path]) -> set[str]:
    """Names of the libraries that `files` ask for and this machine does not have."""
    ldd = shutil.which("ldd")
    paths = [str(path) for path in files]
    if ldd is None or not paths:
        return set()
    env = environment()
    env["LC_ALL"] = "C"
    done = subprocess.run(
        [ldd, *paths], capture_output=True, encoding="utf-8", errors="replace", env=env, check=False
    )
    return set(re.findall(r"^\s*(\S+) => not found", done.stdout, flags=re.MULTILINE))


def debian_package(library: str) -> str:
    """The Debian package of a library file, by the table or by Debian's naming rule."""
    if library in _DEBIAN:
        return _DEBIAN[library]
    if library.startswith("libpython"):
        return library.partition(".so")[0]
    found = re.fullmatch(r"(lib[^.]+?)(?:-([\d.]+))?\.so\.(\d+)", library)
    if found is None:
        return library
    name, _, version = found.groups()
    return f"{name.lower()}{'-' if name[-1].isdigit() else ''}{version}"


def _loadable(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _qt_files() -> list[Path]:
    homes = [*VENV.glob("lib*/python3*/site-packages/PySide6")]
    names = [
        "plugins/platforms/libqxcb.so",
        "plugins/platforms/libqoffscreen.so",
        "plugins/imageformats/libqsvg.so",
    ]
    names += [f"lib/libQt6{part}.so.6" for part in ("Core", "Gui", "Widgets", "Svg", "DBus", "XcbQpa")]
    return [path for home in homes[:1] for name in names if (path := home / "Qt" / name).exists()]


def _install(libraries: set[str], tools: list[str]) -> None:
    what = ", ".join(sorted(libraries) + tools)
    if shutil.which("apt-get"):
        packages = sorted(
            {debian_package(name) for name in libraries} | {_PACKAGES_OF_TOOLS[t][0] for t in tools}
        )
        if os.geteuid() == 0:
            say(f"Installing what is missing from the system: {' '.join(packages)} ...")
            _apt(packages)
            return
        command = "sudo apt-get install -y " + " ".join(packages)
    elif shutil.which("dnf") or shutil.which("zypper"):
        manager = "dnf" if shutil.which("dnf") else "zypper"
        wanted = [f"'{name}()(64bit)'" for name in sorted(libraries)] + [
            _PACKAGES_OF_TOOLS[t][1] for t in tools
        ]
        command = f"sudo {manager} install -y " + " ".join(wanted)
    elif shutil.which("pacman"):
        wanted = [f"{_ARCH_QT} {_ARCH_MORE}"] if libraries else []
        command = "sudo pacman -S --needed " + " ".join(wanted + [_PACKAGES_OF_TOOLS[t][2] for t in tools])
    else:
        raise StepFailedError(f"This system lacks: {what}. Install them with its package manager.")
    raise StepFailedError(
        f"This system lacks: {what}. Run this once, then the same command again:\n\n  {command}\n"
    )


def _apt(packages: list[str]) -> None:
    env = environment(DEBIAN_FRONTEND="noninteractive", LC_ALL="C")
    run_quietly(
        ["apt-get", "update", "-qq"], failure="The list of system packages could not be read.", env=env
    )
    run_quietly(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        failure="System packages could not be installed: " + " ".join(packages),
        env=env,
    )
