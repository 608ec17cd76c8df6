"""The side of transformers in generate.ts: `generate` of GPT-2, greedy, batch 1, cached."""

import torch
import transformers
from harness.peer import serve
from transformers import GPT2Config, GPT2LMHeadModel

DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16}


def prepare(precision, prompt_length, num_tokens):
    torch.manual_seed(1)
    # No token ends the text, so that every turn generates as many.
    config = GPT2Config(bos_token_id=None, eos_token_id=None)
    model = GPT2LMHeadModel(config).eval().to(DTYPES[precision])
    prompt = torch.arange(prompt_length)[None] * 37 % config.vocab_size
    options = dict(attention_mask=torch.ones_like(prompt), do_sample=False,
                   max_new_tokens=num_tokens, min_new_tokens=num_tokens, use_cache=True)

    @torch.inference_mode()
    def run(iterations):
        for _ in range(iterations):
            assert model.generate(prompt, **options).shape[1] == prompt_length + num_tokens

    return run


def workload(*arguments):
    return lambda: prepare(*arguments)


transformers.logging.set_verbosity_error()
serve(
    name=f"transformers {transformers.__version__}",
    details=f"torch {torch.__version__}, {torch.backends.cpu.get_cpu_capability()}",
    set_threads=torch.set_num_threads,
    workloads={
        f"{precision} {prompt_length} {num_tokens}": workload(precision, prompt_length, num_tokens)
        for precision in DTYPES
        for prompt_length in (32,)
        for num_tokens in (64,)
    },
)
