"""The Python side of extraction.ts: trafilatura and jusText, on one thread.

Both get bytes and answer text. trafilatura runs as datatrove's extractor calls it, for precision and
without comments; jusText with the stop words of the page's language, and none for Chinese, for which it
has no list.
"""

import base64
import importlib.metadata
import json
import pathlib

import justext
import trafilatura
from harness.peer import serve

pages = []
ENGLISH = justext.get_stoplist("English")


def read_pages(file):
    pages[:] = [base64.b64decode(page) for page in json.loads(pathlib.Path(file).read_text())]


def with_trafilatura(page):
    return trafilatura.extract(page, favor_precision=True, include_comments=False, deduplicate=False)


def with_justext(page):
    paragraphs = justext.justext(page, ENGLISH if b'lang="en"' in page else frozenset())
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)


def repeated(extract):
    def prepare():
        def run(iterations):
            for _ in range(iterations):
                for page in pages:
                    extract(page)

        return run

    return prepare


versions = [f"{name} {importlib.metadata.version(name)}" for name in ("trafilatura", "jusText")]
serve(
    name=", ".join(versions),
    set_threads=lambda threads: None,
    workloads={"trafilatura": repeated(with_trafilatura), "justext": repeated(with_justext)},
    functions={"read_pages": read_pages},
)
