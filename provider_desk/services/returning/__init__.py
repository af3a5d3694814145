"""The month's return: prepared, issued once and for all, written to files, sent.

::

    choosing    contracts and copies
    preparing   the figures on the screen, and the rows behind them
    drafting    a council return's numbers, counted and rounded, written nowhere
    refusing    which months can be issued; meaning, what issuing one means
    gate        the outsider's attack, before anything is issued
    issuing     through the gate into the ledger, once; revising marks a second version
    ledger      what was issued, and the secret key
    agreement   totals that a written agreement lets go exact, and their price
    exporting   files, from the ledger alone; public makes the public copy of them
    standing    what is left of a month: Check, Look, Write, Sign
    nil, months a nil month is confirmed; a month is marked as not submitted
    signing     a second reader, the sign-off, and files that come back
    sent        the sent log
    restating   what was issued and counts differently now
    reminders   when a return is due, for Today
"""
