"""A duty worker's calls on paper: the rule, then the number, then boxes for the result.

It is made to be shredded the same day; nothing on it says what service it is of.
Source: domain reference, B12, F7.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from provider_desk.papers.text import (
    BOLD,
    INK,
    LINE,
    REGULAR,
    SOFT,
    draw_lines,
    load_fonts,
    wrapped,
)

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT = 42.0, _WIDTH - 42.0
_SIZE, _LEADING, _SMALL = 10.0, 13.0, 8.5
_RULE_LEFT = _LEFT + 10
_TOP, _BOTTOM = _HEIGHT - 96.0, 54.0
_WARNING = "Shred after use, today. Do not leave it on a desk, copy it or send it."
_RESULTS = ("spoke", "no answer", "somebody else", "not safe now")
_MESSAGE = "safe message left"


@dataclass(frozen=True, slots=True, repr=False)
class SafePhone:
    """A number that may be rung.

    Attributes:
        channel: what it is: "Mobile call".
        rules: to be read before it is rung, a sentence each; () where there are none.
        number: as it is dialled.
    """

    channel: str
    rules: tuple[str, ...]
    number: str


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """Somebody to ring.

    Attributes:
        who: the code, with the name to ask for where names may be shown.
        due: when the contact is due, in words.
        phones: the safe ones.
        voicemail: what may be left, in words.
        may_leave: whether a message may be left; else there is no box for one.
    """

    who: str
    due: str
    phones: tuple[SafePhone, ...]
    voicemail: str
    may_leave: bool


def pdf(calls: Sequence[Call], worker: str, made_on: str) -> bytes:
    """The sheet, with its typefaces in the file.

    Args:
        calls: in the order in which they stand.
        worker: whose sheet it is: initials.
        made_on: the day, in words.
    """
    load_fonts()
    pages = _pages(calls)
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=A4, lang="en-GB")
    canvas.setTitle("Calls")
    canvas.setCreator("Provider Desk")
    canvas.setProducer("Provider Desk")
    for number, page in enumerate(pages, start=1):
        said = f"{made_on} · {worker} · page {number} of {len(pages)}"
        _head(canvas, said)
        base = _TOP
        for call in page:
            base = _draw(canvas, call, base)
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def _pages(calls: Sequence[Call]) -> list[list[Call]]:
    """Calls page by page; none is broken over two."""
    pages: list[list[Call]] = [[]]
    room = _TOP - _BOTTOM
    for call in calls:
        needed = _height(call)
        if pages[-1] and needed > room:
            pages.append([])
            room = _TOP - _BOTTOM
        pages[-1].append(call)
        room -= needed
    return pages


def _rule_lines(phone: SafePhone) -> list[str]:
    rules = " ".join(phone.rules) or "Safe; no rule is written down."
    said = f"{phone.channel}. {rules}"
    return wrapped(said, REGULAR, _SIZE, _RIGHT - _RULE_LEFT)


def _height(call: Call) -> float:
    voicemail = wrapped(call.voicemail, REGULAR, _SIZE, _RIGHT - _RULE_LEFT)
    lines = sum(len(_rule_lines(phone)) + 1.5 for phone in call.phones)
    return (lines + len(voicemail) + 1) * _LEADING + 56.0


def _head(canvas: Canvas, said: str) -> None:
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 15)
    canvas.drawString(_LEFT, _HEIGHT - 44, "Calls")
    canvas.setFillColor(SOFT)
    canvas.setFont(REGULAR, _SMALL)
    canvas.drawRightString(_RIGHT, _HEIGHT - 44, said)
    canvas.setFillColor(HexColor("#F4F0E4"))
    canvas.rect(_LEFT, _HEIGHT - 74, _RIGHT - _LEFT, 20, stroke=0, fill=1)
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, _SIZE)
    canvas.drawString(_LEFT + 8, _HEIGHT - 68, _WARNING)


def _draw(canvas: Canvas, call: Call, top: float) -> float:
    """Who, rule, number, boxes; hands back where the next call begins."""
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 11.5)
    canvas.drawString(_LEFT, top, call.who)
    canvas.setFont(REGULAR, _SMALL)
    canvas.setFillColor(SOFT)
    canvas.drawRightString(_RIGHT, top, call.due)
    canvas.setFillColor(INK)
    base = top - _LEADING * 1.2
    for phone in call.phones:
        base = draw_lines(
            canvas, _rule_lines(phone), (_RULE_LEFT, base), REGULAR, _SIZE, _LEADING
        )
        canvas.setFont(BOLD, 12)
        canvas.drawString(_RULE_LEFT, base - 2, phone.number)
        base -= _LEADING * 1.5
    voicemail = wrapped(call.voicemail, REGULAR, _SIZE, _RIGHT - _RULE_LEFT)
    base = draw_lines(canvas, voicemail, (_RULE_LEFT, base), REGULAR, _SIZE, _LEADING)
    return _boxes(canvas, base - 4, (*_RESULTS, *(_MESSAGE,) * call.may_leave))


def _boxes(canvas: Canvas, base: float, results: Sequence[str]) -> float:
    canvas.setStrokeColor(SOFT)
    canvas.setLineWidth(0.8)
    canvas.setFont(REGULAR, _SMALL)
    left = _RULE_LEFT
    for words in results:
        canvas.rect(left, base - 1, 9, 9, stroke=1, fill=0)
        canvas.drawString(left + 13, base, words)
        left += 13 + canvas.stringWidth(words, REGULAR, _SMALL) + 12
    canvas.drawString(left, base, "at")
    canvas.setStrokeColor(LINE)
    canvas.line(left + 12, base - 2, left + 62, base - 2)
    canvas.drawString(left + 70, base, "next")
    canvas.line(left + 90, base - 2, _RIGHT, base - 2)
    canvas.setLineWidth(0.5)
    canvas.line(_LEFT, base - 16, _RIGHT, base - 16)
    return base - 36
