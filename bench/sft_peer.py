"""TRL's side of sft.ts: SFTTrainer on the CPU, fp32, the same shape and conversations."""

import json
import tempfile
import time

import datasets
import tokenizers
import torch
import transformers
import trl
from harness.peer import serve

CONTEXT, VOCAB, TOKENS_PER_STEP = 512, 4096, 2 * 512

trainers = {}


def make_model():
    torch.manual_seed(1)
    config = transformers.LlamaConfig(
        hidden_size=384,
        num_hidden_layers=6,
        num_attention_heads=6,
        intermediate_size=1024,
        vocab_size=VOCAB,
        max_position_embeddings=CONTEXT,
        tie_word_embeddings=True,
    )
    return transformers.LlamaForCausalLM(config).float()


def make_tokenizer():
    vocabulary = {f"t{i}": i for i in range(VOCAB)}
    model = tokenizers.models.WordLevel(vocabulary, unk_token="t0")
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizers.Tokenizer(model), pad_token="t0", eos_token="t0"
    )


class Trainer(trl.SFTTrainer):
    """Counts the tokens that it trains on, padding left out."""

    tokens = 0

    def compute_loss(self, model, inputs, *arguments, **named):
        mask = inputs.get("attention_mask")
        real = inputs["input_ids"].numel() if mask is None else int(mask.sum())
        self.tokens += real
        return super().compute_loss(model, inputs, *arguments, **named)


class Clock(transformers.TrainerCallback):
    def on_train_begin(self, *_, **__):
        self.begin = time.perf_counter()

    def on_train_end(self, *_, **__):
        self.end = time.perf_counter()


def prepare(rival, path):
    with open(path) as file:
        rows = json.load(file)
    mean = sum(len(row["input_ids"]) for row in rows) / len(rows)
    packing = rival == "packing"
    # Rows of a full context each, or as many conversations as hold as many tokens.
    batch = TOKENS_PER_STEP // CONTEXT if packing else round(TOKENS_PER_STEP / mean)
    arguments = trl.SFTConfig(
        output_dir=tempfile.mkdtemp(),
        per_device_train_batch_size=batch,
        max_length=CONTEXT,
        packing=packing,
        learning_rate=3e-4,
        lr_scheduler_type="constant",
        weight_decay=0.01,
        max_steps=1,
        use_cpu=True,
        bf16=False,
        # On by default, for memory; it would cost TRL another forward pass.
        gradient_checkpointing=False,
        report_to="none",
        save_strategy="no",
        logging_strategy="no",
        disable_tqdm=True,
        completion_only_loss=True,
    )
    clock = Clock()
    trainer = Trainer(
        model=make_model(),
        args=arguments,
        train_dataset=datasets.Dataset.from_list(rows),
        processing_class=make_tokenizer(),
        callbacks=[clock],
    )
    trainers[rival] = trainer, clock
    return {"batch": batch}


def train(rival, num_steps):
    trainer, clock = trainers[rival]
    trainer.args.max_steps = num_steps
    trainer.tokens = 0
    trainer.train()
    return {"seconds": clock.end - clock.begin, "tokens": trainer.tokens}


if __name__ == "__main__":
    serve(
        f"TRL {trl.__version__}",
        torch.set_num_threads,
        {},
        {"prepare": prepare, "train": train},
        f"torch {torch.__version__}, transformers {transformers.__version__}",
    )
