"""The course of an episode: its deeds, its panels, and the closing on one page."""
