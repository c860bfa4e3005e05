"""Text becomes sentences, dates, quantities, quotes and, from spaCy in a worker process, parses and mentions."""
