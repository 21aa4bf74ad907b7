"""A web process starts on a processor of its own; where it cannot note its work, it warns."""

import os
from wsgiref.util import setup_testing_defaults

import pytest

from advisory.own_processor import FEW


@pytest.fixture
def start(settings, web_process):
    """Start the site with this folder, and give how it answers whether it lives."""

    settings.LOGGING_CONFIG = None  # else what it says would not reach the test

    def start(var):
        settings.VAR_DIR = var
        environ = {"PATH_INFO": "/health/live"}
        setup_testing_defaults(environ)
        told = []

        def start_response(status, *_rest):
            told.append(status)

        body = web_process().application(environ, start_response)
        assert b"".join(body) == b'{"status": "ok"}'
        return told

    return start


def test_a_folder_that_cannot_be_made_does_not_keep_the_site_from_starting(start, tmp_path, caplog):
    (tmp_path / "file").touch()
    assert start(tmp_path / "file" / "var") == ["200 OK"]
    assert "Callers are not spread over the processes: [Errno 20]" in caplog.text


def test_a_place_that_cannot_be_written_does_not_keep_the_site_from_starting(
    start, tmp_path, caplog
):
    (tmp_path / "at_work").mkdir()
    assert start(tmp_path) == ["200 OK"]
    assert "Callers are not spread over the processes: [Errno 21]" in caplog.text


def test_nothing_is_warned_of_where_the_folder_is_as_it_should_be(start, tmp_path, caplog):
    assert start(tmp_path / "var") == ["200 OK"]
    assert (tmp_path / "var" / "at_work").exists()
    assert "advisory.wsgi" not in {record.name for record in caplog.records}


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processors cannot be chosen here")
def test_where_processors_are_few_a_process_keeps_to_one(start, tmp_path, processors):
    start(tmp_path / "var")
    kept = os.sched_getaffinity(0)
    assert kept < processors if 1 < len(processors) <= FEW else kept == processors
