"""What we do: one async function a use case, each with one visible commit."""
