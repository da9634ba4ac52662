"""Everything that faces a person; the only floor that knows Qt."""
