"""A petition as a citizen files and follows it: to the agency in charge, with more time, confidential, replied to."""

import pytest
from django.test import Client

from portal.cases.kinds import KINDS
from portal.cases.models import Case, Reading
from portal.cases.personal.reading import read
from portal.services.next_steps import next_step
from portal.services.offered import OFFERS
from tests.clock import set_day
from tests.factories.cases_officers import officer
from tests.factories.filing import (
    PETITION,
    PETITIONED,
    TRACK,
    advanced,
    file,
    form,
    handed_out,
    inputs,
    look,
    main,
    post,
    told,
)
from tests.validity import faults, parse

pytestmark = pytest.mark.django_db

PAGES = [(PETITION, "zh-Hant"), (f"/en{PETITION}", "en")]
WORKS = "public-works"


@pytest.fixture
def filed(client: Client, monkeypatch) -> tuple[str, str]:
    """The reference and the secret of a petition of 1 March 2022."""
    set_day(monkeypatch, "2022-03-01")
    return file(client, page=PETITION)


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_the_whole_way(client: Client, page, language):
    empty = client.get(page)
    checked = post(client, form(client, page=page), "check", page=page)
    sent = post(client, inputs(checked), "send", page=page)
    for answer in (empty, checked, sent):
        assert faults(answer.content.decode(), language) == []
    reference, _secret = handed_out(sent)
    case = Case.objects.get()
    assert (case.reference, case.kind, case.agency) == (reference, "petition", "administration")
    assert case.data == {"channel": "online", "concern": "rights", "confidential": True}
    names = [name for name in PETITIONED if name not in case.data]
    kept = read(case, fields=names, actor="system:test", purpose=Reading.Purpose.HANDLING)
    assert {name: value.reveal() for name, value in kept.items()} == {name: PETITIONED[name] for name in names}
    assert ("We have received your petition" if language == "en" else "已收到您的陳情") in main(sent)
    assert ("within 30 days" if language == "en" else "30日內回復") in main(sent)
    for other in ("申訴", "complaint", "business", "業者"):
        assert other not in main(empty) + main(checked) + main(sent)


@pytest.mark.parametrize(("typed", "kept"), [("true", True), ("false", False), ("", None)])
def test_confidential_is_yes_no_or_nothing(client: Client, typed, kept):
    checked = post(client, form(client, page=PETITION, confidential=typed), "check", page=PETITION)
    rows = {row.find("dt").text: row.find("dd").text for row in parse(checked.content.decode()).iterfind(".//dl/div")}
    assert rows["身分保密"] == {True: "是", False: "否", None: "未填"}[kept]
    handed_out(post(client, inputs(checked), "send", page=PETITION))
    assert Case.objects.get().data.get("confidential") is kept


@pytest.mark.parametrize(
    ("name", "typed", "chinese"),
    [
        ("petitioner_name", "", "為必填"),
        ("petitioner_email", "nobody@", "電子郵件"),
        ("concern", "x", "陳情性質"),
        ("confidential", "perhaps", "身分保密"),
        ("text", "字" * 4001, "4001"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client: Client, name, typed, chinese):
    answer = post(client, form(client, page=PETITION, **{name: typed}), "send", page=PETITION)
    assert answer.status_code == 422
    [problem] = [each for each in parse(answer.content.decode()).iter("p") if each.get("id") == f"{name}-problem"]
    assert chinese in "".join(problem.itertext())
    assert not Case.objects.exists()


def test_the_citizen_is_told_until_when_and_that_there_is_more_time(client: Client, filed, monkeypatch):
    [receipt] = told()
    assert "111年3月31日" in receipt.body
    assert "王小明" not in receipt.body and "路燈" not in receipt.body
    set_day(monkeypatch, "2022-03-20")
    advanced(filed[0], "extend", more_days=10, more_time_for="other-agencies", note="須會同台電公司會勘")
    [message] = told()
    assert message.to == ["ming@example.org"]
    assert "展延辦理期限" in message.body
    assert "111年4月11日" in message.body
    assert "台電" not in message.body
    said = main(look(client, *filed))
    for words in ("展延辦理期限", "須會商其他機關", "須會同台電公司會勘", "111年4月11日"):
        assert words in said


def test_the_citizen_sees_which_agency_has_it_and_its_reply(client: Client, filed):
    told()
    officer(kind="petition", agency=WORKS, may_decide=True, may_read_personal=True)
    advanced(filed[0], "hand-over", to_agency=WORKS, agency_name="高雄市政府工務局")
    [message] = told()
    assert "移送主管機關" in message.body
    said = main(look(client, *filed))
    assert "高雄市政府工務局" in said
    assert WORKS not in said
    advanced(filed[0], "reply", reply="路燈已於3月5日修復。")
    [message] = told()
    assert "路燈已於3月5日修復。" not in message.body
    assert "路燈已於3月5日修復。" in main(look(client, *filed))


def test_the_citizen_completes_and_withdraws_it(client: Client, filed):
    advanced(filed[0], "request-supplement", missing="路燈編號")
    page = look(client, *filed)
    assert "路燈編號" in main(page)
    client.post(TRACK, inputs(page) | {"step": "supplement", "addition": "編號第12號"})
    assert Case.objects.get().state == "received"
    asked = client.post(TRACK, inputs(look(client, *filed)) | {"step": "withdraw"})
    assert "確定要撤回陳情嗎" in main(asked)
    assert "申訴" not in main(asked)
    client.post(TRACK, inputs(asked) | {"step": "withdraw"})
    assert Case.objects.get().state == "withdrawn"


@pytest.mark.parametrize("kind", OFFERS)
def test_every_state_says_what_comes_next(kind):
    declared = KINDS[kind]
    for state in declared.states_by_name:
        for stage in declared.stages_by_name or [None]:
            assert str(next_step(kind, state, stage))
