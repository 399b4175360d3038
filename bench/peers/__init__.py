"""What others make of the same public set, measured in the same run."""
