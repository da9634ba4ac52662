"""PDF reports: records go in, pages come out."""
