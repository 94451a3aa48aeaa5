"""Files that come with a form: kept encrypted until the form is sent, and known to nobody but whoever has the form.

What is known of a file that waits, its name and its key, stands encrypted in the page and nowhere else: it is bound to
the form, and travels with what was typed. Whoever leaves the form leaves a file that nobody can read, and that
`portal.cases.attachments.sweeping` removes.
"""

import base64
import binascii
import datetime
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.cases import actors, identity_numbers
from portal.cases.attachments.attaching import attach, check_room
from portal.cases.attachments.keeping import Kept, keep
from portal.cases.attachments.limits import FILING
from portal.cases.attachments.refusals import FileGone, FileRefused, FilesTooLarge, TooManyFiles
from portal.cases.attachments.sweeping import ORPHANED
from portal.cases.models import Case
from portal.cases.personal import ciphers
from portal.cases.personal.keys import Unreadable, data_keys
from portal.cases.personal.wrapped import Personal
from portal.core import allowances
from portal.core.addresses import network
from portal.core.typed import one_line
from portal.services.entering import FILES, Entry
from portal.services.models import Allowance

#: How long a file waits for its form to be sent: well before it is swept away.
WAITS = datetime.timedelta(seconds=ORPHANED / 2)
#: Files that one sender may send in an hour.
PER_SENDER = 60
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Shown:
    """A file as a page shows it, with what the page carries for it."""

    name: str
    size: str
    token: str


class NotTaken(Exception):
    """Some files were not taken; ``problem`` says which and why."""

    def __init__(self, problem: str) -> None:
        super().__init__("some files were not taken")
        self.problem = problem


def with_files(entry: Entry, tokens: Iterable[str], uploads: Sequence[UploadedFile], sender: str) -> Entry:
    """The form with the files that it has brought before and that come with it now, from the IP address of a sender.
    Those that are not taken are a problem of the form; the others stay.
    """
    files: dict[uuid.UUID, Kept] = {}
    problems: list[str] = []
    for token in tokens:
        try:
            file = _opened(token, entry.form)
            together = files | {file.uid: file}
            check_room(FILING, len(together), sum(each.size for each in together.values()))
        except FileRefused as refusal:
            problems.append(refusal.message)
        else:
            files = together
    taken, problem = _kept(uploads, list(files.values()), sender)
    problems += [problem] if problem else []
    return replace(entry, files=(*files.values(), *taken), file_problem=" ".join(dict.fromkeys(problems)))


def add(case: Case, uploads: Sequence[UploadedFile], sender: str) -> int:
    """Add files to a case for the citizen, all or none; how many.

    Raises `NotTaken`, and `Refused` where the case takes none.
    """
    taken, problem = _kept(uploads, [], sender)
    if problem or not taken:
        raise NotTaken(problem or _("Choose a file first."))
    try:
        attach(case_reference=case.reference, kept=taken, actor=actors.CITIZEN)
    except FileRefused as refusal:
        raise NotTaken(refusal.message) from None
    return len(taken)


def shown(entry: Entry) -> list[Shown]:
    """The files of a form, identity numbers in their names masked."""
    return [
        Shown(identity_numbers.masked(each.name.reveal()), filesizeformat(each.size), _token(each, entry.form))
        for each in entry.files
    ]


def _kept(uploads: Sequence[UploadedFile], before: Sequence[Kept], sender: str) -> tuple[list[Kept], str]:
    """The files that were taken, and what is wrong with the others."""
    taken: list[Kept] = []
    problems: list[str] = []
    for upload in uploads:
        try:
            size = sum(each.size for each in (*before, *taken)) + (upload.size or 0)
            check_room(FILING, len(before) + len(taken) + 1, size)
            if not allowances.take(
                Allowance, "files", network(sender), limit=PER_SENDER, window=allowances.HOUR, now=timezone.now()
            ):
                problems.append(_("Many files came from your network. Please try again in an hour."))
                break
            taken.append(keep(upload.read(), upload.name or ""))
        except (TooManyFiles, FilesTooLarge) as refusal:
            problems.append(refusal.message)
            break
        except FileRefused as refusal:
            problems.append(_("“%(name)s”: %(problem)s") % {"name": _visible(upload.name), "problem": refusal.message})
    return taken, " ".join(problems)


def _visible(name: str | None) -> str:
    """What somebody calls a file, as a message may repeat it to them."""
    text = "".join(each if each.isprintable() else "\ufffd" for each in one_line(name or ""))
    return identity_numbers.masked(text)[:_LONGEST_NAME]


def _token(file: Kept, form: str) -> str:
    """All that is known of a file, for the page alone: encrypted, and of no use to another form."""
    said = {
        "uid": file.uid.hex,
        "name": file.name.reveal(),
        "media_type": file.media_type,
        "size": file.size,
        "digest": file.digest,
        "key": file.key.reveal(),
        "until": (timezone.now() + WAITS).timestamp(),
    }
    keys = data_keys()
    sealed = ciphers.encrypted(Personal(json.dumps(said)), _place(form), keys)
    return f"{keys.current}.{base64.urlsafe_b64encode(sealed).decode()}"


def _opened(token: str, form: str) -> Kept:
    """The file of a token. Raises `FileGone` for one of another form, of none, or that has waited for too long."""
    key, _dot, encoded = token.partition(".")
    try:
        sealed = base64.urlsafe_b64decode(encoded)
        said = json.loads(ciphers.decrypted(sealed, _place(form), key, data_keys()).reveal())
    except (binascii.Error, ValueError, Unreadable):
        raise FileGone from None
    if said["until"] < timezone.now().timestamp():
        raise FileGone
    return Kept(
        uuid.UUID(said["uid"]),
        Personal(said["name"]),
        said["media_type"],
        said["size"],
        said["digest"],
        Personal(said["key"]),
    )


def _place(form: str) -> ciphers.Place:
    return ciphers.Place(f"form {form}", 0, FILES)
