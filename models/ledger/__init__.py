"""The SQLite file: the change log, its fold into tables, queries, search, photos, backups."""
