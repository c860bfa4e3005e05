"""The same result as data (JSON), as text and as Markdown."""
