from tests.access import PORTAL, STAFF, Row

OWN = "admin manager bd"

ROWS: list[Row] = [
    Row("notifications:list", f"{STAFF} {PORTAL}", ok=(200,)),
    Row("notifications:read", f"{STAFF} {PORTAL}", method="post"),
    Row("notifications:read_one", "bd", {"pk": "notification"}, method="post"),
    Row("notifications:outbox", "admin", ok=(200,)),
    Row("notifications:resend", OWN, {"pk": "undelivered"}, method="post", ok=(302,)),
    Row("notifications:give_up", OWN, {"pk": "undelivered"}, method="post", ok=(302,)),
    Row("notifications:twilio_status", public=True, ok=(403,), method="post"),
    Row("notifications:twilio_sms", public=True, ok=(403,), method="post"),
    Row("notifications:demo_inbox", public=True, ok=(404,)),  # tests are no demo
]
