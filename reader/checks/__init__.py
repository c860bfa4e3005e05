"""Claims and evidence become verdicts; a check is one module, known to `registry` alone."""
