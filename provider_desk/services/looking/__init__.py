"""Who looked: written before anything is shown, read by managers."""
