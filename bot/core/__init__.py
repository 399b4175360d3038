"""What is true: rules and values, standard library only, no clock, no files written, no network."""
