"""Tables: the rows of lists, plain ones handed in and long ones read by the page."""
