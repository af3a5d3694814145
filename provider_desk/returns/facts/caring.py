"""Safeguarding referrals that the service made, by the work they were made for.

Source: domain reference, B13; monthly return, D12.
"""

from provider_desk.model.records import SafeguardingReferral
from provider_desk.returns.facts.fact import Fact
from provider_desk.returns.facts.pieces import in_error

MADE = Fact(
    name="safeguarding made",
    table=SafeguardingReferral.TABLE,
    stock=False,
    sql=f"""
        SELECT s.id AS row_id, r.id AS case_id, r.area AS area, s.made_on AS day,
            substr(s.made_on, 1, 7) AS month
        FROM safeguarding_referral AS s
        CROSS JOIN referral AS r ON r.id = s.referral_id
        WHERE s.made_on BETWEEN :first AND :last AND s.deleted IS NULL
            AND r.contract_id = :contract AND r.deleted IS NULL
            AND NOT {in_error("r.id")}""",
)

FACTS = (MADE,)
