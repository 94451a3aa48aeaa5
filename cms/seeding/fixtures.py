"""Reading fixtures: one YAML file per record, CSV tables beside them. Nothing is written here.

What is wrong (`checks`) is said with the file and its line, and all of it at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from cms.seeding.defaults import completed
from portal.core.canonical import canonical_json, sha256_hex
from portal.publication.types import TYPES

#: Members of a fixture that are no members of a document.
_OWN = ("slug", "english")


class FixtureErrors(Exception):
    """What is wrong with the fixtures: lines of the form ``path:line: message``."""

    def __init__(self, errors: list[str]) -> None:
        self.errors = errors
        super().__init__("\n".join(errors))


@dataclass(frozen=True)
class Fixture:
    """A record as its file has it, completed; ``table`` is the CSV text of a dataset; ``digest`` changes with anything
    that the files say.
    """

    uid: str
    type: str
    slug: str
    data: dict[str, Any]
    file: Path
    node: yaml.Node | None
    machine: bool = False
    table: str | None = None
    table_file: Path | None = None

    @property
    def digest(self) -> str:
        """The digest of all that the fixture says."""
        said = {**self.data, "table": self.table, "slug": self.slug, "machine": self.machine}
        return sha256_hex(canonical_json(said))

    def error(self, path: str, message: str) -> str:
        """A message at the line of the file where a member stands."""
        return (
            f"{self.file}:{_line(self.node, path.split('/'))}: {path}: {message}"
            if path
            else f"{self.file}:1: {message}"
        )


def read(folder: Path, known: frozenset[str] = frozenset()) -> list[Fixture]:
    """All fixtures below a folder, in the order of the record types. ``known`` are uids that exist besides those of the
    files.

    Raises `FixtureErrors` with every error of every file.
    """
    from cms.seeding.checks import check

    errors: list[str] = []
    fixtures: list[Fixture] = []
    for record_type in TYPES.values():
        for file in sorted((folder / "records" / record_type.plural).glob("*.yaml")):
            try:
                fixtures.append(_read(file, record_type.code, folder))
            except _Malformed as malformed:
                errors.append(str(malformed))
    errors += _duplicates(fixtures)
    errors += check(fixtures, known)
    if errors:
        raise FixtureErrors(errors)
    order = list(TYPES)
    return sorted(fixtures, key=lambda fixture: (fixture.type != "page", order.index(fixture.type), fixture.uid))


class _Malformed(Exception):
    pass


def _read(file: Path, record_type: str, folder: Path) -> Fixture:
    text = file.read_text("utf-8")
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        data = None if node is None else loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _Malformed(f"{file}:{mark.line + 1 if mark else 1}: {getattr(error, 'problem', error)}") from error
    if not isinstance(data, dict) or not isinstance(data.get("uid"), str):
        raise _Malformed(f"{file}:1: " + _("a record with a uid is expected"))
    table = folder / "tables" / f"{file.stem}.csv"
    content = {name: value for name, value in data.items() if name not in _OWN}
    return Fixture(
        uid=data["uid"],
        type=record_type,
        slug=data.get("slug", file.stem),
        data=completed(record_type, {"type": record_type, **content}),
        file=file,
        node=node,
        machine=data.get("english") == "machine",
        table=table.read_text("utf-8") if record_type == "dataset" and table.exists() else None,
        table_file=table if record_type == "dataset" else None,
    )


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML whose dates stay text, as documents have them; read by libyaml where PyYAML has it, ten times as fast."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _duplicates(fixtures: list[Fixture]) -> Iterator[str]:
    first: dict[str, Fixture] = {}
    for fixture in fixtures:
        if fixture.uid in first:
            yield fixture.error(
                "uid", _("%(uid)s is also in %(file)s") % {"uid": fixture.uid, "file": first[fixture.uid].file}
            )
        first.setdefault(fixture.uid, fixture)


def _line(node: yaml.Node | None, path: list[str]) -> int:
    """The line of the member that a path leads to, or of the last part of the path that is there."""
    line = node.start_mark.line + 1 if node else 1
    for step in path:
        found = None
        if isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
            found = node.value[int(step)]
        if found is None:
            return line
        node, line = found, found.start_mark.line + 1
    return line
