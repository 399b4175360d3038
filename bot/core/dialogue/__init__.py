"""What a message means and what is done with it: read `policy` from top to bottom."""
