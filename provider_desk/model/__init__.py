"""What a provider records: fields, records, rules, value lists. No files, no SQL."""
