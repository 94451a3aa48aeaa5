"""A machine that does to a small tree whatever editors can do, in any order, and looks after each step at what became
public.

Every text that it writes carries a token of its own. A token that was never on a public page may be nowhere in public;
one that no longer is may be in versions and changes alone; one that was redacted may be nowhere at all, unless another
record was copied from it and says the same.
"""

import datetime
import hashlib
import io
import re
import shutil
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from PIL import Image as PillowImage
from PIL.PngImagePlugin import PngInfo
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Revision

from cms.models import PlainPage, PublicationFailure, RelatedLink, VisitPage
from cms.redaction import redact_record
from portal.publication.consumers import step
from portal.publication.models import Content, CurrentRecord, LogRow
from portal.publication.renditions import CONSUMER
from tests import invariants, readers
from tests.factories.pages import add, change, changing, fresh, home, picture, stream, superuser, text_block
from tests.integration.cms.everywhere import everywhere

TOKEN = re.compile(r"Tk\d{5}x")
_WORDS = {
    "ground": {"zh-Hant": "法", "en": None},
    "authority": {"zh-Hant": "府", "en": None},
    "date": "2022-07-01",
}


def redactable():
    """The rows that may be redacted: of records whose page has none below it, or is gone."""
    above = [page.specific.uid for page in Page.objects.filter(depth__gt=1, numchild__gt=0)]
    return LogRow.objects.filter(redaction__isnull=True).exclude(action="redact").exclude(uid__in=above)


class Publishing(RuleBasedStateMachine):
    """One example is one tree, thrown away at its end."""

    def __init__(self):
        super().__init__()
        self.tree = transaction.atomic()
        # What runs within is to take this for the outermost transaction, as it would a test's own.
        self.tree._from_testcase = True
        self.tree.__enter__()
        now = timezone.now
        self.passed = datetime.timedelta()
        self.clock = mock.patch.object(timezone, "now", lambda: now() + self.passed)
        self.clock.start()
        self.count = 0
        self.pictures: dict[str, str] = {}
        self.was_public: set[str] = set()
        self.copied: set[str] = set()
        self.redacted: set[str] = set()
        home()

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.tree.__exit__(None, None, None)
        for root in (settings.MEDIA_ROOT, settings.PUBLIC_ROOT):
            shutil.rmtree(root, ignore_errors=True)

    # What there is to choose from.

    def pages(self, *models):
        """The pages below the home page, of these types or of any."""
        below = Page.objects.descendant_of(home()).specific().order_by("pk")
        return [page for page in below if not models or isinstance(page, models)]

    def one(self, data, *models):
        return data.draw(st.sampled_from(self.pages(*models)))

    def shelf(self, data):
        """Where pages can stand."""
        return data.draw(st.sampled_from([home(), *self.pages(PlainPage)]))

    def token(self):
        """A word that nobody has written before."""
        self.count += 1
        return f"Tk{self.count:05d}x"

    def text(self):
        """Texts with a new token."""
        token = self.token()
        return {
            "headline_zh_hant": f"標題{token}",
            "summary_zh_hant": f"摘要{token}",
            "body": stream(text_block(f"<p>內文{token}</p>")),
        }

    def has_pages(self):
        return Page.objects.descendant_of(home()).exists()

    # What editors do.

    @initialize()
    def begin(self):
        """Two shelves and what stands on them, so that there is something to lose from the first step on."""
        for _shelf in range(2):
            shelf = self.put(PlainPage, home(), publish=True)
            self.put(VisitPage, shelf, publish=True)
            self.put(VisitPage, shelf, publish=False)

    def put(self, model, parent, *, publish):
        return add(model, parent=parent, publish=publish, **self.text() | {"headline_en": f"Record {self.count}"})

    @rule(data=st.data(), shelf=st.booleans(), publish=st.booleans())
    def add(self, data, shelf, publish):
        self.put(PlainPage if shelf else VisitPage, self.shelf(data), publish=publish)

    @precondition(has_pages)
    @rule(data=st.data(), publish=st.booleans())
    def edit(self, data, publish):
        change(self.one(data), publish=publish, **self.text())

    @precondition(has_pages)
    @rule(data=st.data(), publish=st.booleans())
    def illustrate(self, data, publish):
        page, token, buffer, note = self.one(data), self.token(), io.BytesIO(), PngInfo()
        note.add_text("Comment", token)
        PillowImage.new("RGB", (4, 4)).save(buffer, "PNG", pnginfo=note)
        content = buffer.getvalue()
        with changing():
            image = get_image_model().objects.create(title=token, file=ContentFile(content, f"{self.count}.png"))
        self.pictures[hashlib.sha256(content).hexdigest()] = token
        change(page, publish=publish, media=stream(picture(image)))

    @precondition(has_pages)
    @rule(data=st.data(), publish=st.booleans())
    def cite(self, data, publish):
        change(self.one(data), publish=publish, related_links=[RelatedLink(target=self.one(data).page_ptr)])

    @precondition(has_pages)
    @rule(data=st.data())
    def publish(self, data):
        with changing():
            self.one(data).get_latest_revision().publish()

    @precondition(has_pages)
    @rule(data=st.data())
    def revert(self, data):
        page = self.one(data)
        older = data.draw(st.sampled_from(list(Revision.objects.for_instance(page).order_by("pk"))))
        with changing():
            older.as_object().save_revision(previous_revision=older).publish(previous_revision=older)

    @precondition(has_pages)
    @rule(data=st.data(), descendants=st.booleans())
    def unpublish(self, data, descendants):
        page, user = self.one(data), superuser()
        if page.permissions_for_user(user).can_unpublish():
            with changing():
                UnpublishPageAction(page, user=user, include_descendants=descendants).execute()

    @precondition(has_pages)
    @rule(data=st.data())
    def delete(self, data):
        page = self.one(data)
        with changing():
            page.delete()

    @precondition(has_pages)
    @rule(data=st.data())
    def move(self, data):
        page, target = self.one(data), self.shelf(data)
        if not (target.pk == page.pk or target.is_descendant_of(page)):
            with changing():
                page.move(target, pos="last-child")

    @precondition(has_pages)
    @rule(data=st.data(), recursive=st.booleans(), live=st.booleans(), revisions=st.booleans())
    def copy(self, data, recursive, live, revisions):
        page, target = self.one(data), self.shelf(data)
        if recursive and (target.pk == page.pk or target.is_descendant_of(page)):
            return
        for source in page.get_descendants(inclusive=True).specific():
            self.copied |= self.tokens_of(source)
            for revision in Revision.objects.for_instance(source):
                self.copied |= self.tokens_of(revision.as_object())
        with changing():
            page.copy(recursive=recursive, to=target, keep_live=live, copy_revisions=revisions)

    @precondition(lambda self: PageViewRestriction.objects.count() < 2)
    @rule(data=st.data())
    def restrict(self, data):
        page = data.draw(st.sampled_from([home(), *self.pages()]))
        with changing():
            PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")

    @precondition(lambda self: PageViewRestriction.objects.exists())
    @rule(data=st.data())
    def unrestrict(self, data):
        with changing():
            data.draw(st.sampled_from(list(PageViewRestriction.objects.order_by("pk")))).delete()

    @precondition(has_pages)
    @rule(data=st.data())
    def schedule(self, data):
        change(self.one(data), go_live_at=timezone.now() + datetime.timedelta(hours=1), **self.text())

    @precondition(has_pages)
    @rule(data=st.data())
    def let_expire(self, data):
        change(self.one(data), expire_at=timezone.now() + datetime.timedelta(hours=1), go_live_at=None)

    @rule()
    def time_passes(self):
        self.passed += datetime.timedelta(hours=2)
        with TestCase.captureOnCommitCallbacks(execute=True):
            call_command("publish_scheduled", verbosity=0)
        assert not PublicationFailure.objects.exists()

    @rule()
    def consumers_catch_up(self):
        while step(CONSUMER):
            pass

    @precondition(lambda self: redactable().exists())
    @rule(data=st.data(), whole=st.booleans())
    def redact(self, data, whole):
        rows = redactable()
        uid = data.draw(st.sampled_from(sorted(set(rows.values_list("uid", flat=True)))))
        versions = list(rows.filter(uid=uid).order_by("seq").values_list("version", flat=True))
        if not whole:
            versions = data.draw(st.lists(st.sampled_from(versions), min_size=1, unique=True))
        going = Content.objects.filter(row__uid=uid, row__version__in=versions)
        staying = Content.objects.filter(row__uid=uid).exclude(row__version__in=versions)
        tokens = self.tokens_in_documents(going) - self.tokens_in_documents(staying)
        with changing():
            redact_record(uid, None if whole else versions, **_WORDS)
        self.redacted |= tokens - self.copied

    # What holds.

    @staticmethod
    def tokens_of(page):
        """The tokens of a page's texts and pictures, public if the page is."""
        texts = [page.headline_zh_hant, page.summary_zh_hant, *(str(block.value) for block in page.body)]
        images = [block.value["image"] for block in page.media]
        return set(TOKEN.findall(" ".join(map(str, [*texts, *(image.title for image in images if image)]))))

    def tokens_in_documents(self, contents):
        """The tokens of documents' texts and pictures."""
        texts = " ".join(contents.values_list("document", flat=True))
        return set(TOKEN.findall(texts)) | {token for sha256, token in self.pictures.items() if sha256 in texts}

    @invariant()
    def everything_is_where_it_may_be(self):
        invariants.check()
        assert not any(Page.find_problems())
        self.tokens_are_where_they_may_be()
        self.readers_are_given_what_is_public()
        self.what_was_redacted_is_nowhere()

    def tokens_are_where_they_may_be(self):
        public = [fresh(page) for page in Page.objects.live().public() if page.depth > 1]
        now_public = set().union(*(self.tokens_of(page) for page in public if page.specific_class is not Page))
        self.was_public |= now_public
        current = " ".join(
            " ".join(row)
            for row in CurrentRecord.objects.values_list(
                "ready", "ready_zh_hant", "ready_en", "title_zh_hant", "title_en"
            )
        )
        shown = set(TOKEN.findall(current)) | {token for sha256, token in self.pictures.items() if sha256 in current}
        assert shown == now_public
        assert self.tokens_in_documents(Content.objects.all()) <= self.was_public
        public_files = self.tokens_in_files(settings.PUBLIC_ROOT)
        assert public_files <= self.was_public
        assert not self.redacted & public_files

    @staticmethod
    def tokens_in_files(root):
        content = b"".join(path.read_bytes() for path in Path(root).rglob("*") if path.is_file())
        return {token.decode() for token in re.findall(TOKEN.pattern.encode(), content)}

    def readers_are_given_what_is_public(self):
        paths = CurrentRecord.objects.exclude(path=None).order_by("-row_id").values_list("path", flat=True)[:2]
        given = readers.responses(*paths, *(f"/en{path}" for path in paths))
        for address, body in given.items():
            shown = set(TOKEN.findall(body))
            assert not shown & self.redacted, address
            assert shown <= self.was_public, address
            if "/changes/" not in address:
                current = " ".join(CurrentRecord.objects.values_list("ready", flat=True))
                assert shown <= set(TOKEN.findall(current)), address

    def what_was_redacted_is_nowhere(self):
        if self.redacted:
            assert not self.redacted & everywhere(TOKEN)
            # Within a test's transaction SQLite's own file is not looked at; uploads are.
            assert not self.redacted & self.tokens_in_files(settings.MEDIA_ROOT)
