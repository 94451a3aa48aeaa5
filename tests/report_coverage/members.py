"""Follow a path of ``proves`` into a document, or to the observations of a dataset."""

from typing import Any

Observation = dict[str, Any]


class MissingMember(LookupError):
    """The path leads to nothing, or to something empty."""


def resolve(document: dict[str, Any], path: str, observations: dict[str, list[Observation]]) -> Any:
    """The member that ``path`` names. Raises MissingMember with a reason that can be shown."""
    head, _, rest = path.partition("/")
    if head == "observations":
        return _observations(document, rest, observations.get(document["uid"], []))
    value: Any = document
    for step in path.split("/"):
        value = _step(value, step, path)
    if value in (None, "", [], {}):
        raise MissingMember(f"'{path}' is empty")
    return value


def observation_key(document: dict[str, Any], observation: Observation) -> str:
    """Measure, dimension codes in the declared order and period, joined by full stops."""
    if "key" in observation:
        return str(observation["key"])
    codes = [str(observation[dimension["code"]]) for dimension in document.get("dimensions") or []]
    return ".".join([str(observation["measure"]), *codes, str(observation["period"])])


def _step(value: Any, step: str, path: str) -> Any:
    if isinstance(value, dict) and step in value:
        return value[step]
    if isinstance(value, list):
        if step.isdecimal() and int(step) < len(value):
            return value[int(step)]
        for item in value:
            if isinstance(item, dict) and item.get("id") == step:
                return item
    raise MissingMember(f"'{path}' leads to nothing")


def _observations(document: dict[str, Any], key: str, rows: list[Observation]) -> dict[str, Any]:
    chosen = [row for row in rows if not key or observation_key(document, row) == key]
    if not chosen:
        raise MissingMember(f"no observation '{key}'" if key else "the dataset has no observations")
    # A mapping, not a list: the number of rows is no value that the report states.
    return {str(n): _with_labels(document, row) for n, row in enumerate(chosen)}


def _with_labels(document: dict[str, Any], row: Observation) -> dict[str, Any]:
    """What a row says, with the names of its measure and codes: 「第一次申訴」 is a label."""
    labels = [m["label"] for m in document.get("measures") or [] if m["code"] == row.get("measure")]
    for dimension in document.get("dimensions") or []:
        code = str(row.get(dimension["code"]))
        labels += [c["label"] for c in dimension.get("codes") or [] if c["code"] == code]
    return {
        "value": row.get("value"),
        "period": str(row.get("period") or ""),
        "note": row.get("note"),
        "labels": {str(n): label for n, label in enumerate(labels)},
    }
