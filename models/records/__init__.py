"""What a record is: its fields and the rules of the domain, without file, database or screen."""
