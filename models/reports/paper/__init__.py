"""Our thin layer on reportlab: Chinese lines, fonts with fallback, tables, official pages."""
