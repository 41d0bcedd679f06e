"""`make systemd`: watcher as a service under a real systemd, in a machine of its own made of namespaces.

Needs root, Linux, Debian's systemd, and a Python that is not in somebody's home. The machine sees this one's files and
changes none (an overlay), and has a network that leads nowhere but to the feeds and receivers of the test. watcher is
installed into it as docs/service.md says.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.commands import until
from tests.world import CALL, RULES, VOTE, World, rss, world

ROOT = Path(__file__).parent.parent
GROUP = Path("/sys/fs/cgroup/unified" if Path("/sys/fs/cgroup/unified").is_dir() else "/sys/fs/cgroup")
PYTHON = "/usr/bin/python3"
BOX = "watcher-under-systemd"
UNIT = Path("etc/systemd/system")
SECRET = "etc/watcher/secrets/DESK_TOKEN"
WATCHDOG = 10  # seconds, in place of five minutes

# As root, in a mount namespace of its own. $1: a folder with upper, work and root; $2: the sources.
_PREPARE = f"""
mount -t overlay overlay -o lowerdir=/,upperdir=$1/upper,workdir=$1/work $1/root
mount --bind /dev $1/root/dev
chroot $1/root {PYTHON} -m venv /opt/watcher
chroot $1/root /opt/watcher/bin/pip install --quiet --quiet --constraint $2/constraints.txt $2
umount $1/root/dev
mkdir $1/root/before
exec unshare --pid --fork --cgroup --uts --ipc --net -- sh -e -c "$3" boot $1
"""

_BOOT = """
cd $1/root
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs dev
for each in null zero full random urandom tty; do touch dev/$each; mount --bind /dev/$each dev/$each; done
ln -s /proc/self/fd dev/fd
mkdir dev/shm dev/pts
mount -t tmpfs tmpfs dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
pivot_root . before
umount -l /before
mount --make-rshared /
exec env -i container=namespaces PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --unit=basic.target
"""


class Machine:
    """`files`: its file system, as far as it differs from ours."""

    def __init__(self, folder: Path, leader: int) -> None:
        self.files = folder / "upper"
        self.leader = leader

    def run(self, *command: str, code: int | None = 0) -> str:
        done = subprocess.run(
            ["nsenter", "-t", str(self.leader), "-m", "-p", "-u", "-i", "-n", "-C", "-r", "-w",
             "env", "-i", "HOME=/root", "PATH=/opt/watcher/bin:/usr/sbin:/usr/bin:/sbin:/bin", *command],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert code is None or done.returncode == code, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def shows(self, what: str) -> str:
        return self.run("systemctl", "show", "--value", "--property", what, "watcher").strip()

    def log(self) -> str:
        return self.run("journalctl", "--no-pager", "--output", "cat", "--identifier", "watcher")

    def write(self, file: Path | str, text: str) -> None:
        self.run("mkdir", "-p", f"/{Path(file).parent}")
        self.run(PYTHON, "-c", _WRITE, f"/{file}", text)

    def unit(self, **settings: str) -> None:
        """A drop-in for the unit."""
        lines = "\n".join(f"{name}={value}" for name, value in settings.items())
        self.write(UNIT / "watcher.service.d/test.conf", f"[Service]\n{lines}\n")
        self.run("systemctl", "daemon-reload")


_WRITE = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(sys.argv[2])"


@contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    for name in ("upper", "work", "root"):
        (folder / name).mkdir()
    group = GROUP / f"{BOX}-{os.getpid()}"
    group.mkdir()
    process = subprocess.Popen(
        ["unshare", "--mount", "--propagation", "private", "sh", "-e", "-c", _PREPARE, "prepare", folder, ROOT, _BOOT],
        preexec_fn=lambda: (group / "cgroup.procs").write_text(str(os.getpid())),
        stdin=subprocess.DEVNULL, stderr=(folder / "said").open("w"),
    )  # fmt: skip
    leader = 0
    try:
        until(lambda: _leaders(group) or process.poll() is not None, 600)
        assert process.poll() is None, (folder / "said").read_text("utf-8")
        leader = _leaders(group)[0]
        booted = Machine(folder, leader)
        until(lambda: "running" in booted.run("systemctl", "is-system-running", code=None), 60)
        _enter_network(leader)
        yield booted
    finally:
        if leader:
            os.kill(leader, signal.SIGKILL)  # and all that is in it goes
        else:
            process.kill()
        process.wait()
        time.sleep(1)
        for each in sorted(group.rglob("*"), reverse=True):
            if each.is_dir():
                each.rmdir()
        group.rmdir()


def _leaders(group: Path) -> list[int]:
    """systemd itself, once it has moved into its own group."""
    members = group / "init.scope/cgroup.procs"
    return [int(each) for each in members.read_text().split()] if members.exists() else []


def _enter_network(leader: int) -> None:
    """What this thread listens on from now on is in there."""
    with open(f"/proc/{leader}/ns/net") as net:
        assert ctypes.CDLL(None, use_errno=True).setns(net.fileno(), 0) == 0, os.strerror(ctypes.get_errno())


# -- what is promised: in this order, one after the other -------------------------------------------------------------


def a_config_whose_secret_is_missing_is_refused_and_left_alone(box: Machine, earth: World) -> None:
    box.write("root/config.toml", earth.config.read_text("utf-8"))
    said = box.run("watcher", "--config", "/root/config.toml", "service", "install", code=1)
    assert "the secret DESK_TOKEN is not set" in said, said
    time.sleep(7)  # longer than it waits before a start
    assert (box.shows("NRestarts"), box.shows("ExecMainStatus")) == ("0", "78")


def a_secret_is_a_file_that_only_root_can_read(box: Machine, earth: World) -> None:
    box.write(SECRET, "hush\n")
    box.run("chmod", "600", f"/{SECRET}")
    box.unit(WatchdogSec=f"{WATCHDOG}s")
    assert "It runs." in box.run("watcher", "service", "install")
    until(lambda: len(earth.told) == 2)


def ready_comes_after_the_first_step_and_status_says_with_what_it_works(box: Machine, earth: World) -> None:
    assert earth.feeds.requests("/un.xml")
    assert (box.shows("ActiveState"), box.shows("SubState")) == ("active", "running")
    assert box.shows("StatusText") == "2 sources, 2 rules, 1 receiver"
    assert "sent to desk" in box.run("watcher", "service", "status")


def it_is_hardened_and_nobody_in_particular(box: Machine, _earth: World) -> None:
    assert "1.5 OK" in box.run("systemd-analyze", "--no-pager", "security", "watcher").splitlines()[-1]
    owner = box.run("stat", "--format", "%u %a", "/var/lib/private/watcher/watcher.db").split()
    assert int(owner[0]) > 60_000
    assert owner[1] == "600"


def the_journal_has_the_priorities(box: Machine, _earth: World) -> None:
    shown = ["journalctl", "--no-pager", "--output", "cat", "--identifier", "watcher", "--priority"]
    assert "the secret DESK_TOKEN" not in box.run(*shown, "warning")
    assert "sent to desk" in box.run(*shown, "info")
    assert "sent to desk" not in box.run(*shown, "warning")


def a_reload_is_over_when_the_config_is_read(box: Machine, _earth: World) -> None:
    box.run("systemctl", "reload", "watcher")
    until(lambda: "read again: nothing that matters has changed" in box.log())
    assert box.shows("ActiveState") == "active"


def a_stopped_process_is_begun_anew(box: Machine, _earth: World) -> None:
    before = box.shows("MainPID")
    box.run("systemctl", "kill", "--signal=STOP", "--kill-whom=main", "watcher")
    until(lambda: box.shows("NRestarts") == "1", 120)
    until(lambda: box.shows("ActiveState") == "active", 60)
    assert box.shows("MainPID") != before


def a_hung_poller_and_a_hung_sender_are_begun_anew_and_the_log_says_in_what(
    box: Machine, earth: World
) -> None:
    earth.desk.silent = True
    box.run("systemctl", "stop", "watcher")
    box.run("rm", "-r", "/var/lib/private/watcher")
    box.write("opt/hanging_child.py", (ROOT / "tests/hanging_child.py").read_text("utf-8"))
    config = earth.config.read_text("utf-8").replace("${DESK_TOKEN}", "alerts")
    box.write("etc/watcher/hanging.toml", config)
    hung = "/opt/watcher/bin/python /opt/hanging_child.py /etc/watcher/hanging.toml"
    box.unit(WatchdogSec=f"{WATCHDOG}s", ExecStart=f"\nExecStart={hung}")
    box.run("systemctl", "start", "watcher", code=None)  # it may be found out before it is ready
    until(lambda: box.shows("NRestarts") != "0", 120)
    assert "deliver desk, feeds: nothing has moved" in box.log()
    assert "in parse_feed" in box.log()
    earth.desk.silent = False
    box.run("systemctl", "stop", "watcher")


def the_next_start_goes_on_and_loses_nothing(box: Machine, earth: World) -> None:
    earth.desk.posts.clear()
    box.unit()  # as it is shipped: a watchdog of ten seconds would bite while it ends
    box.run("systemctl", "start", "watcher")
    until(lambda: len(earth.told) == 2, 60)


def it_ends_within_its_time_and_well(box: Machine, earth: World) -> None:
    earth.desk.silent, before = True, len(earth.desk.headers)
    box.write("etc/watcher/drop/more.txt", "Israel and Ukraine agree\n\nIsrael and Ukraine agree on grain.")
    box.run("touch", "-d", "1 minute ago", "/etc/watcher/drop/more.txt")
    until(lambda: len(earth.desk.headers) > before)
    began = time.monotonic()
    box.run("systemctl", "stop", "watcher")
    print(f"  an end while a receiver is silent: {time.monotonic() - began:.1f} s")
    assert (box.shows("Result"), box.shows("ExecMainStatus")) == ("success", "0")
    assert "Traceback" not in box.log()


def what_was_installed_goes_and_config_secrets_and_memory_stay(box: Machine, _earth: World) -> None:
    box.run("watcher", "service", "uninstall")
    assert box.shows("LoadState") == "not-found"
    box.run(
        "test", "-f", "/etc/watcher/config.toml", "-a", "-f", f"/{SECRET}", "-a", "-d", "/var/lib/watcher/"
    )


PROMISES: tuple[Callable[[Machine, World], None], ...] = (
    a_config_whose_secret_is_missing_is_refused_and_left_alone,
    a_secret_is_a_file_that_only_root_can_read,
    ready_comes_after_the_first_step_and_status_says_with_what_it_works,
    it_is_hardened_and_nobody_in_particular,
    the_journal_has_the_priorities,
    a_reload_is_over_when_the_config_is_read,
    a_stopped_process_is_begun_anew,
    a_hung_poller_and_a_hung_sender_are_begun_anew_and_the_log_says_in_what,
    the_next_start_goes_on_and_loses_nothing,
    it_ends_within_its_time_and_well,
    what_was_installed_goes_and_config_secrets_and_memory_stay,
)


def main() -> int:
    if os.geteuid() or not shutil.which("unshare") or not Path("/lib/systemd/systemd").exists():
        print("skipped: it needs root, Linux and systemd")
        return 0
    with tempfile.TemporaryDirectory(dir="/var/tmp") as boxed, tempfile.TemporaryDirectory() as here:
        print("installing watcher, and starting a machine for it …", flush=True)
        with machine(Path(boxed)) as box, world(Path(here)) as earth:
            earth.feeds.serve("/un.xml", rss([VOTE]))
            earth.desk_url = earth.desk_url.replace("/alerts", "/${DESK_TOKEN}") + "?rto=600"
            earth.configure("/un.xml", rules=RULES, polling='[polling]\ntimeout = "1s"')
            box.write("etc/watcher/drop/call.txt", f"{CALL.title}\n\n{CALL.text}")
            for promise in PROMISES:
                promise(box, earth)
                print(f"kept: {promise.__name__.replace('_', ' ')}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
