"""The addresses of following by e-mail, under ``/follow/email/`` and ``/en/follow/email/``."""

from django.urls import path

from portal.subscriptions import views

urlpatterns = [
    path("", views.sign_up),
    path("sent/", views.sent),
    path("confirm/", views.confirm),
    path("manage/", views.manage),
    path("unsubscribe/", views.unsubscribe),
    path("ended/", views.ended),
]
