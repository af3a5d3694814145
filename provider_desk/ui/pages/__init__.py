"""One place of the window a file: layout, and which deed a button does.

How a page plugs in::

    class WaitingListPage(Page):              # ui/page.py
        TITLE = "Waiting list"
        HELP = "waiting"                      # resources/help/waiting.md, for F1
        CONCERNS = ("waiting_entry",)         # tables that make it stale

        def __init__(self, frame): super().__init__(frame); self.body.addWidget(…)
        def opened(self, **what): …           # each time somebody comes here
        def refresh(self, changed): …         # CONCERNS changed while it is seen
        def show_privacy(self, hidden): …     # F12

It is listed once in ``ui/places.py`` (name, words, icon, module, class) and gone to
with ``frame.go("waiting", as_of=day)``. It asks services only through
``frame.read`` / ``frame.write`` / ``frame.long`` (other threads; answers come back in
the window's), and opens a deed beside itself as a ``forms.form_panel.FormPanel``.
"""
