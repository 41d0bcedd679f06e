"""Markup to text, and what a saved page says about itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.core.formats.html import read_page, to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One<p>Two<br>lines<br><br>Three", "One\n\nTwo lines\n\nThree"),
        ("<h2>Head</h2>text<ul><li>a<li>b</ul>c", "Head\n\ntext\n\na\n\nb\n\nc"),
        ("<p>a\n   wrapped\n\n\nline</p>", "a wrapped line"),
        ("<table><tr><td>For</td><td>107</td></tr><tr><td>Against<td>12</table>", "For 107\n\nAgainst 12"),
        ("<b>bold</b>ly <i>said</i>", "boldly said"),
        ("first line\n\nsecond paragraph, no markup", "first line\n\nsecond paragraph, no markup"),
    ],
)
def test_paragraphs_stay_and_tags_go(markup: str, text: str) -> None:
    assert to_text(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Sa&#8217;ar &amp; &#x5d0;&nbsp;caf&eacute;</p>", "Sa’ar & א café"),
        ("Ben &amp; Jerry&rsquo;s", "Ben & Jerry’s"),
        ("<p>1 &lt; 2 &lt;b&gt;</p>", "1 < 2 <b>"),
        ("&bogus; &#xD800; &#0; &#x110000;", "&bogus; � � �"),
    ],
)
def test_entities_are_decoded_once(markup: str, text: str) -> None:
    assert to_text(markup) == text


@pytest.mark.parametrize(
    "tag", ["script", "style", "template", "noscript", "svg", "iframe", "select", "textarea"]
)
def test_what_no_reader_sees_is_dropped(tag: str) -> None:
    assert to_text(f"<p>before<{tag} class='x'>hidden</{tag}>after</p>") == "beforeafter"


def test_a_head_that_nobody_closed_ends_with_the_body() -> None:
    assert to_text("<html><head><title>t</title><body>words") == "words"


@pytest.mark.parametrize("text", ["a < b and c > d", "x <3 y", "5 > 4 & 3 < 4"])
def test_comparisons_are_no_markup(text: str) -> None:
    assert to_text(text) == text


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "<",
        "<<<>>>",
        "</",
        "<a href='",
        "<!--",
        "<![CDATA[",
        "<!DOCTYPE",
        "<?php",
        "<![if IE]>",
        "<!ELEMENT <b>",
        "&#" * 1000,
        "<div>" * 50_000,
        "<svg>" * 50_000 + "</g></p>" * 1000,
        "</p>" * 50_000,
        "<b " + "a=" * 10_000 + ">",
        "\0\ud800\x1b[31m<b>",
    ],
)
def test_nonsense_is_survived_and_comes_out_printable(nonsense: str) -> None:
    assert all(char.isprintable() or char == "\n" for char in to_text(nonsense))
    assert all(char.isprintable() or char == "\n" for char in "".join(read_page(nonsense)[:2]))


ARTICLE = "<p>" + "The General Assembly adopted the resolution. " * 6 + "</p>"
PAGE = f"""<!DOCTYPE html><html><head><title>Assembly adopts text | The Paper</title>
<meta property="article:published_time" content="2026-02-24T18:30:00+02:00">
<link rel="canonical" href="https://example.org/a"><style>p {{}}</style></head>
<body><nav>Home News Sport</nav><main><h1>Assembly adopts text</h1><article>{ARTICLE}
<aside>Subscribe!</aside><form>Your e-mail</form></article></main><footer>Imprint</footer></body></html>"""


def test_a_saved_page_is_its_article() -> None:
    title, text, published_at, url = read_page(PAGE)
    assert title == "Assembly adopts text"
    assert text == " ".join(["The General Assembly adopted the resolution."] * 6)
    assert published_at == datetime(2026, 2, 24, 16, 30, tzinfo=UTC)
    assert url == "https://example.org/a"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ('<meta property="og:title" content="Told to share">', "<h1>On top</h1>", "Told to share"),
        ("<title>On top - The Paper</title>", "<h1>On top</h1>", "On top"),
        ("<title>The whole story</title>", "<h1>The Paper</h1>", "The whole story"),
        ("", "<h1>On\n top</h1>", "On top"),
        ("<title>Said &amp; done</title><svg><title>icon</title></svg>", "", "Said & done"),
        ("", "<p>words</p>", ""),
    ],
)
def test_the_title_of_a_page(head: str, body: str, title: str) -> None:
    assert read_page(f"<html><head>{head}</head><body>{body}</body></html>")[0] == title


def test_a_page_of_teasers_is_more_than_its_first() -> None:
    page = "<body>" + "".join(f"<article>Story {number}</article>" for number in range(3)) + "</body>"
    assert read_page(page)[1] == "Story 0\n\nStory 1\n\nStory 2"


@pytest.mark.parametrize(
    "dated",
    [
        '<meta name="DC.date" content="2026-02-24">',
        '<meta itemprop="datePublished" content="2026-02-24T00:00:00Z">',
        '<time datetime="2026-02-24">yesterday</time><time datetime="2020-01-01">long ago</time>',
        '<meta property="article:published_time" content="soon"><time datetime="2026-02-24T02:00+02:00">',
    ],
)
def test_the_date_of_a_page(dated: str) -> None:
    assert read_page(f"<body>{dated}words")[2] == datetime(2026, 2, 24, tzinfo=UTC)


TAGS = "<p> </p> <br/> <b> <td> <P> <li <script> </script> <title> <svg> <body> </body> <1> </ <h2> <unknown>"
WORDS = [
    "<br />",
    "</div >",
    "&amp;",
    "&",
    "&lt;p&gt;",
    "&nbsp;",
    "é",
    "words ",
    "\n\n",
    " ",
    "<",
    ">",
    '"',
    "<!-- x -->",
]
LINKS = ['<a href="x?a=1&amp;b" class="">', "</a>", "<b a='1'>", '<i a="b>c">']
PIECES = st.sampled_from([*TAGS.split(), *WORDS, *LINKS])


@given(st.lists(PIECES, max_size=8).map("".join))
def test_simple_markup_is_read_as_any_other(markup: str) -> None:
    assert to_text(f"<p></p>{markup}") == to_text(f"<p></p><!-- no simple markup -->{markup}")
