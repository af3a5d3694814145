"""Which way in is shown in place of name and password, and how it comes back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollArea

from provider_desk.model.errors import NoKeyring, OlderDesk
from provider_desk.services.desk import Desk
from provider_desk.services.entry.sign_in import desk_exists
from provider_desk.ui.pages.entering.card import EntryCard
from provider_desk.ui.pages.entering.first_run import FirstRun
from provider_desk.ui.pages.entering.new_password import NewPasswordCard
from provider_desk.ui.pages.entering.older import OlderCard
from provider_desk.ui.pages.entering.restore import RestoreCard
from provider_desk.ui.pages.entering.secret import SecretCard
from provider_desk.ui.parts.scroll import centred

if TYPE_CHECKING:
    from provider_desk.ui.pages.sign_in import SignInPage


_NO_MANAGER = (
    "Nothing was opened: only a manager can go on with an older desk.",
    "Somebody who is one signs in, or chooses one of the other ways.",
)


class Ways(QObject):
    """Shows one card at a time; the first run stays while a backup is looked for.

    Attributes:
        card: what is shown now, None for name and password.
    """

    def __init__(self, page: "SignInPage") -> None:
        super().__init__(page)
        self._page = page
        self.card: EntryCard | None = None
        self._area: QScrollArea | None = None
        self._first_run: FirstRun | None = None
        self._first_area: QScrollArea | None = None
        self._accepting = False

    def go(self, name: str) -> None:
        """Show a way in: "first run", "restore", "password" or "secret"."""
        door = self._page.door
        if name == "first run":
            self._show_first_run()
        elif name == "restore":
            card = RestoreCard(door, instead=desk_exists(door.folder))
            card.restored.connect(self._restored)
            self._show(card)
        elif name == "password":
            password = NewPasswordCard(door, self._page.name.text().strip())
            password.changed.connect(self._changed)
            self._show(password)
        else:
            self._ask_for_secret(None)

    def answer(self, error: Exception) -> None:
        """Show the card that an error of signing in asks for."""
        if isinstance(error, OlderDesk):
            again, self._accepting = self._accepting, False
            card = OlderCard(error)
            if again:
                card.banner.show_words(*_NO_MANAGER, "warn")
            card.accepted.connect(self._accept)
            card.backup_wanted.connect(lambda: self.go("restore"))
            self._show(card)
        else:
            self._ask_for_secret(error)

    def back(self) -> None:
        """To name and password, or to the first run where there is no desk."""
        self._accepting = False
        self._drop()
        if self._first_run is not None:
            self._show_first_run()
            return
        self._page.show_card(None)
        self._page.start()

    def unfinished(self) -> str:
        """What stays behind if the program is closed now, "" where nothing does."""
        return self._first_run.unfinished() if self._first_run is not None else ""

    def _ask_for_secret(self, error: Exception | None) -> None:
        card = SecretCard(self._page.door)
        card.brought_back.connect(self._again)
        self._show(card)
        if isinstance(error, NoKeyring):
            card.show_no_keyring(error)

    def _show(self, card: EntryCard) -> None:
        self._drop()
        if self._first_area is not None:
            self._first_area.hide()
        card.left.connect(self.back)
        self.card = card
        self._area = centred(card)
        self._page.show_card(self._area)
        card.start()

    def _show_first_run(self) -> None:
        self._drop()
        if self._first_run is None:
            made = FirstRun(self._page.door)
            made.made.connect(self._first_desk)
            made.backup_wanted.connect(lambda: self.go("restore"))
            self._first_run = made
            self._first_area = centred(made)
        self.card = self._first_run
        self._page.show_card(self._first_area)
        self._first_run.start()

    def _drop(self) -> None:
        """Take away what is shown; the first run keeps what was typed."""
        if self._area is not None:
            self._area.hide()
            self._area.deleteLater()
        self.card = self._area = None

    def _forget_first_run(self) -> None:
        if self._first_area is not None:
            self._first_area.hide()
            self._first_area.deleteLater()
        self._first_run = self._first_area = None

    def _first_desk(self, desk: Desk) -> None:
        self._forget_first_run()
        self.card = None
        self._page.name.setText(desk.user.name)
        self._page.show_card(None)
        self._page.signed_in.emit(desk)

    def _restored(self, said: str) -> None:
        self._forget_first_run()
        self.back()
        self._page.show_words(said, "Sign in as before.", "good")

    def _changed(self, name: str) -> None:
        self.back()
        self._page.name.setText(name)
        self._page.password.setFocus()
        said = "The new password is set. Sign in with it."
        self._page.show_words(said, "", "good")

    def _again(self) -> None:
        """The secret is back: what was typed before is tried once more."""
        name, password = self._page.name.text().strip(), self._page.password.text()
        self._drop()
        self._page.show_card(None)
        if name and password:
            self._page.try_with(name, password)
        else:
            self._page.start()

    def _accept(self, reason: str) -> None:
        name, password = self._page.name.text().strip(), self._page.password.text()
        self._accepting = True
        self._drop()
        self._page.show_card(None)
        self._page.try_with(name, password, older=reason)
