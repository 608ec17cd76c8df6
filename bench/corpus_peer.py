"""The Python side of corpus.ts: datatrove's own filters and MinHash signatures, on one thread.

datatrove keeps the words of the last texts in a cache of its own, so its filters share them too.
"""

import importlib.metadata
import json
import pathlib

from datatrove.data import Document
from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.filters import (
    C4QualityFilter,
    FineWebQualityFilter,
    GopherQualityFilter,
    GopherRepetitionFilter,
)
from harness.peer import serve

documents = {}


def filters():
    return [
        GopherQualityFilter(),
        GopherRepetitionFilter(),
        C4QualityFilter(filter_no_terminal_punct=False),
        FineWebQualityFilter(),
    ]


def read_documents(kind, file):
    lines = pathlib.Path(file).read_text().split("\n")
    documents[kind] = [json.loads(line)["text"] for line in lines if line]


def judge(chain, text):
    """Runs every filter, as ours does, whatever the ones before said."""
    document = Document(text=text, id="")
    kept = True
    for each in chain:
        verdict = each.filter(document)
        kept = kept and verdict is True
    return kept, document.text


def clean(kind):
    def prepare():
        chain = filters()
        signatures = MinhashDedupSignature(output_folder="unused", config=MinhashConfig())

        def run(iterations):
            for _ in range(iterations):
                for text in documents[kind]:
                    _, left = judge(chain, text)
                    shingles = signatures.get_shingles(left)
                    if shingles.size != 0:
                        signatures.get_signature(shingles)

        return run

    return prepare


def verdicts(kind):
    chain = filters()
    return [judge(chain, text)[0] for text in documents[kind]]


def set_threads(threads):
    pass


serve(
    name=f"datatrove {importlib.metadata.version('datatrove')}",
    details=", ".join(f"{name} {importlib.metadata.version(name)}" for name in ["spacy", "xxhash", "numpy"]),
    set_threads=set_threads,
    workloads={f"clean {kind}": clean(kind) for kind in ["english", "crawl"]},
    functions={"read_documents": read_documents, "verdicts": verdicts},
)
