"""The developer's desk by hand: the board by key and mouse, the log in two clicks."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_clicks import Hand
from tests.cast.projects import card_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def board(open_page, dev, project, project_task):
    page = open_page(dev)
    page.goto(f"/projects/{project.pk}/board/")
    return page


def column_of(link):
    link.refresh_from_db()
    return link.column


def moved(page, key):
    """Wait until the answer has come and the card stands in its new column."""
    page.locator(f"[data-column={key}] [data-card]:not([data-state])").wait_for()


def test_alt_and_an_arrow_move_a_card_to_done_and_back(board, project_task):
    board.locator("[data-card]").focus()
    with board.expect_response("**/move/**"):
        board.keyboard.press("Alt+ArrowRight")
    moved(board, "doing")
    with board.expect_response("**/move/**"):
        board.keyboard.press("Alt+ArrowRight")
    moved(board, "done")
    assert column_of(project_task) == "done"
    with board.expect_response("**/move/**"):
        board.keyboard.press("Alt+ArrowLeft")
    moved(board, "doing")
    assert column_of(project_task) == "doing"


SLOW_ANSWERS = """
const text = Response.prototype.text;
let answers = 0;
Response.prototype.text = function () {
  document.documentElement.dataset.answers = ++answers;
  return new Promise((done) => setTimeout(done, 400)).then(() => text.call(this));
};
"""


@pytest.fixture
def slow_board(board):
    """The head of an answer comes at once, its text after a while."""
    board.add_init_script(SLOW_ANSWERS)
    board.reload()
    return board


def push(page, link):
    page.locator(f"#card-{link.pk}").focus()
    page.keyboard.press("Alt+ArrowRight")


def test_a_card_is_still_while_its_answer_comes(slow_board, project_task):
    push(slow_board, project_task)
    slow_board.locator("html[data-answers='1']").wait_for()
    slow_board.keyboard.press("Alt+ArrowRight")
    moved(slow_board, "doing")
    assert column_of(project_task) == "doing"


def test_a_card_moved_while_another_is_on_its_way_stays(slow_board, dev, project_task):
    second = card_of(project_task.project, dev, title="Ask for the photos")
    slow_board.reload()
    slow_board.evaluate("document.querySelector('[data-board]').dataset.old = ''")
    push(slow_board, project_task)
    slow_board.locator("html[data-answers='1']").wait_for()
    push(slow_board, second)
    slow_board.locator("[data-board]:not([data-old])").wait_for()
    for link in (project_task, second):
        assert slow_board.locator(f"[data-column=doing] #card-{link.pk}").is_visible()
        assert column_of(link) == "doing"
    assert slow_board.locator("[data-column=doing] [data-count]").inner_text() == "2"
    assert slow_board.evaluate("document.activeElement.id") == f"card-{second.pk}"


def test_a_card_whose_move_fails_goes_back(open_page, dev, project, project_task):
    last = card_of(project, dev, title="Ask for the photos")
    page = open_page(dev, watched=False)
    page.route("**/move/**", lambda route: route.abort())
    page.goto(f"/projects/{project.pk}/board/")
    cards = page.locator("[data-column=todo] [data-card]")
    before = [card.inner_text() for card in cards.all()]
    cards.last.focus()
    page.keyboard.press("Alt+ArrowRight")
    page.get_by_text("The card could not be moved").wait_for()
    assert [card.inner_text() for card in cards.all()] == before
    assert len(before) == 2
    assert column_of(last) == column_of(project_task) == "todo"


def test_a_card_is_dragged(board, project_task):
    start = board.locator("[data-card]").bounding_box()
    goal = board.locator("[data-column=done]").bounding_box()
    board.mouse.move(start["x"] + 40, start["y"] + 50)
    board.mouse.down()
    board.mouse.move(goal["x"] + 80, goal["y"] + 80, steps=8)
    with board.expect_response("**/move/**"):
        board.mouse.up()
    moved(board, "done")
    assert column_of(project_task) == "done"


def test_the_menu_of_a_card_moves_it(board, project_task):
    board.get_by_label("Move Draw the map").click()
    board.get_by_role("button", name="Doing").click()
    board.get_by_text("is in “Doing” now").wait_for()
    assert column_of(project_task) == "doing"


def test_a_log_entry_takes_two_clicks_from_desk_and_project(open_page, dev, project):
    hand = Hand(open_page(dev))
    hand.page.goto("/")
    with hand.job(most=2):
        hand.link("Log: Mill website")
        hand.page.locator("dialog textarea:focus").wait_for()
        hand.page.keyboard.type("We use one font.")
        hand.button("Decision")
        hand.sees("The entry is in the log.")
    hand.page.goto(project.get_absolute_url())
    with hand.job(most=2):
        hand.link("Log", exact=True)
        hand.page.locator("dialog textarea:focus").wait_for()
        hand.page.keyboard.type("The logo is missing.")
        hand.button("Problem")
        hand.sees("The entry is in the log.")
    kinds = project.log.order_by("pk").values_list("kind", "text")
    assert list(kinds) == [
        ("decision", "We use one font."),
        ("problem", "The logo is missing."),
    ]


@pytest.fixture
def rows(milestone, project_template, time_entry):
    return milestone, project_template


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (360, "light")])
def test_axe_finds_nothing(
    open_page, admin, rows, project, project_task, width, scheme
):
    page = open_page(admin, width=width, color_scheme=scheme, watched=False)
    pages = [
        f"/projects/{project.pk}/board/",
        f"/projects/{project.pk}/log/",
        f"/projects/milestones/{rows[0].pk}/log/",
        f"/projects/tasks/{project_task.pk}/milestone/",
        "/projects/overview/",
        rows[1].get_absolute_url(),
    ]
    assert {path: faults(page, path) for path in pages} == {path: [] for path in pages}


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_nothing_on_the_desk(
    open_page, dev, project_task, time_entry, width, scheme
):
    page = open_page(dev, width=width, color_scheme=scheme, watched=False)
    assert faults(page, "/") == []


def faults(page, path):
    assert page.goto(path).status == 200
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    options = {"resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    names = [(v["id"], v["nodes"][0]["html"][:120]) for v in violations]
    return names + (["scrolls sideways"] if wide else [])
