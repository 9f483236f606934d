"""How allauth behaves here: no open sign-up, home by role after sign-in."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False  # people come by invitation
