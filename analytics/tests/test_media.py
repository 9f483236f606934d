"""Media are grouped by the response they get and named best first."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.mining.media import NO_RECORD, Media, best_medium, group_media


def firm():
    """Twelve media: four answered by 9 in 10, four by half, four by 1 in 20."""
    rate, n = np.repeat([0.9, 0.5, 0.05], 4), np.arange(200, 212)
    noise = np.tile([0, 1, 2, 3], 3)
    return Media(
        sent=n,
        answered=np.round(n * rate),
        answer_hours=np.repeat([1.0, 24.0, 300.0], 4) + noise,
        leads=n,
        wins=np.round(n * np.repeat([0.5, 0.2, 0.02], 4)),
        days_to_win=np.repeat([5.0, 30.0, 90.0], 4) + noise,
        revenue=n * np.repeat([900.0, 300.0, 20.0], 4),
        repeats=np.round(n * np.repeat([0.3, 0.1, 0.01], 4)),
    )


def moved(media, order):
    return Media(**{name: np.asarray(a)[order] for name, a in vars(media).items()})


def test_planted_groups_are_found_and_named_best_first():
    got = group_media(firm())
    assert got.labels.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert got.names == ("most_responsive", "sometimes_answers", "rarely_answers")
    assert (np.diff(got.response) < 0).all()
    assert got.by_answers


def test_the_order_of_the_media_changes_nothing():
    order = np.random.default_rng(0).permutation(12)
    a, b = group_media(firm()), group_media(moved(firm(), order))
    assert np.array_equal(a.labels[order], b.labels)
    assert a.choice == b.choice


def test_media_all_alike_are_one_group():
    rng = np.random.default_rng(1)
    alike = {name: np.full(12, np.median(a)) for name, a in vars(firm()).items()}
    assert group_media(Media(**alike)).names == ("all_alike",)
    noisy = Media(**{k: np.round(v + rng.normal(0, 0.1, 12)) for k, v in alike.items()})
    assert group_media(noisy).names == ("all_alike",)


def test_the_user_may_set_k():
    got = group_media(firm(), k=5)
    assert len(got.names) == 5
    with pytest.raises(ValueError, match="between 1 and 5"):
        group_media(firm(), k=6)


def test_the_last_group_is_not_called_rare_when_it_answers_often():
    media = replace(firm(), answered=np.round(np.asarray(firm().sent) * 0.8))
    assert group_media(media).names[-1] == "least_responsive"


def test_media_without_record_stay_out():
    zero = {name: np.append(a, [0, 0]) for name, a in vars(firm()).items()}
    zero["answer_hours"][-2:] = zero["days_to_win"][-2:] = np.nan
    got = group_media(Media(**zero))
    assert got.labels[-2:].tolist() == [NO_RECORD] * 2
    assert np.array_equal(got.labels[:12], group_media(firm()).labels)


def test_without_outgoing_contacts_conversion_ranks():
    nothing = np.zeros(12)
    media = replace(
        firm(), sent=nothing, answered=nothing, answer_hours=nothing * np.nan
    )
    got = group_media(media)
    assert not got.by_answers
    assert got.labels[0] == 0
    assert got.response[0] > got.response[-1]


def test_small_counts_are_shrunk_and_keep_a_wide_interval():
    got = group_media(moved(firm(), [0, 4, 8]))
    media = moved(firm(), [0, 4, 8])
    media.leads[0], media.wins[0], media.repeats[0] = 1, 1, 0
    small = group_media(media)
    assert small.conversion[0] < 0.5 < got.conversion_interval.high[0]
    assert small.conversion_interval.low[0] < 0.25


def test_no_media_and_one_medium():
    assert group_media(moved(firm(), [])).names == ()
    assert group_media(moved(firm(), [3])).names == ("all_alike",)
    assert group_media(moved(firm(), [3]), k=3).names == ("all_alike",)


def test_the_input_is_not_changed():
    media, before = firm(), firm()
    group_media(media)
    assert all(
        np.array_equal(a, b)
        for a, b in zip(vars(media).values(), vars(before).values(), strict=True)
    )


@pytest.mark.parametrize(
    "bad",
    [
        {"answered": np.full(12, 999)},
        {"sent": np.full(12, np.nan)},
        {"leads": [1]},
        {"wins": np.zeros(12)},
    ],
)
def test_figures_that_cannot_be_are_refused(bad):
    with pytest.raises(ValueError, match="."):
        group_media(replace(firm(), **bad))


def test_the_best_medium_follows_the_clients_own_answers():
    overall = [0.6, 0.5, 0.1]
    sent = [[0, 0, 0], [8, 8, 0], [9, 0, 1]]
    answered = [[0, 0, 0], [1, 7, 0], [0, 0, 1]]
    assert best_medium(sent, answered, overall).tolist() == [0, 1, 1]


def test_the_best_medium_needs_one_share_per_medium():
    with pytest.raises(ValueError, match="overall"):
        best_medium([[1, 2]], [[0, 0]], [0.5])
