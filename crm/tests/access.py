from crm.tests.access_api import ROWS as API_ROWS
from tests.access import PORTAL, SELLERS, STAFF, Row

ROWS: list[Row] = [
    *API_ROWS,
    Row("pages:home", f"{STAFF} {PORTAL}"),
    Row("portal:home", PORTAL, ok=(200,)),
    Row("portal:messages", PORTAL, ok=(200,)),
    Row(
        "portal:messages",
        "portal_owner foreign_portal",
        method="post",
        data={"text": "Hello."},
        read_only="portal_reader",
        ok=(302,),
    ),
    Row("pages:trash", SELLERS, ok=(200,)),
    Row("pages:demo_world", "admin", ok=(302,)),  # there is none
    Row("pages:search", STAFF, ok=(200,)),
    Row("pages:theme", public=True, ok=(200,)),
    Row("pages:styleguide", STAFF, ok=(200,)),
    Row("pages:styleguide_options", STAFF, ok=(200,)),
    Row("healthz", public=True, ok=(200,)),
    Row("readyz", public=True, ok=(200, 503)),
]
