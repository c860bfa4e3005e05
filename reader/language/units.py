"""Quantities with their units: what can be converted, and into what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from reader.language.numbers import Number, find_numbers


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its dimension and the factors to the base unit it can mean (a gallon is two things)."""

    dimension: str
    factors: tuple[Decimal, ...]


def _unit(dimension: str, *factors: str) -> Unit:
    return Unit(dimension, tuple(Decimal(f) for f in factors))


_TABLE: tuple[tuple[str, Unit], ...] = (
    ("nautical miles|nautical mile|nmi", _unit("length", "1852")),
    ("square kilometres|square kilometers|square kilometre|square kilometer|sq km|km²|km2", _unit("area", "1000000")),
    ("square miles|square mile|sq mi", _unit("area", "2589988.110336")),
    ("square metres|square meters|square metre|square meter|sq m|m²|m2", _unit("area", "1")),
    ("square feet|square foot|sq ft", _unit("area", "0.09290304")),
    ("hectares|hectare|ha", _unit("area", "10000")),
    ("acres|acre", _unit("area", "4046.8564224")),
    ("kilometres per hour|kilometers per hour|kilometres an hour|kilometers an hour|km/h|kmh|kph", _unit("speed", "1")),
    ("miles per hour|miles an hour|mph", _unit("speed", "1.609344")),
    ("knots|knot", _unit("speed", "1.852")),
    ("metres per second|meters per second|m/s", _unit("speed", "3.6")),
    ("kilometres|kilometers|kilometre|kilometer|km|kms", _unit("length", "1000")),
    ("centimetres|centimeters|centimetre|centimeter|cm", _unit("length", "0.01")),
    ("millimetres|millimeters|millimetre|millimeter|mm", _unit("length", "0.001")),
    ("metres|meters|metre|meter|m", _unit("length", "1")),
    ("miles|mile|mi", _unit("length", "1609.344")),
    ("yards|yard|yd", _unit("length", "0.9144")),
    ("feet|foot|ft", _unit("length", "0.3048")),
    ("inches|inch|in", _unit("length", "0.0254")),
    ("short tons|short ton", _unit("mass", "907.18474")),
    ("long tons|long ton", _unit("mass", "1016.0469088")),
    ("metric tons|metric ton|tonnes|tonne", _unit("mass", "1000")),
    ("tons|ton", _unit("mass", "907.18474", "1000", "1016.0469088")),
    ("kilograms|kilogrammes|kilogram|kilogramme|kilos|kilo|kg", _unit("mass", "1")),
    ("grams|grammes|gram|gramme|g", _unit("mass", "0.001")),
    ("pounds|pound|lbs|lb", _unit("mass", "0.45359237")),
    ("ounces|ounce|oz", _unit("mass", "0.028349523125")),
    ("stones|stone|st", _unit("mass", "6.35029318")),
    ("millilitres|milliliters|ml", _unit("volume", "0.001")),
    ("litres|liters|litre|liter|l", _unit("volume", "1")),
    ("US gallons|US gallon", _unit("volume", "3.785411784")),
    ("imperial gallons|imperial gallon", _unit("volume", "4.54609")),
    ("gallons|gallon|gal", _unit("volume", "3.785411784", "4.54609")),
    ("pints|pint", _unit("volume", "0.473176473", "0.56826125")),
    ("°C|degrees Celsius|degrees centigrade|degree Celsius|Celsius|C", _unit("celsius", "1")),
    ("°F|degrees Fahrenheit|degree Fahrenheit|Fahrenheit|F", _unit("fahrenheit", "1")),
)
UNITS: dict[str, Unit] = {name.lower(): unit for names, unit in _TABLE for name in names.split("|")}
_NAMES = sorted((name for names, _ in _TABLE for name in names.split("|")), key=len, reverse=True)
_UNIT_AT = re.compile(rf"[\s-]?(?P<unit>{'|'.join(re.escape(n) for n in _NAMES)})(?![\w²³/])")
_FEET_INCHES = re.compile(r"(?P<feet>\d{1,2})\s?(?:ft|feet|foot|')[\s,]*(?P<inches>\d{1,2})\s?(?:in|inches|\")")
_MINUS = re.compile(r"(?:minus|-|−)\s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: offsets of both together; `value` is in the unit as written."""

    start: int
    end: int
    value: Decimal
    half_width: Decimal
    name: str
    unit: Unit
    approximate: bool


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All numbers with a unit, in order; "6ft 4in" is one quantity."""
    found: list[Quantity] = []
    covered = -1
    for match in _FEET_INCHES.finditer(text):
        value = Decimal(match["feet"]) + Decimal(match["inches"]) / 12
        found.append(Quantity(match.start(), match.end(), value, Decimal("0.042"), "feet", UNITS["feet"], False))
    spans = [(q.start, q.end) for q in found]
    for number in find_numbers(text):
        if number.currency or number.start < covered or any(a <= number.start < b for a, b in spans):
            continue
        unit = _UNIT_AT.match(text, number.end)
        if unit:
            covered = unit.end()
            found.append(_quantity(text, number, unit))
    return tuple(sorted(found, key=lambda q: q.start))


def _quantity(text: str, number: Number, unit: re.Match[str]) -> Quantity:
    value = number.value
    before = text[max(0, number.start - 7) : number.start]
    negative = _MINUS.search(before) and UNITS[unit["unit"].lower()].dimension in ("celsius", "fahrenheit")
    return Quantity(
        number.start,
        unit.end(),
        -abs(value) if negative else value,
        number.half_width,
        unit["unit"],
        UNITS[unit["unit"].lower()],
        number.approximate,
    )
