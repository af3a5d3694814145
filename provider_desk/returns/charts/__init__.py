"""What charts are made of, before anything draws them: paper and window share it."""
