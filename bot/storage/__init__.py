"""The leads database: the only SQL, and the only place where personal data is kept."""
