"""Widgets that know no record: they are handed words, numbers and pictures."""
