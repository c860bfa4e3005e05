"""`python -m reader`: the same program as the `caveat` command."""

from reader.cli.main import run

if __name__ == "__main__":
    run()
