"""Monitors look in over real sockets: health, readiness, figures. Whatever is asked, nothing is watcher's fault."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.commands import daemon, until, watcher
from tests.world import VOTE, World, rss
from watcher.app.monitoring import health, metrics, readiness
from watcher.app.pulse import Pulse
from watcher.app.standing import standing
from watcher.edges.http_door import Address, HttpDoor, Page, get
from watcher.errors import StoreError, WatcherError


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@pytest.mark.parametrize("socket_file", [False, True], ids=["a port", "a socket"])
def test_a_running_watcher_tells_how_it_stands(earth: World, socket_file: bool) -> None:
    address: Address = earth.folder / "http.sock" if socket_file else ("127.0.0.1", free_port())
    listen = f"unix:{address}" if isinstance(address, Path) else f"127.0.0.1:{address[1]}"
    earth.feeds.serve("/un.xml", rss([VOTE]))
    earth.feeds.status("/gone.xml", 404)
    earth.configure("/un.xml", "/gone.xml", polling=f'listen = "{listen}"')
    with daemon(earth.folder):
        until(lambda: earth.told and "answered 404" in watcher(earth.folder, "status").stdout)
        until(lambda: 'state="sent"' in get(address, "/metrics").text)
        assert get(address, "/healthz") == Page("ok\n")
        assert get(address, "/readyz?verbose").status == 200
        told = get(address, "/metrics")
        said = watcher(earth.folder, "status").stdout
        assert watcher(earth.folder, "healthcheck").stdout == "ok\n"
    families = {family.name: family for family in text_string_to_metric_families(told.text)}
    figures = {
        (each.name, *each.labels.values()): each.value for f in families.values() for each in f.samples
    }
    assert figures["watcher_alerts",] == 1
    assert figures["watcher_deliveries", "desk", "sent"] == 1
    assert figures["watcher_sources", "folder"] == 1
    assert figures["watcher_config_last_reload_successful",] == 1
    assert figures["watcher_database_bytes",] > 10_000
    assert abs(figures["watcher_last_alert_timestamp_seconds",] - time.time()) < 600
    assert said.startswith("running    for ")
    assert "outbox     desk: 1 sent" in said
    assert "answered 404" in said
    assert "running    no" in watcher(earth.folder, "status").stdout
    assert json.loads(watcher(earth.folder, "status", "--json").stdout)["running_since"] is None
    assert "no watcher answers at" in watcher(earth.folder, "healthcheck", code=1).stderr


def test_without_a_place_to_ask_health_is_that_it_runs(earth: World) -> None:
    earth.configure()
    assert watcher(earth.folder, "healthcheck", code=1).stdout == "does not run\n"
    with earth.running():
        assert "runs; whether a job hangs can be told" in watcher(earth.folder, "healthcheck").stdout


def test_a_hung_job_is_no_health_and_a_start_no_readiness() -> None:
    pulse = Pulse()
    pulse.expect("feeds", 0)
    assert readiness(pulse.all_moved, (), broken).text == "starting\n"
    pulse.beat("feeds")
    assert health(pulse.still, ()).status == 200
    assert health(lambda seconds: ["deliver desk"] if seconds > 60 else [], ()) == Page(
        "hung: deliver desk\n", 503
    )
    with pytest.raises(StoreError):  # which the door makes a 503 of
        readiness(pulse.all_moved, (), broken)


def broken() -> NoReturn:
    raise StoreError("the database is gone")


@pytest.fixture(scope="module")
def door() -> Iterator[HttpDoor]:
    with HttpDoor(("127.0.0.1", 0), {"/ok": lambda: Page("fine"), "/broken": broken}) as opened:
        yield opened


REQUESTS = [
    b"GET /nothing HTTP/1.1",
    b"POST /ok HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello",
    b"DELETE /ok HTTP/1.1",
    b"BREW /ok HTTP/1.1",
    b"get /ok HTTP/1.1",
    b"GET /ok HTTP/9.9",
    b"GET /ok HTTP/2.0",
    b"GET",
    b"GET /ok",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # the beginning of TLS
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1",
    b"GET /ok HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % each for each in range(300)),
    b"GET /%00%ff%2e%2e/ok HTTP/1.1\r\nHost: \xff\xfe",
    b"GET /../../etc/passwd HTTP/1.1",
    b"GET http://elsewhere.example/ok HTTP/1.1",
    b"PRI * HTTP/2.0\r\n\r\nSM",
    b"GET /ok HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz",
]


@pytest.mark.parametrize("request_", REQUESTS, ids=range(len(REQUESTS)))
def test_no_request_whatever_is_answered_with_a_fault_of_ours(door: HttpDoor, request_: bytes) -> None:
    with socket.create_connection(("127.0.0.1", door.port), timeout=15) as line:
        line.sendall(request_ + b"\r\n\r\n")
        line.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while part := line.recv(65536):
                answer += part
        except ConnectionResetError:
            pass  # it was told enough before it had said all
    status = answer.split(b" ")[1] if answer.startswith(b"HTTP/") else b"400"
    assert status in {b"200", b"400", b"404", b"405", b"414", b"431"}
    assert get(("127.0.0.1", door.port), "/ok") == Page("fine")


def test_what_cannot_be_told_is_said_without_an_end(door: HttpDoor) -> None:
    answer = get(("127.0.0.1", door.port), "/broken")
    assert (answer.status, answer.text) == (503, "watcher cannot tell: the database is gone\n")
    assert get(("127.0.0.1", door.port), "/ok").status == 200


def test_many_who_never_finish_asking_keep_nobody_from_an_answer(door: HttpDoor) -> None:
    with ExitStack() as closing:
        for _ in range(60):
            slow = closing.enter_context(socket.create_connection(("127.0.0.1", door.port)))
            slow.sendall(b"GET /ok HTTP/1.1\r\nX-Slow: ")
        assert get(("127.0.0.1", door.port), "/ok") == Page("fine")
        assert threading.active_count() < 40


def test_prometheus_own_tool_finds_no_fault_with_the_figures(earth: World) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed here (Debian: apt-get install prometheus)")
    earth.configure()
    (earth.folder / "drop" / "note.txt").write_text(f"{VOTE.title}\n\n{VOTE.text}", "utf-8")
    with earth.running() as running:
        list(running.run_once())
        with running.doors.store.reading() as reading:
            stands = standing(running.settings.config, reading, running.doors.clock())
    page = metrics(stands, ["the disk is full"], config_ok=True)
    done = subprocess.run([promtool, "check", "metrics"], input=page.text, text=True, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_socket_whose_name_is_too_long_is_called_so(tmp_path: Path) -> None:
    with pytest.raises(WatcherError, match=r"cannot be listened on: .*too long; change `listen`"):
        HttpDoor(tmp_path / ("x" * 120), {})


def test_a_place_that_is_taken_is_named(door: HttpDoor) -> None:
    with pytest.raises(WatcherError, match=f"127.0.0.1:{door.port} cannot be listened on: .*change `listen`"):
        HttpDoor(("127.0.0.1", door.port), {})


def test_a_socket_that_a_killed_watcher_left_is_replaced_and_a_file_is_not(tmp_path: Path) -> None:
    path = tmp_path / "http.sock"
    left = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    left.bind(str(path))
    left.close()
    with HttpDoor(path, {"/ok": lambda: Page("fine")}):
        assert get(path, "/ok") == Page("fine")
    assert not path.exists()
    path.write_text("mine")
    with pytest.raises(WatcherError, match="cannot be listened on"):
        HttpDoor(path, {})
    assert path.read_text() == "mine"
