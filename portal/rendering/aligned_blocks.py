"""Which block of a body became which: the same one, moved, taken out or put in."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.rendering.marked_texts import operations

Block = Mapping[str, Any]


@dataclass(frozen=True)
class Placed:
    """A block and its place in its body, counted from 1."""

    place: int
    block: Block

    @property
    def content(self) -> str:
        """What it says, whatever its id."""
        return json.dumps({name: value for name, value in self.block.items() if name != "id"}, sort_keys=True)


@dataclass(frozen=True)
class Pair:
    """What a block was and what it is; a side is None where it was taken out or put in. ``is_moved`` says that it
    stands elsewhere among the blocks that stayed.
    """

    before: Placed | None
    after: Placed | None
    is_moved: bool = False

    @property
    def is_same(self) -> bool:
        """Whether nothing became of it."""
        if self.before is None or self.after is None or self.is_moved:
            return False
        return self.before.content == self.after.content


def aligned(before: Sequence[Block], after: Sequence[Block]) -> list[Pair]:
    """The blocks of two bodies in pairs, in the order of the later one; what was taken out stands where it was. Blocks
    are the same by their id, or, where that is new, by all that they say.
    """
    old, new = _by_id(before), _by_id(after)
    new = _with_former_ids(old, new)
    keys, later_keys = list(old), list(new)
    pairs = []
    for is_same, start, end, first, last in operations(keys, later_keys):
        if is_same:
            pairs += [Pair(old[key], new[key]) for key in later_keys[first:last]]
            continue
        pairs += [Pair(old[key], None) for key in keys[start:end] if key not in new]
        pairs += [Pair(old.get(key), new[key], is_moved=key in old) for key in later_keys[first:last]]
    return pairs


def _by_id(blocks: Sequence[Block]) -> dict[str, Placed]:
    """Blocks by their ids; should an id stand there again, by its place, too."""
    found: dict[str, Placed] = {}
    for place, block in enumerate(blocks, start=1):
        key = block["id"] if block["id"] not in found else f"{block['id']} {place}"
        found[key] = Placed(place, block)
    return found


def _with_former_ids(old: Mapping[str, Placed], new: Mapping[str, Placed]) -> dict[str, Placed]:
    """The later blocks by the ids of the earlier ones that say the same, where those are gone and their own are new."""
    gone: dict[str, list[str]] = defaultdict(list)
    for key, placed in old.items():
        if key not in new:
            gone[placed.content].append(key)

    def keys() -> Iterator[str]:
        for key, placed in new.items():
            same = gone.get(placed.content) if key not in old else None
            yield same.pop(0) if same else key

    return dict(zip(keys(), new.values(), strict=True))
