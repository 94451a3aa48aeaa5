"""What search keeps in the database. All of it but `Synonym` and `Pin` can be made again from the current records."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.languages import CHINESE, ENGLISH

#: The column of `Entry` that has what results show, by language.
SHOWN = {CHINESE: "shown_zh_hant", ENGLISH: "shown_en"}


class Entry(models.Model):
    """A public record as search sees it.

    ``key`` is the number by which engines know it. ``seq`` is the head of the log when it was made: nothing older
    replaces it. ``source`` is the JSON text of its index document, ready for any engine; ``shown_zh_hant`` and
    ``shown_en`` the JSON texts of what results show; ``words`` its words in Latin letters, once each, by spaces;
    ``analysis`` the way in which all of that was made.
    """

    key = models.PositiveBigIntegerField(primary_key=True)
    uid = models.CharField(max_length=140, unique=True)
    seq = models.PositiveBigIntegerField()
    source = models.TextField()
    shown_zh_hant = models.TextField()
    shown_en = models.TextField()
    words = models.TextField()
    analysis = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["seq"])]

    def __str__(self) -> str:
        return f"{self.uid} at {self.seq}"


class Stamp(models.Model):
    """The one row whose ``stamp`` changes whenever any entry does."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.CharField(max_length=32)


class Word(models.Model):
    """A word in Latin letters, and how many entries have it: what a misspelt word is compared with."""

    word = models.CharField(max_length=60, primary_key=True)
    count = models.IntegerField()


class Name(models.Model):
    """A name that a record gives in both languages, in one of them: ``folded`` as queries are read, ``text`` as it is
    written. ``uid`` is the record (or ``synonym:`` and its number), and the rows with one ``pair`` name the same.
    What of that a search asks for is counted in `Pair`.
    """

    uid = models.CharField(max_length=140)
    pair = models.CharField(max_length=160)
    folded = models.CharField(max_length=200)
    text = models.CharField(max_length=200)
    language = models.CharField(max_length=7)

    class Meta:
        indexes = [models.Index(fields=["uid"])]


class Pair(models.Model):
    """A name, another one that means the same, both folded, and how many pairs of records and synonyms say so."""

    folded = models.CharField(max_length=200)
    other = models.CharField(max_length=200)
    count = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["folded", "other"], name="search_pair_unique")]


class Completion(models.Model):
    """A beginning that completes to ``text``: ``folded`` is the text, folded, from one of its words on.

    ``kind`` is title, place, person or organisation; ``weight`` sorts completions with the same beginning, the most
    useful first.
    """

    uid = models.CharField(max_length=140)
    language = models.CharField(max_length=7)
    kind = models.CharField(max_length=12)
    folded = models.CharField(max_length=200)
    text = models.CharField(max_length=300)
    weight = models.SmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["language", "folded"]), models.Index(fields=["uid"])]


class FileText(models.Model):
    """The text of a public file (PDF, DOCX, ODT), read once; empty where it has none. ``problem`` says why it could not
    be read.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    text = models.TextField(blank=True)
    problem = models.CharField(max_length=200, blank=True)


class Synonym(models.Model):
    """Words and names that mean the same to whoever searches: each line of ``terms`` is one of them, in either
    language. They widen what is asked, never what is indexed.
    """

    terms = models.TextField(_("terms"), help_text=_("One word or name per line, in either language; at least two."))
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("Why they belong together."))

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return " = ".join(self.lines)

    @property
    def lines(self) -> list[str]:
        """The terms, without blank lines."""
        return [line.strip() for line in self.terms.splitlines() if line.strip()]


class Pin(models.Model):
    """A record that stands first where exactly this is asked. ``folded`` is the query as searches are compared."""

    query = models.CharField(_("query"), max_length=200, help_text=_("The words, as a reader would type them."))
    folded = models.CharField(max_length=200, editable=False)
    uid = models.CharField(_("record"), max_length=140, help_text=_("The uid of a public record, such as city:busan."))
    position = models.PositiveSmallIntegerField(_("position"), default=1, help_text=_("1 stands first."))

    class Meta:
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")
        ordering = ["folded", "position", "uid"]
        constraints = [models.UniqueConstraint(fields=["folded", "uid"], name="search_pin_unique")]
        indexes = [models.Index(fields=["folded"])]

    def __str__(self) -> str:
        return f"{self.query} → {self.uid}"
