"""The council's copy: which figures leave, their truth, and the return made of them.

Nothing of what leaves is worked out from the records: figures are counted (truth),
rounded together (protection), kept as they were issued, and read from there. Source:
disclosure, §1 to §5.

::

    template    template(contract, month, agreed) -> Template: what leaves, and how it
                hangs together (resources/indicators/relations.toml)
    since       counts of one to two years, whose differences are a return's month
    truth       truth(rows, template, today, before) -> Truth: exact, stays here
    problem     problem(template, truth, before) -> protection's Problem
    issued      Issued: what the ledger keeps; Published: what of it may leave
    issuing     issued_of(template, truth, before, solved) -> Issued, and exact_lines
    cells       one published cell: a count, a share, a band, or why there is none
    table       council_table(template, chain of Published, ...) -> ReturnTable
"""
