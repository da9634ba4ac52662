"""Sync bundles: files that carry lines and photos between a school and its office."""
