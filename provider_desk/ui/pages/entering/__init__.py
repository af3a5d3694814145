"""The ways in: first run, sheet A, new password, a backup, an older desk.

Each is a card in the middle of the window, shown by the sign-in page in place of its
own. A card that asks several things in turn has them as steps, one a file.
"""
