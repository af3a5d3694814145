"""Lists that fit the usual window: nobody scrolls sideways to read a line."""

from collections.abc import Callable

import pytest

from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.people import PeoplePage
from provider_desk.ui.pages.who_looked import WhoLookedPage
from tests.builders.casework import make_client

Settled = Callable[[], None]

#: More than a window shows at once, so that a bar stands beside the lines.
_MANY = 30


@pytest.mark.parametrize("place", ["people", "who_looked"])
def test_all_columns_fit_the_usual_window_beside_a_scroll_bar(
    desk: Desk, view: DeskView, settled: Settled, place: str
) -> None:
    for _ in range(_MANY):
        people.person(desk, make_client(desk))
    view.frame.go(place)
    settled()
    page = view.page
    assert isinstance(page, PeoplePage | WhoLookedPage)

    assert page.table.verticalScrollBar().maximum() > 0
    assert page.table.horizontalScrollBar().maximum() == 0
