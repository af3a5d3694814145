"""The return as a workbook that a spreadsheet program and a screen reader can use."""
