"""The `caveat` command; nothing heavy is imported until a subcommand needs it."""
