"""The doors: website, Telegram, and the client of the engine."""
