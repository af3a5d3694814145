"""Words that go with the figures: bound to them, and looked through first."""
