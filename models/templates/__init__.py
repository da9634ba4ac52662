"""Forms that are data: checklists and their versions."""
