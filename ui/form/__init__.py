"""A form from fields: one entry widget a kind, problems beside their field, drafts."""
