"""What keeps a desk from being lost: backups, checks, freshness, drafts, room."""
