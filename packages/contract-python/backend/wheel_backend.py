"""
Builds the wheel with the standard library alone (PEP 517, PEP 660), so that the folder installs without network and without
setuptools or wheel. What it needs to know stands in pyproject.toml.
"""

from __future__ import annotations

import base64
import hashlib
import pathlib
import re
import tarfile
import zipfile
from typing import Any

_ROOT = pathlib.Path(__file__).resolve().parents[1]
_SOURCES = _ROOT / "src"
_PACKAGE = "hedge_telemetry"
#: The earliest time that a zip file can hold: the same sources give the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """Writes the wheel and gives its name."""
    files = {path.relative_to(_SOURCES).as_posix(): path.read_bytes() for path in _package_files()}
    return _write_wheel(wheel_directory, files)


def build_editable(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """Writes a wheel that leads to the sources."""
    return _write_wheel(wheel_directory, {f"{_PACKAGE}.pth": f"{_SOURCES}\n".encode()})


def build_sdist(sdist_directory: str, config_settings: Any = None) -> str:
    """Writes the archive of the sources and gives its name."""
    name = f"{_PACKAGE}-{_said('version')}"
    kept = [_ROOT / "pyproject.toml", _ROOT / "README.md", pathlib.Path(__file__), *_package_files()]
    with tarfile.open(pathlib.Path(sdist_directory, f"{name}.tar.gz"), "w:gz") as archive:
        for path in kept:
            archive.add(path, f"{name}/{path.relative_to(_ROOT).as_posix()}")
        metadata = pathlib.Path(sdist_directory, "PKG-INFO")
        metadata.write_text(_metadata(), "utf-8")
        archive.add(metadata, f"{name}/PKG-INFO")
        metadata.unlink()
    return f"{name}.tar.gz"


def _package_files() -> list[pathlib.Path]:
    found = (_SOURCES / _PACKAGE).rglob("*")
    return sorted(path for path in found if path.suffix in (".py", ".json") or path.name == "py.typed")


def _write_wheel(directory: str, files: dict[str, bytes]) -> str:
    version = _said("version")
    info = f"{_PACKAGE}-{version}.dist-info"
    tag = "Wheel-Version: 1.0\nGenerator: hedge-telemetry\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = {**files, f"{info}/METADATA": _metadata().encode(), f"{info}/WHEEL": tag.encode()}
    record = "".join(f"{path},sha256={_digest(data)},{len(data)}\n" for path, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    name = f"{_PACKAGE}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(directory, name), "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, _TIME)
            entry.external_attr = _MODE
            entry.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(entry, data)
    return name


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def _metadata() -> str:
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {_said('name')}",
        f"Version: {_said('version')}",
        f"Summary: {_said('description')}",
        f"Requires-Python: {_said('requires-python')}",
        "License: MIT",
        "Classifier: Typing :: Typed",
        "Description-Content-Type: text/markdown",
    ]
    readme = (_ROOT / "README.md").read_text("utf-8")
    return "\n".join([*lines, "", readme])


def _said(key: str) -> str:
    """A text of the table [project]; Python 3.10 has no parser for all of TOML."""
    found = re.search(rf'^{re.escape(key)} = "([^"\\]*)"$', (_ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise ValueError(f"pyproject.toml: no {key} stands in it as a text on one line")
    return found[1]
