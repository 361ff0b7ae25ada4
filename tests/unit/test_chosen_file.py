"""Protects: what is no file is refused at once: a pipe would be waited for, by all that comes later."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.casefile.proof_files import read_text
from app.chosen_file import open_chosen
from app.domain.errors import Code, KnownError
from app.services.slip_reading import bytes_of


def test_a_file_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"what stands there")
    with open_chosen(path) as stream:
        assert stream.read() == b"what stands there"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for attempt in (bytes_of, read_text):
        with pytest.raises(KnownError) as refused:
            attempt(pipe)
        assert refused.value.code is Code.CANNOT_READ


def test_neither_folder_nor_device_is_read(tmp_path: Path) -> None:
    for path in (tmp_path, Path(os.devnull)):
        with pytest.raises(OSError, match=r".") as refused:
            open_chosen(path)
        assert refused.value.errno == errno.EINVAL


def test_what_is_not_there_is_said_to_be_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_chosen(tmp_path / "nothing")
    assert read_text(tmp_path / "nothing") is None
