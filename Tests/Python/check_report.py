#!/usr/bin/env python3
"""Checks that pages of `busbar report` are valid HTML and self-contained.

    python3 check_report.py PAGE.html ...

html5lib parses each page strictly, so that any error of HTML's syntax ends the check. Then the tree
is looked at as a browser would build it: ids, landmarks, alternatives of pictures, references to
other files, and scripts that the page's own policy would not let run. Every fault is a sentence on
standard error, and the exit code is 1. `requirements.txt` beside this file names the packages.
"""

import base64
import hashlib
import re
import sys
from pathlib import Path

import html5lib

# Elements and attributes with which a page would load something, or run something.
LOADING = {"img", "iframe", "object", "embed", "link", "audio", "video", "source", "form", "base"}
REFERENCES = {"href", "src", "action", "poster", "srcset", "data"}


def local(name):
    """The name without its namespace."""
    return name.rsplit("}", 1)[-1] if isinstance(name, str) else "(comment)"


def faults(path):
    parser = html5lib.HTMLParser(strict=True)
    tree = parser.parse(path.read_text(encoding="utf-8"))
    elements = [(local(element.tag), element) for element in tree.iter()]

    ids = [element.get("id") for _, element in elements if element.get("id")]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"the id '{name}' occurs {ids.count(name)} times"
    if tree.get("lang") != "en":
        yield "the language is not declared"
    for name in ("main", "header", "nav", "footer", "h1", "title"):
        if sum(tag == name and "svg" not in element.tag for tag, element in elements) != 1:
            yield f"there is not exactly one <{name}>"

    for name, element in elements:
        for attribute, value in element.attrib.items():
            attribute = local(attribute)
            if attribute.startswith("on"):
                yield f"<{name}> has the handler {attribute}"
            if attribute in REFERENCES:
                if value.startswith("#"):
                    if value[1:] not in ids:
                        yield f"<{name}> refers to '{value}', which is not there"
                elif not value.startswith("data:image/png;base64,"):
                    yield f"<{name}> refers to '{value}'"
            if attribute in ("aria-labelledby", "aria-describedby"):
                for target in value.split():
                    if target not in ids:
                        yield f"<{name}> is named by '{target}', which is not there"
        if name in LOADING:
            yield f"there is a <{name}>"
        if name == "svg":
            texts = [local(child.tag) for child in element if (child.text or "").strip()]
            if element.get("role") != "img" or not {"title", "desc"} <= set(texts):
                yield "a picture has no title or no description"
        if name == "table" and not any(local(child.tag) == "caption" for child in element):
            yield "a table has no caption"
        if name == "th" and element.get("scope") not in ("row", "col"):
            yield "a header of a table has no scope"

    policies = [
        element.get("content") for name, element in elements
        if name == "meta" and element.get("http-equiv") == "Content-Security-Policy"
    ]
    if len(policies) != 1 or not policies[0].startswith("default-src 'none';"):
        yield "no policy forbids the page to load anything"
    allowed = re.findall(r"'sha256-([^']+)'", policies[0]) if policies else []
    for name, element in elements:
        if name == "script" and element.get("type") != "application/json":
            digest = hashlib.sha256((element.text or "").encode()).digest()
            if base64.b64encode(digest).decode() not in allowed:
                yield "a script has no digest in the page's policy"


def main():
    count = 0
    for argument in sys.argv[1:]:
        for fault in faults(Path(argument)):
            print(f"{argument}: {fault}", file=sys.stderr)
            count += 1
    if count or len(sys.argv) < 2:
        sys.exit(1)
    print(f"Reports: {len(sys.argv) - 1} pages are valid HTML and need nothing else")


main()
