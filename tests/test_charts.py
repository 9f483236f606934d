"""The geometry of pies, bars and lines."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from accounts.models.setup import look_of
from crm.lib.charts import Series, Slice, bars, lines, percent, pie
from crm.lib.money import brief


def drawn(kind, chart):
    return render_to_string(f"components/_{kind}.html", {kind: chart})


def test_slices_go_from_the_largest_down_with_their_shares():
    chart = pie([Slice("SMS", 10), Slice("Web", 30)], title="Media")
    assert [(s.label, s.percent) for s in chart.slices] == [
        ("Web", "75%"),
        ("SMS", "25%"),
    ]


def test_a_quarter_begins_at_noon_and_ends_at_three():
    chart = pie([Slice("a", 1, tone="1")] * 4, title="Quarters")
    assert chart.slices[0].path == (
        "M0 -100A100 100 0 0 1 100 0L62 0A62 62 0 0 0 0 -62Z"
    )


def test_more_than_half_takes_the_long_way_round():
    chart = pie([Slice("a", 3), Slice("b", 1)], title="Most")
    assert "A100 100 0 1 1" in chart.slices[0].path


def test_small_slices_are_grouped_as_other():
    parts = [Slice(f"m{n}", n) for n in range(1, 15)]
    chart = pie(parts, title="Media", limit=8, other_url="/rest/")
    assert len(chart.slices) == 8
    last = chart.slices[-1]
    assert (last.label, last.text, last.url, last.tone) == (
        "other (7)",
        "28",
        "/rest/",
        "other",
    )


def test_one_slice_of_everything_is_a_circle():
    html = drawn("pie", pie([Slice("Won", 12, "/won/")], title="Stages"))
    assert '<circle class="pie-ring"' in html
    assert 'aria-label="Won: 12 (100%)"' in html


def test_one_slice_beside_noughts_is_a_circle_too():
    chart = pie([Slice("Won", 5), Slice("Lost", 0)], title="Stages")
    assert [s.whole for s in chart.slices] == [True, False]
    assert chart.slices[1].path == ""


def test_linked_slices_are_a_group_of_named_links():
    parts = [Slice("Web", 40, "/?medium=1"), Slice("Fair", 120, "/?medium=2")]
    html = drawn("pie", pie(parts, title="Leads by medium"))
    assert 'role="group"' in html
    assert 'role="img"' not in html
    assert '<a href="/?medium=1" aria-label="Web: 40 (25%)"' in html


def test_a_pie_without_links_is_a_picture_with_words():
    html = drawn("pie", pie([Slice("Web", 1), Slice("SMS", 1)], title="Media"))
    assert 'role="img"' in html
    assert "Web: 1 (50%); SMS: 1 (50%)" in html


@pytest.mark.parametrize("parts", [[], [Slice("a", 0)], [Slice("a", -3)]])
def test_nothing_to_draw_is_an_empty_state(parts):
    chart = pie(parts, title="Media")
    assert chart.empty
    assert "<path" not in drawn("pie", chart).split("Nothing to show yet")[1]


def test_refunds_are_listed_but_not_drawn():
    chart = pie([Slice("a", 10), Slice("b", 10), Slice("c", -5)], title="Revenue")
    assert [s.percent for s in chart.slices] == ["50%", "50%", "0%"]
    assert chart.total == "15"


def test_coordinates_have_a_point_in_every_language(settings):
    settings.LANGUAGE_CODE = "de"
    html = drawn("pie", pie([Slice("a", 1, "/a"), Slice("b", 2, "/b")], title="Pie"))
    assert "M0 -100A100 100 0 1 1 -86.6 50" in html


def test_a_label_is_escaped():
    html = drawn("pie", pie([Slice("<b>", 1, "/x"), Slice("c", 1)], title="Pie"))
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0%"), (0.001, "<1%"), (0.25, "25%"), (0.999, ">99%"), (1, "100%")],
)
def test_percentages_never_pretend(share, text):
    assert percent(share) == text


def test_values_keep_their_own_text_and_money_its_decimals():
    chart = bars(
        [Slice("a", Decimal("1200.5")), Slice("b", 1, text="1 €")], title="Bars"
    )
    assert [b.text for b in chart.bars] == ["1,200.50", "1 €"]


def test_lying_bars_share_one_scale_from_nought():
    chart = bars([Slice("a", 50), Slice("b", 25)], title="Bars")
    assert [(b.x, b.width) for b in chart.bars] == [("0", "100"), ("0", "50")]


def test_negative_bars_go_back_from_the_line_of_nought():
    chart = bars([Slice("a", 30), Slice("b", -10)], title="Bars")
    assert chart.zero == "25"
    assert (chart.bars[1].x, chart.bars[1].width) == ("0", "25")


def test_upright_bars_stand_on_a_readable_scale():
    chart = bars([Slice("Jan", 1500), Slice("Feb", 3900)], title="Bars", upright=True)
    assert chart.ticks == ("4k", "3k", "2k", "1k", "0")
    assert (chart.bars[0].top, chart.bars[0].height) == ("62.5", "37.5")


def test_bars_of_nothing_are_an_empty_state():
    assert bars([], title="Bars").empty
    assert bars([Slice("a", 0)], title="Bars").empty


def test_a_missing_month_leaves_a_gap_in_the_line():
    chart = lines(
        ["Jan", "Feb", "Mar", "Apr"], [Series("Won", [4, None, 2, 0])], title="Won"
    )
    assert chart.lines[0].path == "M12.5 0M62.5 50L87.5 100"
    assert chart.rows[1] == ("Feb", [""])


def test_lines_differ_in_more_than_colour():
    chart = lines(["Jan"], [Series("a", [1]), Series("b", [2])], title="Two")
    assert [(line.tone, line.dash) for line in chart.lines] == [("1", "1"), ("2", "2")]


def test_a_line_needs_a_value_for_every_name():
    with pytest.raises(ValueError, match="Won: 1 values, 2 names"):
        lines(["Jan", "Feb"], [Series("Won", [1])], title="Won")


def test_lines_without_a_figure_are_an_empty_state():
    assert lines(["Jan"], [Series("Won", [None])], title="Won").empty


def test_the_figures_of_a_chart_are_also_a_table():
    html = drawn("lines", lines(["Jan"], [Series("Won", [7])], title="Won"))
    assert "<details" in html
    assert '<td class="num">7</td>' in html


def test_money_in_a_pie_is_written_by_the_caller():
    parts = [Slice("a", 1), Slice("b", 2), Slice("c", 3)]
    chart = pie(parts, title="Revenue", limit=2, show=lambda value: f"{value} €")
    assert [s.text for s in chart.slices] == ["3 €", "3 €"]
    assert chart.total == "6 €"


def test_a_scale_writes_no_needless_noughts():
    chart = bars([Slice("a", 5600)], title="Bars", upright=True)
    assert chart.ticks == ("6k", "4k", "2k", "0")
    assert bars([Slice("a", 1)], title="Bars", upright=True).ticks[1] == "0.75"


def test_beyond_the_palette_a_slice_is_hatched():
    parts = [Slice("Web", 3, tone="1"), Slice("Social", 1, tone="9")]
    chart = pie(parts, title="Media")
    assert [s.hatched for s in chart.slices] == [False, True]
    assert drawn("pie", chart).count(f"url(#{chart.key}-h)") == 1


def test_no_two_of_the_first_fifteen_media_look_alike():
    assert len({look_of(position) for position in range(15)}) == 15
    assert look_of(15) == look_of(0)


@pytest.mark.parametrize(
    ("amount", "text"),
    [("11864480.20", "€11.9M"), ("999499.60", "€999,500"), ("-2000000", "−€2.0M")],
)
def test_the_middle_of_a_pie_is_brief(amount, text):
    assert brief(Decimal(amount), "EUR") == text
