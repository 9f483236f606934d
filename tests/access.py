"""The rows of the access matrix: one per route, in each app's tests/access.py."""

from dataclasses import dataclass, field

CAST = [
    "admin",
    "manager",
    "far_manager",
    "bd",
    "other_bd",
    "far_bd",
    "dev",
    "other_dev",
    "portal_owner",
    "portal_reader",
    "foreign_portal",
    "blocked",
    "anonymous",
]
# Who plays whose part towards a row of the far world.
FAR = {
    "admin": "admin",
    "far_manager": "manager",
    "far_bd": "bd",
    "foreign_portal": "portal_owner",
}
THIRD_PARTY = (
    "admin:",
    "account_",
    "mfa_",
    "socialaccount_",
    "usersessions_",
    "headless",
)
STAFF = "admin manager far_manager bd other_bd far_bd dev other_dev"
SELLERS = "admin manager far_manager bd other_bd far_bd"
PORTAL = "portal_owner portal_reader foreign_portal"


@dataclass(frozen=True)
class Row:
    """`route` may be opened by the cast members in `allow`; others get `deny`.

    `args`: URL argument → fixture; the same is tried with `far_<fixture>`, where the
    far world's people take the parts of the near one's (`FAR`). `read_only` gets 403.
    `ok`: what success looks like. Anonymous and blocked people are sent to sign in
    (302; 401 where `api`), unless `public`. For a POST give `data` that the view
    accepts as well-formed; refusals by a verb (302 with a message) count as success.
    """

    route: str
    allow: str = ""
    args: dict = field(default_factory=dict)
    attribute: str = "pk"
    method: str = "get"
    data: dict | None = None
    read_only: str = ""
    ok: tuple = (200, 302)
    deny: int = 404
    api: bool = False
    public: bool = False
    shared: bool = False  # set-up that belongs to no department: no far twin

    def request(self):
        extra = {}
        if self.method != "get":
            extra = {"data": self.data or {}}
            if self.api:
                extra["content_type"] = "application/json"
        return extra

    def expected(self, name, *, far):
        if self.public:
            return self.ok
        if name in ("anonymous", "blocked"):
            return (401,) if self.api else (302,)
        part = FAR.get(name, "nobody") if far else name
        if part in self.read_only.split():
            return (403,)
        if part in self.allow.split():
            return tuple(s for s in self.ok)
        return (self.deny,)
