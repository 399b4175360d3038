"""What we say: Dutch texts and dated facts, read from YAML and rendered in one place."""
