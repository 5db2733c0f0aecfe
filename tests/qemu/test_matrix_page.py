# SPDX-License-Identifier: BSD-2-Clause
"""report.html in a real browser: on a telephone, filtered, asked for a console."""
import shutil
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / "scripts/matrix")]

import play  # noqa: E402
import results  # noqa: E402

PHONE = (390, 844)
HOSTILE = "</script><b id=evil>broken</b> & \x1b[31m\u2603"


def outcome(name, good, groups, **labels):
    found = play.Outcome(name, labels)
    found.groups, found.build_seconds = groups, 1.5
    found.again = "make run O=build/matrix/" + "long" * 40
    found.console = ["ok 1 - dull", f"the console of {name}", HOSTILE]
    if not good:
        found.problems.append("not ok 2 - BP-CPU-01")
    return found


@pytest.fixture(scope="module")
def browser():
    program = shutil.which("chromium")
    if not (program and shutil.which("chromedriver")):
        pytest.skip("not run: report.html in a browser: there is no chromium; "
                    "make setup brings it where the distribution has it")
    from selenium import webdriver
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    groups = {f"GROUP{n}": (3, 0, 1) for n in range(40)}
    results.write(folder, [
        outcome("v01", True, groups, GIC="GICV2", MENU="y"),
        outcome("v02", False, {**groups, "CPU": (2, 1, 0)}, GIC="GICV3", MENU="y"),
        outcome("v03", True, {"CPU": (0, 0, 4)}, GIC="GICV3", MENU="n"),
    ], [{"GIC": "GICV3", "MENU": "y"}], (8, 9))
    # A headless window has a least width; an emulated screen has not.
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": PHONE[0], "height": PHONE[1], "deviceScaleFactor": 2, "mobile": True})
    browser.get(f"file://{folder}/report.html")
    return browser


def script(page, text):
    return page.execute_script(f"return {text}")


def choose(page, name, value):
    script(page, f"(document.getElementById({name!r}).value = {value!r}, "
                 f"document.getElementById({name!r}).dispatchEvent(new Event('change')), 0)")


def names(page):
    return script(page, "[...document.querySelectorAll('#variants tbody th')]"
                        ".map((e) => e.textContent)")


def test_it_tells_what_was_played(page):
    assert page.title == "2 of 3 variants green"
    text = page.find_element("tag name", "body").text
    assert "Of 9 pairs" in text and "cover 8" in text
    assert "smallest set that fails: GIC=GICV3 MENU=y" in text
    assert names(page) == ["v01", "v02", "v03"]
    assert page.get_log("browser") == []


def test_it_fits_a_telephone(page):
    assert script(page, "innerWidth") == PHONE[0]
    assert script(page, "document.documentElement.scrollWidth") <= PHONE[0]
    assert script(page, "parseFloat(getComputedStyle(document.body).fontSize)") >= 14
    # The wide table moves inside of its own frame.
    assert script(page, "document.getElementById('variants').scrollWidth") > PHONE[0]


def test_colours_tell_green_red_and_none(page):
    colours = [script(page, f"getComputedStyle(document.querySelector('#variants td.{name}'))"
                            ".backgroundColor") for name in ("ok", "no", "skip")]
    assert len(set(colours)) == 3
    red = script(page, "document.querySelectorAll('#variants tbody tr.bad td.no').length")
    assert red == script(page, "document.querySelectorAll('#variants td.no').length") == 1


def test_filters(page):
    choose(page, "axis", "GIC")
    assert names(page) == ["v01", "v02", "v03"]
    choose(page, "label", "GICV3")
    assert names(page) == ["v02", "v03"]
    page.find_element("id", "red").click()
    assert names(page) == ["v02"]
    page.find_element("id", "red").click()
    choose(page, "other", "MENU")
    grid = script(page, "[...document.querySelectorAll('#grid td')]"
                        ".map((e) => [e.textContent, e.className.slice(2)])")
    assert grid == [["", "skip"], ["1", "ok"], ["1", "ok"], ["1", "no"]]
    choose(page, "axis", "")
    assert names(page) == ["v01", "v02", "v03"]


def test_a_row_shows_its_console(page):
    page.find_element("xpath", "//th[text()='v02']").click()
    box = page.find_element("id", "one")
    assert box.is_displayed()
    assert "v02: red" in box.text and "not ok 2 - BP-CPU-01" in box.text
    assert "the console of v02" in box.text and "</script><b id=evil>" in box.text
    assert "dull" not in box.text and "make run O=build/matrix" in box.text
    assert not page.find_elements("id", "evil")
    assert script(page, "document.getElementById('one').getBoundingClientRect().right") <= PHONE[0]
    box.find_element("tag name", "button").click()
    assert not box.is_displayed()
