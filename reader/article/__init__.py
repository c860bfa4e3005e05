"""Any input becomes an `Article`: clean paragraphs of known kinds, and the day it speaks from."""
