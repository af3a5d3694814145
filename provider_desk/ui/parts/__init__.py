"""Pieces that every page is made of: words, buttons, banners, panels."""
