"""A session that is put right asks what logging it asks."""

from collections.abc import Mapping

from provider_desk.model.fields import Value
from provider_desk.services.casework import starts
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.pages.diarying.session_form import SessionForm


def follow(panel: FormPanel, values: Mapping[str, Value]) -> None:
    """Let the form of a session that is put right follow what is picked in it.

    Args:
        panel: the panel, whose form has the rows of a session.
        values: what the session says now.
    """
    form = SessionForm(panel.frame, panel.form)
    panel.body.insertWidget(panel.body.indexOf(panel.form), form.hints)
    panel.form.changed.connect(form.follow)
    came = starts.came(values["attendance"])
    counted = str(values["trial"] or "") if came else ""
    form.ask(str(values["referral_id"]), counted)
    form.follow()
