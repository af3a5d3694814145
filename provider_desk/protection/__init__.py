"""Controlled rounding: figures that leave are multiples of five that add up.

Everything of a return is rounded at once, in every table, area and month, with a key
that only this provider has, so that neither adding up nor comparing returns gives a
person away. Pure: no store, no catalogue, no clock. Source: disclosure, §1-3.

::

    problem     what is rounded, and what has to hold afterwards
    rounding    solve(problem, key, cancelled) -> Solved
    truth       which tables the exact figures themselves contradict
    dither      which way a lone figure leans, by the secret key
    recheck     the same conditions once more, in plain integers
    person      whether every figure could hold one more person unnoticed
"""
