"""Make docs/pictures: each kind of message as a mail on a phone, and as Slack shows it.

    python -m tools.make_pictures [CHROMIUM]

Needs Chromium and pngquant (Debian: apt-get install chromium pngquant). The mail's side is the
mail; Slack's is drawn from what is posted to it, by the little of its markup that watcher uses. The first report is
shown in the dark as well.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from tools.make_snapshots import messages

from watcher.core.messages import Message
from watcher.core.messages.letter import framed
from watcher.edges.receivers.slack import attachment

TARGET = Path(__file__).parent.parent / "docs" / "pictures"
PHONE, DESK, GAP = 390, 520, 24  # pixels
SANS = "font-family:'Liberation Sans',Arial,sans-serif"


def page(message: Message, *, dark: bool) -> str:
    back, front, ink, line = (
        ("#111", "#1a1d21", "#e8e8e8", "#444") if dark else ("#eceff1", "#fff", "#1d1c1d", "#ccc")
    )
    card = f"background:{front};color:{ink};border:1px solid {line};border-radius:10px;overflow:hidden"
    return (
        f'<!doctype html><meta charset="utf-8"><body style="margin:0;padding:{GAP}px;background:{back};{SANS};'
        f'color-scheme:{"dark" if dark else "light"}"><div style="display:flex;gap:{GAP}px;align-items:flex-start">'
        f'<div style="width:{PHONE}px;flex:none;box-sizing:border-box;{card}">'
        f'<div style="padding:12px 16px;border-bottom:1px solid {line};font-size:15px"><b>{escape(message.subject)}</b>'
        f'<div style="font-size:13px;opacity:.7;margin-top:4px">watcher &lt;watcher@example.org&gt;</div></div>'
        f"{_body(message)}</div>"
        f'<div style="width:{DESK}px;flex:none;box-sizing:border-box;{card};'
        f'padding:14px 16px;font-size:15px;line-height:1.46">'
        f'<b>watcher</b> <span style="font-size:12px;opacity:.7">APP&nbsp; 15:04</span>{_slack(attachment(message))}'
        "</div></div>"
    )


def _body(message: Message) -> str:
    """What a mail program shows of the mail."""
    return framed(message.html).partition("<body")[2].partition(">")[2].partition("</body>")[0]


def _slack(posted: dict[str, Any]) -> str:
    blocks = "".join(
        f'<div style="margin-top:8px">{_mrkdwn(block["text"]["text"])}</div>'
        if block["type"] == "section"
        else f'<div style="margin-top:8px;font-size:13px;opacity:.75">{_mrkdwn(block["elements"][0]["text"])}</div>'
        for block in posted["blocks"]
    )
    return (
        '<div style="display:flex;margin-top:2px">'
        f'<div style="width:4px;flex:none;border-radius:4px;background:{posted["color"]};margin:8px 12px 0 0"></div>'
        f"<div>{blocks}</div></div>"
    )


def _mrkdwn(text: str) -> str:
    """Slack's markup as HTML; it is escaped as HTML is."""
    text = re.sub(r"<(https?:[^|>]+)\|([^>]*)>", r'<a href="\1">\2</a>', text)
    text = re.sub(
        r"```(.*?)```",
        r'<div style="font:13px/1.4 \'DejaVu Sans Mono\',monospace;white-space:pre;border:1px solid #8884;'
        r'border-radius:4px;padding:8px;margin-top:4px">\1</div>',
        text,
        flags=re.DOTALL,
    )
    text = re.sub(r"\*([^*\n]+)\*", r"<b>\1</b>", text).replace(":arrow_right:", "➡")
    return re.sub(r"\n(?!<div)(?![^<]*</div>)", "<br>", text)


def photograph(html: str, picture: Path, chromium: str, folder: Path) -> None:
    """As high as it needs: the page is laid out once to be measured, and once to be pictured."""
    file = folder / "page.html"
    measure = "<script>document.title=document.documentElement.scrollHeight</script>"
    file.write_text(html + measure, "utf-8")
    width = PHONE + DESK + 3 * GAP
    common = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-lcd-text",
        f"--user-data-dir={folder}",
    ]  # fmt: skip
    dumped = subprocess.run(
        [*common, f"--window-size={width},10", "--dump-dom", file.as_uri()],
        capture_output=True, text=True, check=True, timeout=60,
    ).stdout  # fmt: skip
    found = re.search(r"<title>(\d+)</title>", dumped)
    assert found, dumped
    subprocess.run(
        [*common, f"--screenshot={picture}", f"--window-size={width},{found[1]}", file.as_uri()],
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    subprocess.run(["pngquant", "--force", "--output", picture, "64", picture], check=True, timeout=60)


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    browser = sys.argv[1] if len(sys.argv) > 1 else "chromium"
    with tempfile.TemporaryDirectory() as scratch:
        for name, shown in messages():
            photograph(page(shown, dark=False), TARGET / f"{name}.png", browser, Path(scratch))
            if name == "first":
                photograph(page(shown, dark=True), TARGET / "dark.png", browser, Path(scratch))
