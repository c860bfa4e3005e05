"""Themes with colours of their own: read on every ground, and the five verdicts told apart however one sees."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest
import tomli
from textual.color import Color

from reader.resources import resource_dir

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

FILES = sorted((resource_dir("styles") / "themes").glob("*.toml"))
COLOURED = [f for f in FILES if not tomli.loads(f.read_text("utf-8")).get("ansi")]
GROUNDS = ("background", "surface", "panel")
VERDICTS = ("supported", "refuted", "conflicting", "not-enough-evidence", "not-checkable")
DECIDED = {"supported", "refuted", "conflicting"}

TEXT, COLOURED_TEXT, MARK = 7.0, 4.5, 3.0
"""WCAG 2.2: 1.4.6 (AAA) for ordinary text, 1.4.3 (AA) for text in a colour, 1.4.11 for what is no text."""

LEAST = {"normal": (20.0, 12.0), "greyscale": (10.0, 5.0)}
LEAST_SIMULATED = (10.0, 7.0)
"""The least difference between two decided verdicts, and between any two: ΔE2000, in greyscale |ΔL*|.

About 1 is just seen with the patches side by side (the formula is made to that measure); words apart on a page are
compared from memory, so the least is several times that, and more where a mistake would turn a finding around.
"""

IDENTITY: Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
MACHADO: dict[str, Matrix] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""Machado, Oliveira & Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE
Transactions on Visualization and Computer Graphics 15(6), 2009: severity 1.0, on linear RGB."""

VIENOT: dict[str, Matrix] = {
    "protanopia": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deuteranopia": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}
"""Viénot, Brettel & Mollon, "Digital video colourmaps for checking the legibility of displays by dichromats", Color
Research and Application 24(4), 1999, worked out for the primaries of sRGB: a second model beside the first."""

BRETTEL_PLANE: Triple = (0.03901, -0.02788, -0.01113)
BRETTEL: dict[bool, Matrix] = {
    True: ((1.01277, 0.13548, -0.14826), (-0.01243, 0.86812, 0.14431), (0.07589, 0.80500, 0.11911)),
    False: ((0.93678, 0.18979, -0.12657), (0.06154, 0.81526, 0.12320), (-0.37562, 1.12767, 0.24796)),
}
"""Brettel, Viénot & Mollon, "Computerized simulation of color appearance for dichromats", Journal of the Optical
Society of America A 14(10), 1997: tritanopia, by the side of the plane on which a colour lies, for sRGB."""

SRGB_TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
"""IEC 61966-2-1, with D65 as white."""

SIGHTS = (
    "normal",
    *(f"{kind}, Machado" for kind in MACHADO),
    *(f"{kind}, Viénot" for kind in VIENOT),
    "tritanopia, Brettel",
)


def times(matrix: Matrix, colour: Triple) -> Triple:
    one, two, three = (sum(m * c for m, c in zip(row, colour, strict=True)) for row in matrix)
    return one, two, three


def linear(colour: str) -> Triple:
    """A colour's parts in linear light, by the curve of sRGB (IEC 61966-2-1)."""
    parts = (value / 255 for value in Color.parse(colour).rgb)
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance of a colour in sRGB."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio: the same whichever of the two is the text."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, sight: str) -> Triple:
    """A colour in linear light as one sees it with this kind of sight, held to what a screen can show."""
    light = linear(colour)
    kind, _, model = sight.partition(", ")
    if model == "Brettel":
        matrix = BRETTEL[sum(p * c for p, c in zip(BRETTEL_PLANE, light, strict=True)) >= 0]
    else:
        matrix = {"Machado": MACHADO, "Viénot": VIENOT, "": {"normal": IDENTITY}}[model][kind]
    red, green, blue = (min(1.0, max(0.0, part)) for part in times(matrix, light))
    return red, green, blue


def lab(light: Triple) -> Triple:
    """CIE L*a*b* (CIE 15:2004) of a colour in linear light, with the white of the screen, D65."""
    white = times(SRGB_TO_XYZ, (1, 1, 1))
    shares = (part / whole for part, whole in zip(times(SRGB_TO_XYZ, light), white, strict=True))
    x, y, z = (s ** (1 / 3) if s > 216 / 24389 else (24389 / 27 * s + 16) / 116 for s in shares)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: Triple, other: Triple) -> float:
    """CIEDE2000 of two colours in L*a*b*: Sharma, Wu & Dalal, Color Research and Application 30(1), 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    stretch = 1.5 - 0.5 * saturation((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2)
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    turn, hue = ((h2 - h1 + 180) % 360 - 180, mean_hue(h1, h2)) if c1 * c2 else (0.0, h1 + h2)
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    weight = 1 - 0.17 * cos(hue - 30) + 0.24 * cos(2 * hue) + 0.32 * cos(3 * hue + 6) - 0.20 * cos(4 * hue - 63)
    by_lightness = (l2 - l1) / (1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    turned = -2 * saturation(chroma) * math.sin(math.radians(60 * math.exp(-(((hue - 275) / 25) ** 2))))
    return math.sqrt(by_lightness**2 + by_chroma**2 + by_hue**2 + turned * by_chroma * by_hue)


def saturation(chroma: float) -> float:
    return math.sqrt(chroma**7 / (chroma**7 + 25**7))


def mean_hue(one: float, other: float) -> float:
    return (one + other) / 2 if abs(one - other) <= 180 else (one + other + 360) / 2 % 360


def cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def apart(one: str, other: str, sight: str) -> float:
    """How far two colours are apart to this sight; in greyscale by lightness alone, which is luminance alone."""
    if sight == "greyscale":
        return abs(lab(linear(one))[0] - lab(linear(other))[0])
    return difference(lab(seen(one, sight)), lab(seen(other, sight)))


def tables(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    theme = tomli.loads(path.read_text("utf-8"))
    return theme["palette"], theme["verdicts"]


SHARMA = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
    ((50.0, -0.001, 2.49), (50.0, 0.0011, -2.49), 4.7461),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
    ((50.0, 2.5, 0.0), (56.0, -27.0, -3.0), 31.9030),
    ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((90.9257, -0.5406, -0.9208), (88.6381, -0.8985, -0.7239), 1.5381),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "published"), SHARMA)
def test_the_difference_is_the_published_one(one: Triple, other: Triple, published: float):
    """Pairs of table 1 of Sharma, Wu & Dalal 2005, among them those that show the usual mistakes."""
    assert difference(one, other) == pytest.approx(published, abs=1e-4)
    assert difference(other, one) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("#ffffff", (100, 0, 0)),
        ("#000000", (0, 0, 0)),
        ("#ff0000", (53.24, 80.09, 67.20)),
        ("#00ff00", (87.73, -86.18, 83.18)),
        ("#0000ff", (32.30, 79.19, -107.86)),
    ],
)
def test_lab_is_that_of_the_primaries(colour: str, expected: Triple):
    assert lab(linear(colour)) == pytest.approx(expected, abs=0.02)


def test_contrast_is_that_of_the_standard_and_the_same_in_reverse():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("matrix", [*MACHADO.values(), *VIENOT.values(), *BRETTEL.values()])
def test_each_row_of_a_matrix_makes_one(matrix: Matrix):
    assert [sum(row) for row in matrix] == pytest.approx([1, 1, 1], abs=2e-5)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("grey", ["#000000", "#777777", "#ffffff"])
def test_grey_stays_grey_to_every_sight(grey: str, sight: str):
    assert seen(grey, sight) == pytest.approx(linear(grey), abs=2e-5)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("protanopia", "#ff0000", "#5f4a00"),
        ("deuteranopia", "#ff0000", "#9b8e00"),
        ("tritanopia", "#ffff00", "#ffeeff"),
    ],
)
def test_what_the_blind_confuse_comes_together(kind: str, one: str, other: str):
    """Far apart to normal sight, less than half as far to the sight simulated."""
    assert apart(one, other, f"{kind}, Machado") < apart(one, other, "normal") / 2


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("path", COLOURED, ids=lambda p: p.stem)
def test_what_is_written_can_be_read_on_every_ground(path: Path, ground: str):
    colours, verdicts = tables(path)
    wanted = {"foreground": TEXT, "muted": COLOURED_TEXT, "primary": COLOURED_TEXT, "focus": MARK}
    found = [(name, contrast(colours[name], colours[ground]), least) for name, least in wanted.items()]
    found += [(name, contrast(verdicts[name], colours[ground]), COLOURED_TEXT) for name in VERDICTS]
    assert [f"{name} on {ground}: {ratio:.2f} < {least}" for name, ratio, least in found if ratio < least] == []


@pytest.mark.parametrize("path", COLOURED, ids=lambda p: p.stem)
def test_the_current_claim_can_be_read_in_reverse(path: Path):
    """Reverse video writes in the ground's colour upon the verdict's; the ratio is that of the plain claim."""
    colours, verdicts = tables(path)
    found = [(g, name, contrast(colours[g], verdicts[name])) for g in GROUNDS for name in VERDICTS]
    assert [f"{g} upon {name}: {ratio:.2f}" for g, name, ratio in found if ratio < COLOURED_TEXT] == []


@pytest.mark.parametrize("sight", [*SIGHTS, "greyscale"])
@pytest.mark.parametrize("path", COLOURED, ids=lambda p: p.stem)
def test_the_verdicts_are_told_apart(path: Path, sight: str):
    _, verdicts = tables(path)
    between_decided, between_any = LEAST.get(sight, LEAST_SIMULATED)
    too_near = []
    for one, other in itertools.combinations(VERDICTS, 2):
        least = between_decided if {one, other} <= DECIDED else between_any
        found = apart(verdicts[one], verdicts[other], sight)
        if found < least:
            too_near.append(f"{one} and {other}: {found:.1f} < {least}")
    assert too_near == [], f"{path.stem}, {sight}"
