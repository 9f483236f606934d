"""What people of the staff keep about themselves, and their API tokens."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.actions import change_profile
from accounts.forms import ProfileForm, TokenForm
from accounts.models import ApiToken, User
from crm.lib.access import STAFF, get_editable, role_required


@role_required(*STAFF)
def profile(request):
    me = get_editable(User, request.user.pk, request.user)
    form = ProfileForm(request.POST or None, instance=me)
    if request.method == "POST" and form.is_valid():
        change_profile(me, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/profile.html", {"form": form}, status=status)


@never_cache
@role_required(*STAFF)
def tokens(request):
    """A new token's secret is in this answer alone: no redirect, no session."""
    form, secret, status = TokenForm(request.POST or None), "", 200
    if request.method == "POST" and form.is_valid():
        _row, secret = ApiToken.make(request.user, **form.cleaned_data)
        form = TokenForm()
    elif form.is_bound:
        status = 422
    rows = ApiToken.objects.visible_to(request.user)
    context = {"form": form, "secret": secret, "tokens": rows}
    return render(request, "accounts/tokens.html", context, status=status)


@role_required(*STAFF)
@require_POST
def token_revoke(request, pk):
    get_editable(ApiToken, pk, request.user).delete()
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:tokens")
