"""The Python side of tokenizer.ts: tiktoken for encoding, `tokenizers` for training and files.

tiktoken's own rank files come over the network, so the ranks are read from the npm package.
"""

import base64
import json
import os
import pathlib
from importlib.metadata import version

import tiktoken
from harness.peer import serve

LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
PATTERNS = {
    "gpt2": r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s""",
    "cl100k": (
        r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"""
        r"""| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"""
    ),
}

texts = {}
corpus = {}


def encoding(name):
    package = pathlib.Path(__file__).resolve().parents[1] / "node_modules/tiktoken/encoders"
    packaged = json.loads((package / f"{'cl100k_base' if name == 'cl100k' else name}.json").read_text())
    ranks = {}
    for line in packaged["bpe_ranks"].splitlines():
        _, first, *tokens = line.split(" ")
        for offset, token in enumerate(tokens):
            ranks[base64.b64decode(token)] = int(first) + offset
    return tiktoken.Encoding(
        name, pat_str=PATTERNS[name], mergeable_ranks=ranks, special_tokens=packaged["special_tokens"]
    )


def encode(name, kind):
    def prepare():
        encoder, text = encoding(name), texts[kind]

        def run(iterations):
            for _ in range(iterations):
                encoder.encode_ordinary(text)

        return run

    return prepare


def read_text(kind, file):
    texts[kind] = pathlib.Path(file).read_bytes().decode()


def set_threads(threads):
    os.environ["RAYON_NUM_THREADS"] = str(threads)
    os.environ["TOKENIZERS_PARALLELISM"] = "true"


def untrained(splitter):
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

    tokenizer = Tokenizer(models.BPE())
    if splitter == "gpt2":
        tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    else:
        byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
        split = pre_tokenizers.Split(Regex(LLAMA3), "isolated")
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, byte_level])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def trained(splitter, documents, vocab_size):
    from tokenizers import pre_tokenizers, trainers

    tokenizer = untrained(splitter)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size, min_frequency=2, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(documents, trainer, length=len(documents))
    return tokenizer


def read_documents(file):
    lines = pathlib.Path(file).read_text().split("\n")
    return [json.loads(line)["text"] for line in lines if line]


def read_corpus(file, vocab_size):
    corpus.update(documents=read_documents(file), vocab_size=vocab_size)


def train():
    def run(iterations):
        for _ in range(iterations):
            corpus["trained"] = trained("llama3", corpus["documents"], corpus["vocab_size"])

    return run


def save_trained(file):
    corpus["trained"].save(file)


def train_small(splitter, corpus, file):
    trained(splitter, read_documents(corpus), 8000).save(file)


def encode_all(library, file, texts):
    strings = json.loads(pathlib.Path(texts).read_text())
    if library == "tokenizers":
        from tokenizers import Tokenizer

        return [encoded.ids for encoded in Tokenizer.from_file(file).encode_batch(strings)]
    from transformers import PreTrainedTokenizerFast

    tokenizer = PreTrainedTokenizerFast(tokenizer_file=file)
    return [tokenizer.encode(string) for string in strings]


KINDS = ["english", "chinese", "code", "mixed"]
serve(
    name=f"tiktoken {tiktoken.__version__}, tokenizers {version('tokenizers')}",
    set_threads=set_threads,
    workloads={
        **{f"{name} {kind}": encode(name, kind) for name in PATTERNS for kind in KINDS},
        "train": train,
    },
    functions={
        "read_text": read_text,
        "read_corpus": read_corpus,
        "save_trained": save_trained,
        "train_small": train_small,
        "encode_all": encode_all,
    },
)
