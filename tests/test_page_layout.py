"""Pages declare what they show; what is laid out by hand stays little.

Forms come from records, deeds from ``Deed`` and ``Change``, tables from ``Column``.
"""

import ast
from pathlib import Path

PAGES = Path(__file__).resolve().parents[1] / "provider_desk" / "ui" / "pages"

#: Lines that lay out, in one module of a page, at the most.
MOST = 50
_LAYS_OUT = ("add", "insert", "set")
_NOT_LAYOUT = ("set_", "add_", "setFocus", "setChecked", "setText", "setCurrent")


def lays_out(node: ast.stmt) -> bool:
    """Whether a statement makes a layout, fills it, or says how a widget looks."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
        node.value, ast.Call
    ):
        return ast.unparse(node.value.func).endswith("Layout")
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    called = node.value.func
    name = called.attr if isinstance(called, ast.Attribute) else ""
    return name.startswith(_LAYS_OUT) and not name.startswith(_NOT_LAYOUT)


def layout_lines(path: Path) -> int:
    """Lines of a module that only lay out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [n for n in ast.walk(tree) if isinstance(n, ast.stmt) and lays_out(n)]
    return sum((n.end_lineno or n.lineno) - n.lineno + 1 for n in found)


def test_no_page_is_laid_out_by_hand_where_a_declaration_could_do_it() -> None:
    lines = {
        path.relative_to(PAGES).as_posix(): layout_lines(path)
        for path in sorted(PAGES.rglob("*.py"))
    }

    assert sum(lines.values()) > len(lines), "the measure finds nothing any more"
    assert {name: n for name, n in lines.items() if n > MOST} == {}


def test_lists_of_deeds_are_declarations_and_nothing_else() -> None:
    """Whoever adds a deed to a list writes no line of layout."""
    lists = [
        *PAGES.rglob("*_deeds.py"),
        *PAGES.rglob("deed_list.py"),
        *PAGES.rglob("*_changes.py"),
    ]
    # These offer the deeds of a page and open their panels.
    drives = {"person_deeds.py", "list_deeds.py", "page_deeds.py"}

    assert lists
    assert {
        path.name: layout_lines(path)
        for path in lists
        if path.name not in drives and layout_lines(path)
    } == {}
