"""What each thing on a page is, for who has the document read aloud.

reportlab draws pages but knows no structure, so the marks are written here: a tree of
headings, paragraphs, tables with real heads, and drawings with their words.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

Kind = Literal["Document", "H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure"]


@dataclass(slots=True)
class _Element:
    """A node of the tree; ``marks`` are its pieces as (page, number)."""

    kind: Kind
    parent: "_Element | None"
    extra: str = ""
    alt: str = ""
    children: list["_Element"] = field(default_factory=list)
    mark: tuple[int, int] | None = None


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that notes what is drawn on it."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._root = _Element("Document", None)
        self._open = self._root
        self._pages: dict[int, str] = {}
        self._split: dict[tuple[str, str, float], str] = {}
        #: Per page, the element of each mark.
        self._marked: list[list[_Element]] = [[]]

    def describe(self, title: str, subject: str, program: str) -> None:
        """What the file says of itself: no author, no date, nothing of this machine."""
        info = _Info()
        info.title, info.subject = title, subject
        info.creator = info.producer = program
        info.author = ""
        self._doc.info = info
        self.setViewerPreference("DisplayDocTitle", "true")

    @contextmanager
    def within(self, kind: Kind) -> Iterator[None]:
        """Everything drawn meanwhile belongs to one thing: a table, a row."""
        self._open = self._add(kind)
        yield
        self._open = self._open.parent or self._root

    @contextmanager
    def telling(
        self, kind: Kind, *, span: int = 1, scope: str = "", alt: str = ""
    ) -> Iterator[None]:
        """What is drawn meanwhile is read aloud as this.

        Args:
            kind: heading, paragraph, cell, drawing.
            span: of a cell, how many columns it takes.
            scope: of a head, "Column" or "Row".
            alt: of a drawing, its words.
        """
        element = self._add(kind)
        said = f"/ColSpan {span} " if span > 1 else ""
        said += f"/Scope /{scope} " if scope else ""
        element.extra = f"/A << /O /Table {said}>> " if said else ""
        element.alt = alt
        marks = self._marked[-1]
        element.mark = (len(self._marked) - 1, len(marks))
        self._code.append(f"/{kind} <</MCID {len(marks)}>> BDC")
        marks.append(element)
        yield
        self._code.append("EMC")

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is drawn meanwhile is decoration and not read aloud."""
        self._code.append("/Artifact BMC")
        yield
        self._code.append("EMC")

    def show(
        self, x: float, y: float, text: str, font: str, size: float, ink: Color
    ) -> None:
        """One line of text from its left edge; drawString's work, many times faster."""
        key = (text, font, size)
        if key not in self._split:
            self._split[key] = self._operators(text, font, size)
        self._code.append(
            f"{ink.red:.4g} {ink.green:.4g} {ink.blue:.4g} rg BT 1 0 0 1 "
            f"{x:.2f} {y:.2f} Tm {self._split[key]} ET"
        )

    def _operators(self, text: str, font: str, size: float) -> str:
        known = pdfmetrics.getFont(font)
        parts = []
        for subset, piece in known.splitString(text, self._doc):
            name = known.getSubsetInternalName(subset, self._doc)
            parts.append(f"{name} {size:.4g} Tf ({self._escape(piece)}) Tj")
        return " ".join(parts)

    def end_page(self) -> None:
        """Finish the page."""
        name = self._doc.thisPageName()
        self.showPage()
        page = self._doc.idToObject[name]
        known = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.__NoDefault__ = known
        page.StructParents = len(self._marked) - 1
        page.Tabs = pdfdoc.PDFName("S")
        self._marked.append([])

    def finish(self) -> None:
        """Write the tree into the document; once, before it is saved."""
        catalog = self._doc.Catalog
        tree = _Raw()
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.StructTreeRoot = self._doc.Reference(tree)
        held: dict[int, _Raw] = {}
        self._write(self._root, tree, held)
        pages = [
            f"{number} [{' '.join(held[id(x)].reference(self._doc) for x in marks)}]"
            for number, marks in enumerate(self._marked[:-1])
        ]
        root = held[id(self._root)].reference(self._doc)
        tree.text = (
            f"<< /Type /StructTreeRoot /K [{root}] "
            f"/ParentTree << /Nums [{' '.join(pages)}] >> "
            f"/ParentTreeNextKey {len(pages)} >>"
        )

    def _add(self, kind: Kind) -> _Element:
        element = _Element(kind, self._open)
        self._open.children.append(element)
        return element

    def _write(
        self, element: _Element, parent: "_Raw", held: dict[int, "_Raw"]
    ) -> None:
        raw = held[id(element)] = _Raw()
        doc = self._doc
        above = parent.reference(doc)
        for child in element.children:
            self._write(child, raw, held)
        alt = ""
        if element.alt:
            text = pdfdoc.format(pdfdoc.PDFString(element.alt), doc)
            alt = f"/Alt {text.decode('latin-1')} "
        if element.mark is None:
            kids = " ".join(held[id(x)].reference(doc) for x in element.children)
            inside = f"/K [{kids}]"
        else:
            page, number = element.mark
            inside = f"/K {number} /Pg {self._page(page)}"
        raw.text = f"<< /S /{element.kind} /P {above} {alt}{element.extra}{inside} >>"

    def _page(self, number: int) -> str:
        """How other objects name a page."""
        if number not in self._pages:
            named = pdfdoc.PDFObjectReference(f"Page{number + 1}")
            self._pages[number] = pdfdoc.format(named, self._doc).decode("ascii")
        return self._pages[number]


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]  # reportlab has no types
    """The document's properties, without any that was not asked for."""

    def format(self, document: Any) -> bytes:
        """Title, subject and program."""
        said = {
            "Title": self.title,
            "Subject": self.subject,
            "Creator": self.creator,
            "Producer": self.producer,
        }
        held = {name: pdfdoc.PDFString(text) for name, text in said.items()}
        return bytes(pdfdoc.PDFDictionary(held).format(document))


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object of the document that is written as it is."""

    def __init__(self) -> None:
        self.text = ""
        self._known = ""

    def reference(self, document: Any) -> str:
        """How other objects name it."""
        if not self._known:
            named = pdfdoc.format(document.Reference(self), document)
            self._known = named.decode("ascii")
        return self._known

    def format(self, _document: Any) -> bytes:
        """The object itself."""
        return self.text.encode("latin-1")
