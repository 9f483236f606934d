"""The geometry of maps, trees, heat tables and scatter plots."""

import numpy as np

from analytics import charts


def spot(name, lat, lon, weight):
    return charts.Spot(name, "text", lat, lon, weight, "1", f"/{name}")


def test_bubbles_have_areas_by_weight_and_the_heaviest_lies_below():
    found = charts.map_of(
        [spot("a", 50, 10, 25), spot("b", 45, 8, 100)], [(50, 10), (45, 8)], title="t"
    )
    assert [b.label for b in found.bubbles] == ["b", "a"]
    assert float(found.bubbles[0].r) == 2 * float(found.bubbles[1].r)
    assert found.land


def test_names_never_lie_on_each_other():
    spots = [spot(f"s{i}", 50, 10 + i / 100, 10) for i in range(3)]
    found = charts.map_of(spots, [(50, 10), (60, 30)], title="t")
    assert [b.named for b in found.bubbles] == [True, False, False]


def test_a_tree_is_drawn_from_leaves_to_root_and_cut_between_two_merges():
    tree = np.array([[0, 1, 1.0, 2], [2, 3, 4.0, 3]])
    leaves = [
        charts.Leaf("a", "", "1"),
        charts.Leaf("b", "", "1"),
        charts.Leaf("c", "", "2"),
    ]
    found = charts.dendrogram(tree, leaves, title="t", k=2)
    assert len(found.branches) == 6
    assert [b.tone for b in found.branches] == ["1", "1", "1", "2", "1", ""]
    assert 10 < float(found.cut) < 520
    assert charts.dendrogram(tree, leaves, title="t", k=1).cut != ""


def test_tints_go_from_nothing_to_nine():
    assert [charts.heat_of(v, 9) for v in (0, 0.5, 5, 9)] == ["0", "1", "5", "9"]
    assert charts.heat_of(1, 0) == "0"


def test_points_stay_in_the_frame_and_equal_ones_are_drawn_once():
    axis = charts.Axis("a", 0, 10, [(0, "0"), (10, "10")])
    cloud = charts.Cloud("x", "1", "circle", np.array([[0, 0], [0, 0], [99, -5]]))
    plot = charts.scatter([cloud], axis, axis, title="t", centres=[(5, 5, "mid")])
    assert plot.marks[0].path.count("M") == 2
    assert plot.x_ticks == (("52", "0"), ("530", "10"))
    assert plot.y_ticks[0] == ("340", "0")
    assert not plot.empty


def test_numbers_are_written_with_a_point():
    assert [charts.n(v) for v in (1.25, -0.04, 960.0)] == ["1.2", "0", "960"]
