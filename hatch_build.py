"""Compiles the built-in pack into the wheel (an editable install compiles it on first use instead)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompilePack(BuildHookInterface):  # type: ignore[type-arg]
    """Adds reader/sample_articles/builtin.pack to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from reader.knowledge.builtin import PACK_NAME, compile_builtin

        self._folder = tempfile.TemporaryDirectory()
        out = Path(self._folder.name) / PACK_NAME
        compile_builtin(out, Path(self.root) / "sample_articles")
        build_data["force_include"][str(out)] = f"reader/sample_articles/{PACK_NAME}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._folder.cleanup()
