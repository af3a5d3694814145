"""Groups: the list, one group, its register, joining and leaving."""
