"""All that the program knows, without a screen."""
