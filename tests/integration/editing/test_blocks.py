"""The body's blocks and rich text: from a document into a StreamField and back, and what never gets through."""

import json
from html import escape
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cms.base.context import DocumentContext
from cms.base.members import Body
from cms.datasets.document import TableDigest
from cms.models import DatasetPage, VisitPage
from cms.seeding.context import SeedingContext
from portal.core.languages import CHINESE, ENGLISH, language_map
from portal.publication import selectors
from portal.publication.codelists import LISTS
from portal.publication.schemas import validate
from tests.factories.documents import document
from tests.factories.filled import FIELDS, TABLE
from tests.factories.pages import (
    add,
    attachment,
    changing,
    draft,
    form_data,
    fresh,
    image,
    link_block,
    picture,
    stream,
    text_block,
)
from tests.factories.tables import KEY, dataset_page

pytestmark = pytest.mark.django_db


class Filing(SeedingContext):
    """Knows the uploads of the test, as the seeding knows its drawings."""

    def __init__(self, pages, uploads):
        super().__init__(pages)
        self._uploads = uploads

    def image(self, picture):
        return self._uploads[picture["sha256"]]

    def attachment(self, data):
        return self._uploads[data["sha256"]]

    def stored_rich_text(self, html):
        for sha256, pk in self._uploads.items():
            html = html.replace(f'href="file:{sha256}"', f'linktype="document" id="{pk}"')
        return super().stored_rich_text(html)


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
sentences = st.lists(words, min_size=1, max_size=3).map(" ".join)


def maps(texts=sentences, english=True):
    """Language maps; the English may be missing."""
    return st.builds(language_map, texts, st.none() | texts if english else texts)


@st.composite
def rich(draw, links):
    """Rich text as documents have it."""

    def inline():
        text = escape(draw(sentences), quote=False)
        kind = draw(st.sampled_from(["", "strong", "code", "link"]))
        return (
            f"<{kind}>{text}</{kind}>"
            if kind in ("strong", "code")
            else f'<a href="{draw(links)}">{text}</a>'
            if kind
            else text
        )

    def part():
        kind = draw(st.sampled_from(["p", "h3", "h4", "ul", "ol"]))
        if kind in ("ul", "ol"):
            return f"<{kind}>" + "".join(f"<li>{inline()}</li>" for _ in range(draw(st.integers(1, 3)))) + f"</{kind}>"
        return f"<{kind}>{inline()}{draw(st.sampled_from(['', '<br>']))}{inline()}</{kind}>"

    return "".join(part() for _ in range(draw(st.integers(1, 3))))


@st.composite
def tables(draw):
    """A small table; where it has English at all, some cells may have none."""
    columns, rows = draw(st.integers(2, 4)), draw(st.integers(0, 3))
    cells = draw(st.sampled_from([maps(), st.builds(language_map, sentences, st.none())]))
    grid = [[draw(cells) for _ in range(columns)] for _ in range(rows + 1)]
    return {"type": "table", "caption": draw(st.none() | maps()), "header": grid[0], "rows": grid[1:]}


def listings():
    """Code: lines that may be indented or empty, the first and the last neither."""
    line = st.builds(str.__add__, st.sampled_from(["", "    "]), sentences)
    between = st.lists(st.just("") | line, max_size=3)
    return st.tuples(sentences, between, line).map(lambda parts: "\n".join([parts[0], *parts[1], parts[2]]))


def videos():
    """The addresses of videos as documents have them."""
    return st.from_regex(
        r"https://(www\.youtube\.com/watch\?v=[A-Za-z0-9_-]{11}|vimeo\.com/[0-9]{6,12})", fullmatch=True
    )


class Made:
    """A dataset, a record, a picture and a file to cite, and bodies that cite them."""

    def __init__(self):
        self.cited = add(VisitPage, publish=True, slug="cited")
        self.dataset = add(DatasetPage, **FIELDS[DatasetPage])
        with changing():
            edited = draft(self.dataset)
            TableDigest("table").assign(edited, TABLE, None)
            edited.save_revision().publish()
        shown, attached = image(), attachment()
        self.plain = DocumentContext(lambda _uid: True)
        self.picture = self.plain.picture(shown)
        self.file = self.plain.file(attached)
        pages = {self.cited.uid: self.cited.pk, self.dataset.uid: self.dataset.pk}
        self.filing = Filing(pages, {self.picture["sha256"]: shown.pk, self.file["sha256"]: attached.pk})
        self.figure = self.plain.figure(fresh(self.dataset), KEY)
        self.link = f'<a href="figure:{self.dataset.uid}/{KEY}">5,498</a>'

    def citing(self, value):
        """Texts that cite the dataset's figure."""
        return {language: text and f"{text}<p>{self.link}人，{self.link}</p>" for language, text in value.items()}

    def bodies(self):
        """Bodies of blocks of every type."""
        links = st.sampled_from(
            [f"record:{self.cited.uid}", "https://example.org/?a=1&amp;b=2", f"file:{self.file['sha256']}", "tel:1950"]
        )
        texts, optional = maps(rich(links)), st.none() | maps()
        shown = {"alt": maps(), "caption": optional, "credit": optional, "illustration": st.booleans()}
        shown |= {"number": st.none() | st.integers(1, 99)}
        every = [
            st.fixed_dictionaries({"type": st.just("text"), "value": texts}),
            texts.map(lambda value: {"type": "text", "value": self.citing(value), "figures": [self.figure]}),
            st.fixed_dictionaries({"type": st.just("heading"), "value": maps()}),
            st.fixed_dictionaries({"type": st.just("quote"), "value": maps(), "attribution": optional}),
            st.fixed_dictionaries({"type": st.just("record"), "uid": st.just(self.cited.uid), "text": optional}),
            st.fixed_dictionaries(
                {"type": st.just("picture"), "picture": st.fixed_dictionaries(shown).map(lambda v: self.picture | v)}
            ),
            st.fixed_dictionaries(
                {"type": st.just("file"), "file": maps().map(lambda title: self.file | {"title": title})}
            ),
            maps().map(lambda label: {"type": "figure", **self.figure, "label": label}),
            tables(),
            st.fixed_dictionaries({"type": st.just("video"), "address": videos(), "title": maps()}),
            st.fixed_dictionaries(
                {
                    "type": st.just("code"),
                    "language": st.sampled_from(list(LISTS["*.code_language"])),
                    "value": listings(),
                }
            ),
        ]
        blocks = st.lists(st.one_of(every), max_size=6)
        return blocks.map(lambda found: [{"id": f"block-{n}", **block} for n, block in enumerate(found)])


def test_every_body_comes_back_as_it_went_in(db):
    made = Made()

    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(made.bodies())
    def comes_back(body):
        page = VisitPage()
        Body("body").assign(page, body, made.filing)
        assert Body("body").value(page, made.plain) == body
        # What a StreamField stores is the same again.
        page.body = json.dumps(page.body.get_prep_value())
        assert Body("body").value(page, made.plain) == body
        validate(document("visit", body=body), "visit.2")

    comes_back()


def test_code_through_the_form_keeps_its_lines(editor):
    page = add(publish=True)
    edited = draft(page)
    typed = "if True:\r\n    print('<b>')\r\n"
    edited.body = stream({"type": "code", "value": {"language": "python", "value": typed}})
    data = form_data(edited) | {"action-publish": "1"}
    assert editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    [block] = selectors.versions(page.uid)[-1].document["body"]
    assert block | {"id": ""} == {"id": "", "type": "code", "language": "python", "value": "if True:\n    print('<b>')"}


def test_a_video_through_the_form(editor):
    page = add(publish=True)
    edited = draft(page)
    title = {"zh_hant": "市鑰的故事", "en": ""}
    edited.body = stream({"type": "video", "value": {"address": "https://youtu.be/dQw4w9WgXcQ?si=x", "title": title}})
    data = form_data(edited) | {"action-publish": "1"}
    assert editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    [block] = selectors.versions(page.uid)[-1].document["body"]
    assert block["address"] == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert block["title"] == {CHINESE: "市鑰的故事", ENGLISH: None}


def test_a_video_of_somebody_else_is_refused_at_its_field(editor):
    page = add(publish=True)
    edited = draft(page)
    title = {"zh_hant": "影片", "en": ""}
    edited.body = stream(
        {"type": "video", "value": {"address": "https://evil.example/watch?v=dQw4w9WgXcQ", "title": title}}
    )
    data = form_data(edited) | {"action-publish": "1"}
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.status_code == 200
    assert "YouTube, Vimeo" in response.content.decode()
    assert len(selectors.versions(page.uid)) == 1


def test_a_picture_with_its_texts_through_the_form(editor):
    shown = image()
    page = add(publish=True)
    edited = draft(page)
    part = picture(shown)
    part["value"] |= {
        "caption": {"zh_hant": "市長會見來賓", "en": "The Mayor meets guests"},
        "credit": {"zh_hant": "由我駐帛琉大使館提供", "en": ""},
        "number": 3,
    }
    edited.media, edited.body = stream(part), stream(part)
    data = form_data(edited) | {"action-publish": "1"}
    assert editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data).status_code == 302
    said = selectors.versions(page.uid)[-1].document
    [in_media], [in_body] = said["media"], said["body"]
    assert in_media == in_body["picture"]
    assert in_media["alt"] == {CHINESE: "一張圖", ENGLISH: "A picture"}
    assert in_media["caption"] == {CHINESE: "市長會見來賓", ENGLISH: "The Mayor meets guests"}
    assert in_media["credit"] == {CHINESE: "由我駐帛琉大使館提供", ENGLISH: None}
    assert (in_media["illustration"], in_media["number"], in_media["type"]) == (True, 3, "image/png")


class Elements(HTMLParser):
    """Every element and attribute of a text."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


_HOSTILE = [
    "<script>alert(1)</script>",
    '<p onclick="alert(1)" style="color:red" class="x">字</p>',
    '<a href="javascript:alert(1)">字</a>',
    '<a href=" java\nscript:alert(1)">字</a>',
    '<a href="&#106;avascript:alert(1)">字</a>',
    '<a href="data:text/html,<script>1</script>">字</a>',
    '<a href="https://example.org/" onmouseover="x()" target="_blank">字</a>',
    '<a href="vbscript:x">字</a>',
    '<iframe src="https://example.org/"></iframe>',
    '<img src=x onerror="alert(1)">',
    "<style>p{}</style>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><style><img src=x onerror=alert(1)>",
    '<embed embedtype="image" id="1" format="left" alt="x">',
    '<form action="/"><input name="a"></form>',
    '<a linktype="page" id="²">字</a>',
    '<a linktype="page" id="99999999999999999999999999">字</a>',
    '<a linktype="document" id="none">字</a>',
    '<a linktype="email" href="mailto:a@example.org">字</a>',
    '<a linktype="constructor" id="1">字</a>',
    '<a href="figure:dataset:headcount/headcount.workers.2022-05">字</a>',
    '<a href="https://example.org/{{dataset:headcount headcount.workers.2022-05}}">字</a>',
    '<a href="https://example.org/>{{dataset:headcount headcount.workers.2022-05}} onclick=alert(1) ">字</a>',
    "{{dataset:headcount headcount.workers.2022-05}}",
    "<!-- <script> -->",
    "<p>字</p>",
    "<",
    '"',
    "&lt;script&gt;",
]
_ALLOWED = {"p", "ul", "ol", "li", "strong", "b", "a", "br", "h3", "h4"}


_SCHEMES = {"http", "https", "mailto", "tel", "record", "file"}


@pytest.mark.parametrize("has_data", [False, True])
def test_nothing_unsafe_is_in_a_document(has_data):
    if has_data:
        dataset_page()

    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(_HOSTILE) | st.text(max_size=5), max_size=5).map("".join))
    def is_safe(stored):
        safe = DocumentContext(lambda _uid: True).rich_text(stored)
        for tag, attributes in Elements(safe).found:
            assert tag in _ALLOWED
            assert set(attributes) <= {"href"}
            href = attributes.get("href", "https:")
            assert href.split(":")[0] in _SCHEMES or (has_data and href == f"figure:dataset:headcount/{KEY}")
        assert "figure:" in safe or DocumentContext(lambda _uid: True).rich_text(safe) in (safe, "")

    is_safe()


@pytest.mark.parametrize("stored", ["", "<p></p>", "<p> </p>", "<p>&nbsp;</p>", "<p>\u3000</p><p></p>", "<p><br/></p>"])
def test_empty_paragraphs_are_no_text(stored):
    assert DocumentContext(lambda _uid: True).rich_text(stored) == ""


def test_empty_english_paragraphs_are_missing_english(editor):
    page = add(publish=True, body=stream(text_block("<p>字</p>", "<p></p>")))
    said = selectors.versions(page.uid)[-1].document
    assert said["body"][0]["value"] == {CHINESE: "<p>字</p>", ENGLISH: None}
    assert said["translation"]["en"][f"body/{said['body'][0]['id']}"] == "missing"


def test_links_to_records_and_files(editor):
    attached = attachment()
    public, hidden = add(publish=True), add(headline_zh_hant="從未發布")
    file_link = f'<p>附<a linktype="document" id="{attached.pk}">檔案</a></p>'
    parts = [link_block(public), link_block(hidden), text_block(file_link), text_block("<p><a>無</a></p>")]
    page = add(publish=True, body=stream(*({**part, "id": f"block-{n}"} for n, part in enumerate(parts))))
    said = [block["value"][CHINESE] for block in selectors.versions(page.uid)[-1].document["body"]]
    sha256 = DocumentContext(lambda _uid: True).file(attached)["sha256"]
    assert said == [
        f'<p>見<a href="record:{public.uid}">這一筆</a></p>',
        "<p>見這一筆</p>",
        f'<p>附<a href="file:{sha256}">檔案</a></p>',
        "<p>無</p>",
    ]


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_pasted_table_has_rows_of_both_languages(chinese, english):
    block = VisitPage._meta.get_field("body").stream_block.child_blocks["table"]
    assume("\0" not in chinese + english)
    value = block.to_python({"caption": {"zh_hant": "", "en": ""}, "zh_hant": chinese, "en": english})
    made = block.to_document(value, None)
    for cells in (made["header"], *made["rows"]):
        assert all(cell[CHINESE].strip() for cell in cells)
