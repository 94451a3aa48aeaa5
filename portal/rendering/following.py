"""The pages of following by e-mail: the form, what is said after it, and what the links of mails lead to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext, override, pgettext

from portal.core.languages import DJANGO_CODES, NAMES, in_language
from portal.publication.types import LISTED
from portal.rendering.frame import Frame
from portal.rendering.texts import LanguageMap
from portal.rendering.whole import BY_EMAIL, Meta, whole_page

#: How mails are called to come.
PACES = ("at-once", "daily")


@dataclass(frozen=True)
class Chosen:
    """What a form offers and what of it is chosen. ``groups`` are those of `portal.subscriptions.subjects`: each
    subject with its name.
    """

    groups: Mapping[str, Mapping[str, LanguageMap]]
    subjects: frozenset[str]
    pace: str
    language: str


@dataclass(frozen=True)
class Form:
    """A form as it is shown: where it leads, what is in it, and what is wrong with it, by the name of the field."""

    path: str
    chosen: Chosen
    address: str = ""
    token: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)
    was_saved: bool = False
    was_confirmed: bool = False


@dataclass(frozen=True)
class _Box:
    """A box or a button of a choice."""

    value: str
    label: LanguageMap | str
    is_on: bool
    lang: str = ""


@dataclass(frozen=True)
class _Group:
    """Boxes under a title; ``is_open`` where one of them is on, or where the group is never folded."""

    name: str
    title: str
    boxes: Sequence[_Box]
    is_open: bool


def render_sign_up(form: Form, *, language: str, frame: Frame) -> str:
    """The page with the form to sign up."""
    with override(DJANGO_CODES[language]):
        title = gettext("Follow by e-mail")
        summary = gettext("We write to you when something is published, corrected or withdrawn. You choose what.")
        meta = Meta(_faulty(title, form), summary, form.path, is_indexed=not form.problems and "?" not in form.path)
        return _page("follow/sign_up.html", meta, language, frame, {**_shown(form, language), "title": title})


def render_manage(form: Form, *, language: str, frame: Frame) -> str:
    """The page on which a subscriber changes or ends a subscription."""
    with override(DJANGO_CODES[language]):
        title = gettext("Your e-mails")
        meta = Meta(_faulty(title, form), path=form.path, is_indexed=False)
        return _page("follow/manage.html", meta, language, frame, {**_shown(form, language), "title": title})


def render_confirm(
    subjects: Sequence[LanguageMap], *, is_everything: bool, path: str, token: str, language: str, frame: Frame
) -> str:
    """The page that the link of a confirmation leads to: nothing happens before its button is used."""
    with override(DJANGO_CODES[language]):
        title = gettext("Confirm your e-mails")
        context = {"title": title, "subjects": subjects, "is_everything": is_everything, "token": token}
        return _page("follow/confirm.html", Meta(title, path=path, is_indexed=False), language, frame, context)


def render_unsubscribe(*, path: str, token: str, language: str, frame: Frame) -> str:
    """The page that asks whether a subscription is to end."""
    with override(DJANGO_CODES[language]):
        title = gettext("End your e-mails")
        meta = Meta(title, path=path, is_indexed=False)
        return _page("follow/unsubscribe.html", meta, language, frame, {"title": title, "token": token})


def render_said(what: str, *, path: str, language: str, frame: Frame) -> str:
    """A page that only says something: ``sent``, ``ended``, ``no-link``, ``too-many``, ``elsewhere`` or
    ``not-offered``.
    """
    with override(DJANGO_CODES[language]):
        title, sentences = {
            "sent": (
                gettext("Look into your mailbox"),
                (
                    gettext("We have written to the address that you gave. Open the link in that mail and confirm."),
                    gettext("Without it you get no mails, and after three days we erase the address."),
                    gettext("Nothing there after some minutes? Look among unwanted mails, then try again."),
                ),
            ),
            "ended": (
                gettext("Your e-mails have ended"),
                (gettext("Your address and what you followed are erased. You get no more mails from us."),),
            ),
            "no-link": (
                gettext("This link leads nowhere any more"),
                (
                    gettext("It has been used, or it is too old, or a part of it is missing."),
                    gettext("To change or end your e-mails, use the link in the last mail that you got from us."),
                ),
            ),
            "too-many": (
                gettext("Too many requests"),
                (gettext("There were many sign-ups from your network. Please try again in an hour."),),
            ),
            "elsewhere": (
                gettext("This form was sent from another site"),
                (gettext("Nothing was changed. Please fill in the form on this site."),),
            ),
            "not-offered": (
                gettext("No e-mails are sent at present"),
                (gettext("You can follow everything here with a feed reader: choose a feed."),),
            ),
        }[what]
        feeds = [
            (str(kind.plural_label), in_language(f"/{kind.plural}/feed.atom", language))
            for kind in LISTED
            if what == "not-offered"
        ]
        context = {"title": title, "sentences": sentences, "offered_feeds": feeds}
        return _page("follow/said.html", Meta(title, path=path, is_indexed=False), language, frame, context)


def _page(template: str, meta: Meta, language: str, frame: Frame, context: Mapping[str, object]) -> str:
    here = {name: in_language(BY_EMAIL + page, language) for name, page in _PAGES.items()}
    return whole_page(template, meta, language, frame, {**context, "follow": here})


#: What templates call the addresses of the forms.
_PAGES = {"sign_up": "", "confirm": "confirm/", "manage": "manage/", "unsubscribe": "unsubscribe/"}


def _faulty(title: str, form: Form) -> str:
    """A reader who hears the title of the page first hears that something is wrong."""
    return gettext("Error: %(title)s") % {"title": title} if form.problems else title


def _shown(form: Form, language: str) -> dict[str, object]:
    chosen = form.chosen
    titles = {
        "types": pgettext("what can be followed", "Kinds of records"),
        "topics": pgettext("what can be followed", "Topics"),
        "cities": pgettext("what can be followed", "Cities"),
    }
    groups = []
    for name, subjects in chosen.groups.items():
        boxes = [_Box(subject, label, subject in chosen.subjects) for subject, label in subjects.items()]
        if boxes:
            groups.append(_Group(name, titles[name], boxes, any(box.is_on for box in boxes)))
    paces = {
        "at-once": gettext("At once, within minutes"),
        "daily": gettext("Once a day, at 8 in the morning (Taiwan); consumer alerts at once"),
    }
    return {
        "form": form,
        "everything": "all" in chosen.subjects,
        "groups": groups,
        "paces": [_Box(pace, paces[pace], pace == chosen.pace) for pace in PACES],
        "mail_languages": [_Box(tag, name, tag == chosen.language, tag) for tag, name in NAMES.items()],
    }
