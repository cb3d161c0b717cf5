"""Texts that code marks for translation: each has to be marked so that it is found, else it stays English.

Babel knows the translation functions by name and reads the text where it is written. A function under another
name (``gettext as __``), a text put together inside the call, or a call inside an f-string works in English,
and nobody notices.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MODULES = ("django.utils.translation", "gettext")


def marking_faults(tree: ast.Module, keywords: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Return line and fault for every text of a file that would not be found, in the order of the lines."""
    local = _local_names(tree, keywords)
    faults = [
        *_renamed(tree, keywords),
        *_rebound(tree, local),
        *_put_together(tree, keywords),
        *_inside_f_strings(tree, keywords),
    ]
    return sorted(faults)


def _imports(tree: ast.Module, keywords: Mapping[str, Any]) -> Iterator[tuple[int, str, str]]:
    """Yield line, name and local name of each translation function that is imported or given another name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for name in node.names:
                if name.name in keywords:
                    yield node.lineno, name.name, name.asname or name.name
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            function = _function_name(node.value)
            if function in keywords:
                yield from (
                    (node.lineno, function, target.id) for target in targets if isinstance(target, ast.Name)
                )


def _local_names(tree: ast.Module, keywords: Mapping[str, Any]) -> set[str]:
    return {local for _line, _name, local in _imports(tree, keywords)}


def _renamed(tree: ast.Module, keywords: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """A function under a name that Babel does not know, or knows as one with other arguments."""
    for line, name, local in _imports(tree, keywords):
        if local not in keywords or keywords[local] != keywords[name]:
            yield line, f"`{name}` under the name `{local}`: its texts are not extracted"


def _rebound(tree: ast.Module, local: set[str]) -> Iterator[tuple[int, str]]:
    """``_`` as something else: in a file that calls it for texts, or imported from elsewhere."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.ImportFrom) and node.module not in MODULES:
            if any((name.asname or name.name) == "_" for name in node.names):
                yield line, "`_` is imported from elsewhere: its texts are taken for translations"
        elif "_" in local and _binds_underscore(node):
            yield line, "`_` is bound to something else in a file that translates with it"


def _binds_underscore(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id == "_" and not isinstance(node.ctx, ast.Load)
    return isinstance(node, ast.arg) and node.arg == "_"


def _put_together(tree: ast.Module, keywords: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """A text that is no plain one inside the call: Babel finds a piece of it, or nothing."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = _function_name(node.func)
        if name in keywords and any(_is_built(argument) for argument in _texts(node, keywords[name])):
            yield node.lineno, f"`{name}` of a text that is put together inside the call"


def _inside_f_strings(tree: ast.Module, keywords: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """A call between the braces of an f-string: before Python 3.12 that is one text, which Babel skips."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for part in ast.walk(node):
                if not isinstance(part, ast.Call) or (name := _function_name(part.func)) not in keywords:
                    continue
                if any(isinstance(text, ast.Constant) for text in _texts(part, keywords[name])):
                    yield part.lineno, f"`{name}` inside an f-string: its text is not extracted"


def _function_name(node: ast.AST | None) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _texts(call: ast.Call, places: Any) -> list[ast.expr]:
    numbers = [place[0] if isinstance(place, tuple) else place for place in places or (1,)]
    return [call.args[number - 1] for number in numbers if number <= len(call.args)]


def _is_built(argument: ast.expr) -> bool:
    """Whether written words stand inside the argument without being the argument."""
    if isinstance(argument, ast.Constant):
        return False
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in ast.walk(argument))
