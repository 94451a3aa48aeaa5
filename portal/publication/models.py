"""The publication log and what is kept beside it.

The log (`LogRow`, `Content`, `Redaction`) is append-only; the database's own triggers hold that (`triggers`).
Everything else here can be made again from the log: `CurrentRecord`, `Citation`, `PublicFile`, `FileUse`, `Rendition`,
and the consumers' `ConsumerPosition`.
"""

from django.db import models

from portal.core.languages import CHINESE, ENGLISH


class LogRow(models.Model):
    """One version of one record: the eight members that the chain of hashes is made over, and nothing else.

    ``published_at`` is text (RFC 3339, UTC, microseconds: ``2022-08-01T00:00:00.000000Z``), so that the hash is over
    the very characters that are stored. ``commitment`` and ``previous`` are SHA-256 in lower-case hex.
    """

    class Action(models.TextChoices):
        PUBLISH = "publish"
        WITHDRAW = "withdraw"
        REDACT = "redact"

    seq = models.PositiveBigIntegerField(primary_key=True)
    uid = models.CharField(max_length=140)
    type = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=8, choices=Action)
    published_at = models.CharField(max_length=27)
    commitment = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["uid", "version"], name="publication_logrow_version_unique")]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.uid} v{self.version}"


class Content(models.Model):
    """What a row commits to: the canonical document (RFC 8785 text) and the nonce (32 bytes in hex). Gone once the row
    is redacted.
    """

    row = models.OneToOneField(
        LogRow, on_delete=models.PROTECT, primary_key=True, related_name="content", db_column="seq"
    )
    document = models.TextField()
    nonce = models.CharField(max_length=64)


class Redaction(models.Model):
    """That a row's content was taken out, and the ``redact`` row that says on what ground."""

    row = models.OneToOneField(
        LogRow, on_delete=models.PROTECT, primary_key=True, related_name="redaction", db_column="seq"
    )
    by = models.ForeignKey(LogRow, on_delete=models.PROTECT, related_name="covers")


class Head(models.Model):
    """The one row that readers ask first: the last ``seq``, and a stamp that changes whenever anything served from here
    does.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    stamp = models.CharField(max_length=32, default="0")
    changed_at = models.DateTimeField(null=True)


class CurrentRecord(models.Model):
    """The latest state of a record, ready to serve.

    ``ready``, ``ready_zh_hant`` and ``ready_en`` are JSON texts: the document's members with labels, addresses,
    renditions and derived values, with language maps and flattened. They are empty unless ``state`` is ``public``.
    ``starts`` and ``ends`` are the days that the record's own dates can mean; ``sort_date`` is the start, or the end
    where the start is unknown; undated records have none of the three.
    """

    class State(models.TextChoices):
        PUBLIC = "public"
        WITHDRAWN = "withdrawn"
        REDACTED = "redacted"

    uid = models.CharField(max_length=140, primary_key=True)
    type = models.CharField(max_length=20)
    state = models.CharField(max_length=9, choices=State)
    version = models.PositiveIntegerField()
    row = models.ForeignKey(LogRow, on_delete=models.PROTECT, related_name="+", db_column="seq")
    path = models.CharField(max_length=300, null=True)
    title_zh_hant = models.TextField(blank=True)
    title_en = models.TextField(blank=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    ongoing = models.BooleanField(default=False)
    sort_date = models.DateField(null=True)
    precision = models.CharField(max_length=9, default="undated")
    published_at = models.CharField(max_length=27)
    modified_at = models.CharField(max_length=27)
    etag = models.CharField(max_length=32)
    changed_at = models.DateTimeField()
    ready = models.TextField(blank=True)
    ready_zh_hant = models.TextField(blank=True)
    ready_en = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["path"]),
            models.Index(fields=["state", "sort_date", "uid"]),
            models.Index(fields=["state", "type", "sort_date", "uid"]),
            models.Index(fields=["state", "published_at", "uid"]),
            models.Index(fields=["state", "type", "published_at", "uid"]),
            models.Index(fields=["modified_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.uid} v{self.version} ({self.state})"

    @property
    def title(self) -> dict[str, str | None]:
        """The title as a language map; only public records have one."""
        return {CHINESE: self.title_zh_hant, ENGLISH: self.title_en or None}


class Citation(models.Model):
    """That the current document of ``source`` cites ``target`` (a record or a topic), and as what: city, related,
    supersedes, topic, body.
    """

    source = models.CharField(max_length=140)
    target = models.CharField(max_length=140)
    role = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target", "role"], name="publication_citation_unique")]
        indexes = [models.Index(fields=["target", "role", "source"])]


class Address(models.Model):
    """An address that a record has, or once had: old ones lead to the record's present address."""

    path = models.CharField(max_length=300)
    uid = models.CharField(max_length=140)
    since = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "uid"], name="publication_address_unique")]


class PublicFile(models.Model):
    """A file that some version in the log uses, by the SHA-256 of its content; stored in the ``public`` storage under
    ``name``.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)


class FileUse(models.Model):
    """That the content of a log row uses a public file. A file is served as long as one use is left."""

    file = models.ForeignKey(PublicFile, on_delete=models.CASCADE, related_name="uses")
    row = models.ForeignKey(LogRow, on_delete=models.PROTECT, related_name="file_uses", db_column="seq")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "row"], name="publication_fileuse_unique")]


class Rendition(models.Model):
    """A public picture at another width or in another format."""

    file = models.ForeignKey(PublicFile, on_delete=models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    format = models.CharField(max_length=8)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "width", "format"], name="publication_rendition_unique")]


class ConsumerPosition(models.Model):
    """How far a consumer has followed the log: everything up to ``seq`` is done. ``problem`` says why it stands still,
    if it does.
    """

    consumer = models.CharField(max_length=40, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    problem = models.TextField(blank=True)
