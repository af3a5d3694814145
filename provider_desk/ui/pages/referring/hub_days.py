"""The days of the hub in a form about a referral: asked where they fit, and dated."""

from provider_desk.model.fields import Value
from provider_desk.model.referral_rules import HUB_SILENT
from provider_desk.ui.forms.form import RecordForm

_SENT, _ANSWERED = "hub_sent_on", "hub_decided_on"


def keep_dated(form: RecordForm) -> None:
    """Let what is sent to the hub have its day: today, until another is typed.

    The day of sending is asked for once it was sent, that of the answer once there is
    one; neither is hidden while something stands in it.
    """
    last: list[Value] = [form.values()["hub_status"]]

    def follow() -> None:
        status = form.values()["hub_status"]
        if status != last[0]:
            last[0] = status
            form.fill({_SENT: form.today() if _was_sent(status) else None})
        _show(form)

    form.changed.connect(follow)
    _show(form)


def _was_sent(status: Value) -> bool:
    return status not in (None, "", "NOT_SENT")


def _show(form: RecordForm) -> None:
    held = form.values()
    wanted = {
        _SENT: _was_sent(held["hub_status"]),
        _ANSWERED: held["hub_status"] not in (*HUB_SILENT, ""),
    }
    found = {n: fits or held[n] is not None for n, fits in wanted.items() if n in held}
    form.show_fields(**found)
