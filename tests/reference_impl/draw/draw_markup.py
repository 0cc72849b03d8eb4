"""Reads a picture back: squares, texts, lines and the box that a shape takes."""

import re
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


def parse(picture) -> ET.Element:
    return ET.fromstring(picture.svg)


def texts(picture) -> list[str]:
    return [text.text for text in parse(picture).iter(f"{SVG}text")]


def squares(picture) -> list[tuple[float, float, float, float]]:
    """Elements are the rectangles that share their looks through a group."""
    return [
        tuple(float(rect.get(key)) for key in ("x", "y", "width", "height"))
        for group in parse(picture).iter(f"{SVG}g")
        for rect in group.iter(f"{SVG}rect")
    ]


def frames(picture) -> list[dict[str, str]]:
    return [rect.attrib for rect in parse(picture).iter(f"{SVG}rect") if rect.get("fill") == "none"]


def paths(picture) -> list[dict[str, str]]:
    return [path.attrib for path in parse(picture).iter(f"{SVG}path")]


def numbers(course: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", course)]


def centres(picture) -> set[float]:
    return {x + width / 2 for x, _, width, _ in squares(picture)}
