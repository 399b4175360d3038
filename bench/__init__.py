"""What `make understanding` and `make bench` run: figures, never assertions."""
