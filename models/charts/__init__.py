"""Charts as plain descriptions, one file a kind; a screen and a paper draw the same marks."""
