"""The encrypted file: opening it, its tables, its op log, its questions."""
