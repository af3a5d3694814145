"""PDFs that are printed and kept on paper."""
