# SPDX-License-Identifier: BSD-2-Clause
"""The page of make report: a bar of the stages beside a map of the memory.

One file without anything from outside: its pictures are SVG in the page. It
follows the reader's choice of light or dark, and narrow screens get one column.
"""
from html import escape

# One hue a stage, in the order of the boot; both schemes share them.
HUES = {"reset": "#7a5195", "monitor": "#a05195", "loader": "#d45087", "board": "#f95d6a",
        "refused": "#b04a4a",
        "find": "#ff7c43", "inspect": "#ffa600", "place": "#c2b01c", "load": "#7aa83a",
        "verify": "#3f9b5f", "unpack": "#1f8a8a", "fixup": "#2f7fb8", "handoff": "#5b6ecb"}
OTHER = "#888888"
BAR, BAR_HEIGHT = 1000, 64
MAP_WIDTH, MAP_BOX = 440, 70        # of the whole picture, and of a box in it
LEAST, MOST = 24, 96               # height of a box
KINDS = (("kernel", "#ff7c43"), ("initrd", "#ffa600"), ("device tree", "#7aa83a"),
         ("loader", "#d45087"), ("aglet-ledger", "#2f7fb8"), ("aglet-monitor", "#a05195"),
         ("free", "none"), ("secure RAM", "none"))

STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1e; --paper: #fff; --line: #9a9aa2;
  --faint: #62626a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf0; --paper: #17171a;
  --line: #6a6a74; --faint: #a8a8b2; } }
body { margin: 0 auto; padding: 1rem; max-width: 72rem; background: var(--paper);
  color: var(--ink); font: 16px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 1.5rem; }
main { display: grid; gap: 0 2.5rem; } h2 + svg + table { margin-top: .6rem; }
@media (min-width: 60rem) { main { grid-template-columns: 1fr 1fr; } }
section { min-width: 0; } svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--ink); font: 15px system-ui, sans-serif; }
svg .address { font-family: ui-monospace, monospace; font-size: 13.5px; fill: var(--faint); }
svg.map { max-width: 32rem; } rect { stroke: var(--line); } .bar rect { stroke: var(--paper); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .4rem; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { text-align: left; }
i { display: inline-block; width: .8em; height: .8em; margin-right: .5em;
  border-radius: 2px; }
p, pre { color: var(--faint); } pre { overflow-x: auto; font-size: .8rem; }
"""


def bar(stages):
    """One bar, each stage as wide as its instructions."""
    total = sum(n for _, n in stages) or 1
    parts, at = [], 0.0
    for name, count in stages:
        width = BAR * count / total
        title = f"{name}: {count:,} instructions, {100 * count / total:.1f} %"
        parts.append(f'<rect x="{at:.2f}" width="{width:.2f}" height="{BAR_HEIGHT}" '
                     f'fill="{HUES.get(name, OTHER)}"><title>{escape(title)}</title></rect>')
        at += width
    return (f'<svg class="bar" viewBox="0 0 {BAR} {BAR_HEIGHT}" role="img" '
            f'aria-label="stages of the boot" preserveAspectRatio="none" '
            f'style="height:4rem">{"".join(parts)}</svg>')


def legend(stages):
    total = sum(n for _, n in stages) or 1
    rows = [f'<tr><td><i style="background:{HUES.get(name, OTHER)}"></i>{escape(name)}</td>'
            f"<td>{count:,}</td><td>{100 * count / total:.1f} %</td></tr>"
            for name, count in stages]
    return ("<table><tr><th>stage</th><th>instructions</th><th>share</th></tr>"
            f"{''.join(rows)}<tr><td>all</td><td>{total:,}</td><td>100 %</td></tr></table>")


def size_text(size):
    for unit, shift in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
        if size >= 1 << shift:
            return f"{size / (1 << shift):.4g} {unit}"
    return f"{size} bytes"


def height(size):
    """Grows with each doubling: a ledger beside half a GiB is to be seen."""
    return min(MOST, LEAST + 4 * max(0, size.bit_length() - 12))


def fill(name):
    return next((hue for start, hue in KINDS if name.startswith(start)), OTHER)


def box(part, y):
    tall = height(part.size)
    middle = y + tall / 2 + 5
    return tall, (f'<rect x="1" y="{y}" width="{MAP_BOX}" height="{tall}" '
                  f'fill="{fill(part.name)}"/>'
                  f'<text class="address" x="{MAP_BOX + 8}" y="{y + 12}">{part.base:#x}</text>'
                  f'<text x="{MAP_BOX + 112}" y="{middle}">{escape(part.name)}, '
                  f"{size_text(part.size)}</text>")


def memory(ranges):
    """A column for each range of RAM, addresses downwards."""
    parts, y = [], 0
    for ram, pieces in ranges:
        parts.append(f'<text x="0" y="{y + 18}">{escape(ram.name)}, {size_text(ram.size)}</text>')
        y += 28
        for piece in pieces:
            tall, text = box(piece, y)
            parts.append(text)
            y += tall
        parts.append(f'<text class="address" x="{MAP_BOX + 8}" y="{y + 12}">{ram.end:#x}</text>')
        y += 32
    return (f'<svg class="map" viewBox="0 0 {MAP_WIDTH} {y}" role="img" '
            f'aria-label="memory at the hand-off">{"".join(parts)}</svg>')


def page(title, facts, stages, ranges, console):
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title><style>{STYLE}</style></head>
<body><h1>{escape(title)}</h1><p>{escape(facts)}</p><main>
<section><h2>Stages, in guest instructions</h2>{bar(stages)}{legend(stages)}
<p>Measured with -icount shift=0, in one boot; waiting for a disk counts.</p></section>
<section><h2>Memory at the hand-off</h2>{memory(ranges)}
<p>Boxes grow with each doubling of their size, not in scale.</p></section></main>
<h2>Console</h2><pre>{escape(console)}</pre></body></html>
"""
