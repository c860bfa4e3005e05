"""The screen: a Textual app over the desk. It shows what the desk says and decides nothing."""
