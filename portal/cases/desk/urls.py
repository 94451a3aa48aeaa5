"""The addresses of the desk, below Wagtail's admin."""

from django.urls import URLPattern, path

from portal.cases.desk.amend_view import AmendView
from portal.cases.desk.attachment_views import AddFilesView, AttachmentView
from portal.cases.desk.deadline_view import DeadlineView
from portal.cases.desk.finding import FindView
from portal.cases.desk.note_view import NoteView
from portal.cases.desk.personal_view import PersonalView
from portal.cases.desk.receive_views import ContinueView, NewCaseView, ReceiveView
from portal.cases.desk.reply_view import ReplyView
from portal.cases.desk.request_view import PersonRequestView
from portal.cases.desk.second_factor import SecondFactorView
from portal.cases.desk.secret_view import SecretView
from portal.cases.desk.step_views import AssignView, MergeView, ReopenView
from portal.cases.desk.views import CasePageView, PrintedCaseView, QueueView

urlpatterns: list[URLPattern] = [
    path("", QueueView.as_view(queue="mine"), name="mine"),
    path("due/", QueueView.as_view(queue="due"), name="due"),
    path("overdue/", QueueView.as_view(queue="overdue"), name="overdue"),
    path("open/", QueueView.as_view(queue="open"), name="open"),
    path("find/", FindView.as_view(), name="find"),
    path("new/", NewCaseView.as_view(), name="new"),
    path("new/<slug:kind>/", ReceiveView.as_view(), name="receive"),
    path("second-factor/", SecondFactorView.as_view(), name="second_factor"),
    path("case/<str:reference>/", CasePageView.as_view(), name="case"),
    path("case/<str:reference>/print/", PrintedCaseView.as_view(), name="print"),
    path("case/<str:reference>/deadline.ics", DeadlineView.as_view(), name="deadline"),
    path("case/<str:reference>/personal/", PersonalView.as_view(), name="personal"),
    path("case/<str:reference>/request/", PersonRequestView.as_view(), name="request"),
    path("case/<str:reference>/files/", AddFilesView.as_view(), name="add_files"),
    path("case/<str:reference>/files/<uuid:attachment>/", AttachmentView.as_view(), name="file"),
    path("case/<str:reference>/step/<slug:transition>/", ReplyView.as_view(), name="step"),
    path("case/<str:reference>/assign/", AssignView.as_view(), name="assign"),
    path("case/<str:reference>/amend/", AmendView.as_view(), name="amend"),
    path("case/<str:reference>/reopen/", ReopenView.as_view(), name="reopen"),
    path("case/<str:reference>/merge/", MergeView.as_view(), name="merge"),
    path("case/<str:reference>/continue/<slug:stage>/", ContinueView.as_view(), name="continue"),
    path("case/<str:reference>/note/", NoteView.as_view(), name="note"),
    path("case/<str:reference>/secret/", SecretView.as_view(), name="secret"),
]
