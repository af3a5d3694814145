"""Planning: capacity and wait, need, forecasts, and who uses the service.

Figures are exact and of the whole service, so everything here asks for ``PLAN``.
"""
