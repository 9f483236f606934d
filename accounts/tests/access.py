from tests.access import PORTAL, SELLERS, STAFF, Row

NEAR = "admin manager bd"  # who cares for the near world's clients
MINE = "admin bd"  # an import is its importer's
OWNERS = "portal_owner foreign_portal"
CONTACT = {"pk": "contact"}
CHANGE = {"pk": "change_request"}
ERASURE = {"pk": "erasure_request"}


def of_owner(route, args=None, *, allow="portal_owner", **more):
    """A page of the customer area that readers may not use."""
    return Row(route, allow, args or {}, read_only="portal_reader", **more)


ROWS: list[Row] = [
    Row("accounts:clients", SELLERS, ok=(200,)),
    Row("accounts:colleague_options", STAFF, ok=(200,)),
    Row("accounts:client_twins", SELLERS, ok=(200,)),
    Row("accounts:ask_manager", SELLERS, method="post", ok=(302,)),
    Row("accounts:client_options", SELLERS, ok=(200,)),
    Row("accounts:client_create", SELLERS, ok=(200,)),
    Row("accounts:client", NEAR, args={"pk": "customer"}, ok=(200,)),
    Row("accounts:client_edit", NEAR, args={"pk": "customer"}, ok=(200,)),
    Row("accounts:client_block", NEAR, args={"pk": "customer"}, method="post"),
    Row("accounts:client_unblock", NEAR, args={"pk": "customer"}, method="post"),
    Row("accounts:client_trash", NEAR, args={"pk": "customer"}, method="post"),
    Row("accounts:client_restore", NEAR, args={"pk": "trashed"}, method="post"),
    Row("accounts:contacts", SELLERS, ok=(200,)),
    Row("accounts:contacts", SELLERS, method="post", data={"export": "csv"}, ok=(200,)),
    Row("accounts:contact_create", NEAR, args={"pk": "customer"}, ok=(200,)),
    Row("accounts:erasure_note", NEAR, args={"pk": "contact"}, ok=(200,)),
    Row("accounts:contact_edit", NEAR, args={"pk": "contact"}, ok=(200,)),
    Row("accounts:contact_shut_out", NEAR, args=CONTACT, method="post"),
    Row("accounts:contact_let_in", NEAR, args=CONTACT, method="post"),
    Row("accounts:client_consents", NEAR, args={"pk": "customer"}, ok=(200,)),
    Row("accounts:consent_record", NEAR, args={"pk": "customer"}, ok=(200,)),
    Row("accounts:change_accept", NEAR, args=CHANGE, method="post"),
    Row("accounts:change_refuse", NEAR, args=CHANGE, ok=(200,)),
    Row("accounts:client_invite", NEAR, args={"pk": "contact"}, method="post"),
    Row("accounts:invitation", args={"secret": "secret"}, public=True, ok=(404,)),
    Row("accounts:invitation_again", NEAR, args={"pk": "invitation"}, method="post"),
    Row("accounts:invitation_revoke", NEAR, args={"pk": "invitation"}, method="post"),
    Row("accounts:settings", SELLERS, ok=(200,)),
    Row("accounts:people", "admin manager far_manager", ok=(200,)),
    Row("accounts:invite_person", "admin", ok=(200,)),
    Row("accounts:user_edit", "admin manager", args={"pk": "colleague"}, ok=(200,)),
    Row("accounts:view_as", "admin manager", args={"pk": "colleague"}, method="post"),
    Row("accounts:view_stop", "admin manager far_manager", method="post"),
    Row("accounts:user_block", "admin", args={"pk": "colleague"}, method="post"),
    Row("accounts:user_unblock", "admin", args={"pk": "colleague"}, method="post"),
    Row("accounts:departments", "admin", ok=(200,)),
    Row("accounts:department_create", "admin", ok=(200,)),
    Row("accounts:department_edit", "admin", args={"pk": "department"}, ok=(200,)),
    Row(
        "accounts:department_remove", "admin", args={"pk": "department"}, method="post"
    ),
    Row("accounts:firm", "admin", ok=(200,)),
    Row("accounts:media", "admin", ok=(200,)),
    Row("accounts:medium_create", "admin", ok=(200,)),
    Row("accounts:medium_edit", "admin", args={"pk": "medium"}, ok=(200,)),
    Row("accounts:medium_remove", "admin", args={"pk": "medium"}, method="post"),
    Row("accounts:clients", SELLERS, method="post", data={"export": "csv"}, ok=(200,)),
    Row("portal:profile", PORTAL, ok=(200,)),
    of_owner(
        "portal:contact",
        allow=OWNERS,
        method="post",
        data={"name": "Petra Owner"},
        ok=(302,),
    ),
    of_owner("portal:own_firm", allow=OWNERS, method="post", ok=(302,)),
    Row("portal:change_ask_own", PORTAL, ok=(200,)),
    of_owner("portal:change_ask_firm", allow=OWNERS, ok=(200,)),
    # Others of the firm see the request; the one who asked takes it back.
    Row(
        "portal:change_withdraw",
        "portal_owner",
        args=CHANGE,
        method="post",
        read_only="portal_reader",
        ok=(302,),
    ),
    Row("portal:consents", PORTAL, ok=(200,)),
    Row("portal:consent", PORTAL, method="post", ok=(302,)),
    Row("portal:my_data", PORTAL, ok=(200,)),
    Row("portal:data_export", PORTAL, method="post", ok=(200,)),
    Row("portal:forget", PORTAL, ok=(302,)),  # first shows that it is them
    Row(
        "portal:forget_withdraw", "portal_owner", args=ERASURE, method="post", ok=(302,)
    ),
    Row("portal:security", PORTAL, ok=(200,)),
    Row("portal:people", PORTAL, ok=(200,)),
    of_owner("portal:person_invite", allow=OWNERS, ok=(200,)),
    of_owner(
        "portal:person_right",
        CONTACT,
        method="post",
        data={"right": "owner"},
        ok=(302,),
    ),
    of_owner("portal:person_shut_out", CONTACT, method="post", ok=(302,)),
    of_owner("portal:person_let_in", CONTACT, method="post", ok=(302,)),
    Row("accounts:erasures", "admin manager far_manager", ok=(200,)),
    Row("accounts:erasure", "admin manager", args=ERASURE, ok=(200,)),
    Row("accounts:erasure_carry_out", "admin manager", args=ERASURE, ok=(302,)),
    Row("accounts:erasure_refuse", "admin manager", args=ERASURE, ok=(200,)),
    Row("accounts:subject_export", "admin", args=CONTACT, method="post", ok=(200,)),
    Row("accounts:exports", "admin", ok=(200,)),
    Row("accounts:profile", STAFF, ok=(200,)),
    Row("accounts:tokens", STAFF, ok=(200,)),
    Row("accounts:token_revoke", "bd", args={"pk": "token"}, method="post"),
    Row("accounts:imports", SELLERS, ok=(200,)),
    Row("accounts:import", MINE, args={"pk": "draft"}, ok=(302,)),
    Row("accounts:import_map", MINE, args={"pk": "draft"}, ok=(200,)),
    Row("accounts:import_kind", MINE, args={"pk": "draft"}, method="post"),
    Row("accounts:import_start", MINE, args={"pk": "draft"}, method="post"),
    Row("accounts:import_cancel", MINE, args={"pk": "draft"}, method="post"),
    Row("accounts:import_undo", MINE, args={"pk": "draft"}, method="post"),
    Row("accounts:import_progress", MINE, args={"pk": "draft"}, ok=(200,)),
    Row("accounts:import_errors", MINE, args={"pk": "draft"}, ok=(200,)),
]
