"""Parts of the page about somebody who leaves."""
