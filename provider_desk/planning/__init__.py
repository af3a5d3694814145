"""Arithmetic of planning: need, demand, capacity and wait. Numbers in, numbers out.

It knows no store, no window and no record; every function says what it assumes.
"""
