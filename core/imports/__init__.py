"""The import pipeline: read → map → check → preview → apply → undo.

``core.sheets`` reads the file. ``fields`` and ``vocabulary`` say how one cell becomes a value,
``importer`` how a row becomes a record (each app derives its importers from it), ``pipeline`` leads a run
through its states, and ``undo`` takes it back.
"""
