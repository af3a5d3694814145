"""Parts of the page that shows who looked."""
