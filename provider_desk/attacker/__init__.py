"""The outsider: what can be worked out from the returns that were sent.

Written apart from the code that protects, and never importing it.

Source: disclosure, §8.
"""
