"""Reads English news text: strings in, records out. Knows no story's folder, no table and no page."""
