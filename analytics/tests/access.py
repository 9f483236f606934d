from tests.access import SELLERS, Row

MANAGERS = "admin manager far_manager"

ROWS: list[Row] = [
    Row("analytics:overview", SELLERS, ok=(200,)),
    Row("analytics:forecast", SELLERS, ok=(200,)),
    Row("analytics:spend", MANAGERS, ok=(200,)),
    Row("analytics:locations", SELLERS, ok=(200,)),
    Row("analytics:locations_csv", SELLERS),
    Row(
        "analytics:cluster",
        SELLERS,
        args={"number": "cluster_number"},
        shared=True,
        ok=(200,),
    ),
    Row("analytics:media", SELLERS, ok=(200,)),
    Row("analytics:media_csv", SELLERS),
    Row("analytics:segments", SELLERS, ok=(200,)),
    Row(
        "analytics:segment_list",
        SELLERS,
        args={"value_class": "value_class"},
        shared=True,
        ok=(200,),
    ),
    Row(
        "analytics:segment_csv",
        SELLERS,
        args={"value_class": "value_class"},
        shared=True,
        ok=(200,),
    ),
    Row("analytics:run_start", MANAGERS, method="post", data={"kind": "media"}),
    Row("analytics:run", SELLERS, args={"pk": "analysed"}, shared=True, ok=(200,)),
    Row("analytics:run_progress", SELLERS, args={"pk": "analysed"}, shared=True),
    Row(
        "analytics:run_cancel",
        MANAGERS,
        args={"pk": "analysed"},
        shared=True,
        method="post",
    ),
]
