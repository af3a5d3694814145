"""Words that are sealed for the counselling team."""
