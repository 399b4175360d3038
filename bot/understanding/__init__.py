"""Our Rasa components: with bot.core the only code of ours that runs in the engine."""
