"""Taking back what was done a moment ago: ``recording`` remembers it, ``take_back`` restores exactly that."""

from core.undoing.recording import Recorder, purge_steps, recording
from core.undoing.restoring import take_back
from core.undoing.rows import CannotUndo

__all__ = ["CannotUndo", "Recorder", "purge_steps", "recording", "take_back"]
