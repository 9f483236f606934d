"""Why a verb of a request is refused."""

from django.utils.translation import gettext_lazy as _

from crm.lib.errors import NotAllowedNow


class SolvedAlready(NotAllowedNow):
    def __init__(self, request):
        text = _("“{request}” is solved already; nothing was changed.")
        super().__init__(text.format(request=request), request)


class NotSolved(NotAllowedNow):
    def __init__(self, request):
        text = _("“{request}” is open already; nothing was changed.")
        super().__init__(text.format(request=request), request)


class OutOfSight(NotAllowedNow):
    def __init__(self, request, owner):
        text = _("{owner} could not see “{request}”: move it there first.")
        super().__init__(text.format(owner=owner, request=request), request)


class ThereAlready(NotAllowedNow):
    def __init__(self, request):
        text = _("“{request}” is with {department} already.")
        department = request.department
        super().__init__(text.format(request=request, department=department), request)
