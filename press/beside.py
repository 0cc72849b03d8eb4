"""Put API notes beside the section that explains them.

A section runs from one `##` to the next. If it holds a `:::` object, its prose and cells become
the left column of `.hb-beside`, and the note, always after it in the document, the right one.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

NOTE = "mkdocstrings"  # the class of the block that mkdocstrings leaves for an object


class _Sections(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        sections: list[list[etree.Element]] = [[]]
        for child in list(root):
            if child.tag == "h2":
                sections.append([])
            sections[-1].append(child)
            root.remove(child)
        for section in sections:
            notes = [child for child in section if child.get("class") == NOTE]
            if not notes:
                root.extend(section)
                continue
            beside = etree.SubElement(root, "div", {"class": "hb-beside"})
            explanation = etree.SubElement(beside, "div")
            explanation.extend(child for child in section if child not in notes)
            column = etree.SubElement(beside, "div", {"class": "hb-api"})
            for note in notes:
                # The headings are copies for the table of contents, which lists sections only;
                # their ids are what links to the note are checked against.
                for heading in note:
                    heading.tag = "div"
                column.append(note)


class Beside(Extension):
    """The layout, as an extension of Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Run after inline patterns (20) and before the table of contents (5)."""
        md.registerExtension(self)
        md.treeprocessors.register(_Sections(md), "hb_beside", 12)
