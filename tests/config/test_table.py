# SPDX-License-Identifier: BSD-2-Clause
"""Every rule of the boot protocol has a verdict, and the page says which."""
import re
import sys

import pytest

from conftest import TOP

sys.path.append(str(TOP / "scripts"))
import conformance_table
from oracle import table
from oracle.kernel_table import KernelRow


def test_page_is_complete_and_up_to_date(build):
    text = build.make("conformance-table-check")
    assert re.search(r"^rows: \d+ with a verdict, 0 without$", text, re.M)


@pytest.fixture
def sources():
    """Three rules that kernel, host and nobody judge."""
    rules = {name: row for name, row in table.read().items()
             if name in ("BP-MEM-01", "BP-PAC-01", "HO-31")}
    kernel = {"BP-MEM-01": [KernelRow("BP-MEM-01", "all RAM", "once", ())]}
    return conformance_table.Sources(rules, kernel, {"BP-PAC-01"}, {}, {})


def test_rule_without_a_verdict_is_named(sources):
    text, missing = conformance_table.page_section(sources)
    assert missing == ["HO-31"]
    assert "rows: 2 with a verdict, 1 without" in text
    assert "| BP-MEM-01 | kernel | all RAM (once, EL2/EL1) |" in text
    assert "| BP-PAC-01 | host oracle |" in text and "| HO-31 | **none** |" in text


@pytest.mark.parametrize("line, says", [
    ("XX-01\tblind\t-\tbecause", "no rule XX-01"),
    ("HO-31\tguess\t-\tbecause", "not rules, kind, where, why"),
    ("HO-31\ttest\ttests/qemu/test_linux.py::test_nothing\tit says", "no test"),
    ("HO-31\ttest\ttests/unit/no_file.c::image_refuses\tit says", "no test"),
    ("HO-31\ttest\ttests/unit/test_image.c::image_refuses\tit says", "no test"),
])
def test_data_that_cannot_be_true_is_refused(tmp_path, line, says):
    path = tmp_path / "conformance.tsv"
    path.write_text(f"rules\tkind\twhere\twhy\n{line}\n")
    with pytest.raises(conformance_table.Error, match=says):
        conformance_table.read_extras(table.read(), path)


def test_unknown_ids_are_found():
    rules = table.read()
    assert list(conformance_table.unknown_ids(rules)) == []
    del rules["BP-MEM-01"]
    assert any("kernel/" in where for where in conformance_table.unknown_ids(rules))


@pytest.mark.parametrize("line, says", [
    ("BP-MEM-01\tany\tx", "3 columns"),
    ("BP-MEM-1\tany\tx\ty\t-\t=\t-\tyes", "is no ID"),
    ("BP-MEM-01\tany\tx\ty\t-\t=\t-\tperhaps", "perhaps is none of"),
    ("BP-MEM-01\tany\tx\ty\t-\t=\tSVE\tyes", "not a condition"),
])
def test_table_of_rules_is_understood(tmp_path, line, says):
    path = tmp_path / "boot-protocol.tsv"
    path.write_text("\t".join(table.COLUMNS) + f"\n{line}\n")
    with pytest.raises(table.TableError, match=says):
        table.read(path)


def test_other_sections_stay():
    page = "# Conformance\n\nbefore\n<!-- rules: begin -->old<!-- rules: end -->\nafter\n"
    new = conformance_table.with_section(page, "<!-- rules: begin -->new<!-- rules: end -->")
    assert new == page.replace("old", "new")
