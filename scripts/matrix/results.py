# SPDX-License-Identifier: BSD-2-Clause
"""What a run of the matrix leaves: junit.xml for a CI, report.html for people."""
import html
import json
import xml.etree.ElementTree as xml
from pathlib import Path

PAGE = Path(__file__).resolve().parent / "report.in.html"
TAIL = 60


def words_of(chosen):
    return " ".join(f"{axis}={label}" for axis, label in sorted(chosen.items()))


def printable(text):
    """XML has no control characters."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 32)


def tail(outcome):
    """The end of the console, without the rows that are ok."""
    dull = ("ok ", "# probe")
    lines = [printable(n) for n in outcome.console if not n.startswith(dull)]
    return "\n".join(lines[-TAIL:])


def junit(path, outcomes):
    suite = xml.Element("testsuite", name="matrix", tests=str(len(outcomes)),
                        failures=str(sum(not o.good for o in outcomes)),
                        time=f"{sum(o.seconds for o in outcomes):.1f}")
    for o in outcomes:
        case = xml.SubElement(suite, "testcase", classname="matrix", time=f"{o.seconds:.1f}",
                              name=f"{o.name} {words_of(o.chosen)}")
        if not o.good:
            xml.SubElement(case, "failure", message="; ".join(o.problems)).text = tail(o)
    xml.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)


def as_data(outcome):
    return {"name": outcome.name, "labels": outcome.chosen, "good": outcome.good,
            "problems": outcome.problems, "groups": outcome.groups,
            "build": round(outcome.build_seconds, 1), "run": round(outcome.run_seconds, 1),
            "again": outcome.again, "console": tail(outcome)}


def page(outcomes, sets, pairs):
    """The whole page; the data is JSON in it, and a script draws it."""
    data = {"variants": [as_data(o) for o in sorted(outcomes, key=lambda o: o.name)],
            "pairs": pairs, "sets": [words_of(labels) or "the defaults" for labels in sets]}
    # In a script element only the end tag would be read as HTML.
    text = json.dumps(data).replace("</", "<\\/")
    bad = sum(not o.good for o in outcomes)
    title = f"{len(outcomes) - bad} of {len(outcomes)} variants green"
    return (PAGE.read_text().replace("@TITLE@", html.escape(title))
            .replace("@DATA@", text))


def write(folder, outcomes, sets, pairs):
    junit(folder / "junit.xml", outcomes)
    (folder / "report.html").write_text(page(outcomes, sets, pairs), encoding="utf-8")
